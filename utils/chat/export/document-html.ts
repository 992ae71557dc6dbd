import { t } from '../../i18n';
import type { Block, Cell, Run, SavedDocument, Words } from './saved-document';
import { xmlText } from './xml-text';

/**
 * A document as one HTML file: no scripts, no pictures, nothing from elsewhere, and a policy that lets nothing in should
 * a program ever add some. Links wait for a click and say no one where they come from.
 */
export function documentHtml(saved: SavedDocument): string {
  const { title, question, lang, about, blocks, remarks, sources, passages } = saved;
  const parts = [
    `<h1${attributes({ lang })}>${xmlText(title)}</h1>`,
    `<p class="about">${xmlText(about)}</p>`,
    ...(question ? [`<blockquote class="question" dir="auto">${lines(question)}</blockquote>`] : []),
    ...blocks.map(blockHtml),
    ...remarks.map((remark) => `<p class="remark">${xmlText(remark)}</p>`),
  ];
  if (sources.length > 0) {
    const items = sources.map(
      (source) =>
        `<li value="${source.number}"${attributes(source)}>${linked(source.title, source.address)} <span class="facts">${xmlText(source.facts)}</span></li>`,
    );
    parts.push(`<h2>${xmlText(t('saved.sources'))}</h2>`, `<ol>${items.join('\n')}</ol>`);
  }
  if (passages.length > 0) {
    parts.push(
      `<h2>${xmlText(t('saved.passages'))}</h2>`,
      ...passages.map(
        ({ number, mark, title: name, place, words, address, lang: own }) =>
          `<section class="passage" id="p${number}"><p><b>[${number}]</b> <bdi>${linked(name, address)}</bdi> <span class="facts">${xmlText([place, mark].filter(Boolean).join(' · '))}</span></p>\n<blockquote${attributes({ lang: own })}>${lines(words)}</blockquote></section>`,
      ),
    );
  }
  return `<!doctype html>
<html${attributes({ lang, dir: undefined })}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>${xmlText(title)}</title>
<style>
${style}
</style>
</head>
<body>
${parts.join('\n')}
</body>
</html>
`;
}

const attributes = ({ lang, dir }: Pick<Words, 'lang' | 'dir'>): string =>
  `${lang ? ` lang="${xmlText(lang)}"` : ''} dir="${dir ?? 'auto'}"`;

const lines = (text: string) => xmlText(text).replace(/\n/g, '<br>\n');

const linked = (text: string, address?: string) =>
  address && /^https?:/i.test(address)
    ? `<a href="${xmlText(address)}" rel="noreferrer noopener">${xmlText(text)}</a>`
    : xmlText(text);

