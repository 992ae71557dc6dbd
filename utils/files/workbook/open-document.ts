/** `.ods` and `.fods`: OpenDocument keeps with each cell the text that it shows. */

import { AppError } from '../../errors';
import type { Archive } from '../archive';
import { XmlReader } from '../markup';
import type { BookText, SheetBuilder } from './book-text';
import { HiddenColumns, rangeName } from './cell-names';
import { linkedText } from './links';
import type { SheetCell } from './sheet-text';
import { shownNumber } from './shown-number';

const namespaces = {
  namespaces: Object.fromEntries(
    ['office', 'table', 'text', 'style', 'manifest'].map((name) => [
      `urn:oasis:names:tc:opendocument:xmlns:${name}:1.0`,
      name,
    ]),
  ),
};
const others = {
  namespaces: {
    ...namespaces.namespaces,
    'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0': 'draw',
    'http://purl.org/dc/elements/1.1/': 'dc',
    'http://www.w3.org/1999/xlink': 'xlink',
  },
};

/** @throws AppError file-locked, file-broken */
export async function readOpenDocument(archive: Archive, book: BookText): Promise<void> {
  const { name } = book.context;
  const manifest = archive.text('META-INF/manifest.xml');
  if (manifest !== undefined && /encryption-data/.test(manifest)) throw new AppError('file-locked', { name });
  const text = archive.text('content.xml');
  if (text === undefined) throw new AppError('file-broken', { name });
  await readOpenContent(text, book);
  if (archive.entries.some(({ path, isDirectory }) => !isDirectory && /^Basic\/.+\/.+\.xml$/.test(path)))
    book.miss('macros', 1);
}

/** Reads `content.xml`, or a flat document, which has everything in one file. */
export async function readOpenContent(text: string, book: BookText): Promise<void> {
  const reader = new OpenReader(text, book);
  while (reader.next()) if (book.isDue) await book.breathe(reader.rows);
}

/** More cells than this that repeat the one before are no table but a filled sheet: a bomb, or a background. */
const mostColumns = 16_384;

class OpenReader {
  private readonly xml: XmlReader;
  private readonly book: BookText;
  private readonly hiddenStyles = new Set<string>();
  private sheet: SheetBuilder | undefined;
  private name = '';
  private row = 0;
  private column = 0;
  private hidden = new HiddenColumns();
  /** The style that is being read. */
  private style = '';

  constructor(text: string, book: BookText) {
    this.xml = new XmlReader(text, others);
    this.book = book;
  }

  get rows(): number {
    return this.sheet?.rowsSoFar ?? 0;
  }

  /** Reads on to the next row or sheet; false at the end. */
  next(): boolean {
    const { xml } = this;
    while (xml.next()) {
      const { kind, name, attributes } = xml;
      if (kind === 'close') {
        if (name === 'table:table' && this.name !== '') {
          this.sheet?.finish();
          this.sheet = undefined;
          this.name = '';
          return true;
        }
        continue;
      }
      if (kind !== 'open') continue;
      if (name === 'style:style') this.style = attributes['style:name'] ?? '';
      else if (name === 'style:table-properties') {
        if (attributes['table:display'] === 'false') this.hiddenStyles.add(this.style);
      } else if (name === 'office:event-listeners' || name === 'table:tracked-changes') xml.skip();
      else if (name === 'table:table') this.openSheet(attributes);
      else if (this.name === '') continue;
      else if (name === 'table:table-column') this.readColumn(attributes);
      else if (name === 'table:table-row') {
        this.readRow(attributes);
        return true;
      } else if (name === 'table:shapes') this.readShapes();
    }
    if (!xml.isWellFormed) this.book.miss('unread-parts', 1, this.name || undefined);
    return false;
  }

