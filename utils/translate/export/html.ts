import { scriptLanguage } from '../../source';
import { directionOf } from '../languages';
import { withoutFence } from '../source-lines';
import type { Block, CutPassage, LineShape } from '../source-units';
import { nodesOf, originalNodes } from '../write-inline';
import { escapeHtml, inlineHtml } from './html-inline';
import type { ReadingExport } from './types';

/**
 * A source and its translation as one HTML document without scripts, pictures or anything else from elsewhere. With
 * `forWord` it has no more than what word processors understand: headings, lists, tables, borders, languages.
 */
export function readingHtml(reading: ReadingExport, { forWord = false } = {}): string {
  return new HtmlWriter(reading, forWord).write();
}

/** The colour of the rule beside translations, as in assets/styles/tokens.css. */
const lamp = '#e0a423';

class HtmlWriter {
  private readonly pieces: string[] = [];
  /** Lists that are open: how far each is indented, and its tag. */
  private readonly lists: { indent: number; tag: 'ul' | 'ol' }[] = [];
  private quotes = 0;
  /** The ¶ that is still to be written before the words that come next. */
  private number = '';
  private readonly reading: ReadingExport;
  private readonly forWord: boolean;

  constructor(reading: ReadingExport, forWord: boolean) {
    this.reading = reading;
    this.forWord = forWord;
  }

