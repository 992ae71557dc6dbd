import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { numberPassages, type Passage } from '@/utils/source';
import { readingHtml } from '@/utils/translate/export/html';
import { readingMarkdown } from '@/utils/translate/export/markdown';
import type { ReadingExport } from '@/utils/translate/export/types';
import { cutSource } from '@/utils/translate/source-units';
import fc from '../fixtures/property';

const passages: Passage[] = [
  { text: '## The Chair', kind: 'heading', page: 1 },
  { text: 'The **deputy** took [the chair](https://a.example/c) in 1911 [3].', kind: 'text', page: 1 },
  { text: '- One\n- Two\n  1. Deep\n  2. Deeper', kind: 'list-item', page: 2 },
  { text: '- Three', kind: 'list-item', page: 2 },
  { text: '> Quoted & <b>bold</b>', kind: 'quote', page: 2 },
  { text: '```js\nlet it = "be";\n```', kind: 'code', page: 3 },
  { text: '| Name | Price |\n| --- | --- |\n| Pear \\| apple | 12 |', kind: 'table', page: 3 },
  { text: '12,500', kind: 'text', page: 3 },
];

function exportOf(all: Passage[], change: Partial<ReadingExport> = {}): ReadingExport {
  const cut = cutSource(numberPassages(all));
  return {
    cut,
    title: 'Minutes <1911>',
    url: 'https://a.example/minutes?a=1&b=2',
    sourceLang: 'en',
    lang: 'zh-Hans',
    layout: 'both',
    translationOf: (id) => cut.units[id - 1]?.text.replace(/\b[A-Z]\p{L}*/gu, '译'),
    words: { about: 'English → 简体中文', page: (page) => `Page ${page}` },
    ...change,
  };
}

const documentOf = (html: string) => new JSDOM(html).window.document;
const wordsIn = (text: string | null | undefined) => text?.replace(/\s+/g, ' ') ?? '';

describe('a translated source as a web page', () => {
  it('has both languages with their tags, headings, nested lists, tables, links, numbers and page marks', () => {
    const page = documentOf(readingHtml(exportOf(passages)));
    expect(page.title).toBe('Minutes <1911>');
    expect([...page.querySelectorAll('h1, h3')].map((heading) => heading.textContent)).toEqual([
      'Minutes <1911>',
      '¶1 The Chair',
    ]);
    const [pair] = [...page.querySelectorAll('.pair')].slice(1);
    expect(pair?.querySelector('.o')?.getAttribute('lang')).toBe('en');
    expect(pair?.querySelector('.t')?.getAttribute('lang')).toBe('zh-Hans');
    expect(pair?.querySelector('.t a')?.getAttribute('href')).toBe('https://a.example/c');
    expect(pair?.querySelector('.t')?.textContent).toBe('译 deputy took the chair in 1911 [3].');
    expect(page.querySelectorAll('body > ul')).toHaveLength(1);
    expect(page.querySelectorAll('body > ul > li')).toHaveLength(3);
    expect(page.querySelectorAll('body > ul > li > ol > li')).toHaveLength(2);
    expect(wordsIn(page.querySelector('blockquote .o')?.textContent)).toBe('¶5 Quoted & <b>bold</b>');
    expect(page.querySelector('pre')?.textContent).toBe('let it = "be";');
    expect([...page.querySelectorAll('th, td')].map((cell) => cell.querySelector('.o')?.textContent)).toEqual(
      ['Name', 'Price', 'Pear | apple', '12'],
    );
    expect([...page.querySelectorAll('.page')].map((mark) => mark.textContent)).toEqual([
      'Page 1',
      'Page 2',
      'Page 3',
    ]);
    expect([...page.querySelectorAll('[id^=p]')].map(({ id }) => id)).toEqual(
      Array.from({ length: 8 }, (_, index) => `p${index + 1}`),
    );
  });

  it('has the translation alone, and the original where there is none', () => {
    const page = documentOf(
      readingHtml(
        exportOf(passages, { layout: 'translation', translationOf: (id) => (id === 2 ? undefined : '译文') }),
      ),
    );
    expect(page.querySelector('.t')).toBeNull();
    expect(page.querySelector('h3')?.textContent).toBe('¶1 译文');
    expect(wordsIn(page.body.textContent)).toContain('The deputy took the chair in 1911 [3].');
    expect(page.documentElement.lang).toBe('zh-Hans');
  });

  it('has a rule at the right side in word processors, and nothing of the web’s newer layout', () => {
    const html = readingHtml(exportOf(passages), { forWord: true });
    expect(html).toContain('border-left:1.5pt solid #e0a423');
    expect(html).not.toMatch(/grid|inline-start|@media/);
    expect(readingHtml(exportOf(passages, { lang: 'ar' }), { forWord: true })).toContain(
      'border-right:1.5pt',
    );
  });

  it('carries nothing that runs or is fetched, whatever source and model say', () => {
    const evil =
      '"><script>alert(1)</script><img src=x onerror=alert(1)>[a](javascript:alert(1)) ![b](https://t.example/p.png)';
    const page = documentOf(
      readingHtml(
        exportOf([{ text: `Words ${evil}`, kind: 'text' }], {
          title: evil,
          url: 'javascript:alert(1)',
          lang: 'zh" onload="x',
          translationOf: () => evil,
        }),
      ),
    );
    expect(page.querySelectorAll('script, img, link, iframe, [onerror], [onload]')).toHaveLength(0);
    for (const link of page.querySelectorAll('a')) expect(link.protocol).toMatch(/^https?:$/);
    expect(page.body.textContent).toContain('<script>alert(1)</script>');
  });
});

