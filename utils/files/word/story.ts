import type { Passage } from '../../source';
import { inlineMarkdown } from '../document/inline';
import { type CellBlocks, DocumentWriter, textOf } from '../document/writer';
import { htmlPassages } from '../html/passages';
import type { XmlElement } from '../markup';
import { chartMarkdown, diagramLines } from '../office/drawing';
import { childOf, chosen, descendantsOf, elementsOf, textIn } from '../office/package';
import { styleOf, type WordDocument } from './document';
import { type Found, RunReader } from './runs';
import { numberingOf, outlineLevel } from './styles';

/** Reads the blocks of one part of a document (the body, a note, a header) into a writer. */
export class Story {
  writer: DocumentWriter;
  private readonly document: WordDocument;
  private readonly part: string;
  private readonly runs: RunReader;
  /** Charts, diagrams and boxes are read once, also where they are tied to twice. */
  private readonly shown = new Set<string>();

  constructor(document: WordDocument, part: string, writer = new DocumentWriter()) {
    this.document = document;
    this.part = part;
    this.writer = writer;
    this.runs = new RunReader(document, part);
  }

  /** All passages of the part. */
  finish(): Passage[] {
    this.writer.paragraph(this.runs.rest());
    return this.writer.finish();
  }

  blocks(parent: XmlElement | undefined): void {
    for (const child of elementsOf(parent)) this.block(child);
  }

  block(element: XmlElement): void {
    switch (element.name) {
      case 'w:p':
        this.paragraph(element);
        break;
      case 'w:tbl':
        this.table(element);
        break;
      case 'w:sdt':
        this.blocks(childOf(element, 'w:sdtContent'));
        break;
      case 'w:del':
      case 'w:moveFrom':
        this.deleted(element);
        break;
      case 'mc:AlternateContent':
        for (const child of chosen(element)) this.block(child);
        break;
      case 'w:altChunk':
        this.chunk(element);
        break;
      case 'w:commentRangeStart':
        this.document.comments.start(element.attributes['w:id'] ?? '');
        break;
      case 'w:commentRangeEnd':
        this.document.comments.end(element.attributes['w:id'] ?? '');
        break;
      case 'm:oMathPara':
      case 'm:oMath':
      case 'w:r':
      case 'w:t':
      case 'w:hyperlink':
        // Words without a paragraph around them are one.
        this.paragraph({ name: 'w:p', attributes: element.attributes, children: [element] });
        break;
      case 'w:sectPr':
      case 'w:sdtPr':
      case 'w:tblPr':
      case 'w:tblGrid':
      case 'w:tcPr':
        break;
      default:
        this.blocks(element);
    }
  }

  private paragraph(paragraph: XmlElement): void {
    const properties = childOf(paragraph, 'w:pPr');
    const id = childOf(properties, 'w:pStyle')?.attributes['w:val'];
    const style = styleOf(this.document, id);
    const found = this.runs.read(paragraph, style);
    const level = outlineLevel(properties) ?? style.level ?? 10;
    const isHeading = level < 10;
    const text = inlineMarkdown(found.runs, isHeading ? { isOneLine: true, isBold: true } : {});
    const mark = this.mark(properties, id);
    // An empty paragraph has no number in Word's own view of it either, but counts.
    if (text === '') this.writer.codeBreak();
    else if (isHeading) this.writer.heading(level, mark?.mark ? `${mark.mark} ${text}` : text);
    else if (mark) this.writer.listItem(mark.depth, mark.mark, text);
    else if (style.role === 'quote') this.writer.quote(text);
    else if (style.role === 'code') this.code(found);
    else this.writer.paragraph(text);
    this.beside(found);
  }

  private code({ runs }: Found): void {
    for (const line of runs
      .map(({ text }) => text)
      .join('')
      .split('\n'))
      this.writer.codeLine(line);
  }

  private mark(properties: XmlElement | undefined, styleId: string | undefined) {
    const own = numberingOf(properties);
    const inherited = styleOf(this.document, styleId).numbering;
    const id = own?.id ?? inherited?.id;
    if (id === undefined || id === '0') return undefined;
    const level =
      own?.level ??
      inherited?.level ??
      (styleId === undefined ? 0 : this.document.numbering.levelOfStyle(id, styleId));
    return this.document.numbering.next(id, level);
  }

