import { inlineMarkdown } from '../document/inline';
import { type CellBlocks, DocumentWriter } from '../document/writer';
import type { XmlElement } from '../markup';
import { descendantsOf, elementsOf, textIn } from '../office/package';
import { type Beside, type OpenReading, readDrawing, readRuns } from './inline';
import { type Counters, nextMark } from './lists';
import { keyOf, type OpenStyle } from './styles';

/** Rows and columns that a file repeats; what is empty is repeated for nothing. */
const mostRepeated = 1_000;

interface List {
  depth: number;
  style: string;
  counters: Counters;
}

/** Reads the blocks of an OpenDocument file into a writer. */
export class OpenStory {
  writer: DocumentWriter;
  private readonly reading: OpenReading;
  private readonly outline: Counters = [];
  /** The counters of each list style, for lists that go on. */
  private readonly lists = new Map<string, Counters>();

  constructor(reading: OpenReading, writer = new DocumentWriter()) {
    this.reading = reading;
    this.writer = writer;
  }

  blocks(parent: XmlElement | undefined): void {
    for (const child of elementsOf(parent)) this.block(child);
  }

  block(element: XmlElement, list?: List): void {
    const { name, attributes } = element;
    if (name === 'text:h') this.heading(element);
    else if (name === 'text:p') this.paragraph(element);
    else if (name === 'text:list') this.list(element, list);
    else if (name === 'table:table') this.table(element);
    else if (name === 'text:tracked-changes') this.deleted(element);
    else if (name === 'text:section' && /^(?:none|condition)$/.test(attributes['text:display'] ?? ''))
      this.reading.account.words('hidden', textIn(element));
    else if (name.startsWith('draw:')) this.drawing(element);
    else if (
      /^(?:office:forms|text:sequence-decls|text:variable-decls|text:user-field-decls|svg:title|svg:desc|office:binary-data|table:shapes|presentation:notes|dc:\w+)$/.test(
        name,
      )
    )
      return;
    // Indexes, sections, changes: what they hold are blocks.
    else if (!name.startsWith('style:') && !/-source$|-template$/.test(name)) this.blocks(element);
  }

  private styleOf(element: XmlElement): OpenStyle {
    return this.reading.styles.styles.get(keyOf('paragraph', element.attributes['text:style-name'])) ?? {};
  }

  private heading(element: XmlElement): void {
    const level = Math.max(1, Number(element.attributes['text:outline-level'] ?? 1) || 1);
    const { runs, beside } = readRuns(element, this.reading, this.styleOf(element));
    const text = inlineMarkdown(runs, { isOneLine: true, isBold: true });
    const { outline } = this.reading.styles;
    const isNumbered =
      outline[level - 1]?.isNumbered && element.attributes['text:is-list-header'] !== 'true' && text !== '';
    const mark = isNumbered ? nextMark(outline, this.outline, level - 1) : '';
    this.writer.heading(level, mark ? `${mark} ${text}` : text);
    this.beside(beside);
  }

  private paragraph(element: XmlElement, mark?: { depth: number; text: string }): void {
    const style = this.styleOf(element);
    const { runs, beside } = readRuns(element, this.reading, style);
    const isHeading = !mark && style.level !== undefined;
    const text = inlineMarkdown(runs, isHeading ? { isOneLine: true, isBold: true } : {});
    if (mark) this.writer.listItem(mark.depth, mark.text, text);
    else if (text === '') this.writer.codeBreak();
    else if (isHeading) this.writer.heading(style.level ?? 1, text);
    else if (style.role === 'quote') this.writer.quote(text);
    else if (style.role === 'code') {
      const lines = runs.map((run) => run.text).join('');
      for (const line of lines.split('\n')) this.writer.codeLine(line);
    } else this.writer.paragraph(text);
    this.beside(beside);
  }

