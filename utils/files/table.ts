/** Comma-separated values and their kin: the encoding and the separator are found out, no value is changed. */

import { AppError } from '../errors';
import { type FileNote, type Gap, numberPassages, scriptLanguage } from '../source';
import { decodeText } from './encoding';
import { RecordReader } from './table/records';
import { findSeparator } from './table/separator';
import type { ReadFile } from './types';
import { SheetBudget, type SheetCell, SheetText } from './workbook/sheet-text';

/** Cells of one row that are handed on before the row ends: a table may be one line of fifty megabytes. */
const cellsAtOnce = 4_096;
const rowsAtOnce = 1_000;

/**
 * Reads a table whole: every field at its coordinate, as it is written; nothing becomes a number or a date.
 * @throws AppError file-empty, file-nothing, file-bomb
 */
export const readTable: ReadFile = async (bytes, { name, signal, onProgress }) => {
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  const { text, encoding, isGuess, damaged } = decodeText(bytes);
  const usual = /\.(?:tsv|tab)$/i.test(name) ? '\t' : ',';
  const { sign, from, isSaid } = findSeparator(text, usual);
  const total = linesIn(text);
  const table = new SheetText({}, new SheetBudget(name));
  const reader = new RecordReader(text, sign, from);
  for (let row = 1; !reader.isDone; row++) {
    if (row % rowsAtOnce === 0) {
      onProgress?.({ done: row, total: Math.max(row, total), unit: 'rows' });
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
    }
    let cells: SheetCell[] = [];
    let isContinued = false;
    let column = 0;
    do {
      const value = reader.field();
      column++;
      if (value.trim() !== '') cells.push({ column, text: value });
      if (cells.length < cellsAtOnce) continue;
      table.add(row, cells, isContinued);
      isContinued = true;
      cells = [];
    } while (!reader.isLast && !reader.isDone);
    table.add(row, cells, isContinued);
  }
  const passages = table.finish();
  if (passages.length === 0) throw new AppError('file-nothing', { name });
  const numbered = numberPassages(passages);
  const notes: FileNote[] = [];
  if (isGuess) notes.push({ what: 'decoded', sample: encoding });
  if (!isSaid && sign !== '' && sign !== usual) notes.push({ what: 'separated', sample: sign });
  const gaps: Gap[] = damaged > 0 ? [{ why: 'unread-parts', size: damaged }] : [];
  return {
    title: name,
    lang: scriptLanguage(numbered.text),
    ...numbered,
    gaps,
    file: { units: { rows: table.rows, cells: table.cells }, notes },
  };
};

function linesIn(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
