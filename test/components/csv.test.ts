import type { Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { csvOf } from '@/components/answer/markdown/csv';
import { lex } from '@/components/answer/markdown/lex';
import { csvCell, csvFile } from '@/utils/chat/export/csv';

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
    // Numbers stay numbers.
    ['-2.1', '-2.1'],
    ['+3.5 %', '+3.5 %'],
    ['-€40', '-€40'],
    ['-1.2e5', '-1.2e5'],
    ['a=b', 'a=b'],
  ])('%j is %j', (text, expected) => {
    expect(csvCell(text)).toBe(expected);
  });
});

describe('the CSV of a table', () => {
  it('has a line a row, the words without their marks, and every address', () => {
    const table = tableOf(
      [
        '| Mill | **Fall** | Note |',
        '|---|--:|---|',
        '| Carrow | 2.1 m ¶4 | `a,b`<br>see [the survey](https://example.org/s) |',
        '| "Pell" | -1.8 |',
        '| x | y | z | too many |',
        '| &lt;b&gt; | ![pic](https://example.org/p.png) | https://example.org/q |',
      ].join('\n'),
    );
    expect(csvOf(table)).toBe(
      [
        'Mill,Fall,Note',
        'Carrow,2.1 m ¶4,"a,b\nsee the survey (https://example.org/s)"',
        '"""Pell""",-1.8,',
        'x,y,z',
        '<b>,pic (https://example.org/p.png),https://example.org/q',
        '',
      ].join('\r\n'),
    );
  });

  it('is a file that Excel reads as UTF-8', async () => {
    const bytes = new Uint8Array(await csvFile('a,b\r\n').arrayBuffer());
    expect([...bytes.slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x61]);
  });
});
