// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RenderedPassage, renderPassages } from '@/utils/page/markdown';
import { normalize } from '@/utils/page/normalize';
import fc from '../fixtures/property';

const nothing = () => false;

function passagesOf(root: Element, isDropped: (node: Node) => boolean = nothing): RenderedPassage[] {
  return [...renderPassages(root, isDropped)];
}

function rootOf(html: string): Element {
  const root = document.createElement('article');
  root.innerHTML = html;
  return root;
}

/** Elements put into one another from the outside in, each with a word before the next. */
function nested(names: string[], depth: number, word: (level: number) => string): Element {
  const root = document.createElement('div');
  let at: Element = root;
  for (let level = 0; level < depth; level++) {
    const element = document.createElement(names[level % names.length] ?? 'div');
    element.append(word(level));
    at.append(element);
    at = element;
  }
  return root;
}

const textOf = (passages: RenderedPassage[]) => passages.map(({ text }) => text).join('\n\n');

describe('passages', () => {
  const kinds = (html: string) => passagesOf(rootOf(html)).map(({ kind, text }) => [kind, text]);

  it('are headings, texts, items, quotes, code and tables', () => {
    const html =
      '<h1>A</h1><p>b</p><ul><li>c<ul><li>d</li></ul></li></ul><blockquote><p>e</p><p>f</p></blockquote>' +
      '<pre>g</pre><table><tr><th>h</th></tr><tr><td>i</td></tr></table>';
    expect(kinds(html)).toEqual([
      ['heading', '# A'],
      ['text', 'b'],
      ['list-item', '- c\n  - d'],
      ['quote', '> e\n>\n> f'],
      ['code', '```\ng\n```'],
      ['table', '| h |\n| --- |\n| i |'],
    ]);
  });

  it('name the elements they were made from', () => {
    const root = rootOf('<p>a</p><ul><li><p>b</p><p>c</p></li></ul><div>d<p>e</p><b>f</b> <i>g</i></div>');
    const names = passagesOf(root).map(({ elements }) =>
      elements.map(({ localName }) => localName).join(' '),
    );
    expect(names).toEqual(['p', 'li', 'div', 'p', 'b i']);
  });

  it('leave out what is dropped, with everything in it', () => {
    const root = rootOf(
      '<p>a <b class="x">b</b> c</p><ul class="x"><li>d</li></ul><table><tr><th>e</th><th class="x">f</th></tr></table><pre>g<i class="x">h</i></pre>',
    );
    const isDropped = (node: Node) => node.nodeType === 1 && (node as Element).className === 'x';
    expect(textOf(passagesOf(root, isDropped)).match(/[a-h]/g)).toEqual(['a', 'c', 'e', 'g']);
  });

  it('of a long item are its blocks, the first with its mark', () => {
    const paragraph = `<p>${'word '.repeat(500).trim()}</p>`;
    const passages = passagesOf(
      rootOf(`<ol><li>${paragraph}${paragraph}<ul><li>in</li></ul></li><li>next</li></ol>`),
    );
    expect(passages.map(({ kind, text }) => [kind, text.slice(0, 7)])).toEqual([
      ['list-item', '1. word'],
      ['text', 'word wo'],
      ['list-item', '- in'],
      ['list-item', '2. next'],
    ]);
  });

  it('of a long quote are its paragraphs', () => {
    const paragraph = `<p>${'word '.repeat(500).trim()}</p>`;
    const passages = passagesOf(rootOf(`<blockquote>${paragraph}${paragraph}</blockquote>`));
    expect(passages.map(({ kind, text }) => [kind, text.slice(0, 6)])).toEqual([
      ['quote', '> word'],
      ['quote', '> word'],
    ]);
  });

  it('never contain what looks like the mark of the next one', () => {
    const passages = passagesOf(
      rootOf('<pre>a\n\n¶7 b</pre><blockquote><p>¶1</p></blockquote><p>x<br>¶3 y</p>'),
    );
    for (const { text } of passages) expect(text).not.toMatch(/\n¶\d/);
  });
});

