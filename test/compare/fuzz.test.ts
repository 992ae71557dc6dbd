import { describe, expect, it } from 'vitest';
import {
  type Comparison,
  checkCell,
  comparisonOfTable,
  createComparisonParser,
  isDifferent,
} from '@/utils/compare';
import { answerParts } from '@/utils/compare/fence';
import { numberPassages, type Source } from '@/utils/source';
import { cpuTime } from '../cpu-time.ts';
import fc from '../fixtures/property';

const source = (...passages: string[]): Source => ({
  id: passages.join(),
  readAt: 0,
  kind: 'tab',
  title: passages[0] ?? '',
  gaps: [],
  ...numberPassages(passages.map((text) => ({ text, kind: 'text' }))),
});

const word = fc.constantFrom(
  '€189',
  'six weeks',
  '1,200',
  '三千',
  'not stated',
  '¶3',
  '2 ¶4',
  '“quote”',
  'a "b" c',
  '',
  '__proto__',
  '```',
  '|',
  '\\',
  '5"',
  '🌕',
  'N/A',
  '2024-03-05',
);
const cell = fc.oneof(
  fc.constant(null),
  word,
  fc.integer(),
  fc.record(
    { text: word, quote: word, paragraph: fc.oneof(fc.integer({ min: -1, max: 9 }), word) },
    { requiredKeys: [] },
  ),
  fc.array(word, { maxLength: 4 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const row = fc.record(
  {
    row: word,
    cells: fc.oneof(fc.array(cell, { maxLength: 5 }), fc.dictionary(word, cell)),
    best: fc.array(fc.integer()),
  },
  { requiredKeys: ['row'] },
);
const columns = fc.record({
  columns: fc.array(fc.oneof(word, fc.record({ document: fc.integer({ min: 0, max: 4 }), name: word })), {
    maxLength: 4,
  }),
});
const line = fc.oneof(
  { weight: 6, arbitrary: row.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: columns.map((value) => JSON.stringify(value)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '[',
      ']',
      '{',
      '},',
      '"rows":[',
      '',
      'prose, and more',
      '{"row":"x","cells":[',
      '<follow-ups>',
    ),
  },
  { weight: 1, arbitrary: fc.string() },
);
/** Characters put in, taken out or changed, as a model does that nearly knows JSON. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(3),
    put: fc.constantFrom('', '"', "'", ',', '}', ']', '{', '[', '\\', '“', ' ', 'x'),
  }),
  { maxLength: 4 },
);
const block = fc.tuple(fc.array(line, { maxLength: 12 }), damage).map(([lines, changes]) => {
  let text = lines.join('\n');
  for (const { at, cut, put } of changes) {
    const place = Math.floor(at * text.length);
    text = text.slice(0, place) + put + text.slice(place + cut);
  }
  return text;
});

const sources = [
  source('Kestrel sells for €189', 'six weeks, 1,200 hours'),
  source('三千元', 'Folio'),
  { ...source(), title: 'Left out' },
];
const parse = (text: string): Comparison => createComparisonParser(sources).parse(text, true);

describe('any block', () => {
  it('is read without a throw, and each row has a value for each column', () => {
    fc.assert(
      fc.property(block, (text) => {
        const { columns: heads, rows } = parse(text);
        for (const one of rows) {
          expect(one.cells).toHaveLength(heads.length);
          isDifferent(one);
          for (const [place, value] of one.cells.entries())
            if (typeof value === 'object') checkCell(value, heads[place]?.document ?? 0, sources);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('loses no line: what is no row and no columns is shown as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 8 }), (lines) => {
        const { broken } = parse(lines.join('\n'));
        const shown = broken.join('\n');
        for (const one of lines.join('\n').split('\n')) {
          if (/[\p{L}\p{N}]/u.test(one) && !/[[{"'“:：]/.test(one)) expect(shown).toContain(one.trim());
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has no figure that was not written', () => {
    fc.assert(
      fc.property(block, (text) => {
        for (const one of parse(text).rows) {
          for (const value of one.cells) {
            if (typeof value !== 'object') continue;
            for (const figure of value.text.match(/\d+/g) ?? []) expect(text).toContain(figure);
            if (value.paragraph !== undefined)
              expect(text.normalize('NFKC')).toContain(String(value.paragraph));
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('says the same in whatever pieces it comes, and never takes a row back', () => {
    fc.assert(
      fc.property(block, fc.array(fc.nat(40), { maxLength: 40 }), (text, steps) => {
        const parser = createComparisonParser(sources);
        let end = 0;
        let before = 0;
        for (const step of steps) {
          end = Math.min(text.length, end + step);
          const { rows } = parser.parse(text.slice(0, end), false);
          expect(rows.length).toBeGreaterThanOrEqual(before);
          before = rows.length;
        }
        expect(parser.parse(text, true)).toEqual(parse(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('any answer and any table', () => {
  it('is read without a throw and stays whole', () => {
    const piece = fc.constantFrom(
      '```comparison',
      '```',
      '~~~',
      '````',
      '| a | b | c |',
      '|---|---|---|',
      '| Kestrel | 三千 |',
      'x',
      '',
      ' ```comparison json',
      '| \\| | `|` |',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        expect(
          answerParts(text)
            .map((part) => part.text)
            .join('\n'),
        ).toBe(text);
        comparisonOfTable(text, sources);
      }),
      { numRuns: 500 },
    );
  });
});

describe('time', () => {
  const seconds = (work: () => unknown) => {
    const start = cpuTime();
    work();
    return (cpuTime() - start) / 1_000;
  };
  const good =
    '{"row":"Price","cells":[{"text":"€189","quote":"sells for €189","paragraph":1},{"text":"€229","quote":"Folio","paragraph":2}]}';

  it('of ten thousand rows is that of reading them, also while they come', () => {
    const text = Array.from({ length: 10_000 }, () => good).join('\n');
    const parser = createComparisonParser(sources);
    const time = seconds(() => {
      for (let end = 0; end < text.length; end += 20_000) parser.parse(text.slice(0, end), false);
      expect(parser.parse(text, true).rows).toHaveLength(10_000);
    });
    expect(time).toBeLessThan(5);
  });

  it.each([
    ['open brackets', '{'.repeat(200_000)],
    ['open lists', '[{"row":"a","cells":['.repeat(15_000)],
    ['open strings', '{"row":"'.repeat(30_000)],
    ['quotation marks', `{"row":"a","cells":[${'"x" "'.repeat(40_000)}`],
    ['lines that open', '{"row":"a","cells":[\n'.repeat(15_000)],
    ['lines of brackets', '{\n'.repeat(100_000)],
    ['lines of cells', `{"row":"a","cells":[\n${'{"text":"b"},\n'.repeat(15_000)}]}`],
    ['backslashes', `{"row":"${'\\'.repeat(200_000)}`],
    ['commas', `{"row":"a","cells":[${','.repeat(200_000)}]}`],
    ['one long cell', `{"row":"a","cells":[${JSON.stringify('1 ¶3 “a” '.repeat(20_000))}]}`],
    [
      'growing rows',
      Array.from({ length: 600 }, (_, count) =>
        JSON.stringify({ row: 'a', cells: Array.from({ length: count }, () => 'b') }),
      ).join('\n'),
    ],
    ['digits', `{"row":"a","cells":["${'1,'.repeat(60_000)}"]}`],
  ])('of %s is no more', (_name, text) => {
    expect(seconds(() => parse(text))).toBeLessThan(5);
  });

  it('of checking figures is that of the text', () => {
    const long = source(
      ...Array.from(
        { length: 2_000 },
        (_, index) =>
          `On May ${(index % 28) + 1}, 20${10 + (index % 17)} it cost €${index * 7} or ${index} weeks, 三千${index}.`,
      ),
    );
    const cells = Array.from({ length: 3_000 }, (_, index) => ({
      text: `€${index * 7 + 3}, ${'9'.repeat(index % 9)} kg`,
      paragraph: (index % 2_000) + 1,
    }));
    // The index of a long source is made beside other work.
    checkCell({ text: '€3' }, 1, [long]);
    expect(seconds(() => cells.map((one) => checkCell(one, 1, [long])))).toBeLessThan(5);
    const hostile = source(
      '1'.repeat(200_000),
      '1,'.repeat(100_000),
      '三'.repeat(100_000),
      'one '.repeat(50_000),
      '1 '.repeat(100_000),
    );
    expect(seconds(() => checkCell({ text: '€12, 3 weeks', paragraph: 1 }, 1, [hostile]))).toBeLessThan(5);
  });
});