  private openSheet(attributes: Readonly<Record<string, string>>): void {
    this.name = attributes['table:name'] || 'Sheet';
    this.row = 0;
    this.column = 0;
    this.hidden = new HiddenColumns();
    const isHidden =
      this.hiddenStyles.has(attributes['table:style-name'] ?? '') || attributes['table:display'] === 'false';
    this.sheet = this.book.sheet(this.name, isHidden);
    if (!this.sheet) {
      this.xml.skip();
      this.name = '';
      return;
    }
    const { hidden } = this;
    this.sheet.hiddenColumns = (column) => hidden.has(column);
  }

  private readColumn(attributes: Readonly<Record<string, string>>): void {
    const count = countOf(attributes['table:number-columns-repeated']);
    if (isCollapsed(attributes)) this.hidden.add(this.column + 1, this.column + count);
    this.column += count;
  }

  private readRow(attributes: Readonly<Record<string, string>>): void {
    const { xml, sheet } = this;
    const repeated = countOf(attributes['table:number-rows-repeated']);
    const isHidden = isCollapsed(attributes);
    const first = this.row + 1;
    this.row += repeated;
    const cells: SheetCell[] = [];
    const outside = xml.depth;
    let column = 1;
    while (xml.next() && !isClosed(xml, outside)) {
      if (xml.kind !== 'open') continue;
      const count = countOf(xml.attributes['table:number-columns-repeated']);
      if (xml.name === 'table:table-cell') {
        const cell = this.readCell(column, first);
        for (let copy = 0; cell && copy < Math.min(count, mostColumns); copy++) {
          this.book.budget.take(1);
          cells.push(copy === 0 ? cell : { column: column + copy, text: cell.text });
        }
        column += count;
      } else if (xml.name === 'table:covered-table-cell') {
        // Text may be left over below a merged cell; nobody sees it.
        xml.skip();
        column += count;
      }
    }
    if (repeated > 1 && sheet)
      this.book.budget.refuse(repeated * cells.reduce((sum, { text }) => sum + text.length + 1, 0));
    if (cells.length > 0)
      for (let row = first; row < first + repeated; row++) sheet?.row(row, cells, isHidden);
  }

  private readCell(column: number, row: number): SheetCell | undefined {
    const { xml, sheet } = this;
    const { attributes } = xml;
    const written = this.readWords(column, row);
    const formula = attributes['table:formula'];
    const type = attributes['office:value-type'];
    let text = shownValue(type, attributes, written.text);
    if (formula !== undefined && sheet) {
      const isShown = text === '' && type === undefined;
      const readable = readableFormula(formula);
      sheet.formula({ column, row, text: readable }, isShown);
      if (isShown) text = readable;
    }
    if (text.trim() === '') return undefined;
    if (written.link && type !== 'date') text = linkedText(text, written.link);
    const columns = countOf(attributes['table:number-columns-spanned']);
    const rows = countOf(attributes['table:number-rows-spanned']);
    if (columns === 1 && rows === 1) return { column, text };
    const lastColumn = column + columns - 1;
    const range = rangeName({ firstColumn: column, firstRow: row, lastColumn, lastRow: row + rows - 1 });
    return { column, text, merged: { range, lastColumn } };
  }

  /** Up to the end of a cell or a note: its paragraphs. */
  private readWords(column: number, row: number): { text: string; link?: string } {
    const { xml } = this;
    const outside = xml.depth;
    const paragraphs: string[] = [];
    let link: string | undefined;
    let inParagraph = 0;
    const add = (words: string) => {
      if (inParagraph > 0) paragraphs[paragraphs.length - 1] += words;
    };
    while (xml.next() && !isClosed(xml, outside)) {
      const { kind, name } = xml;
      if (kind === 'text') add(xml.text.replace(/[\t\r\n ]+/g, ' '));
      else if (kind === 'close') {
        if (name === 'text:p' || name === 'text:h') inParagraph--;
      } else if (name === 'text:p' || name === 'text:h') {
        if (inParagraph++ === 0) paragraphs.push('');
        else add('\n');
      } else if (name === 'text:s') add(' '.repeat(Math.min(countOf(xml.attributes['text:c']), 1_000)));
      else if (name === 'text:tab') add('\t');
      else if (name === 'text:line-break') add('\n');
      else if (name === 'text:a') link ??= xml.attributes['xlink:href'];
      else if (name === 'office:annotation') this.readComment(column, row);
      else if (name === 'draw:frame') this.readFrame();
      else if (name === 'draw:custom-shape' || name === 'text:ruby-text') xml.skip();
    }
    return { text: paragraphs.join('\n'), link };
  }

