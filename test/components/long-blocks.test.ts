import type { Token, Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { lexed } from '@/components/answer/markdown/lex';
import { type BlockLimits, blockLimits } from '@/components/answer/markdown/long-blocks';
import { type Block, createBlockSplitter } from '@/components/answer/markdown/split-blocks';
import fc from '../fixtures/property';
import { Random } from '../fixtures/random';

/** Blocks that have become too long to be read again at every flush, and what reading them costs. */

const small: BlockLimits = { characters: 60, structured: 120, items: 3, rows: 3 };

const whole = (text: string, limits?: BlockLimits) => createBlockSplitter(limits).split(text, false).flat();

function fed(text: string, size: () => number, limits?: BlockLimits): Block[] {
  const splitter = createBlockSplitter(limits);
  for (let end = 0; end < text.length; end += size()) splitter.split(text.slice(0, end), true);
  return splitter.split(text, false).flat();
}

const counting = (count: number, line: (number: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, index) => line(index + 1)).join(between);
const row = (number: number) => `| mill ${number} | ${number / 10} m |`;
const table = (rows: number) => `| Mill | Fall |\n| --- | ---: |\n${counting(rows, row)}`;
const code = (lines: number) =>
  `~~~js\n${counting(lines, (number) => `let line${number} = "*${number}*";`)}\n~~~`;
const squeeze = (text: string) => text.replace(/\s+/g, '');

const long = [
  table(3),
  table(4),
  table(5),
  table(17),
  code(4),
  code(20),
  counting(3, (number) => `- item ${number}`),
  counting(4, (number) => `- item ${number}`),
  counting(11, (number) => `- item ${number} with **bold** words`),
  counting(9, (number) => `${number}. step ${number}\n   and more of it`),
  counting(9, (number) => `* loose ${number}`, '\n\n'),
  counting(30, (number) => `word${number}`, ' '),
  counting(12, (number) => `line ${number} of a long paragraph`),
  counting(12, (number) => `> quoted ${number}`),
  '无空格的长句子'.repeat(20),
  '𠮷'.repeat(70),
  'See [one][first], [first] and [another][Second  One].',
  '[first]: https://example.org/1',
  '[second one]: <https://example.org/2> "Two"',
];
const short = [
  '# Heading',
  'A paragraph with **bold** words. ¶3',
  '---',
  '- a\n- b',
  '```\ncode\n```',
  '> quote',
];

describe('a block that is too long to be one', () => {
  const text = fc
    .array(fc.tuple(fc.constantFrom(...long, ...short), fc.constantFrom('\n\n', '\n\n\n')), {
      minLength: 1,
      maxLength: 8,
    })
    .map((list) => list.flat().slice(0, -1).join(''));

  it('is divided at the same places however it arrives', () => {
    fc.assert(
      fc.property(text, fc.integer(), (answer, seed) => {
        const random = new Random(seed);
        const largest = random.pick([1, 5, 40, 300]);
        const expected = whole(answer, small);
        const end = fed(answer, () => random.between(1, largest), small);
        expect(end.map(({ start, raw, continues }) => ({ start, raw, continues }))).toEqual(
          expected.map(({ start, raw, continues }) => ({ start, raw, continues })),
        );
        expect(end.map(({ token }) => token)).toEqual(expected.map(({ token }) => token));
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing and stays within the limits', () => {
    fc.assert(
      fc.property(text, (answer) => {
        const blocks = whole(answer, small);
        const definitions = answer.replace(/^\[[^\]\n]+\]: .*$/gm, '');
        const fences = (value: string) => squeeze(value).replace(/~~~(?:js)?/g, '');
        expect(fences(blocks.map(({ raw }) => raw).join('\n'))).toBe(fences(definitions));
        for (const { raw, token } of blocks) {
          if (token.type === 'table') expect((token as Tokens.Table).rows.length).toBeLessThanOrEqual(3);
          else if (token.type === 'list') expect((token as Tokens.List).items.length).toBeLessThanOrEqual(3);
          else expect(raw.trimEnd().length).toBeLessThanOrEqual(140);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('goes on as what it is: a table with its head, code as code, a list with its numbers', () => {
    const rows = whole(table(7), small).map(({ token }) => token as Tokens.Table);
    expect(rows.map(({ type }) => type)).toEqual(['table', 'table', 'table']);
    expect(rows.map((part) => part.header.map(({ text: cell }) => cell))).toEqual(
      Array.from({ length: 3 }, () => ['Mill', 'Fall']),
    );
    expect(rows.flatMap((part) => part.rows.map(([cell]) => cell?.text))).toEqual(
      Array.from({ length: 7 }, (_, index) => `mill ${index + 1}`),
    );
    const lines = whole(code(12), small).map(({ token }) => token as Tokens.Code);
    expect(new Set(lines.map(({ type, lang }) => `${type} ${lang}`))).toEqual(new Set(['code js']));
    expect(lines.map(({ text: part }) => part.trimEnd()).join('\n')).toBe(
      code(12).split('\n').slice(1, -1).join('\n'),
    );
    const items = whole(
      counting(7, (number) => `${number}. step`),
      small,
    ).map(({ token }) => token as Tokens.List);
    expect(items.map(({ start }) => start)).toEqual([1, 4, 7]);
  });

  it('is not divided while what comes could still belong to another block', () => {
    const head = `${'word '.repeat(11)}\n`;
    for (const end of ['| a | b |', '| a | b |\n| - | -', '```a long name', '-', '1']) {
      const blocks = createBlockSplitter(small).split(`${head}${end}`, true).flat();
      expect(blocks.filter(({ continues }) => continues)).toEqual([]);
    }
  });
});

describe('links that are defined elsewhere in the answer', () => {
  const hrefs = (tokens: Token[] = []): string[] =>
    tokens.flatMap((token) => [
      ...(token.type === 'link' ? [(token as Tokens.Link).href] : []),
      ...hrefs((token as { tokens?: Token[] }).tokens),
    ]);

  it('are links once their address has come, in blocks that were drawn long before', () => {
    const splitter = createBlockSplitter();
    const start = `See [the letter][1].\n\n${'More.\n\n'.repeat(100)}`;
    const before = splitter.split(`${start}[1]: https://exa`, true).flat();
    expect(hrefs([before[0]?.token as Token])).toEqual([]);
    const after = splitter.split(`${start}[1]: https://example.org/letter\n\nThe end.`, true).flat();
    expect(hrefs([after[0]?.token as Token])).toEqual(['https://example.org/letter']);
    expect(after[0]?.links).not.toBe(before[0]?.links);
    // Nothing else was touched.
    expect(after.slice(1, 90)).toEqual(before.slice(1, 90));
    for (let index = 1; index < 90; index++) expect(after[index]).toBe(before[index]);
  });
});

describe('the cost of a long answer', () => {
  /** Characters that are lexed while an answer streams in, a flush being so many characters. */
  function cost(text: string, flush: number): number {
    const before = lexed.characters;
    fed(text, () => flush);
    return lexed.characters - before;
  }
  const line = (length: number) => 'word '.repeat(length / 5);
  const kinds: [string, (length: number) => string][] = [
    ['one line without an end', line],
    ['one word without an end', (length) => 'x'.repeat(length)],
    ['code without an end', (length) => `\`\`\`\n${'const a = 1;\n'.repeat(length / 13)}`],
    ['one line of code without an end', (length) => `\`\`\`\n${line(length)}`],
    ['a table', (length) => table(length / 20)],
    ['a list', (length) => counting(length / 12, (number) => `- item ${number}`)],
    [
      'a numbered list with blank lines',
      (length) => counting(length / 10, (number) => `${number}. a`, '\n\n'),
    ],
    ['a quote', (length) => '> a line of it\n'.repeat(length / 15)],
    ['a paragraph of many lines', (length) => 'a line of it\n'.repeat(length / 13)],
    ['markup', (length) => `<div>\n${'<p>text</p>\n'.repeat(length / 12)}`],
    ['an item as long as a book', (length) => `- item\n${'  goes on\n'.repeat(length / 10)}`],
    ['a paragraph before a list', (length) => `Before:\n${'- item\n'.repeat(length / 7)}`],
    ['short paragraphs', (length) => 'A paragraph of it.\n\n'.repeat(length / 20)],
  ];

  it.each(kinds)('grows with its length and not with its square: %s', (_, make) => {
    const once = cost(make(60_000), 1_500);
    const thrice = cost(make(180_000), 1_500);
    // From one to the next it is three times the text; the square would be nine times the work.
    expect(thrice / once).toBeLessThan(3.6);
  });

  it.each(kinds)('has a limit for each flush: %s', (_, make) => {
    const text = make(80_000);
    const splitter = createBlockSplitter();
    let most = 0;
    for (let end = 1_000; end < text.length; end += 1_000) {
      const before = lexed.characters;
      splitter.split(text.slice(0, end), true);
      most = Math.max(most, lexed.characters - before);
    }
    // The open block once to find its end and once to draw it, and once more where it is divided.
    expect(most).toBeLessThan(blockLimits.structured * 2 * 4);
  });
});
