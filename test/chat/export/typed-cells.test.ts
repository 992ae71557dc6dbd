import { describe, expect, it } from 'vitest';
import { dateOrder, dateText } from '@/utils/chat/export/date-text';
import { numericText } from '@/utils/chat/export/numeric-text';
import { typedCells } from '@/utils/chat/export/typed-cells';

describe('a text that is one number', () => {
  it.each([
    ['1,234.50', 1234.5, '#,##0.00'],
    ['1.234,56 €', 1234.56, '#,##0.00" €"'],
    ['1.234.567', 1234567, '#,##0'],
    ['1 234,56', 1234.56, '#,##0.00'],
    ["CHF 1'234.50", 1234.5, '"CHF "#,##0.00'],
    ['-$40', -40, '"$"0'],
    ['$-40.5', -40.5, '"$"0.0'],
    ['(1,200.00)', -1200, '#,##0.00;(#,##0.00)'],
    ['EUR 3.5', 3.5, '"EUR "0.0'],
    ['¥1,280', 1280, '"¥"#,##0'],
    ['￥38', 38, '"￥"0'],
    ['12.5%', 0.125, '0.0%'],
    ['2026', 2026, 'General'],
    ['320123456789', 320123456789, '0'],
    ['3.5亿元', 3.5, '0.0"亿元"'],
  ])('%j is %d as %j', (text, value, format) => {
    expect(numericText(text)).toMatchObject({ value, format });
  });

  it.each([
    ['007'],
    ['1.234'],
    ['1,234,56'],
    ['12 34'],
    ['FIG 12'],
    ['4K'],
    ['--4'],
    ['1e400'],
    ['4111111111111111'],
    ['=1'],
    [''],
    ['(x)'],
    ['()'],
  ])('%j is none', (text) => expect(numericText(text)).toBeUndefined());

  it('is looked for in time that grows with the text', () => {
    for (const text of ['1 '.repeat(50_000), '1,'.repeat(50_000), `${'9'.repeat(100_000)}x`])
      expect(numericText(text)).toBeUndefined();
  });
});

describe('a text that is one date', () => {
  it.each([
    ['2026-03-14', 46095, 'yyyy\\-mm\\-dd'],
    ['2026/3/4', 46085, 'yyyy\\/m\\/d'],
    ['2026年3月14日', 46095, 'yyyy"年"m"月"dd"日"'],
    ['14 March 2026', 46095, '[$-409]dd mmmm yyyy'],
    ['Mar 4, 2026', 46085, '[$-409]mmm d, yyyy'],
    ['14.03.2026', 46095, 'dd\\.mm\\.yyyy'],
    ['04.03.2026', 46085, 'dd\\.mm\\.yyyy'],
    ['3/14/2026', 46095, 'm\\/dd\\/yyyy'],
    ['2026-03-14 09:30', 46095.39583333, 'yyyy\\-mm\\-dd hh:mm'],
    ['2026-03-14T21:00:00', 46095.875, 'yyyy\\-mm\\-dd"T"hh:mm:ss'],
    ['1900-03-01', 61, 'yyyy\\-mm\\-dd'],
    ['2024-02-29', 45351, 'yyyy\\-mm\\-dd'],
  ])('%j is day %d', (text, value, format) => {
    expect(dateText(text)).toEqual({ value, format });
  });

  it.each([
    ['2026-02-29'],
    ['2026-13-01'],
    ['2026-00-01'],
    ['1899-12-31'],
    ['03/04/2026'],
    ['2026-03'],
    ['1-2-3'],
    ['14 Marching 2026'],
    ['2026-03-14 25:00'],
    ['2026-03/14'],
  ])('%j is none', (text) => expect(dateText(text)).toBeUndefined());

  it('takes its order from the others of its column', () => {
    expect(dateOrder(['03/04/2026', '25/04/2026'])).toBe('day');
    expect(dateOrder(['03/04/2026', '04/25/2026'])).toBe('month');
    expect(dateOrder(['13/04/2026', '04/25/2026'])).toBeUndefined();
    expect(dateText('03/04/2026', 'day')?.value).toBe(46115);
    expect(dateText('03/04/2026', 'month')?.value).toBe(46085);
  });
});

describe('the cells of a table', () => {
  const values = (rows: string[][]) =>
    typedCells(rows, 'en').map((row) => row.map((cell) => cell?.value ?? null));

  it('are numbers and dates', () => {
    expect(
      values([
        ['INV-7', '03/04/2026', '$1,200.00', '20%'],
        ['INV-8', '25/04/2026', '$80.50', '7.5%'],
        ['Total', '', '1,280.50', ''],
      ]),
    ).toEqual([
      [null, 46115, 1200, 0.2],
      [null, 46137, 80.5, 0.075],
      [null, null, 1280.5, null],
    ]);
  });

  it('stay text where they could not be added', () => {
    expect(
      values([
        ['A', '$40'],
        ['B', '€30'],
      ]),
    ).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('are numbers where a row has one unit', () => {
    expect(
      values([
        ['Price', '$40', '$30'],
        ['Weight', '5 kg', '7 kg'],
      ]),
    ).toEqual([
      [null, 40, 30],
      [null, 5, 7],
    ]);
  });
});
