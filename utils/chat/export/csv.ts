/**
 * Tables as comma-separated values. They come from a model that may repeat a hostile page, and spreadsheets run what
 * begins like a formula: =, +, -, @, a tab, a line end, full-width forms included (OWASP, CSV injection). Such a cell is
 * kept to the letter behind an apostrophe, which every spreadsheet reads as “text” and every reader can take off.
 * Quotation marks alone do not help: they are taken off before the cell is looked at. Signed numbers are no formulas and
 * stay numbers.
 */

const formulaStart = /^[=@\t\r\n＝＠]|^[+\-＋－]/;
/** Signed numbers: `-2.1`, `+3,5 %`, `-1.2e5`, `-€40`. */
const signedNumber = /^[+\-＋－]\s?[$€£¥]?\s?\d[\d.,'’\s\u00a0]*(?:e[+-]?\d+)?\s?[%‰$€£¥]?$/iu;
/**
 * Programs whose separator is a semicolon or a tab split a line there, and at the line ends of a cell as well, since the
 * quotation marks are not where they expect them: what begins there must not be a formula either.
 */
const formulaInside = /(?<=[;\t\r\n]["']?)(?=[=@＝＠]|[+\-＋－][^;\t\r\n]*?(?:\w\(|[|!]))/g;

/** Whether a spreadsheet would take this text for a formula. */
export const startsFormula = (text: string): boolean => formulaStart.test(text) && !signedNumber.test(text);

/** A text that no spreadsheet takes for a formula, in a cell of CSV or of a clipboard. */
export const harmlessCell = (text: string): string =>
  (startsFormula(text) ? `'${text}` : text).replace(formulaInside, "'");

/** A cell as CSV (RFC 4180). */
export function csvCell(text: string): string {
  const safe = harmlessCell(text);
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180): one line a row, lines ended with CR LF. */
export const csvText = (rows: string[][]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

/** The file of a table. Excel reads a file as UTF-8 only when it begins with this mark; a clipboard needs none. */
export const csvFile = (csv: string): Blob => new Blob(['\ufeff', csv], { type: 'text/csv;charset=utf-8' });
