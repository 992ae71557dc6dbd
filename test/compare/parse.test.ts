import { describe, expect, it } from 'vitest';
import { type Comparison, createComparisonParser } from '@/utils/compare';

const columns = '{"columns":[{"document":1,"name":"Kestrel 7"},{"document":2,"name":"Folio 2"}]}';
const price =
  '{"row":"Price","cells":[{"text":"€189","quote":"sells for €189","paragraph":3},{"text":"€229","quote":"costs €229","paragraph":2}],"best":[1]}';
const repair = '{"row":"Repair","cells":[{"text":"Glued shut","quote":"is glued shut","paragraph":40},null]}';
const usual = [columns, price, repair].join('\n');

const parse = (
  text: string,
  isComplete = true,
  sources: { title: string; segments: [] }[] = [],
): Comparison => createComparisonParser(sources).parse(text, isComplete);

const bothColumns = [
  { document: 1, name: 'Kestrel 7' },
  { document: 2, name: 'Folio 2' },
];
const priceRow = {
  name: 'Price',
  cells: [
    { text: '€189', quote: 'sells for €189', paragraph: 3 },
    { text: '€229', quote: 'costs €229', paragraph: 2 },
  ],
  best: [1],
};
const repairRow = {
  name: 'Repair',
  cells: [{ text: 'Glued shut', quote: 'is glued shut', paragraph: 40 }, 'not-stated'],
  best: [],
};

describe('a comparison as it was asked for', () => {
  it('is columns and rows', () => {
    expect(parse(usual)).toEqual({
      columns: bothColumns,
      rows: [priceRow, repairRow],
      broken: [],
      isComplete: true,
    });
  });

  it('grows row by row, never by half a line, and rows stay the same objects', () => {
    const parser = createComparisonParser();
    let before: Comparison | undefined;
    for (let end = 0; end <= usual.length; end++) {
      const now = parser.parse(usual.slice(0, end), false);
      expect(now.rows.length).toBe(Math.max(0, usual.slice(0, end).split('\n').length - 2));
      expect(now.broken).toEqual([]);
      for (const [index, row] of (before?.rows ?? []).entries()) expect(now.rows[index]).toBe(row);
      if (before?.rows.length === now.rows.length && before.columns.length === now.columns.length)
        expect(now).toBe(before);
      before = now;
    }
    const whole = parser.parse(usual, true);
    expect(whole.rows).toEqual([priceRow, repairRow]);
    expect(whole.rows[0]).toBe(before?.rows[0]);
    expect(parser.parse(usual, true)).toBe(whole);
  });
});

describe('other ways of writing it', () => {
  it('loses no row without cells when the columns come late', () => {
    const rows = '{"row":"Price","cells":[]}\n{"columns":[]}\n{"row":"Weight","cells":[]}';
    expect(parse(`${rows}\n${columns}`).rows.map(({ name }) => name)).toEqual(['Price', 'Weight']);
  });

  it.each(['', ','])('keeps numbers to the last figure as they were written%s', (end) => {
    const row = `{"row":"Price","cells":[1.50,12345678901234567890]${end}}`;
    const [read] = parse(`${columns}\n${row}`).rows;
    expect(read?.cells).toEqual([{ text: '1.50' }, { text: '12345678901234567890' }]);
  });

  it.each([
    ['one object', `{"columns":${columns.slice(11, -1)},"rows":[${price},${repair}]}`],
    ['one list', `[${columns},${price},${repair}]`],
    ['a list over lines', `[\n  ${columns},\n  ${price},\n  ${repair}\n]`],
    [
      'an object with a row on each line',
      `{"columns":${columns.slice(11, -1)},\n"rows":[\n${price},\n${repair}\n]}`,
    ],
    [
      'an object over many lines',
      JSON.stringify({ ...JSON.parse(columns), rows: [JSON.parse(price), JSON.parse(repair)] }, null, 2),
    ],
    [
      'rows over many lines',
      [columns, price, repair].map((line) => JSON.stringify(JSON.parse(line), null, 2)).join('\n'),
    ],
    ['commas at the ends', usual.replaceAll('}]', '},]').replaceAll('\n', ',\n')],
    ['single quotation marks', usual.replaceAll('"', "'")],
    ['curly quotation marks', usual.replace(/"([^"]*)"/g, '“$1”')],
    ['keys without quotation marks', usual.replace(/"([a-z]+)":/g, '$1: ')],
    ['two rows on a line', `${columns}\n${price} ${repair}`],
    ['a bracket too many', `${columns}\n${price}}\n${repair}]`],
    ['a bracket too few', `${columns}\n${price.slice(0, -1)}\n${repair.slice(0, -1)}\n`],
    ['lines with CR LF and spaces', `\n  ${columns}\r\n\r\n  ${price}  \r\n${repair}\r\n`],
    ['None for null', usual.replace('null', 'None')],
  ])('reads %s', (_name, text) => {
    expect(parse(text)).toEqual({
      columns: bothColumns,
      rows: [priceRow, repairRow],
      broken: [],
      isComplete: true,
    });
  });
});