  private list(element: XmlElement, outer?: List): void {
    const { attributes } = element;
    const style = attributes['text:style-name'] ?? outer?.style ?? '';
    const depth = outer ? Math.min(outer.depth + 1, 9) : 0;
    const goesOn =
      attributes['text:continue-numbering'] === 'true' || attributes['text:continue-list'] !== undefined;
    const counters = outer?.counters ?? (goesOn ? this.lists.get(style) : undefined) ?? [];
    if (!outer) this.lists.set(style, counters);
    const levels = this.reading.styles.lists.get(style) ?? [];
    for (const item of elementsOf(element)) {
      const isHeader = item.name === 'text:list-header';
      if (!isHeader && item.name !== 'text:list-item') continue;
      const value = Number(item.attributes['text:start-value'] ?? Number.NaN);
      let isFirst = !isHeader;
      for (const child of elementsOf(item)) {
        if (child.name === 'text:p' && isFirst) {
          isFirst = false;
          const text = nextMark(levels, counters, depth, Number.isInteger(value) ? value : undefined);
          this.paragraph(child, { depth, text });
        } else this.block(child, { depth, style, counters });
      }
    }
  }

  private table(table: XmlElement): void {
    const rows: CellBlocks[][] = [];
    for (const row of rowsOf(table)) {
      const cells: CellBlocks[] = [];
      for (const cell of elementsOf(row)) {
        if (cell.name !== 'table:table-cell') continue;
        const read = {
          ...this.cell(cell),
          columns: Number(cell.attributes['table:number-columns-spanned'] ?? 1),
          rows: Number(cell.attributes['table:number-rows-spanned'] ?? 1),
        };
        const times = repeatsOf(cell, 'table:number-columns-repeated', read.passages.length === 0);
        for (let count = 0; count < times; count++) cells.push(read);
      }
      const isEmpty = cells.every(({ passages }) => passages.length === 0);
      const times = repeatsOf(row, 'table:number-rows-repeated', isEmpty);
      for (let count = 0; count < times; count++) rows.push(cells);
    }
    this.writer.table(rows);
  }

  private cell(cell: XmlElement): CellBlocks {
    const outer = this.writer;
    this.writer = new DocumentWriter();
    this.blocks(cell);
    const { holdsTable } = this.writer;
    const passages = this.writer.finish();
    this.writer = outer;
    return { passages, holdsTable };
  }

  private drawing(element: XmlElement): void {
    const context = { reading: this.reading, runs: [], beside: { boxes: [], charts: [] } };
    readDrawing(element, context);
    this.writer.paragraph(inlineMarkdown(context.runs));
    this.beside(context.beside);
  }

  private beside({ boxes, charts }: Beside): void {
    for (const box of boxes) this.box(box);
    for (const chart of charts) {
      const [title] = descendantsOf(chart, 'chart:title');
      this.writer.paragraph(textIn(title).replace(/\s+/g, ' ').trim());
      for (const table of descendantsOf(chart, 'table:table')) this.table(table);
    }
  }

  /** The blocks in a drawing, however many frames and groups are around them. */
  private box(drawing: XmlElement): void {
    for (const child of elementsOf(drawing)) {
      if (
        /^(?:draw:(?:image|object|object-ole|plugin|enhanced-geometry|glue-point)|svg:\w+)$/.test(child.name)
      )
        continue;
      if (child.name.startsWith('draw:')) this.box(child);
      else this.block(child);
    }
  }

  private deleted(changes: XmlElement): void {
    for (const deletion of descendantsOf(changes, 'text:deletion')) {
      const words = elementsOf(deletion)
        .filter(({ name }) => name !== 'office:change-info')
        .map(textIn);
      this.reading.account.words('deleted-text', words.join(' '));
    }
  }
}

function repeatsOf(element: XmlElement, attribute: string, isEmpty: boolean): number {
  const value = Number(element.attributes[attribute] ?? 1);
  if (!Number.isInteger(value) || value < 1 || isEmpty) return 1;
  return Math.min(value, mostRepeated);
}

/** The rows of a table, also those in groups and heads, without those of tables inside. */
function rowsOf(table: XmlElement): XmlElement[] {
  const rows: XmlElement[] = [];
  const stack = elementsOf(table).reverse();
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at.name === 'table:table-row') rows.push(at);
    else if (/^table:table-(?:header-rows|rows|row-group)$/.test(at.name))
      stack.push(...elementsOf(at).reverse());
  }
  return rows;
}