describe('any tree', () => {
  const names = [
    'p',
    'div',
    'span',
    'b',
    'em',
    'a',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
    'blockquote',
    'pre',
    'code',
    'h2',
    'table',
    'tbody',
    'tr',
    'td',
    'th',
    'caption',
    'figure',
    'figcaption',
    'details',
    'summary',
    'label',
    'button',
    'my-box',
    'article',
    'section',
    'del',
    'q',
    'sup',
    'sub',
    'ruby',
    'rt',
    'kbd',
    'select',
    'option',
    'textarea',
    'legend',
    'font',
  ];
  interface Tree {
    name: string;
    attribute: string;
    children: (Tree | string)[];
  }
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      name: fc.constantFrom(...names),
      attribute: fc.constantFrom('', '', '', 'class', 'href', 'id', 'role'),
      children: fc.array(
        fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          fc.string({
            unit: fc.constantFrom('a', 'ж', '字', '7', ' ', '\n', '*', '|', '`', '-', '¶'),
            maxLength: 8,
          }),
          tie('tree'),
        ),
        { maxLength: 5 },
      ),
    }),
  }));

  function build({ name, attribute, children }: Tree): Element {
    const element = document.createElement(name);
    if (attribute === 'class') element.className = 'highlight line footnote-ref copy';
    if (attribute === 'href') element.setAttribute('href', 'https://e.org/');
    if (attribute === 'id') element.id = 'n';
    if (attribute === 'role') element.setAttribute('role', 'presentation');
    for (const child of children) element.append(typeof child === 'string' ? child : build(child));
    return element;
  }

  /** Letters and digits of the text, which no mark of Markdown has; addresses are taken out of it first. */
  const letters = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  const written = (text: string) => letters(text.replaceAll('](https://e.org/)', ''));

  /** A caption stands above its table, so text that a script has put into the table itself comes after it. */
  const inOrder = (root: Element, entry: string) =>
    root.querySelector('table caption') ? [...entry].sort().join('') : entry;

  it('keeps every letter once and in order when no table repeats it', () => {
    fc.assert(
      fc.property(tree, (plan) => {
        const root = document.createElement('main');
        root.append(build(plan));
        const text = textOf(passagesOf(root)).replace(/^(?: *> | {2,3}|- |: )*\d+\. (?=\D|$)/gm, '');
        // Numbers of list items are not on the page as text: they are compared without digits.
        const withoutDigits = (entry: string) => entry.replace(/\d/g, '');
        expect(inOrder(root, withoutDigits(written(text)))).toBe(
          inOrder(root, withoutDigits(letters(root.textContent ?? ''))),
        );
      }),
      { numRuns: 600 },
    );
  }, 60_000);

  it('is normalised without an error and without losing a letter that is not a mark', () => {
    fc.assert(
      fc.property(tree, (plan) => {
        const page = document.implementation.createHTMLDocument('');
        page.body.append(page.importNode(build(plan), true));
        normalize(page);
        const after = letters(page.body.textContent ?? '');
        const text = written(textOf(passagesOf(page.body)));
        expect(inOrder(page.body, text.replace(/\d/g, ''))).toBe(
          inOrder(page.body, after.replace(/\d/g, '')),
        );
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('pages that are hard to read', () => {
  it.each([
    ['divisions', ['div']],
    ['inline elements', ['span']],
    ['bold', ['b']],
    ['links and unknown elements', ['a', 'x-y']],
    ['quotes', ['blockquote']],
    ['items', ['ul', 'li']],
    ['cells', ['table', 'tbody', 'tr', 'td']],
    ['short quotations and raised text', ['q', 'sup']],
    ['definitions', ['dl', 'dd']],
  ])(
    'keeps every word of 3,000 nested %s, in order',
    (_, names) => {
      const passages = passagesOf(nested(names, 3_000, (level) => ` w${level} `));
      const words = textOf(passages).match(/w\d+/g) ?? [];
      expect(words).toHaveLength(3_000);
      expect(words.every((word, level) => word === `w${level}`)).toBe(true);
    },
    60_000,
  );

  it('does not blow up the text of 300 nested lists', () => {
    const sentence = 'The keeper of the light writes down every ship.';
    const root = nested(['ul', 'li'], 600, (level) => (level % 2 ? sentence : ''));
    const visible = 300 * sentence.length;
    expect(textOf(passagesOf(root)).length).toBeLessThan(1.5 * visible);
  });

  it.each([
    ['spaces', ' '],
    ['line feeds', '\n'],
    ['spaces that do not break', '\u00a0'],
    ['ideographic spaces', '\u3000'],
  ])('reads 2 MB of %s', (_, space) => {
    const root = document.createElement('div');
    const paragraph = document.createElement('p');
    const bold = document.createElement('b');
    bold.append(`x${space.repeat(500_000)}`);
    paragraph.append(`a${space.repeat(1_000_000)}b`, bold, 'y');
    root.append(paragraph, `c${space.repeat(500_000)}`);
    expect(textOf(passagesOf(root))).toBe('a b**x** y\n\nc');
  });

  it('reads a table of 10,000 rows', () => {
    const row = '<tr><td>Hart</td><td>4.1 m</td><td>low</td></tr>';
    const [table] = passagesOf(
      rootOf(`<table><tr><th>a</th><th>b</th><th>c</th></tr>${row.repeat(10_000)}</table>`),
    );
    expect(table?.text.split('\n')).toHaveLength(10_002);
  }, 60_000);

  it('reads 30,000 list items', () => {
    const passages = passagesOf(rootOf(`<ol>${'<li>One item</li>'.repeat(30_000)}</ol>`));
    expect(passages).toHaveLength(30_000);
    expect(passages.at(-1)?.text).toBe('30000. One item');
  }, 60_000);

  it('reads 100,000 spans in one paragraph', () => {
    const [paragraph] = passagesOf(rootOf(`<p>${'<span>word</span> '.repeat(100_000)}</p>`));
    expect(paragraph?.text.length).toBe(499_999);
  }, 60_000);

  it('asks about each node a fixed number of times, however large the page', () => {
    const count = (size: number) => {
      const item =
        '<li>One <a href="https://e.org/"><i>two</i></a><blockquote><p>three</p></blockquote></li>';
      const root = rootOf(
        `<ul>${item.repeat(size)}</ul><table>${'<tr><td>a</td><td>b</td></tr>'.repeat(size)}</table>`,
      );
      let asked = 0;
      passagesOf(root, () => {
        asked++;
        return false;
      });
      return asked;
    };
    expect(count(2_000) / count(200)).toBeLessThan(10.5);
  }, 60_000);

  it('asks about nested nodes a fixed number of times, however deep the page', () => {
    const count = (depth: number, names: string[]) => {
      let asked = 0;
      passagesOf(
        nested(names, depth, () => 'a '),
        () => {
          asked++;
          return false;
        },
      );
      return asked;
    };
    for (const names of [
      ['div'],
      ['ul', 'li'],
      ['span'],
      ['q', 'sup', 'abbr'],
      ['table', 'tr', 'td'],
      ['iframe', 'code'],
    ])
      expect(count(1_000, names) / count(100, names)).toBeLessThan(11);
  }, 60_000);
});

describe('the source text', () => {
  it('has no characters that a browser refuses in a script', () => {
    // Chromium refuses a content script with noncharacters: “It isn't UTF-8 encoded.” Bundlers write them literally.
    // utils/files runs in a worker, which may have them.
    const utils = resolve(import.meta.dirname, '../../utils');
    const names = readdirSync(utils, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.startsWith('files'),
    );
    const written = names.filter((name) =>
      /\\uFD[DE][0-9A-F]|\\uFFF[EF]|\p{Noncharacter_Code_Point}/iu.test(
        readFileSync(resolve(utils, name), 'utf8'),
      ),
    );
    expect(names.length).toBeGreaterThan(50);
    expect(written).toEqual([]);
  });
});