function blockHtml(block: Block): string {
  switch (block.type) {
    case 'heading': {
      // The title is the first heading of the document.
      const tag = `h${Math.min(6, block.level + 1)}`;
      return `<${tag}${attributes(block)}>${runsHtml(block.runs)}</${tag}>`;
    }
    case 'paragraph':
      return `<p${attributes(block)}>${runsHtml(block.runs)}</p>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : '';
      const items = block.items.map(({ done, blocks }) => {
        const box = done === undefined ? '' : `<span class="box">${done ? '☑' : '☐'}</span> `;
        return `<li${done === undefined ? '' : ' class="task"'} dir="${directionOf(blocks[0]) ?? 'auto'}">${box}${blocks.map(blockHtml).join('\n')}</li>`;
      });
      return `<${tag}${start}>\n${items.join('\n')}\n</${tag}>`;
    }
    case 'quote':
      return `<blockquote>${block.blocks.map(blockHtml).join('\n')}</blockquote>`;
    case 'code':
      return `<pre dir="ltr"><code>${xmlText(block.text)}</code></pre>`;
    case 'formula':
      return `<p class="formula" dir="ltr">${xmlText(block.text)}</p>`;
    case 'table': {
      const row = (cells: Cell[], tag: string) =>
        `<tr>${cells.map((cell) => `<${tag}${cell.align ? ` class="${cell.align}"` : ''}${attributes(cell)}>${runsHtml(cell.runs)}</${tag}>`).join('')}</tr>`;
      return `<div class="wide"><table dir="${block.dir ?? 'auto'}">\n<thead>${row(block.head, 'th')}</thead>\n<tbody>\n${block.rows.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table></div>`;
    }
    case 'rule':
      return '<hr>';
    case 'definition':
      return `<dl><dt${attributes(block.term)}>${runsHtml(block.term.runs)}</dt>${block.meanings.map((meaning) => `<dd${attributes(meaning)}>${runsHtml(meaning.runs)}</dd>`).join('')}</dl>`;
  }
}

const directionOf = (block: Block | undefined): string | undefined =>
  block?.type === 'paragraph' ? block.dir : undefined;

const runsHtml = (runs: Run[]): string => runs.map(runHtml).join('');

function runHtml({
  text,
  strong,
  em,
  del,
  code,
  formula,
  raised,
  lang,
  isolate,
  address,
  passage,
}: Run): string {
  let html = lines(text);
  const wrap = (tag: string, more = '') => {
    html = `<${tag}${more}>${html}</${tag}>`;
  };
  if (code) wrap('code', ' dir="auto"');
  if (formula) wrap('span', ' class="formula" dir="ltr"');
  if (raised) wrap('sup');
  if (isolate) wrap('bdi', lang ? ` lang="${xmlText(lang)}"` : '');
  else if (lang) wrap('span', ` lang="${xmlText(lang)}"`);
  if (del) wrap('del');
  if (em) wrap('em');
  if (strong) wrap('strong');
  if (passage !== undefined) wrap('a', ` class="cited" href="#p${passage}"`);
  else if (address && /^https?:/i.test(address))
    wrap('a', ` href="${xmlText(address)}" rel="noreferrer noopener"`);
  return html;
}

const style = `:root{color-scheme:light dark}
body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.65 Georgia,"Source Serif 4","Songti SC","Noto Serif CJK SC",SimSun,serif;color:#14232b;background:#fff;overflow-wrap:break-word}
:lang(zh-Hant){font-family:Georgia,"Songti TC","Noto Serif CJK TC",PMingLiU,serif}
:lang(ja){font-family:Georgia,"Hiragino Mincho ProN","Noto Serif CJK JP","Yu Mincho",serif}
:lang(ko){font-family:Georgia,"Noto Serif CJK KR",Batang,serif}
h1,h2,h3,h4,h5,h6,th,.about,.facts,.remark,.cited{font-family:"Segoe UI","PingFang SC","PingFang TC","Microsoft YaHei","Microsoft JhengHei","Noto Sans CJK SC",sans-serif}
h1,h2,h3,h4,h5,h6{line-height:1.3;break-after:avoid}
h1{font-size:1.6em}
h2{font-size:1.3em}
h3{font-size:1.1em}
h4,h5,h6{font-size:1em}
.about,.facts{color:#5a6c75;font-size:.85em}
.remark{border-inline-start:3px solid #e0a423;padding-inline-start:.7em}
.cited{font-size:.8em;text-decoration:none}
a{color:#0f5f7f}
blockquote{margin:1em 0;padding-inline-start:1em;border-inline-start:3px solid #d9e3e7}
.passage blockquote{white-space:normal;color:#42545d;font-size:.92em}
.passage:target{background:#fdf3dd}
pre,code,.formula{font-family:Consolas,"SFMono-Regular",Menlo,monospace;font-size:.9em}
pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:.8em;background:#f2f6f8}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:.92em}
th,td{border:1px solid #d9e3e7;padding:4px 8px;text-align:start;vertical-align:top}
.center{text-align:center}
.end{text-align:end;font-variant-numeric:tabular-nums}
.task{list-style:none}
.task>p:first-of-type{display:inline}
li>p{margin-block:.2em}
dt{font-weight:600}
@media (prefers-color-scheme:dark){body{color:#e8eff2;background:#10191e}a{color:#8cc7e0}.about,.facts,.passage blockquote{color:#a9bac2}blockquote,th,td{border-color:#33454e}pre{background:#1a262c}.passage:target{background:#3b3214}}
@media print{body{max-width:none;margin:0}tr,.passage{break-inside:avoid}}`;
