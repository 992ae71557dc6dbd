import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { answerAs, type SavedAnswer } from '@/components/answer/export/save-answer';
import { setLanguage } from '@/utils/i18n';
import { anAnswer } from '../fixtures/records';
import { sourceOf } from '../fixtures/sources';
import { unzip } from '../fixtures/unzip';

const text = `# Mills

The **fall** is 2.1 m ¶1 and it costs 40 [2 ¶1]. Nowhere is ¶77.

1. First
   - nested with \`code\`
     1. deep
2. Second

   more of it

- [x] done
- [ ] open

> “It costs 40” [2 ¶1]

| Mill | Price |
|---|--:|
| Carrow | =1+1 |
| Pell | 1,200.50 [2 ¶1] |

\`\`\`js
let a = "<b>";
	tabbed
\`\`\`

$$E = mc^2$$

تعود طواحين المد Carrow هنا.

这段海岸曾有 212 座磨坊。

Say <script>alert(1)</script> & \u0000 \u0001 [a link](https://evil.example/?d=secret) ![pic](https://evil.example/p.png)

[1]: https://defined.example/
See [it][1].`;

async function saved(more: Partial<SavedAnswer> = {}): Promise<SavedAnswer> {
  const sources = [
    await sourceOf(
      [
        { text: 'Carrow falls 2.1 m.', kind: 'table', place: { sheet: 'Q3', cells: 'A2:B9' } },
        'See https://defined.example/ too.',
      ],
      { title: 'mills.xlsx', url: undefined },
    ),
    await sourceOf(['It costs 40. <i>Pell</i> at 1,200.50'], {
      title: 'The prices',
      url: 'https://example.org/prices',
    }),
  ];
  return {
    answer: anAnswer({ text, model: 'm-1' }),
    question: 'What do the mills cost?',
    sources,
    now: Date.UTC(2026, 2, 14),
    ...more,
  };
}
const wordsOf = (node: Element | null | undefined) => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('an answer as a web page', () => {
  it('has every block, loads nothing and runs nothing', async () => {
    const html = await (await answerAs(await saved(), 'html')).text();
    const page = new JSDOM(html).window.document;
    expect(page.querySelectorAll('script, img, link, iframe, object, [src], [onerror]')).toHaveLength(0);
    expect(html).not.toMatch(/url\(|@import/);
    expect(page.querySelector('meta[http-equiv]')?.getAttribute('content')).toMatch(/^default-src 'none'/);
    expect(wordsOf(page.querySelector('h1'))).toBe('What do the mills cost?');
    expect([...page.querySelectorAll('h2')].map(wordsOf)).toEqual(['Mills', 'Sources', 'Cited passages']);
    expect(wordsOf(page.querySelector('h2 + p'))).toBe(
      'The fall is 2.1 m [1] and it costs 40 [2]. Nowhere is ¶77 (not found in the source).',
    );
    expect(wordsOf(page.querySelector('del'))).toBe('¶77');
    expect(wordsOf(page.querySelector('ol ol li'))).toBe('deep');
    expect([...page.querySelectorAll('.box')].map(wordsOf)).toEqual(['☑', '☐']);
    expect([...page.querySelectorAll('td')].map(wordsOf)).toEqual(['Carrow', '=1+1', 'Pell', '1,200.50 [2]']);
    expect(page.querySelector('pre')?.textContent).toBe('let a = "<b>";\n\ttabbed');
    expect(wordsOf(page.querySelector('p.formula'))).toBe('E = mc^2');
    expect(wordsOf(page.querySelector('p[dir="rtl"] bdi'))).toBe('Carrow');
    expect(page.querySelector('p[lang="zh-Hans"]')?.textContent).toBe('这段海岸曾有 212 座磨坊。');
    expect(page.body.textContent).toContain('<script>alert(1)</script>');
    // The model made this address: it is said in full. The other stands in a source.
    expect(page.body.textContent).toContain('a link (https://evil.example/?d=secret)');
    expect(page.body.textContent).toContain('See it.');
    const links = [...page.querySelectorAll('a[href^="http"]')];
    expect(links.every((link) => link.getAttribute('rel') === 'noreferrer noopener')).toBe(true);
    const passages = [...page.querySelectorAll('.passage')].map(wordsOf);
    expect(passages).toEqual([
      '[1] mills.xlsx Q3!A2:B9 · 1 ¶1 Carrow falls 2.1 m.',
      '[2] The prices 2 ¶1 It costs 40. <i>Pell</i> at 1,200.50',
    ]);
    for (const link of page.querySelectorAll('a[href^="#"]'))
      expect(page.querySelector(link.getAttribute('href') ?? '')).not.toBeNull();
  });

  it('has a long question below its title, and says that it is not whole', async () => {
    const question = `First line\nsecond <b>line</b> ${'x'.repeat(300)}`;
    const answer = anAnswer({ text: 'Half', reason: 'length' });
    const html = await (await answerAs(await saved({ question, answer }), 'html')).text();
    const page = new JSDOM(html).window.document;
    expect(wordsOf(page.querySelector('h1'))).toBe('mills.xlsx');
    expect(wordsOf(page.querySelector('.question'))).toBe(question.replace(/\s+/g, ' '));
    expect(wordsOf(page.querySelector('.remark'))).toBe('This answer is not complete.');
  });
});

describe('an answer as a document of Word', () => {
  it('is an archive of well-formed parts with headings, lists, tables and links', async () => {
    const file = await answerAs(await saved(), 'docx');
    expect(file.type).toContain('wordprocessingml.document');
    const parts = await unzip(file);
    const documents = Object.fromEntries(
      Object.entries(parts).map(([name, xml]) => {
        const parsed = new JSDOM(xml, { contentType: 'application/xml' }).window.document;
        expect(parsed.querySelector('parsererror'), name).toBeNull();
        return [name, parsed];
      }),
    );
    const body = documents['word/document.xml'] as Document;
    const all = (name: string, within: Document | Element = body) => [...within.getElementsByTagName(name)];
    const shown = (paragraph: Element) =>
      [...paragraph.getElementsByTagName('*')]
        .map(({ tagName, textContent }) =>
          tagName === 'w:t' ? textContent : tagName === 'w:br' ? '\n' : tagName === 'w:tab' ? '\t' : '',
        )
        .join('');
    const styled = (style: string) =>
      all('w:p')
        .filter((p) => p.querySelector('pStyle')?.getAttribute('w:val') === style)
        .map(shown);
    expect(styled('Title')).toEqual(['What do the mills cost?']);
    expect(styled('Heading1')).toEqual(['Mills', 'Sources', 'Cited passages']);
    expect(styled('Code')).toEqual(['let a = "<b>";\n\ttabbed', 'E = mc^2']);
    expect(styled('TableText')).toEqual(['Mill', 'Price', 'Carrow', '=1+1', 'Pell', '1,200.50 [2]']);
    expect(styled('PassageHead')).toEqual(['[1] mills.xlsx Q3!A2:B9 · 1 ¶1', '[2] The prices 2 ¶1']);
    const items = styled('ListParagraph').slice(0, 7);
    expect(items).toEqual(['First', 'nested with code', 'deep', 'Second', 'more of it', '☑ done', '☐ open']);
    // Every list that is used is there, and every number counts for itself.
    const numbers = new Set(all('w:numId').map((number) => number.getAttribute('w:val')));
    const known = all('w:num', documents['word/numbering.xml']).map((num) => num.getAttribute('w:numId'));
    expect(known).toEqual(expect.arrayContaining([...numbers]));
    expect(numbers.size).toBe(3);
    // Every link has its address, every citation its passage.
    const relations = all('Relationship', documents['word/_rels/document.xml.rels']);
    const ids = relations.map((relation) => relation.getAttribute('Id'));
    const marks = all('w:bookmarkStart').map((mark) => mark.getAttribute('w:name'));
    for (const link of all('w:hyperlink')) {
      if (link.hasAttribute('r:id')) expect(ids).toContain(link.getAttribute('r:id'));
      else expect(marks).toContain(link.getAttribute('w:anchor'));
    }
    const arabic = all('w:p').find((p) => shown(p).includes('طواحين'));
    expect(arabic?.querySelector('pPr > bidi')).not.toBeNull();
    const directions = all('w:r', arabic).map((r) => [shown(r), r.querySelector('rtl') !== null]);
    expect(directions).toEqual([
      ['تعود طواحين المد ', true],
      ['Carrow', false],
      [' هنا.', true],
    ]);
    const chinese = all('w:r').find((r) => shown(r).startsWith('这段'));
    expect(chinese?.querySelector('rFonts')?.getAttribute('w:eastAsia')).toBe('Microsoft YaHei');
  });

  it('has every column and row of a table that Word could not open in one piece', async () => {
    const width = 150;
    const row = (start: string) => `|${Array.from({ length: width }, (_, at) => `${start}${at}`).join('|')}|`;
    const table = [row('h'), `|${'---|'.repeat(width)}`, row('a')].join('\n');
    const parts = await unzip(await answerAs(await saved({ answer: anAnswer({ text: table }) }), 'docx'));
    const xml = parts['word/document.xml'] ?? '';
    for (let at = 0; at < width; at++) expect(xml).toContain(`>a${at}<`);
    for (const part of xml.split('<w:tbl>').slice(1))
      expect(part.match(/<w:gridCol /g)?.length ?? 0).toBeLessThanOrEqual(63);
  });
});

describe('an answer as Markdown', () => {
  it('has what was asked, links, sources and the words of every passage', async () => {
    const written = await (await answerAs(await saved(), 'md')).text();
    expect(written).toMatch(/^# What do the mills cost\?\n\n\*Answer by m-1, /);
    expect(written).toContain('~~¶77~~ (not found in the source)');
    expect(written).toContain('## Sources\n\n1. mills.xlsx · Read in full');
    expect(written).toContain('**1 ¶1** mills.xlsx, Q3\\!A2:B9\n\n> Carrow falls 2.1 m.');
    // Words of a page are no markup.
    expect(written).toContain('> It costs 40. \\<i\\>Pell\\</i\\> at');
    expect(written).toContain('\\<script>');
  });
});

describe('the tables of an answer as a workbook', () => {
  it('are sheets with numbers, harmless text, and the words of their citations', async () => {
    const parts = await unzip(await answerAs(await saved(), 'xlsx'));
    const sheet = parts['xl/worksheets/sheet1.xml'] ?? '';
    expect(parts['xl/workbook.xml']).toContain('<sheet name="Mills"');
    expect(parts['xl/workbook.xml']).toContain('<sheet name="Sources"');
    expect(sheet).toMatch(/<c r="B3" s="\d+"><v>1200\.5<\/v><\/c>/);
    const style = /<c r="B2" s="(\d+)" t="inlineStr"><is><t xml:space="preserve">=1\+1<\/t>/.exec(sheet)?.[1];
    const looks = parts['xl/styles.xml']?.match(/<xf [^>]*applyNumberFormat[^>]*>/g) ?? [];
    expect(looks[Number(style)]).toContain('quotePrefix="1"');
    expect(sheet).not.toContain('<f>');
    expect(parts['xl/worksheets/sheet2.xml']).toContain('It costs 40.');
  });
});

describe('what is saved', () => {
  it('speaks the language of the interface', async () => {
    await setLanguage('zh_CN');
    try {
      const html = await (await answerAs(await saved(), 'html')).text();
      expect(html).toContain('m-1 的回答');
      expect(html).toContain('<h2>引用的原文</h2>');
    } finally {
      await setLanguage('en');
    }
  });

  it('is written in time that grows with the answer', async () => {
    const long = Array.from(
      { length: 4_000 },
      (_, at) => `Paragraph ${at} has **words** and says it ¶1.`,
    ).join('\n\n');
    const started = performance.now();
    for (const form of ['html', 'docx', 'md'] as const)
      await answerAs(await saved({ answer: anAnswer({ text: long }) }), form);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
