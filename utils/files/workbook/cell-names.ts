/** Names of cells as spreadsheets write them. Columns and rows count from 1. */

export interface CellRange {
  firstColumn: number;
  firstRow: number;
  lastColumn: number;
  lastRow: number;
}

const letters: string[] = [];

/** 1 -> `A`, 27 -> `AA`. */
export function columnName(column: number): string {
  const known = letters[column];
  if (known !== undefined) return known;
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  if (column <= mostColumns) letters[column] = name;
  return name;
}

export const cellName = (column: number, row: number): string => `${columnName(column)}${row}`;

/** `A2:F41`, or `A2` where it is one cell. */
export function rangeName({ firstColumn, firstRow, lastColumn, lastRow }: CellRange): string {
  const first = cellName(firstColumn, firstRow);
  const last = cellName(lastColumn, lastRow);
  return first === last ? first : `${first}:${last}`;
}

/** The largest sheet that any program writes; what claims to be beyond it is no cell. */
const mostColumns = 16_384;
const mostRows = 16_777_216;

/** `AB12` -> its column and row, with or without the `$` of absolute references; undefined for what is no cell. */
export function parseCellName(name: string): { column: number; row: number } | undefined {
  let at = name.charCodeAt(0) === 36 ? 1 : 0;
  let column = 0;
  for (; at < name.length; at++) {
    const code = name.charCodeAt(at) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > mostColumns) return undefined;
  }
  if (name.charCodeAt(at) === 36) at++;
  let row = 0;
  const start = at;
  for (; at < name.length; at++) {
    const digit = name.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    row = row * 10 + digit;
    if (row > mostRows) return undefined;
  }
  return column === 0 || row === 0 || at === start ? undefined : { column, row };
}

export function parseRange(name: string): CellRange | undefined {
  const [first, last] = name.split(':', 2).map(parseCellName);
  if (!first) return undefined;
  const { column, row } = last ?? first;
  return {
    firstColumn: Math.min(first.column, column),
    firstRow: Math.min(first.row, row),
    lastColumn: Math.max(first.column, column),
    lastRow: Math.max(first.row, row),
  };
}

/** Ascending numbers as stretches without gaps. */
export function numberRuns(numbers: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}

/** Columns of a sheet that are hidden. */
export class HiddenColumns {
  private readonly flags = new Uint8Array(mostColumns + 1);

  add(first: number, last: number): void {
    this.flags.fill(1, first, Math.min(last, mostColumns) + 1);
  }

  has(column: number): boolean {
    return this.flags[column] === 1;
  }
}
