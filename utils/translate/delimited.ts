/** Tables as text, as spreadsheets write and read them (RFC 4180). */

/** Spreadsheets take what begins so for a formula and run it: such a cell is written as words. */
const formula = /^[=+\-@\t\r]/;
/** A mark before words that would be taken for a formula, and before words that begin with such a mark themselves. */
const guard = "'";
const needsGuard = (cell: string) => formula.test(cell.replace(/^'+/, ''));

const quoted = (cell: string): string =>
  /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;

/** Rows with commas, and the mark by which Excel knows UTF-8. */
export const writeTable = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map((cell) => quoted(needsGuard(cell) ? guard + cell : cell)).join(',')).join('\r\n')}\r\n`;

export interface TableRow {
  /** The line of the file in which it begins, from 1. */
  line: number;
  cells: string[];
}

/** The sign between cells: the one that the first line has most of. */
function separatorOf(text: string): string {
  const first = text.replace(/"(?:[^"]|"")*"/g, '').split(/[\r\n]/, 1)[0] ?? '';
  const count = (sign: string) => first.split(sign).length;
  return ['\t', ';', '，', '；'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}

/** Reads rows of cells, whatever parts them. Empty lines are none; a quote that nothing closes goes to the end. */
export function readTable(text: string): TableRow[] {
  const body = text.replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, '');
  const separator = separatorOf(body);
  const rows: TableRow[] = [];
  let line = 1;
  let row: TableRow = { line, cells: [] };
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    const words = cell.trim();
    row.cells.push(words.startsWith(guard) && needsGuard(words.slice(1)) ? words.slice(1) : words);
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.cells.some(Boolean)) rows.push(row);
    row = { line: line + 1, cells: [] };
  };
  for (let at = 0; at < body.length; at++) {
    const character = body[at] ?? '';
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (body[at + 1] === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
      if (character === '\n') line++;
    } else if (character === '"' && !cell.trim()) {
      cell = '';
      isQuoted = true;
    } else if (character === separator) endCell();
    else if (character === '\n' || character === '\r') {
      if (character === '\r' && body[at + 1] === '\n') at++;
      endRow();
      line++;
    } else cell += character;
  }
  if (cell || row.cells.length > 0) endRow();
  return rows;
}
