/** One sheet of an Office Open XML workbook, with what hangs on it. Only cells that are there are ever looked at. */

import type { Archive } from '../archive';
import { XmlReader } from '../markup';
import type { BookText, SheetBuilder } from './book-text';
import { type CellRange, cellName, HiddenColumns, parseCellName, parseRange, rangeName } from './cell-names';
import { linkedText } from './links';
import { isTrue, type SheetEntry } from './ooxml';
import { readComments, readDrawing, readTableName } from './ooxml-extras';
import { decodeEscapes, namespaces, relationsOf, richText } from './package';
import type { SheetCell } from './sheet-text';
import { shownNumber, shownText } from './shown-number';

export interface SheetContext {
  /** Undefined when the part is missing. */
  strings: string[] | undefined;
  /** By the number of the style. */
  formats: string[];
  people: Map<string, string>;
  is1904: boolean;
}

/** Rows between two looks at the clock. */
const rowsAtOnce = 256;

/** Reads a sheet into the book; gives the tables on it with their ranges. */
export async function readSheet(
  archive: Archive,
  part: string,
  { name, isHidden }: SheetEntry,
  context: SheetContext,
  book: BookText,
): Promise<[name: string, range: string][]> {
  const sheet = book.sheet(name, isHidden);
  if (!sheet) return [];
  const text = archive.text(part);
  if (text === undefined) {
    book.miss('unread-parts', 1, name);
    return [];
  }
  const relations = relationsOf(archive, part);
  const links = new Map(
    relations.filter(({ isExternal }) => isExternal).map(({ id, target }) => [id, target]),
  );
  const reader = new SheetReader(text, sheet, context, links);
  while (reader.next()) if (reader.rows % rowsAtOnce === 0 && book.isDue) await book.breathe(sheet.rowsSoFar);
  if (reader.isDamaged) book.miss('unread-parts', 1, name);
  const tables: [string, string][] = [];
  const threaded = relations.find(({ type }) => type === 'threadedComment');
  const comments = relations.find(({ type }) => type === 'comments');
  readComments(
    sheet,
    archive.text(comments?.target ?? ''),
    archive.text(threaded?.target ?? ''),
    context.people,
  );
  for (const { type, target } of relations) {
    if (type === 'drawing') readDrawing(archive, target, sheet, book);
    else if (type === 'table') {
      const table = readTableName(archive.text(target));
      if (table) tables.push([table.name, `${name}!${table.range}`]);
    }
  }
  sheet.finish();
  return tables;
}

/** Where the cells are beyond which something stands: the number of a cell in one number. */
const keyOf = (column: number, row: number) => row * 16_384 + column;

class SheetReader {
  rows = 0;
  isDamaged = false;
  private readonly xml: XmlReader;
  private readonly sheet: SheetBuilder;
  private readonly context: SheetContext;
  private readonly merged = new Map<number, CellRange>();
  private readonly linked = new Map<number, string>();
  private readonly fills = new Map<string, string>();
  private readonly hidden = new HiddenColumns();
  private row = 0;

  constructor(text: string, sheet: SheetBuilder, context: SheetContext, links: Map<string, string>) {
    this.xml = new XmlReader(text, namespaces);
    this.sheet = sheet;
    this.context = context;
    this.readTail(text, links);
    sheet.hiddenColumns = (column) => this.hidden.has(column);
  }

  /** Merged cells and links stand behind all rows, and are needed with them. */
  private readTail(text: string, links: Map<string, string>): void {
    const xml = new XmlReader(text.slice(Math.max(0, text.lastIndexOf('sheetData'))), namespaces);
    while (xml.next()) {
      if (xml.kind !== 'open') continue;
      const name = xml.name.slice(xml.name.indexOf(':') + 1);
      const range =
        name === 'mergeCell' || name === 'hyperlink' ? parseRange(xml.attributes.ref ?? '') : undefined;
      if (!range) continue;
      const key = keyOf(range.firstColumn, range.firstRow);
      if (name === 'mergeCell') this.merged.set(key, range);
      else {
        const id = Object.entries(xml.attributes).find(([attribute]) => /(?:^|:)id$/.test(attribute))?.[1];
        const target = links.get(id ?? '');
        if (target) this.linked.set(key, target);
      }
    }
  }

  /** Reads on to the end of the next row; false at the end of the sheet. */
  next(): boolean {
    const { xml } = this;
    while (xml.next()) {
      if (xml.kind !== 'open') continue;
      if (xml.name === 'row') {
        this.readRow();
        this.rows++;
        return true;
      }
      if (xml.name === 'col') this.readColumn(xml.attributes);
    }
    this.isDamaged ||= !xml.isWellFormed;
    return false;
  }

