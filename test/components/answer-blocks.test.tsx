/** @vitest-environment jsdom */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Markdown } from '@/components/answer/markdown/markdown';
import { SourcesProvider } from '@/components/answer/sources-context';
import { ActionsProvider, type PanelActions } from '@/components/panel/actions';
import type { ColoursReport, ColoursRequest } from '@/utils/chat/code-colours';
import { setLanguage } from '@/utils/i18n';
import { cpuTime } from '../cpu-time.ts';

/** What an answer becomes on the screen, without a browser. */

let root: Root;
let place: HTMLElement;
const openLink = vi.fn();

/** The worker that colours code, in the thread of the test. */
class HereWorker {
  onmessage?: (event: { data: ColoursReport }) => void;
  async postMessage({ number, text = '', name = '' }: ColoursRequest) {
    const { highlight } = await import('@/components/answer/markdown/highlight');
    const lines = await highlight(text, name, new AbortController().signal);
    this.onmessage?.({ data: { number, lines } });
  }
  terminate() {}
}

beforeAll(async () => {
  Object.assign(globalThis, {
    IS_REACT_ACT_ENVIRONMENT: true,
    Worker: HereWorker,
  });
  await setLanguage('en');
});
beforeEach(() => {
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});
afterEach(() => {
  act(() => root.unmount());
  place.remove();
});

function draw(text: string, { streaming = false, lang }: { streaming?: boolean; lang?: string } = {}) {
  act(() =>
    root.render(
      <ActionsProvider value={{ openLink } as unknown as PanelActions}>
        <SourcesProvider value={[]}>
          <Markdown text={text} streaming={streaming} lang={lang} />
        </SourcesProvider>
      </ActionsProvider>,
    ),
  );
  return place;
}
const all = (selector: string) => [...place.querySelectorAll<HTMLElement>(selector)];
const words = (selector: string) => all(selector).map(({ textContent }) => textContent);
/** Gives what is loaded on demand the time to come. */
const settle = async (selector: string) => {
  for (const start = Date.now(); all(selector).length === 0 && Date.now() - start < 10_000; )
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(all(selector).length).toBeGreaterThan(0);
};

describe('language and direction', () => {
  it('stand on every block by its own letters', () => {
    draw(
      [
        '这段海岸曾有 212 座磨坊。',
        '> 潮は一日に二度満ち引きする。',
        '## 결론입니다',
        'The tide turns and it is late.',
        '- تعود طواحين المد\n- این چیزی است پ',
        '189 €',
      ].join('\n\n'),
      { lang: 'zh' },
    );
    const seen = all('p, h2, li').map(({ lang, dir, textContent }) => [textContent, lang, dir]);
    expect(seen).toEqual([
      ['这段海岸曾有 212 座磨坊。', 'zh-Hans', 'ltr'],
      ['潮は一日に二度満ち引きする。', 'ja', 'ltr'],
      ['결론입니다', 'ko', 'ltr'],
      ['The tide turns and it is late.', 'en', 'ltr'],
      ['تعود طواحين المد', 'ar', 'rtl'],
      ['این چیزی است پ', 'fa', 'rtl'],
      ['189 €', '', ''],
    ]);
  });

  it('isolate what runs the other way, and leave code from left to right', () => {
    draw('شركة Carrow هنا ¶4\n\n```js\nlet x;\n```');
    expect(words('bdi')).toEqual(['Carrow']);
    expect(all('.code-scroll')[0]?.dir).toBe('ltr');
  });
});

