/** A comparison as a spreadsheet: the table, and a sheet with every quote, its document, paragraph and address. */

import { t } from '../../i18n';
import type { WrittenCell, WrittenComparison } from './comparison-cells';
import { cellText, columnHeads, quoteHeads, quoteRows } from './comparison-text';
import { numericText } from './numeric-text';
import { type Sheet, type SheetCell, workbook } from './workbook';

/** The file. `count` is how many documents the answer was written from. */
export const comparisonWorkbook = (written: WrittenComparison, count: number): Promise<Blob> =>
  workbook([tableSheet(written, count), quotesSheet(written)]);

const head = (text: string): SheetCell => ({ text, style: 'head' });

function tableSheet(written: WrittenComparison, count: number): Sheet {
  const { columns, rows, broken } = written;
  const languages = columns.map(({ source }) => source?.lang);
  return {
    name: t('saved.comparisonSheet'),
    widths: [24, ...columns.map(() => 30)],
    rows: [
      [head(t('comparison.attribute')), ...columnHeads(written, count).map(head)],
      ...rows.map(({ name, cells }) => [
        head(name),
        ...cells.map((cell, place) => valueCell(cell, languages[place])),
      ]),
      ...broken.map((line) => [{ text: line, style: 'quiet' } as const]),
    ],
  };
}

function valueCell(cell: WrittenCell, language: string | undefined): SheetCell {
  const { text, state, isBest } = cell;
  if (state === 'not-stated' || state === 'lost') return { text: cellText(cell), style: 'quiet' };
  if (state === 'missing') return { text: cellText(cell), style: 'struck' };
  const style = isBest ? 'best' : 'plain';
  // A number that nobody can look up is said to be one, in words.
  if (state === 'uncited') return { text: cellText(cell), style };
  const number = numericText(text, language);
  return { text, style, ...(number ? { number } : {}) };
}

function quotesSheet(written: WrittenComparison): Sheet {
  const rows = quoteRows(written).map((row) =>
    row.map((text, column): SheetCell => {
      if (column === 1 && /^\d+$/.test(text))
        return { text, number: { value: Number(text), format: 'General' } };
      return column === row.length - 1 && /^https?:/i.test(text)
        ? { text, style: 'link', address: text }
        : { text };
    }),
  );
  return {
    name: t('saved.quotesSheet'),
    widths: [24, 6, 30, 30, 60, 11, 50],
    rows: [quoteHeads().map(head), ...rows],
  };
}