  private readComment(column: number, row: number): void {
    const { xml, sheet } = this;
    const outside = xml.depth;
    let author: string | undefined;
    const lines: string[] = [];
    let inside = '';
    while (xml.next() && !isClosed(xml, outside)) {
      if (xml.kind === 'open') {
        if (xml.name === 'dc:creator' || xml.name === 'dc:date') inside = xml.name;
        else if (xml.name === 'text:p') {
          inside = 'text';
          lines.push('');
        }
      } else if (xml.kind === 'text') {
        if (inside === 'dc:creator') author = xml.text;
        else if (inside === 'text') lines[lines.length - 1] += xml.text;
      } else if (/^(?:dc:|text:p$)/.test(xml.name)) inside = '';
    }
    sheet?.comment({ column, row, author, text: lines.join('\n').trim() });
  }

  private readShapes(): void {
    const { xml } = this;
    const outside = xml.depth;
    while (xml.next() && !isClosed(xml, outside))
      if (xml.kind === 'open' && xml.name === 'draw:frame') this.readFrame();
  }

  /** A chart or another object, a picture, or a text box. */
  private readFrame(): void {
    const { xml, book, name } = this;
    const outside = xml.depth;
    let what: 'charts' | 'pictures' | undefined;
    while (xml.next() && !isClosed(xml, outside)) {
      if (xml.kind !== 'open') continue;
      if (xml.name === 'draw:object' || xml.name === 'draw:object-ole') what = 'charts';
      else if (xml.name === 'draw:image') what ??= 'pictures';
      else if (xml.name === 'draw:text-box') {
        const { text } = this.readWords(1, 1);
        this.sheet?.box({ column: 1, row: Math.max(1, this.row), text });
      }
    }
    if (what) book.miss(what, 1, name);
  }
}

const isClosed = (xml: XmlReader, outside: number): boolean => xml.kind === 'close' && xml.depth < outside;

const isCollapsed = (attributes: Readonly<Record<string, string>>): boolean =>
  attributes['table:visibility'] === 'collapse' || attributes['table:visibility'] === 'filter';

const countOf = (value: string | undefined): number =>
  Math.max(1, Math.min(Number(value ?? 1) || 1, 16_777_216));

function shownValue(
  type: string | undefined,
  attributes: Readonly<Record<string, string>>,
  shown: string,
): string {
  if (type === 'date') {
    const date = attributes['office:date-value'];
    if (date) return date.replace(/T00:00:00(?:\.0+)?$/, '').replace('T', ' ');
  }
  if (type === 'boolean') return (attributes['office:boolean-value'] ?? shown).toUpperCase();
  if (shown !== '') return shown;
  // Programs that write no text leave the value alone.
  const value = attributes['office:value'];
  if (value !== undefined) return shownNumber(Number(value), type === 'percentage' ? '0.##%' : 'General');
  return attributes['office:string-value'] ?? attributes['office:time-value'] ?? '';
}

/** `of:=SUM([.A1:.B2];[$Costs.C3])` -> `=SUM(A1:B2;Costs!C3)`. */
function readableFormula(formula: string): string {
  return formula.replace(/^(?:of|oooc|msoxl):/, '').replace(/\[([^\]]*)\]/g, (_, reference: string) =>
    reference
      .split(':')
      .map((part) => part.replace(/^\./, '').replace(/^\$?('(?:[^']|'')*'|[^.']+)\./, '$1!'))
      .join(':'),
  );
}
