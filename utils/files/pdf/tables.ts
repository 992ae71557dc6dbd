import { medianOf } from './columns';
import { inlinesOf, toMarkdown } from './inline';
import type { Fragment, Row } from './types';

/** Two columns are sure from so many rows on, more columns from two. */
const fewestRows = 3;
/** The share of rows that must have all columns. */
const fullRows = 0.5;
/** Columns are apart by at least this many sizes. */
const columnGap = 0.4;

export interface Table {
  /** Rows from `from` up to `to`, `to` excluded. */
  from: number;
  to: number;
  markdown: string;
}

/** Finds rows whose cells stand in columns. What is not surely a table stays lines of text. */
export function findTables(rows: Row[]): Table[] {
  const tables: Table[] = [];
  for (let from = 0; from < rows.length; ) {
    const to = endOfGroup(rows, from);
    const table = to - from >= 2 ? tableOf(rows, from, to) : undefined;
    if (table) tables.push(table);
    from = table ? table.to : Math.max(to, from + 1);
  }
  return tables;
}

/** Rows with several cells that follow each other; a row with one cell may stand between them. */
function endOfGroup(rows: Row[], from: number): number {
  if ((rows[from]?.cells.length ?? 0) < 2) return from;
  let end = from + 1;
  for (let index = from + 1; index < rows.length; index++) {
    const row = rows[index];
    const previous = rows[index - 1];
    if (!row || !previous || row.y - previous.y > 3 * Math.max(row.size, previous.size)) break;
    if (row.cells.length >= 2) end = index + 1;
    else if (index - end >= 2) break;
  }
  return end;
}

interface Column {
  x0: number;
  x1: number;
}

function tableOf(rows: Row[], from: number, to: number): Table | undefined {
  const group = rows.slice(from, to);
  const counts = new Map<number, number>();
  for (const { cells } of group) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  // The largest number of cells that several rows have.
  const candidates = [...counts].filter(
    ([cells, count]) => cells >= 2 && count >= (cells === 2 ? fewestRows : 2),
  );
  candidates.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  for (const [cells] of candidates) {
    const columns = columnsOf(group.filter((row) => row.cells.length === cells));
    if (columns?.length !== cells) continue;
    const full = group.filter((row) => row.cells.length === cells).length;
    if (full < group.length * fullRows) continue;
    return { from, to, markdown: markdownOf(group, columns) };
  }
  return undefined;
}

/** Where columns stand, or undefined when cells of different columns overlap. */
function columnsOf(rows: Row[]): Column[] | undefined {
  const columns: Column[] = [];
  for (const { cells } of rows) {
    for (const [index, { x0, x1 }] of cells.entries()) {
      const column = columns[index];
      if (!column) columns[index] = { x0, x1 };
      else {
        column.x0 = Math.min(column.x0, x0);
        column.x1 = Math.max(column.x1, x1);
      }
    }
  }
  const size = rows[0]?.size ?? 0;
  const isApart = columns.every((column, index) => {
    const next = columns[index + 1];
    return !next || next.x0 - column.x1 > columnGap * size;
  });
  return isApart ? columns : undefined;
}

function markdownOf(group: Row[], columns: Column[]): string {
  const pitch = medianOf(group.slice(1).map((row, index) => row.y - (group[index]?.y ?? 0)));
  const lines: string[][] = [];
  for (const [index, row] of group.entries()) {
    const cells = cellsOf(row, columns);
    const previous = lines.at(-1);
    const isContinued =
      previous &&
      cells.some((cell) => !cell) &&
      row.y - (group[index - 1]?.y ?? 0) < 0.8 * pitch &&
      (cells[0] ?? '') === '';
    if (isContinued)
      for (const [column, cell] of cells.entries()) previous[column] = `${previous[column]} ${cell}`.trim();
    else lines.push(cells);
  }
  const [head = [], ...body] = lines;
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(columns.length)}`, ...body.map(line)].join('\n');
}

/** The text of each column; a cell that reaches over several columns stands in the first of them. */
function cellsOf(row: Row, columns: Column[]): string[] {
  const contents: Fragment[][] = columns.map(() => []);
  for (const [position, cell] of row.cells.entries()) {
    const index = row.cells.length === columns.length ? position : nearest(cell, columns);
    contents[index]?.push(cell);
  }
  return contents.map((fragments) => toMarkdown(inlinesOf(fragments)).replaceAll('|', '\\|'));
}

function nearest({ x0, x1 }: Fragment, columns: Column[]): number {
  const overlapping = columns.findIndex((column) => column.x0 < x1 && column.x1 > x0);
  if (overlapping >= 0) return overlapping;
  let best = 0;
  const distance = (index: number) =>
    Math.abs(((columns[index]?.x0 ?? 0) + (columns[index]?.x1 ?? 0)) / 2 - (x0 + x1) / 2);
  for (let index = 1; index < columns.length; index++) if (distance(index) < distance(best)) best = index;
  return best;
}