  /** What is drawn at a paragraph stands behind it. */
  private beside({ boxes, charts, diagrams }: Found): void {
    const { files, account } = this.document;
    for (const box of boxes) this.blocks(box);
    for (const path of charts) {
      if (this.shown.has(path)) continue;
      this.shown.add(path);
      const markdown = chartMarkdown(files.tree(path));
      if (markdown) this.writer.add(markdown, markdown.includes('|') ? 'table' : 'text');
      account.count('charts');
    }
    for (const path of diagrams) {
      if (this.shown.has(path)) continue;
      this.shown.add(path);
      for (const line of diagramLines(files.tree(path))) this.writer.listItem(0, '', line);
    }
  }

  private deleted(element: XmlElement): void {
    const words = [...descendantsOf(element, 'w:delText'), ...descendantsOf(element, 'w:t')].map(textIn);
    this.document.account.words('deleted-text', words.join(' '));
  }

  private table(table: XmlElement): void {
    const rows: CellBlocks[][] = [];
    /** The cell that reaches down in each column. */
    const reaching = new Map<number, CellBlocks>();
    for (const row of rowsOf(table)) {
      const properties = childOf(row, 'w:trPr');
      if (childOf(properties, 'w:del')) {
        this.deleted(row);
        continue;
      }
      const cells: CellBlocks[] = [];
      let column = numberIn(childOf(properties, 'w:gridBefore'));
      for (let index = 0; index < column; index++) cells.push({ passages: [] });
      for (const cell of cellsOf(row)) {
        const settings = childOf(cell, 'w:tcPr');
        const columns = Math.max(1, numberIn(childOf(settings, 'w:gridSpan')));
        const merge = childOf(settings, 'w:vMerge');
        const above = reaching.get(column);
        if (merge && merge.attributes['w:val'] !== 'restart' && above) above.rows = (above.rows ?? 1) + 1;
        else {
          const read = { ...this.cell(cell), columns, rows: 1 };
          cells.push(read);
          if (merge) reaching.set(column, read);
          else reaching.delete(column);
        }
        column += columns;
      }
      rows.push(cells);
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

  /** Another document put into this one as a whole; what is a page or a text is read, of others it is said. */
  private chunk(element: XmlElement): void {
    const { files, account } = this.document;
    const target = files.relationship(this.part, element.attributes['r:id'])?.target ?? '';
    const isPage = /\.x?html?$/i.test(target);
    const text = isPage || /\.txt$/i.test(target) ? files.text(target) : undefined;
    if (text === undefined) account.count('embedded-files', target.replace(/^.*\//, ''));
    else if (isPage)
      for (const { text: words, kind } of htmlPassages(text).passages) this.writer.add(words, kind);
    else for (const piece of text.split(/\n\s*\n/)) this.writer.paragraph(piece.trim());
  }
}

/** Up to a thousand columns and cells: more are a trap. */
const numberIn = (element: XmlElement | undefined): number => {
  const value = Number(element?.attributes['w:val'] ?? 0);
  return Number.isInteger(value) && value > 0 ? Math.min(value, 1_000) : 0;
};

const rowsOf = (table: XmlElement): XmlElement[] => partsOf(table, 'w:tr', 'w:tblPr');
const cellsOf = (row: XmlElement): XmlElement[] => partsOf(row, 'w:tc', 'w:trPr');

/** Rows of a table or cells of a row, also those in content controls and tracked changes. */
function partsOf(parent: XmlElement, name: string, settings: string): XmlElement[] {
  const found: XmlElement[] = [];
  const stack = elementsOf(parent).reverse();
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at.name === name) found.push(at);
    else if (at.name !== settings && at.name !== 'w:sdtPr' && at.name !== 'w:tbl')
      stack.push(...elementsOf(at).reverse());
  }
  return found;
}

/** All of a part on one line, as notes and headers are. */
export function oneLine(story: Story): string {
  return textOf(story.finish())
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}
