/** Tables as comma-separated values. */

/** What makes spreadsheets read a cell as a formula, its full-width forms included. */
const formulaStart = /^[=@\t\r＝＠]|^[+\-＋－]/;
/** Signed numbers, which are no formulas: `-2.1`, `+3,5 %`, `-1.2e5`, `-€40`. */
const signedNumber = /^[+\-＋－]\s?[$€£¥]?\s?\d[\d.,'’\s\u00a0]*(?:e[+-]?\d+)?\s?[%‰$€£¥]?$/iu;

/**
 * A cell as CSV. The table comes from a model that may repeat a hostile page: what a spreadsheet would run is kept,
 * behind an apostrophe that makes it text.
 */
export function csvCell(text: string): string {
  const isFormula = formulaStart.test(text) && !signedNumber.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180): one line a row, lines ended with CR LF. */
export const csvText = (rows: string[][]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

/** The file of a table. Excel reads a file as UTF-8 only when it begins with this mark; a clipboard needs none. */
export const csvFile = (csv: string): Blob => new Blob(['\ufeff', csv], { type: 'text/csv;charset=utf-8' });
