import { describe, expect, it } from 'vitest';
import { openDateCode, shownNumber, shownText } from '../../utils/files/workbook/shown-number';

describe('shownNumber', () => {
  it.each([
    // Without a format: all digits, as the line above a sheet shows them.
    [0.1 + 0.2, 'General', '0.3'],
    [1234567890123, 'General', '1234567890123'],
    [1 / 3, 'General', '0.333333333333333'],
    [-0.00001234, 'General', '-0.00001234'],
    [1e21, 'General', '1E+21'],
    [0, 'General', '0'],
    [12, 'G/通用格式', '12'],
    [5.25, 'General" kg"', '5.25 kg'],
    // Digits.
    [1234.5, '#,##0.00', '1,234.50'],
    [1.005, '0.00', '1.01'],
    [2.5, '0', '3'],
    [-2.5, '0', '-3'],
    [1234567.891, '#,##0', '1,234,568'],
    [7, '00000', '00007'],
    [0, '#,###', ''],
    [0.5, '#.##', '.5'],
    [12.3, '0.0##', '12.3'],
    [25000, '#,##0,"K"', '25K'],
    [12345678, '0.0,,', '12.3'],
    [0.1234, '0.00%', '12.34%'],
    [0.19, '0%', '19%'],
    [12345, '0.00E+00', '1.23E+04'],
    [1.5, '# ?/?', '1 1/2'],
    // Signs of their own for what is below zero.
    [-3, '#,##0.00_);(#,##0.00)', '(3.00)'],
    [3, '#,##0.00_);[Red](#,##0.00)', '3.00'],
    [-1234.5, '_-* #,##0.00 €_-;-* #,##0.00 €_-;_-* "-"?? €_-;_-@_-', '-1,234.50 €'],
    [0, '_-* #,##0.00 €_-;-* #,##0.00 €_-;_-* "-"?? €_-;_-@_-', '- €'],
    [5, '[$¥-804]#,##0.00', '¥5.00'],
    [5, '[$€-2] #,##0.00', '€ 5.00'],
    [5, '"USD "0.00', 'USD 5.00'],
    [5, '\\N\\o\\. 0', 'No. 5'],
    [25000, '[>=1000]#,##0,"K";0', '25K'],
    [12, '[DBNum1][$-804]General', '12'],
    // What a format hides is in the cell all the same.
    [5, ';;;', '5'],
    [0, ';;;', ''],
    [0, '0;-0;;@', ''],
    [3, '@', '3'],
    // Dates, whatever order the format has.
    [45_000, 'm/d/yy', '2023-03-15'],
    [45_000, 'dd.mm.yyyy', '2023-03-15'],
    [45_000, 'yyyy"年"m"月"d"日"', '2023-03-15'],
    [45_000, '[$-409]d\\-mmm\\-yyyy;@', '2023-03-15'],
    [45_000, 'd-mmm', '2023-03-15'],
    [45_000, 'dddd, mmmm d, yyyy', '2023-03-15'],
    [45_000, 'mmm-yy', '2023-03'],
    [45_000, 'yyyy', '2023'],
    [45_000, 'mmmm', 'March'],
    [45_000, 'dddd', 'Wednesday'],
    [45_000.5, 'yyyy-mm-dd hh:mm', '2023-03-15 12:00'],
    [45_000.999999999, 'yyyy-mm-dd hh:mm:ss', '2023-03-16 00:00:00'],
    [45_000.75, 'm/d/yy h:mm AM/PM', '2023-03-15 18:00'],
    [0.75, 'h:mm AM/PM', '18:00'],
    [0.5001, 'h:mm:ss.000', '12:00:08.640'],
    [0.01, 'mm:ss', '14:24'],
    [1.5, '[h]:mm:ss', '36:00:00'],
    [1, 'yyyy-mm-dd', '1900-01-01'],
    [59, 'yyyy-mm-dd', '1900-02-28'],
    [60, 'yyyy-mm-dd', '1900-02-29'],
    [61, 'yyyy-mm-dd', '1900-03-01'],
    [2_958_465, 'yyyy-mm-dd', '9999-12-31'],
    [45_000, openDateCode, '2023-03-15'],
    [0.75, openDateCode, '18:00'],
  ])('%d in %j is %j', (value, format, shown) => {
    expect(shownNumber(value, format)).toBe(shown);
  });

  it('shows what is no date as a number, and counts from 1904 where a workbook does', () => {
    expect(shownNumber(-1, 'yyyy-mm-dd')).toBe('-1');
    expect(shownNumber(3_000_000, 'yyyy-mm-dd')).toBe('3000000');
    expect(shownNumber(0, 'yyyy-mm-dd', true)).toBe('1904-01-01');
    expect(shownNumber(43_538, 'm/d/yy', true)).toBe('2023-03-15');
  });

  it('adds the words of a format to text', () => {
    expect(shownText('17', '"ID "@')).toBe('ID 17');
    expect(shownText('17', '@')).toBe('17');
    expect(shownText('17', '0.00')).toBe('17');
    expect(shownText(' 17 ', 'General')).toBe(' 17 ');
  });

  it('survives any format', () => {
    const pieces = [
      '#',
      '0',
      ',',
      '.',
      ';',
      '"',
      '\\',
      '[',
      ']',
      'm',
      'd',
      'h',
      's',
      'y',
      '%',
      'E+',
      '@',
      '_',
      '*',
      '?',
      '/',
      'General',
      '[h]',
      '$',
    ];
    let state = 7;
    for (let run = 0; run < 3_000; run++) {
      let code = '';
      for (let length = run % 9; length >= 0; length--) {
        state = (state * 48_271) % 2_147_483_647;
        code += pieces[state % pieces.length];
      }
      expect(typeof shownNumber(1234.5678, code)).toBe('string');
    }
  });
});