describe('a table', () => {
  const text = '| | A | B | C |\n|---|---|--:|---|\n| Price | **1** | -2 | |\n| Fall | x |';

  it('names its columns and rows, pads what is ragged, and has a name', () => {
    draw(text);
    expect(words('thead th')).toEqual(['A', 'B', 'C']);
    expect(words('tbody th')).toEqual(['Price', 'Fall']);
    expect(all('tbody tr').map((row) => row.children.length)).toEqual([4, 4]);
    expect(all('section')[0]?.getAttribute('aria-label')).toBe(', A, B, C');
    expect(all('section')[0]?.tabIndex).toBe(0);
    expect(all('td.cell-end').map(({ textContent }) => textContent)).toEqual(['-2', '']);
  });

  it('is read as cards when it is wide, and only then', () => {
    draw(text);
    const [table, cards] = all('fieldset button');
    act(() => cards?.click());
    expect(words('.card-name')).toEqual(['Price', 'Fall']);
    expect(words('.card:first-child :is(dt, dd)')).toEqual(['A', '1', 'B', '-2', 'C', '']);
    act(() => table?.click());
    expect(all('table')).toHaveLength(1);
    draw('| A | B |\n|---|---|\n| 1 | 2 |');
    expect(all('fieldset')).toHaveLength(0);
  });

  it('copies its CSV', async () => {
    const writeText = vi.fn(async () => {});
    Object.assign(navigator, { clipboard: { writeText } });
    draw('| A | B |\n|---|---|\n| =1+1 | 2, 3 |');
    await act(async () => all('button[aria-label="Copy as CSV"]')[0]?.click());
    await settle('button[aria-label="Copied"]');
    expect(writeText).toHaveBeenCalledWith('A,B\r\n\'=1+1,"2, 3"\r\n');
    expect(all('button[aria-label="Copied"]')).toHaveLength(1);
  });

  it('of thousands of rows has all of them, and all in its CSV', async () => {
    const writeText = vi.fn(async (_: string) => {});
    Object.assign(navigator, { clipboard: { writeText } });
    const rows = Array.from({ length: 1_000 }, (_, index) => `| ${index} | row ${index} |`);
    draw(`| n | name |\n|---|---|\n${rows.join('\n')}\n\nThe end.`);
    expect(words('tbody th')).toHaveLength(1_000);
    expect(all('button[aria-label="Copy as CSV"]')).toHaveLength(1);
    await act(async () => all('button[aria-label="Copy as CSV"]')[0]?.click());
    await settle('button[aria-label="Copied"]');
    const lines = writeText.mock.calls[0]?.[0].split('\r\n') ?? [];
    expect(lines).toHaveLength(1_002);
    expect([lines[0], lines[1], lines[1_000]]).toEqual(['n,name', '0,row 0', '999,row 999']);
  });
});

describe('code', () => {
  it('is coloured once it is finished, with every character in its place', async () => {
    const code = 'const a = "x";\n\n\tif (a) {\n  b();  \n}';
    draw(`\`\`\`ts\n${code}`, { streaming: true });
    expect(all('.code-keyword')).toHaveLength(0);
    expect(words('.code-head > span')[0]).toBe('TypeScript');
    draw(`\`\`\`ts\n${code}\n\`\`\`\n\nDone.`);
    await settle('.code-keyword');
    expect(words('.code-keyword').join(' ')).toMatch(/^const.* if$/);
    expect(words('.code-string-expression, .code-string').join('')).toContain('"x"');
    expect(words('pre code')).toEqual([code]);
  });

  it.each([
    ['a language nobody knows', 'klingon'],
    ['a name without an end', 'x'.repeat(5_000)],
    ['a name that is markup', '<script>alert(1)</script>'],
    ['a name of a prototype', '__proto__'],
  ])('stays plain and whole with %s', async (_, name) => {
    draw(`\`\`\`${name}\nlet a = 1;\n\`\`\``);
    await act(async () => {});
    expect(words('pre code')).toEqual(['let a = 1;']);
    expect(all('script')).toHaveLength(0);
    expect((words('.code-head > span')[0] ?? '').length).toBeLessThanOrEqual(200);
  });

  it('is whole on the screen and copied whole when it is endless', async () => {
    const writeText = vi.fn(async (_: string) => {});
    Object.assign(navigator, { clipboard: { writeText } });
    const code = `${'x = 1;\n'.repeat(40_000)}${'y'.repeat(200_000)}`;
    draw(`\`\`\`js\n${code}\n\`\`\``);
    await act(async () => {});
    expect(words('pre code').join('\n').replace(/\n/g, '') === code.replace(/\n/g, '')).toBe(true);
    expect(all('.code-head')).toHaveLength(1);
    await act(async () => all('button[aria-label="Copy code"]')[0]?.click());
    expect(writeText.mock.calls[0]?.[0] === code).toBe(true);
  });

  it('that never closes keeps what comes after', () => {
    draw('```\n<b>all</b>\n\n# of it');
    expect(words('pre code')).toEqual(['<b>all</b>\n\n# of it']);
  });
});

