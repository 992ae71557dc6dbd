/** `.xls` of every age, `.xlsb`, and the other formats that only a library knows. */

import { read, set_cptable, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { AppError } from '../../errors';
import type { Archive } from '../archive';
import type { BookText } from './book-text';
import { rangeName } from './cell-names';
import { linkedText } from './links';
import type { SheetCell } from './sheet-text';
import { shownNumber, shownText } from './shown-number';

/** Reads what needs no unpacking: its size in memory follows from the size of the file. */
export async function readBinary(bytes: Uint8Array | string, book: BookText): Promise<void> {
  if (typeof bytes !== 'string' && includesWide(bytes, '_VBA_PROJECT_CUR')) book.miss('macros', 1);
  await readByLibrary(bytes, book);
}

/** `.xlsb`: what the library unpacks has been unpacked within bounds before. */
export async function readBinaryPackage(archive: Archive, book: BookText): Promise<void> {
  const parts: Record<string, Uint8Array> = {};
  for (const { path, isDirectory } of archive.entries) {
    if (/(^|\/)vbaProject\.bin$/i.test(path)) book.miss('macros', 1);
    else if (/\/embeddings\//i.test(path)) book.miss('embedded-files', 1);
    else if (/\/media\//i.test(path)) book.miss('pictures', 1);
    else if (/\/charts\/chart\d*\.xml$/i.test(path)) book.miss('charts', 1);
    else if (!isDirectory && /\.(?:bin|xml|rels)$/i.test(path) && !/printerSettings/i.test(path))
      parts[path] = archive.read(path) as Uint8Array;
  }
  await readByLibrary(zipSync(parts, { level: 0 }), book);
}

async function readByLibrary(bytes: Uint8Array | string, book: BookText): Promise<void> {
  const { name } = book.context;
  let workbook: WorkBook;
  try {
    // Text in the code page of a computer: before Excel 97, whose stream is called otherwise.
    if (typeof bytes !== 'string' && bytes[0] !== 0x50 && !includesWide(bytes, 'Workbook'))
      set_cptable(decoders);
    workbook = read(bytes, {
      type: typeof bytes === 'string' ? 'string' : 'array',
      dense: true,
      cellFormula: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellStyles: true,
      nodim: true,
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new AppError(/password|encrypt/i.test(said) ? 'file-locked' : 'file-broken', { name }, error);
  }
  const { Workbook: properties, SheetNames, Sheets } = workbook;
  if (SheetNames.length === 0) throw new AppError('file-broken', { name });
  const is1904 = properties?.WBProps?.date1904 === true;
  for (const [index, sheetName] of SheetNames.entries()) {
    book.context.onProgress?.({ done: index, total: SheetNames.length, unit: 'sheets' });
    await book.breathe();
    const sheet = Sheets[sheetName];
    const type = sheet?.['!type'] as string | undefined;
    if (!sheet || (type && type !== 'sheet')) {
      book.miss(type === 'chart' ? 'charts' : type === 'macro' ? 'macros' : 'unread-parts', 1, sheetName);
      continue;
    }
    writeSheet(sheet, sheetName, (properties?.Sheets?.[index]?.Hidden ?? 0) !== 0, is1904, book);
  }
  for (const { Name, Ref } of properties?.Names ?? [])
    if (!/^_xlnm\.|^_FilterDatabase/.test(Name)) book.addName(Name, Ref);
}

interface LibraryCell {
  t: string;
  v?: unknown;
  z?: string | number;
  f?: string;
  F?: string;
  c?: { a?: string; t: string }[];
  l?: { Target?: string };
}

function writeSheet(
  sheet: WorkSheet,
  name: string,
  isHidden: boolean,
  is1904: boolean,
  book: BookText,
): void {
  const builder = book.sheet(name, isHidden);
  if (!builder) return;
  const columns = sheet['!cols'] ?? [];
  const rows = sheet['!rows'] ?? [];
  builder.hiddenColumns = (column) => columns[column - 1]?.hidden === true;
  const merged = new Map((sheet['!merges'] ?? []).map(({ s, e }) => [`${s.r}:${s.c}`, { s, e }]));
  const data = (sheet as { '!data'?: LibraryCell[][] })['!data'] ?? [];
  // Both lists have holes, which are passed over.
  data.forEach((line, row) => {
    const cells: SheetCell[] = [];
    line.forEach((cell, column) => {
      let text = shownCell(cell, is1904);
      for (const { a, t } of cell.c ?? [])
        builder.comment({
          column: column + 1,
          row: row + 1,
          author: a && !t.startsWith(a) ? a : undefined,
          text: t,
        });
      if (cell.f) {
        const formula = cell.F ? `{=${cell.f}} in ${cell.F}` : `=${cell.f}`;
        const isShown = cell.v === undefined || cell.t === 'z';
        builder.formula({ column: column + 1, row: row + 1, text: formula }, isShown);
        if (isShown) text = formula;
      }
      if (text.trim() === '') return;
      if (cell.l?.Target) text = linkedText(text, cell.l.Target);
      const range = merged.get(`${row}:${column}`);
      cells.push({
        column: column + 1,
        text,
        ...(range && {
          merged: {
            range: rangeName({
              firstColumn: range.s.c + 1,
              firstRow: range.s.r + 1,
              lastColumn: range.e.c + 1,
              lastRow: range.e.r + 1,
            }),
            lastColumn: range.e.c + 1,
          },
        }),
      });
    });
    builder.row(row + 1, cells, rows[row]?.hidden === true);
  });
  builder.finish();
}

/** The codes of errors in cells (MS-XLS 2.5.10). */
const errors: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};

function shownCell({ t, v, z }: LibraryCell, is1904: boolean): string {
  if (v === undefined || v === null || t === 'z') return '';
  const format = typeof z === 'string' ? z : 'General';
  if (t === 'e') return typeof v === 'number' ? (errors[v] ?? '#ERROR') : String(v);
  if (typeof v === 'boolean') return v ? 'TRUE' : 'FALSE';
  if (typeof v === 'number') return shownNumber(v, format, is1904);
  if (v instanceof Date)
    return v
      .toISOString()
      .replace(/T00:00:00\.000Z$/, '')
      .replace('T', ' ')
      .replace(/\.000Z$/, '');
  return shownText(String(v), format);
}

/** Whether bytes have these letters in UTF-16, as the names of streams in old Office files are. */
function includesWide(bytes: Uint8Array, words: string): boolean {
  const mark = Array.from(words).flatMap((letter) => [letter.charCodeAt(0), 0]);
  const [first = 0] = mark;
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1))
    if (mark.every((byte, index) => bytes[at + index] === byte)) return true;
  return false;
}

const labels: Record<number, string> = {
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  874: 'windows-874',
  1200: 'utf-16le',
  1201: 'utf-16be',
  10000: 'macintosh',
  65001: 'utf-8',
};

/** What the library needs for workbooks before Excel 97, whose text has the code page of its computer. */
const decoders = {
  utils: {
    decode(codePage: number, data: ArrayLike<number>): string {
      const label =
        labels[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'windows-1252');
      return new TextDecoder(label).decode(Uint8Array.from(data));
    },
  },
};
