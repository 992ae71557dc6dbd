import type { Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { writtenTable } from '@/components/answer/export/answer-table';
import { lex } from '@/components/answer/markdown/lex';
import { csvCell, csvFile, harmlessCell } from '@/utils/chat/export/csv';
import { tableCsv } from '@/utils/chat/export/table-files';
import { sourceOf } from '../fixtures/sources';

const tableOf = (text: string) => lex(text).find(({ type }) => type === 'table') as Tokens.Table;

describe('a cell of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    [' spaced ', '" spaced "'],
    ['', ''],
    ['汉字，标点', '汉字，标点'],
    // What a spreadsheet would run stays text.
    ['=HYPERLINK("http://evil.example","x")', '"\'=HYPERLINK(""http://evil.example"",""x"")"'],
    ['+1+cmd|calc', "'+1+cmd|calc"],
    ['-1+1', "'-1+1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['＝1+1', "'＝1+1"],
    ['＋x', "'＋x"],
    ['\t=1', '"\'\t\'=1"'],
    ['\r=1', '"\'\r\'=1"'],
    ['\n=1', '"\'\n\'=1"'],
    // Where a semicolon or a tab separates, a cell goes on in the next, and a line end ends the row.
    ['a;=1+1', '"a;\'=1+1"'],
    ['a;"=1+1', '"a;""\'=1+1"'],
    ['a\n@SUM(1)', '"a\n\'@SUM(1)"'],
    ["a\n-cmd|' /C calc'!A0", "\"a\n'-cmd|' /C calc'!A0\""],
    // Lists and smileys are none.
    ['a\n- b (c)', '"a\n- b (c)"'],
    ['so; -)', '"so; -)"'],
    // Numbers stay numbers.
    ['-2.1', '-2.1'],
    ['+3.5 %', '+3.5 %'],
    ['-€40', '-€40'],
    ['-1.2e5', '-1.2e5'],
    ['a=b', 'a=b'],
  ])('%j is %j', (text, expected) => {
    expect(csvCell(text)).toBe(expected);
  });

  it('is made harmless in time that grows with its length', () => {
    const text = ';-'.repeat(100_000);
    expect(harmlessCell(text)).toBe(text);
  });
});

describe('the CSV of a table', () => {
  it('has a line a row, the words without their marks, and every address', () => {
    const table = tableOf(
      [
        '| Mill | **Fall** | Note |',
        '|---|--:|---|',
        '| Carrow | 2.1 m | `a,b`<br>see [the survey](https://example.org/s) |',
        '| "Pell" | -1.8 |',
        '| x | y | z | too many |',
        '| &lt;b&gt; | ![pic](https://example.org/p.png) | https://example.org/q |',
      ].join('\n'),
    );
    expect(tableCsv(writtenTable(table, []), 0)).toBe(
      [
        'Mill,Fall,Note',
        'Carrow,2.1 m,"a,b\nsee the survey (https://example.org/s)"',
        '"""Pell""",-1.8,',
        'x,y,z',
        '<b>,pic (https://example.org/p.png),https://example.org/q',
        '',
      ].join('\r\n'),
    );
  });

  it('has the citations of its cells in a column of their own, checked', async () => {
    const source = await sourceOf(['Carrow falls 2.1 m.', 'Pell costs 40.'], { title: 'mills.xlsx' });
    const other = await sourceOf(['Pell costs 50.'], { title: 'prices.csv' });
    const table = tableOf(
      [
        '| Mill | Fall | Price |',
        '|---|--:|--:|',
        '| Carrow | 2.1 m (¶1) | |',
        '| **Pell** | 3 ¶1, ¶2 | 40 ¶2 |',
        '| Mona | see ¶1 first | 1 ¶90 |',
        '| None | | 5 |',
      ].join('\n'),
    );
    expect(tableCsv(writtenTable(table, [source]), 1)).toBe(
      [
        'Mill,Fall,Price,Sources',
        'Carrow,2.1 m,,¶1',
        'Pell,3,40,"Fall: ¶1, ¶2; Price: ¶2"',
        'Mona,see ¶1 first,1,"Fall: ¶1; Price: ¶90 (not found in the source)"',
        'None,,5,',
        '',
      ].join('\r\n'),
    );
    const several = tableOf('| A | B |\n|---|---|\n| x | 50 [2 ¶1] |');
    expect(tableCsv(writtenTable(several, [source, other]), 2)).toBe(
      'A,B,Sources\r\nx,50,2 ¶1 prices.csv\r\n',
    );
  });

  it('is a file that Excel reads as UTF-8', async () => {
    const bytes = new Uint8Array(await csvFile('a,b\r\n').arrayBuffer());
    expect([...bytes.slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x61]);
  });
});