describe('a translated source as Markdown', () => {
  it('keeps the structure, and puts each translation after its passage', () => {
    expect(readingMarkdown(exportOf(passages.slice(0, 4)))).toMatchInlineSnapshot(`
      "# Minutes <1911>

      <https://a.example/minutes?a=1&b=2>

      English → 简体中文

      *Page 1*

      <!-- ¶1 -->

      ## The Chair

      ## 译 译

      <!-- ¶2 -->

      The **deputy** took [the chair](https://a.example/c) in 1911 [3].

      译 **deputy** took [the chair](https://a.example/c) in 1911 [3].

      *Page 2*

      <!-- ¶3 -->

      - One
      - Two
        1. Deep
        2. Deeper

      - 译
      - 译
        1. 译
        2. 译

      <!-- ¶4 -->

      - Three

      - 译
      "
    `);
    expect(readingMarkdown(exportOf(passages.slice(4), { layout: 'translation' }))).toMatchInlineSnapshot(`
      "# Minutes <1911>

      <https://a.example/minutes?a=1&b=2>

      English → 简体中文

      *Page 2*

      <!-- ¶1 -->

      > 译 & <b>bold</b>

      *Page 3*

      <!-- ¶2 -->

      \`\`\`js
      let it = "be";
      \`\`\`

      <!-- ¶3 -->

      | 译 | 译 |
      | --- | --- |
      | 译 \\| apple | 12 |

      <!-- ¶4 -->

      12,500
      "
    `);
  });
});

describe('any source', () => {
  const words = fc.constantFrom(
    'alpha',
    'beta',
    '**',
    '[x](https://a.example/)',
    '`c`',
    '\n',
    '\n- ',
    '\n  ',
    '\n> ',
    '| a | b |',
    '12',
    '中文',
    '\n\n',
    '\n```js\n',
    '\n```\n',
  );
  const text = fc.array(words, { minLength: 1, maxLength: 14 }).map((all) => all.join(' '));
  const kind = fc.constantFrom<Passage['kind']>('text', 'heading', 'list-item', 'quote', 'code', 'table');

  it('is there whole in every file: each passage, each word, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ text, kind }), { minLength: 1, maxLength: 5 }), (all) => {
        const reading = exportOf(all, { translationOf: () => undefined });
        const letters = (value: string) => (value.match(/alpha|beta|12|中文/g) ?? []).join(' ');
        const expected = letters(all.map((passage) => passage.text).join(' '));
        const body = documentOf(readingHtml(reading)).body;
        for (const skipped of body.querySelectorAll('h1, .about, .n')) skipped.remove();
        expect(letters(body.textContent ?? '')).toBe(expected);
        const markdown = readingMarkdown(reading);
        let from = 0;
        for (const passage of all) {
          const at = markdown.indexOf(passage.text, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + passage.text.length;
        }
      }),
      { numRuns: 150 },
    );
  });
});