  private readColumn({ min, max, hidden, width }: Readonly<Record<string, string>>): void {
    const first = Number(min);
    if (first > 0 && (isTrue(hidden) || Number(width) === 0)) this.hidden.add(first, Number(max ?? min));
  }

  private readRow(): void {
    const { xml, sheet } = this;
    const { r, hidden } = xml.attributes;
    const said = parseCellName(`A${r ?? ''}`)?.row;
    const row = said ?? this.row + 1;
    this.row = row;
    const isHidden = isTrue(hidden);
    const cells: SheetCell[] = [];
    let isSorted = true;
    let column = 0;
    const outside = xml.depth;
    while (xml.next()) {
      if (xml.kind === 'close' && xml.depth < outside) break;
      if (xml.kind !== 'open' || xml.name !== 'c') continue;
      const named = parseCellName(xml.attributes.r ?? '');
      const at = named?.column ?? column + 1;
      isSorted &&= at > column;
      column = at;
      const text = this.readCell(at, row);
      if (text.trim() === '') continue;
      const range = this.merged.get(keyOf(at, row));
      const target = this.linked.get(keyOf(at, row));
      const cell: SheetCell = { column: at, text: target ? linkedText(text, target) : text };
      if (range) cell.merged = { range: rangeName(range), lastColumn: range.lastColumn };
      cells.push(cell);
    }
    sheet.row(row, isSorted ? cells : cells.sort((one, other) => one.column - other.column), isHidden);
  }

  private readCell(column: number, row: number): string {
    const { xml, context } = this;
    const { s, t } = xml.attributes;
    const outside = xml.depth;
    let value: string | undefined;
    let formula: { text: string; type?: string; fill?: string; range?: string } | undefined;
    let part = '';
    while (xml.next()) {
      if (xml.kind === 'close') {
        if (xml.depth < outside) break;
        part = '';
      } else if (xml.kind === 'text') {
        if (part === 'v') value += xml.text;
        else if (part === 'f' && formula) formula.text += xml.text;
      } else if (xml.name === 'v') {
        part = 'v';
        value ??= '';
      } else if (xml.name === 'f') {
        part = 'f';
        const { t: type, si: fill, ref: range } = xml.attributes;
        formula = { text: '', type, fill, range };
      } else if (xml.name === 'is') value = richText(xml);
      else xml.skip();
    }
    const text =
      value === undefined ? '' : this.shown(value, t ?? 'n', context.formats[Number(s)] ?? 'General');
    // Programs that do not calculate leave the value out, or empty; a formula may also give an empty text.
    const isCalculated = value !== undefined && (t === 'str' || value.trim() !== '');
    return formula ? this.withFormula(column, row, formula, isCalculated, text) : text;
  }

  /** Notes a formula; its cell shows the value that was saved, or the formula where it was never calculated. */
  private withFormula(
    column: number,
    row: number,
    { text, type, fill, range }: { text: string; type?: string; fill?: string; range?: string },
    isCalculated: boolean,
    shown: string,
  ): string {
    const isFill = type === 'shared' && fill !== undefined;
    const own =
      text.trim() === '' ? undefined : type === 'array' ? `{=${text}} in ${range ?? ''}` : `=${text}`;
    if (isFill && own && !this.fills.has(fill))
      this.fills.set(fill, `${own} (filled on from ${cellName(column, row)})`);
    this.sheet.formula({ column, row, text: own, ...(isFill ? { fill } : {}) }, !isCalculated);
    return isCalculated ? shown : (own ?? this.fills.get(fill ?? '') ?? '');
  }

  private shown(value: string, type: string, format: string): string {
    const { strings, is1904 } = this.context;
    switch (type) {
      case 's': {
        const text = strings?.[Number(value)];
        if (text === undefined) this.isDamaged ||= value.trim() !== '';
        return text === undefined ? '' : shownText(text, format);
      }
      case 'b':
        return value.trim() === '0' ? 'FALSE' : value.trim() === '1' ? 'TRUE' : value;
      case 'd':
        return value
          .trim()
          .replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '')
          .replace('T', ' ');
      case 'e':
        return value;
      case 'str':
      case 'inlineStr':
        return shownText(type === 'str' ? decodeEscapes(value) : value, format);
      default: {
        const number = Number(value);
        if (value.trim() === '') return '';
        return Number.isNaN(number) ? value : shownNumber(number, format, is1904);
      }
    }
  }
}