  write(): string {
    const { title, url, lang, sourceLang, cut, words, layout } = this.reading;
    const own = layout === 'both' ? (sourceLang ?? lang) : lang;
    let page: number | undefined;
    this.put(`<h1${attributes(scriptLanguage(title) ?? sourceLang)}>${escapeHtml(title)}</h1>`);
    this.put(
      `<p class="about">${url && /^https?:/.test(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a><br>` : ''}${escapeHtml(words.about)}</p>`,
    );
    for (const passage of cut.passages) {
      if (passage.page !== undefined && passage.page !== page) {
        this.closeAll();
        this.put(`<p class="page">${escapeHtml(words.page(passage.page))}</p>`);
      }
      page = passage.page;
      this.passage(passage);
    }
    this.closeAll();
    const office = this.forWord
      ? ' xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"'
      : '';
    return `<!doctype html>
<html${office} lang="${escapeHtml(own)}" dir="${directionOf(own)}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>
${this.forWord ? wordStyle : webStyle}
</style>
</head>
<body>
${this.pieces.join('\n')}
</body>
</html>
`;
  }

  private put(html: string): void {
    this.pieces.push(html);
  }

  private passage({ number, blocks }: CutPassage): void {
    this.number = `<span class="n" id="p${number}" dir="ltr">¶${number}</span> `;
    for (let index = 0; index < blocks.length; index++) {
      const block = blocks[index] as Block;
      const { shape } = block;
      if (shape.type === 'cell') {
        let end = index + 1;
        while (end < blocks.length && isNextCell(blocks[end])) end++;
        this.table(blocks.slice(index, end));
        index = end - 1;
      } else if (shape.type === 'line') this.line(block, shape);
      else {
        this.closeAll();
        if (shape.type === 'rule') this.put(`${this.takeNumber('p')}<hr>`);
        else
          this.put(
            `${this.takeNumber('p')}<pre dir="ltr"><code>${escapeHtml(withoutFence(block.content.raw))}</code></pre>`,
          );
      }
    }
    // A passage of nothing but white space has its number all the same.
    this.put(this.takeNumber('p'));
  }

  private takeNumber(tag?: 'p'): string {
    const { number } = this;
    this.number = '';
    return number && tag ? `<${tag} class="number">${number.trim()}</${tag}>` : number;
  }

  private line(block: Block, shape: LineShape): void {
    const isItem = shape.marker !== undefined && shape.marker !== ':' && !shape.marker.startsWith('[');
    this.setQuotes(shape.quotes);
    if (isItem) this.item(block, shape);
    else {
      // What is indented below an item belongs to it.
      const isInItem = this.lists.length > 0 && shape.indent > (this.lists.at(-1)?.indent ?? 0);
      if (!isInItem) this.closeLists();
      this.put(this.pair(block, shape, shape.heading ? `h${Math.min(6, shape.heading + 1)}` : 'p'));
    }
  }

  private item(block: Block, shape: LineShape): void {
    const tag = /\d/.test(shape.marker ?? '') ? 'ol' : 'ul';
    while (this.lists.length > 0 && (this.lists.at(-1)?.indent ?? 0) > shape.indent) this.closeList();
    const last = this.lists.at(-1);
    if (last && last.indent === shape.indent && last.tag !== tag) this.closeList();
    const same = this.lists.at(-1);
    if (same && same.indent === shape.indent) this.put('</li>');
    else {
      const start = tag === 'ol' ? Number.parseInt(shape.marker ?? '1', 10) : 1;
      this.put(start > 1 ? `<ol start="${start}">` : `<${tag}>`);
      this.lists.push({ indent: shape.indent, tag });
    }
    const value = tag === 'ol' ? ` value="${Number.parseInt(shape.marker ?? '1', 10)}"` : '';
    this.put(`<li${value}>${this.pair(block, shape, 'div')}`);
  }

  private setQuotes(quotes: number): void {
    if (quotes === this.quotes) return;
    this.closeLists();
    for (; this.quotes < quotes && this.quotes < 8; this.quotes++) this.put('<blockquote>');
    for (; this.quotes > quotes; this.quotes--) this.put('</blockquote>');
  }

  private closeList(): void {
    const list = this.lists.pop();
    if (list) this.put(`</li></${list.tag}>`);
  }

  private closeLists(): void {
    while (this.lists.length > 0) this.closeList();
  }

  private closeAll(): void {
    this.closeLists();
    this.setQuotes(0);
  }

  /** A paragraph, and its translation with the rule beside it. */
  private pair(block: Block, shape: LineShape, tag: string): string {
    const lead = this.takeNumber() + markOf(shape);
    const { original, translation } = this.texts(block);
    const parts: string[] = [];
    if (original !== undefined)
      parts.push(`<${tag}${attributes(this.langOf(block), 'o')}>${lead}${original}</${tag}>`);
    if (translation !== undefined) {
      const isAlone = original === undefined;
      parts.push(
        `<${isAlone || !tag.startsWith('h') ? tag : 'p'}${attributes(this.reading.lang, isAlone ? 'o' : tag.startsWith('h') ? 't th' : 't')}${isAlone ? '' : this.rule()}>${isAlone ? lead : ''}${translation}</${isAlone || !tag.startsWith('h') ? tag : 'p'}>`,
      );
    }
    return parts.length > 1 ? `<div class="pair">${parts.join('\n')}</div>` : parts.join('');
  }

  /** What is shown of a block: both, or the one there is. */
  private texts({ content, unit }: Block): { original?: string; translation?: string } {
    const { translationOf, layout, url } = this.reading;
    const written = unit === undefined ? undefined : translationOf(unit);
    const translation =
      written === undefined ? undefined : inlineHtml(nodesOf(content, written), content.forms, url);
    if (translation !== undefined && layout === 'translation') return { translation };
    const original = inlineHtml(originalNodes(content), content.forms, url);
    return translation === undefined ? { original } : { original, translation };
  }

  private langOf({ content }: Block): string | undefined {
    return scriptLanguage(content.raw) ?? this.reading.sourceLang;
  }

  /** Word knows no logical sides, and a rule in a style sheet is lost when a paragraph is copied. */
  private rule(): string {
    if (!this.forWord) return '';
    const side = directionOf(this.reading.lang) === 'rtl' ? 'right' : 'left';
    return ` style="border-${side}:1.5pt solid ${lamp};padding-${side}:6pt"`;
  }

  private table(cells: Block[]): void {
    this.closeAll();
    this.put(this.takeNumber('p'));
    const rows: string[][] = [];
    for (const cell of cells) {
      if (cell.shape.type !== 'cell') continue;
      const { row } = cell.shape;
      const tag = row === 0 ? 'th' : 'td';
      const { original, translation } = this.texts(cell);
      const parts = [
        original === undefined ? '' : `<div${attributes(this.langOf(cell), 'o')}>${original}</div>`,
        translation === undefined
          ? ''
          : `<div${attributes(this.reading.lang, original === undefined ? 'o' : 't')}${original === undefined ? '' : this.rule()}>${translation}</div>`,
      ];
      const some = rows[row] ?? [];
      rows[row] = some;
      some.push(`<${tag}>${parts.join('')}</${tag}>`);
    }
    const lines = rows.map((row) => `<tr>${(row ?? []).join('')}</tr>`);
    this.put(
      `<table${this.forWord ? ' border="1" cellspacing="0" cellpadding="4"' : ''}>\n${lines.join('\n')}\n</table>`,
    );
  }
}

/** A cell of the same table: a second table begins with its first cell. */
const isNextCell = (block: Block | undefined): boolean =>
  block?.shape.type === 'cell' && (block.shape.row > 0 || block.shape.column > 0);

/** The mark of a note or a definition, and the box of a task. */
function markOf({ marker, task }: LineShape): string {
  const note = marker?.startsWith('[') ? `<sup>${escapeHtml(marker.slice(2, -2))}</sup> ` : '';
  return note + (task === undefined ? '' : task ? '☑ ' : '☐ ');
}

function attributes(lang: string | undefined, className?: string): string {
  const named = className ? ` class="${className}"` : '';
  return lang ? `${named} lang="${escapeHtml(lang)}" dir="${directionOf(lang)}"` : `${named} dir="auto"`;
}

const commonStyle = `body{font-family:Georgia,"Songti SC","Noto Serif CJK SC",serif;line-height:1.6;color:#14232b}
.about,.page,.n,.number{font-family:"Segoe UI","PingFang SC","Microsoft YaHei",sans-serif;color:#5a6c75}
.about,.page{font-size:.8em}
.n{font-size:.65em}
.number{margin:0}
.t{font-family:"Segoe UI","PingFang SC","Microsoft YaHei",sans-serif;color:#42545d}
.th{font-weight:600}
table{border-collapse:collapse}
th,td{border:1px solid #d9e3e7;padding:4px 8px;text-align:start;vertical-align:top}
pre{white-space:pre-wrap;overflow-wrap:anywhere}`;

const webStyle = `${commonStyle}
body{max-width:46rem;margin:2rem auto;padding:0 1rem}
.t{border-inline-start:2px solid ${lamp};padding-inline-start:.6em;margin-block:.2em 1em}
li .t{margin-block:.1em .4em}
td .t,th .t{margin-block:.2em 0}
@media (min-width:64rem){body:has(.pair){max-width:76rem}.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem;align-items:start}.pair>*{margin-block:.3em}}
@media print{.pair,tr{break-inside:avoid}}`;

const wordStyle = `${commonStyle}
@page{margin:2.2cm}
.t{margin:2pt 0 8pt}`;
