import { describe, expect, it } from 'vitest';
import { comparisonOfTable } from '@/utils/compare';

const segments = [{ number: 1, start: 0, end: 1, kind: 'text' as const }];
const sources = [
  { title: 'Kestrel 7 review: six weeks with an e-reader', segments },
  { title: 'Folio 2, tested', segments },
  { title: '望舒阅读器评测', segments },
  { title: 'Left out', segments: [] },
];
const table = (...lines: string[]) => lines.join('\n');
const documents = (text: string) => comparisonOfTable(text, sources)?.columns.map(({ document }) => document);

describe('a Markdown table', () => {
  it('is a comparison when its heads are titles of sources', () => {
    const text = table(
      '| | **Kestrel 7** | Folio 2 |',
      '| --- | :---: | ---: |',
      '| Price | €189 “sells for €189” ¶3 | 2 ¶2 |',
      '| Repair | not stated | **4 screws** [2 ¶22] |',
    );
    expect(comparisonOfTable(text, sources)).toEqual({
      columns: [
        { document: 1, name: 'Kestrel 7' },
        { document: 2, name: 'Folio 2' },
      ],
      rows: [
        {
          name: 'Price',
          cells: [
            { text: '€189', quote: 'sells for €189', paragraph: 3 },
            { text: '', paragraph: 2 },
          ],
          best: [],
        },
        { name: 'Repair', cells: ['not-stated', { text: '**4 screws**', paragraph: 22 }], best: [] },
      ],
      broken: [],
      isComplete: true,
    });
  });

  it.each([
    ['numbers in the heads', '| | 1 | 3 |', [1, 3]],
    ['numbers before names', '| | 2 · Other | 1. Name |', [2, 1]],
    ['numbers behind names', '| | This [1] | That (document 2) |', [1, 2]],
    ['Document 1', '| | Document 1 | 文档 3 |', [1, 3]],
    ['Chinese titles', '| 项目 | 望舒阅读器 | Folio 2 |', [3, 2]],
  ])('is told by %s', (_name, head, expected) => {
    expect(documents(table(head, '|---|---|---|', '| a | b | c |'))).toEqual(expected);
  });

  it('is told by the citations in its cells', () => {
    expect(
      documents(table('| | A | B |', '|---|---|---|', '| Price | €1 1 ¶3 | €2 3 ¶4 |', '| Size | 1 ¶9 | |')),
    ).toEqual([1, 3]);
  });

  it.each([
    ['heads that are nothing', '| | A | B |', '| Price | 1 | 2 |'],
    ['citations of several documents in a column', '| | A | B |', '| Price | €1 1 ¶3, 2 ¶1 | €2 3 ¶4 |'],
    ['a head and citations that contradict', '| | Kestrel 7 | Folio 2 |', '| Price | €1 3 ¶3 | €2 2 ¶4 |'],
    ['two columns of one source', '| | Kestrel 7 | Kestrel 7 review |', '| Price | 1 | 2 |'],
    ['a column that is no source', '| | Kestrel 7 | Folio 2 | Winner |', '| Price | 1 | 2 | 3 |'],
    ['a source that was left out', '| | Kestrel 7 | Left out |', '| Price | 1 | 2 |'],
    ['one source', '| | Kestrel 7 |', '| Price | 1 |'],
  ])('stays a table with %s', (_name, head, row) => {
    const rule = head.replace(/[^|]+/g, '---');
    expect(comparisonOfTable(table(head, rule, row), sources)).toBeUndefined();
  });

  it('says what it lacks and what it has too much, and keeps its rows while it grows', () => {
    const text = table('| | Kestrel 7 | Folio 2 |', '|---|---|---|', '| Price | a |', '| Size | b | c | d |');
    const comparison = comparisonOfTable(text, sources);
    expect(comparison?.rows.map(({ cells }) => cells)).toEqual([
      [{ text: 'a' }, 'lost'],
      [{ text: 'b' }, { text: 'c' }],
    ]);
    expect(comparison?.broken).toEqual(['| Size | b | c | d |']);
    const more = comparisonOfTable(`${text}\n| Weight | e \\| f | g |`, sources);
    expect(more?.rows[0]).toBe(comparison?.rows[0]);
    expect(more?.rows[2]?.cells[0]).toEqual({ text: 'e | f' });
  });
});
