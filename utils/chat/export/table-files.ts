/**
 * Tables of answers as CSV and as workbooks. Citations at the end of a cell are taken out of it, so that a number is a
 * number; they stand in a column of their own in CSV, and on a sheet of their own, with the words that they name, in a
 * workbook.
 */

import { t } from '../../i18n';
import type { CitedPlace } from './cited-text';
import { csvText } from './csv';
import { placeLabel } from './place-label';
import { typedCells } from './typed-cells';
import { type CellAlign, type Sheet, type SheetCell, workbook } from './workbook';

export interface CellCitation {
  /** As the answer names it: `2 ¶12`. */
  mark: string;
  /** Undefined where it leads nowhere, or where its words are not found. */
  place?: CitedPlace;
  /** Number of its document. */
  document: number;
}

export interface TableCell {
  text: string;
  citations: CellCitation[];
  /** An address on the web that is all of the cell. */
  address?: string;
}

export interface WrittenTable {
  /** What stands above it in the answer, to tell it by. */
  name: string;
  head: TableCell[];
  rows: TableCell[][];
  aligns: (CellAlign | undefined)[];
  rightToLeft: boolean;
  lang?: string;
  /** A long source is still being looked through; see `watchChecks`. */
  isPending: boolean;
}

/** `count`: how many documents the answer was written from. */
export function tableCsv({ head, rows }: WrittenTable, count: number): string {
  const heads = head.map(({ text }) => text);
  const isCited = [head, ...rows].some((row) => row.some(({ citations }) => citations.length > 0));
  const line = (row: TableCell[]) => [
    ...row.map(({ text }) => text),
    ...(isCited ? [citationsOf(row, heads, count)] : []),
  ];
  const [first = [], ...others] = [head, ...rows].map(line);
  if (isCited && !first.at(-1)) first[first.length - 1] = t('saved.sources');
  return csvText([first, ...others]);
}

/** `¶4`, or, where its cells have different ones, `Price: ¶4; Fall: ¶6`. */
function citationsOf(row: TableCell[], heads: string[], count: number): string {
  const said = row.map(({ citations }) => citations.map((citation) => sourceOf(citation, count)).join(', '));
  const cited = said.flatMap((text, column) => (text ? [{ text, column }] : []));
  if (new Set(cited.map(({ text }) => text)).size < 2) return cited[0]?.text ?? '';
  return cited.map(({ text, column }) => `${heads[column] ? `${heads[column]}: ` : ''}${text}`).join('; ');
}

function sourceOf({ mark, place }: CellCitation, count: number): string {
  if (!place) return `${mark} (${t('saved.notFound')})`;
  return count > 1 && place.source.title ? `${mark} ${place.source.title}` : mark;
}

/** Rows for a clipboard that spreadsheets and word processors take as a table: the same cells, with tabs between them. */
export const tableLines = ({ head, rows }: WrittenTable): string[][] =>
  [head, ...rows].map((row) => row.map(({ text }) => text));

/** The file (.xlsx): a sheet for each table, and one with the words of every citation. */
export function tablesWorkbook(tables: readonly WrittenTable[]): Promise<Blob> {
  const quotes = tables.flatMap((table) => quoteRows(table, tables.length > 1));
  const sheets = tables.map(tableSheet);
  if (quotes.length > 0) sheets.push(quotesSheet(quotes, tables.length > 1));
  // A workbook without a sheet is none.
  if (sheets.length === 0) sheets.push({ name: t('table.table'), widths: [], rows: [] });
  return workbook(sheets);
}

const headCell = (text: string): SheetCell => ({ text, style: 'head' });

function tableSheet({ name, head, rows, aligns, rightToLeft, lang }: WrittenTable): Sheet {
  const typed = typedCells(
    rows.map((row) => row.map(({ text }) => text)),
    lang,
  );
  const widths = head.map((cell, column) =>
    Math.min(60, Math.max(8, ...[cell, ...rows.map((row) => row[column])].map(widthOf)) + 2),
  );
  return {
    name: name || t('table.table'),
    widths,
    rightToLeft,
    rows: [
      head.map(({ text }, column) => ({ ...headCell(text), align: aligns[column] })),
      ...rows.map((row, place) =>
        row.map(({ text, citations, address }, column): SheetCell => {
          const number = typed[place]?.[column];
          const isLost = citations.some((citation) => !citation.place);
          return {
            text: isLost && text ? `${text} (${t('saved.notFound')})` : text,
            style: isLost ? 'struck' : address ? 'link' : 'plain',
            align: aligns[column] ?? 'figures',
            ...(number && !isLost ? { number } : {}),
            ...(address ? { address } : {}),
          };
        }),
      ),
    ],
  };
}

/** Columns of the widest line, where Han, Kana and Hangul take two. */
function widthOf(cell: TableCell | undefined): number {
  let widest = 0;
  for (const line of (cell?.text ?? '').slice(0, 2_000).split('\n')) {
    const wide =
      line.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\uff00-\uff60]/gu)?.length ?? 0;
    widest = Math.max(widest, line.length + wide);
  }
  return widest;
}

function quoteRows({ name, head, rows }: WrittenTable, several: boolean): SheetCell[][] {
  return rows.flatMap((row) =>
    row.flatMap(({ text, citations }, column) =>
      citations.map(({ mark, place, document }): SheetCell[] => {
        const segment = place?.source.segments.find(({ number }) => number === place.paragraph);
        const { address } = place ?? {};
        return [
          ...(several ? [{ text: name }] : []),
          { text: column === 0 ? '' : (row[0]?.text ?? '') },
          { text: head[column]?.text ?? '' },
          { text },
          { text: String(document), number: { value: document, format: 'General' } },
          { text: place?.source.title ?? '' },
          { text: place ? place.words : `${mark} (${t('saved.notFound')})` },
          { text: place ? `¶${place.paragraph}` : '' },
          { text: placeLabel(segment) },
          address ? { text: address, style: 'link', address } : { text: '' },
        ];
      }),
    ),
  );
}

const quotesSheet = (rows: SheetCell[][], several: boolean): Sheet => ({
  name: t('saved.sources'),
  widths: [...(several ? [20] : []), 24, 20, 24, 6, 30, 60, 11, 20, 50],
  rows: [
    [
      ...(several ? [t('table.table')] : []),
      t('saved.row'),
      t('saved.column'),
      t('saved.value'),
      t('saved.number'),
      t('saved.source'),
      t('saved.quote'),
      t('saved.paragraph'),
      t('saved.place'),
      t('saved.address'),
    ].map(headCell),
    ...rows,
  ],
});
