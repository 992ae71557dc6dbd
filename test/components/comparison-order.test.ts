import { describe, expect, it } from 'vitest';
import { arrangeColumns, arrangeRows, hasFigures } from '@/components/answer/comparison/arrange';
import { figureOf } from '@/components/answer/comparison/figures';
import type { ComparisonRow } from '@/utils/compare';
import { cpuTime } from '../cpu-time.ts';

describe('the figure of a cell', () => {
  it.each([
    ['€189', 189],
    ['EUR 1,299.50', 1_299.5],
    ['1.299,00 €', 1_299],
    ['3,5 %', 3.5],
    ['-2.1 °C', -2.1],
    ['21K tokens', 21_000],
    ['2700 K', 2_700],
    ['1.2 million', 1_200_000],
    ['1.2万元', 12_000],
    ['about six weeks', 3_628_800],
    ['10 days', 864_000],
    ['2 kg', 2_000],
    ['172 g', 172],
    ['5–7 days', 5],
    ['2019', 2_019],
    ['July 2020', 2_020.5],
    ['GPT-4', undefined],
    ['Glued shut', undefined],
    ['', undefined],
    ['9'.repeat(5_000), undefined],
  ])('%j is %s', (text, value) => {
    expect(figureOf(text)).toBe(value);
  });

  it('is found in time that grows with the text alone', () => {
    const start = cpuTime();
    for (const text of ['1,'.repeat(50_000), '- '.repeat(50_000), '1'.repeat(100_000), 'k'.repeat(100_000)])
      figureOf(text);
    expect(cpuTime() - start).toBeLessThan(200);
  });
});

const row = (name: string, ...texts: (string | null)[]): ComparisonRow => ({
  name,
  cells: texts.map((text) => (text === null ? 'not-stated' : { text })),
  best: [],
});

describe('the order', () => {
  const rows = [
    row('Zoom', 'yes', 'yes'),
    row('price', '€20', '€3'),
    row('Battery 10', 'a', null),
    row('Battery 9', 'x', 'X'),
  ];
  const names = (order: 'differences' | 'answered' | 'name', hidden: number[] = []) =>
    arrangeRows(rows, { order, hidden: new Set(hidden) }, 'en').rows.map(({ row: { name } }) => name);

  it('of rows is by differences, as answered, or by name', () => {
    expect(names('answered')).toEqual(['Zoom', 'price', 'Battery 10', 'Battery 9']);
    expect(names('differences').slice(0, 2)).toEqual(['price', 'Battery 10']);
    expect(names('name')).toEqual(['Battery 9', 'Battery 10', 'price', 'Zoom']);
    expect(names('answered', [1, 2])).toEqual(['Zoom', 'Battery 9']);
  });

  it('says where the rows begin that are the same everywhere', () => {
    const order = { order: 'differences' as const, hidden: new Set<number>() };
    expect(arrangeRows(rows, order, 'en').sameFrom).toBeGreaterThan(1);
    expect(arrangeRows(rows.slice(0, 1), order, 'en').sameFrom).toBeUndefined();
    expect(arrangeRows(rows.slice(1, 2), order, 'en').sameFrom).toBeUndefined();
  });

  it('of columns is by the figures of a row, those without one last', () => {
    const columns = [1, 2, 3, 4].map((document) => ({ document, name: '' }));
    const by = [row('Battery', 'six weeks', null, '10 days', 'long')];
    const first = by[0] as ComparisonRow;
    expect(hasFigures(first)).toBe(true);
    expect(hasFigures(row('Look', 'red', '1'))).toBe(false);
    expect(arrangeColumns(columns, by, { row: 0, rising: true })).toEqual([2, 0, 1, 3]);
    expect(arrangeColumns(columns, by, { row: 0, rising: false })).toEqual([0, 2, 1, 3]);
    expect(arrangeColumns(columns, by, undefined)).toEqual([0, 1, 2, 3]);
    expect(arrangeColumns(columns, by, { row: 9, rising: true })).toEqual([0, 1, 2, 3]);
  });
});
