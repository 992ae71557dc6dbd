/** Tables as they stand in texts -> rows of cells to be drawn. Pure; offsets are those of the passage. */

export interface TableCell {
  text: string;
  start: number;
  end: number;
  /** From 1; where a merged cell begins. */
  column: number;
  /** Columns that a merged cell takes. */
  span?: number;
}

export interface TableRow {
  /** The number of a row of a sheet. */
  name?: string;
  cells: TableCell[];
}

export interface CellTable {
  /** The letters of the columns of a sheet. */
  letters?: string[];
  /** Whether the first row names the columns. */
  hasHead: boolean;
  rows: TableRow[];
  /** Columns, from the first that has anything. */
  width: number;
}

/** Wider tables are easier to read as lines. */
const mostColumns = 60;

/** A table of a sheet or of Markdown; undefined for what is neither, or too wide to be drawn. */
export function tableOf(text: string): CellTable | undefined {
  if (/^(?:\t[A-Z]|\d+\t)/.test(text)) return sheetTable(text);
  return text.startsWith('|') ? markdownTable(text) : undefined;
}

/** `A` is 1, `AA` 27. */
const columnNumber = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);

function columnName(number: number): string {
  let name = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

const mark = /^(?:([A-Z]{1,3})\d+:([A-Z]{1,3})\d+:|([A-Z]{1,3}):)/;

/** The form of `utils/files/workbook/sheet-text.ts`: a line of letters, then lines of a number and cells behind tabs. */
function sheetTable(text: string): CellTable | undefined {
  const rows: TableRow[] = [];
  let first = 1;
  let last = 0;
  let least = Number.POSITIVE_INFINITY;
  let offset = 0;
  for (const line of text.split('\n')) {
    const pieces = line.split('\t');
    const isLetters = offset === 0 && pieces[0] === '';
    if (isLetters) first = columnNumber(pieces[1] ?? 'A');
    else {
      if (!/^\d+$/.test(pieces[0] ?? '')) return undefined;
      const cells: TableCell[] = [];
      let column = first;
      let at = offset + (pieces[0] ?? '').length + 1;
      for (const piece of pieces.slice(1)) {
        const [whole = '', from, to, own] = mark.exec(piece) ?? [];
        let span = 1;
        if (from && to) {
          column = columnNumber(from);
          span = Math.max(1, columnNumber(to) - column + 1);
        } else if (own) column = columnNumber(own);
        cells.push({
          text: shownText(piece.slice(whole.length)),
          start: at + whole.length,
          end: at + piece.length,
          column,
          ...(span > 1 ? { span } : {}),
        });
        least = Math.min(least, column);
        last = Math.max(last, column + span - 1);
        at += piece.length + 1;
        column += span;
      }
      rows.push({ name: pieces[0], cells });
    }
    offset += line.length + 1;
  }
  const width = last - least + 1;
  if (rows.length === 0 || width > mostColumns || width < 1) return undefined;
  const letters = Array.from({ length: width }, (_, index) => columnName(least + index));
  for (const { cells } of rows) for (const cell of cells) cell.column -= least - 1;
  return { letters, hasHead: false, rows, width };
}

/** Line breaks within a cell, as they were; what was written so by the cell itself has a backslash in front. */
const shownText = (text: string): string =>
  text.includes('<br>') || text.includes('␉')
    ? text
        .replace(/(?<!\\)<br>/g, '\n')
        .replace(/(?<!\\)␉/g, '\t')
        .replace(/\\(<br>|␉)/g, '$1')
    : text;

function markdownTable(text: string): CellTable | undefined {
  const rows: TableRow[] = [];
  let hasHead = false;
  let width = 0;
  let offset = 0;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) return undefined;
    if (rows.length === 1 && /^[|:\-\s]+$/.test(line)) hasHead = true;
    else {
      const cells: TableCell[] = [];
      let from = 1;
      for (let at = 1; at <= line.length; at++) {
        const isEnd = at === line.length ? from < at : line[at] === '|' && line[at - 1] !== '\\';
        if (!isEnd) continue;
        const piece = line.slice(from, at);
        const start = offset + from + (piece.length - piece.trimStart().length);
        const words = piece.trim();
        cells.push({
          text: words.replaceAll('\\|', '|').replaceAll('<br>', '\n'),
          start,
          end: start + words.length,
          column: cells.length + 1,
        });
        from = at + 1;
      }
      rows.push({ cells });
      width = Math.max(width, cells.length);
    }
    offset += line.length + 1;
  }
  return rows.length > 0 && width > 0 && width <= mostColumns ? { hasHead, rows, width } : undefined;
}