describe('formulas', () => {
  it('are drawn with MathML beside them', async () => {
    draw('so $x^2$ and\n\n$$\n\\frac{a}{b}\n$$');
    await settle('.katex');
    expect(words('math annotation')).toEqual(['x^2', '\\frac{a}{b}']);
    expect(all('.formula-display .katex-display')).toHaveLength(1);
    expect(all('.formula-source')).toHaveLength(0);
  });

  it.each([
    ['wrong TeX', '$\\frac{a}{$'],
    ['a link', '$\\href{https://example.org}{x}$'],
    ['a picture', '$\\includegraphics{https://example.org/p.png}$'],
    ['a style', '$\\htmlStyle{color:red}{x}$'],
    ['macros that never end', '$\\def\\a{\\a\\a}\\a$'],
    ['brackets in brackets', `$${'{'.repeat(900)}\\x${'}'.repeat(900)}$`],
  ])('are shown as they are written with %s', async (_, text) => {
    draw(`good $y_1$ first\n\n${text}`);
    await settle('.katex');
    expect(words('code.formula-source')).toEqual([text]);
    expect(all('a, img, [style*="color"]')).toHaveLength(0);
  });
});

describe('the rest', () => {
  it('shows links with their hosts, images as words, HTML as text, notes and definitions', () => {
    draw(
      [
        'See [the survey](https://example.org/s), [example.org/x](https://example.org/x) and [bank.example](https://evil.example/bank.example).',
        '![A chart](https://pictures.example/c.png) [![inner](https://pictures.example/d.png)](https://example.org/)',
        '<b>bold</b> <br> line[^1]',
        'Tide mill\n: A mill that works at ebb.',
        '[^1]: A *note*.',
        '- [x] done\n- [ ] open',
      ].join('\n\n'),
    );
    expect(words('.link-host').map((host) => host?.trim())).toEqual([
      'example.org',
      'evil.example',
      'example.org',
    ]);
    expect(all('img, b, a')).toHaveLength(0);
    expect(words('.inert-image')).toEqual([
      'Image not loaded: A chart pictures.example',
      'Image not loaded: inner ',
    ]);
    expect(all('button button')).toHaveLength(0);
    expect(place.textContent).toContain('<b>bold</b>');
    expect(all('p br')).toHaveLength(1);
    expect(words('sup')).toEqual(['1', '1']);
    expect(words('dt')).toEqual(['Tide mill']);
    expect(words('dd')).toEqual(['A mill that works at ebb.']);
    expect(all('input').map((box) => box.getAttribute('aria-label'))).toEqual(['Done', 'Not done']);
  });

  it.each([
    ['quotes', '>'.repeat(5_000), 'deep'],
    ['lists', '- '.repeat(3_000), 'deep'],
    [
      'indented lists',
      Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth * 2)}- ${depth}`).join('\n'),
      '',
    ],
    ['brackets', '['.repeat(1_000_000), ''],
    ['stars', '*a '.repeat(400_000), ''],
    ['letters', 'x'.repeat(1_000_000), ''],
  ])('survives thousands of %s', (_, start, end) => {
    const begun = cpuTime();
    draw(`${start} ${end}`);
    expect(place.textContent).toContain(end || start.slice(-3));
    expect(cpuTime() - begun).toBeLessThan(5_000);
  });
});
