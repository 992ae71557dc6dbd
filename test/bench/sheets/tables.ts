/** Tables of several kinds, the same in every run, and the forms that they could be written in. */

import { columnName } from '../../../utils/files/workbook/cell-names.ts';
import { Random } from '../../fixtures/random.ts';

export type Table = string[][];

const english =
  'rent invoice supplier north south paid open late travel office paper server cloud license total Müller Schmidt London Berlin Paris quarterly adjusted warranty'.split(
    ' ',
  );
const chinese = '租金 发票 供应商 已付 未付 差旅 办公 纸张 服务器 合计 王小明 李娜 上海 北京 季度 保修'.split(
  ' ',
);

const table = (rows: number, columns: number, cell: (row: number, column: number) => string): Table =>
  Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => cell(row, column)));

/** What spreadsheets are mostly used for. */
export function tables(): Record<string, Table> {
  const random = new Random(5);
  const words = (count: number) => Array.from({ length: count }, () => random.pick(english)).join(' ');
  const amount = () => (random.below(2_000_000) / 100).toFixed(2);
  const date = () => `2026-0${random.between(1, 9)}-${random.between(10, 28)}`;
  const ledger = ['Date', 'Invoice', 'Supplier', 'City', 'Net', 'VAT', 'Gross', 'State'];
  return {
    numbers: table(400, 10, (row, column) => (row === 0 ? `Q${column}` : amount())),
    ledger: table(400, 8, (row, column) =>
      row === 0
        ? (ledger[column] as string)
        : ([
            date(),
            `INV-${random.between(10_000, 99_999)}`,
            words(2),
            words(1),
            amount(),
            '19%',
            amount(),
            random.pick(['paid', 'open', '']),
          ][column] as string),
    ),
    text: table(300, 4, (row, column) => [`${row + 1}`, words(8), words(1), words(5)][column] as string),
    chinese: table(
      300,
      6,
      (row, column) =>
        [
          `${row + 1}`,
          random.pick(chinese),
          random.pick(chinese) + random.pick(chinese),
          amount(),
          date(),
          random.pick(chinese),
        ][column] as string,
    ),
    sparse: table(300, 30, () =>
      random.below(10) > 0 ? '' : random.pick([words(1), `${random.below(5_000)}`]),
    ),
    wide: table(100, 120, (row, column) =>
      row === 0 ? `M${column}` : random.below(20) === 0 ? '' : `${random.below(1_000)}`,
    ),
  };
}

/** Blocks as long as those of the reader, each behind its mark. */
function inBlocks(rows: Table, line: (row: string[], number: number) => string, head = ''): string {
  const last = columnName(rows[0]?.length ?? 1);
  const blocks: string[] = [];
  let lines: string[] = [];
  let length = 0;
  let first = 1;
  const flush = (number: number) => {
    if (lines.length > 0)
      blocks.push(`¶${blocks.length + 1} [A${first}:${last}${number}] ${head}${lines.join('\n')}`);
    lines = [];
    length = 0;
    first = number + 1;
  };
  for (const [index, row] of rows.entries()) {
    const written = line(row, index + 1);
    if (length + written.length > 2_000 || lines.length >= 40) flush(index);
    lines.push(written);
    length += written.length;
  }
  flush(rows.length);
  return blocks.join('\n\n');
}

const letters = (rows: Table) => (rows[0] ?? []).map((_, index) => columnName(index + 1));

/** Other forms in which every coordinate can be read, and the values alone, with which none can. */
export const forms: Record<string, (rows: Table) => string> = {
  'Markdown table': (rows) =>
    inBlocks(
      rows,
      (row, number) => `| ${number} | ${row.join(' | ')} |`,
      `|  | ${letters(rows).join(' | ')} |\n|${' --- |'.repeat(letters(rows).length + 1)}\n`,
    ),
  'a line per cell': (rows) =>
    inBlocks(rows, (row, number) =>
      row
        .map((text, index) => (text === '' ? '' : `${columnName(index + 1)}${number}: ${text}`))
        .filter(Boolean)
        .join('\n'),
    ),
  'coordinate at each cell': (rows) =>
    inBlocks(rows, (row, number) =>
      row
        .map((text, index) => (text === '' ? '' : `${columnName(index + 1)}${number}=${text}`))
        .filter(Boolean)
        .join('; '),
    ),
  'letter at each cell': (rows) =>
    inBlocks(
      rows,
      (row, number) =>
        `${number}\t${row
          .map((text, index) => (text === '' ? '' : `${columnName(index + 1)}:${text}`))
          .filter(Boolean)
          .join('\t')}`,
    ),
  'pipes, letters above': (rows) =>
    inBlocks(rows, (row, number) => [number, ...row].join('|'), `|${letters(rows).join('|')}\n`),
  'values alone': (rows) => rows.map((row) => row.filter(Boolean).join(' ')).join('\n'),
};
