import type { Passage } from '../../source';
import { inlineMarkdown, type Run } from '../document/inline';
import { type CellBlocks, DocumentWriter } from '../document/writer';
import type { StyleRole } from '../word/styles';

/** What holds for the paragraph that is being read. */
export interface ParagraphState {
  level?: number;
  role?: StyleRole;
  /** Tables around it, 0 for none. */
  tables: number;
  depth: number;
}

interface CellDefinition {
  right: number;
  isMergedAcross: boolean;
  isMergedDown: boolean;
  beginsDown: boolean;
}

interface Row {
  cells: CellBlocks[];
  definitions: CellDefinition[];
}

interface Table {
  rows: Row[];
  cells: CellBlocks[];
  writer: DocumentWriter;
}

/** Edges of cells that are closer than this, in twentieths of a point, are the same edge. */
const sameEdge = 30;
/** Tables in tables that are read as such. */
const deepestTable = 20;

/** A body, a note, a header: paragraphs and tables as they come. */
export class RtfStory {
  readonly writer = new DocumentWriter();
  private readonly tables: Table[] = [];
  private runs: Run[] = [];
  private boxes: Passage[] = [];
  /** The number in front of the paragraph, as it was written by the program. */
  private mark: string | undefined;
  private definitions: CellDefinition[] = [];
  private next = { isMergedAcross: false, isMergedDown: false, beginsDown: false };

  add(run: Run): void {
    const last = this.runs.at(-1);
    // Letters of many scripts come one by one.
    if (last && isAlike(last, run)) last.text += run.text;
    else this.runs.push(run);
  }

  /** The text of a box that is drawn here; it stands behind the paragraph. */
  beside(passages: Passage[]): void {
    this.boxes.push(...passages);
  }

  listMark(text: string): void {
    this.mark = text.replace(/\s+/g, ' ').trim();
  }

  /** Ends a paragraph. */
  paragraph(state: ParagraphState): void {
    const { runs, mark } = this;
    this.runs = [];
    this.mark = undefined;
    const writer = this.writerAt(Math.min(state.tables, deepestTable));
    const isHeading = state.level !== undefined && state.level < 10;
    const text = inlineMarkdown(runs, isHeading ? { isOneLine: true, isBold: true } : {});
    const number = mark !== undefined && /[\p{L}\p{N}]/u.test(mark) && mark.length < 30 ? mark : '';
    if (text === '') writer.codeBreak();
    else if (isHeading) writer.heading(state.level ?? 1, number ? `${number} ${text}` : text);
    else if (mark !== undefined) writer.listItem(state.depth, number === 'o' ? '' : number, text);
    else if (state.role === 'quote') writer.quote(text);
    else if (state.role === 'code')
      for (const line of runs
        .map((run) => run.text)
        .join('')
        .split('\n'))
        writer.codeLine(line);
    else writer.paragraph(text);
    for (const box of this.boxes.splice(0)) writer.add(box.text, box.kind);
  }

  /** Ends a cell of the innermost table, or of the outermost one. */
  cell(state: ParagraphState, isNested: boolean): void {
    const level = Math.min(isNested ? Math.max(2, state.tables) : 1, deepestTable);
    this.paragraph({ ...state, tables: level });
    const table = this.tables[level - 1];
    if (!table) return;
    table.cells.push({ passages: table.writer.finish(), holdsTable: table.writer.holdsTable });
    table.writer = new DocumentWriter();
  }

  row(state: ParagraphState, isNested: boolean): void {
    const level = Math.min(isNested ? Math.max(2, state.tables) : 1, deepestTable);
    this.writerAt(level);
    const table = this.tables[level - 1];
    if (!table) return;
    // Words behind the last cell of a row are in no cell, and not lost.
    const rest = table.writer.finish();
    if (rest.length > 0) table.cells.push({ passages: rest });
    table.writer = new DocumentWriter();
    table.rows.push({ cells: table.cells, definitions: this.definitions });
    table.cells = [];
  }

  newRow(): void {
    this.definitions = [];
    this.next = { isMergedAcross: false, isMergedDown: false, beginsDown: false };
  }

  merge(word: string): void {
    if (word === 'clmrg') this.next.isMergedAcross = true;
    else if (word === 'clvmrg') this.next.isMergedDown = true;
    else if (word === 'clvmgf') this.next.beginsDown = true;
  }

  edge(right: number): void {
    this.definitions.push({ right, ...this.next });
    this.next = { isMergedAcross: false, isMergedDown: false, beginsDown: false };
  }

  finish(state: ParagraphState): DocumentWriter {
    this.paragraph(state);
    this.writerAt(0);
    return this.writer;
  }

  /** The writer for text in so many tables; tables that are deeper have ended. */
  private writerAt(level: number): DocumentWriter {
    while (this.tables.length > level) {
      const table = this.tables.pop() as Table;
      const rest = table.writer.finish();
      if (rest.length > 0) table.cells.push({ passages: rest });
      if (table.cells.length > 0) table.rows.push({ cells: table.cells, definitions: [] });
      (this.tables.at(-1)?.writer ?? this.writer).table(spanned(table.rows));
    }
    while (this.tables.length < level)
      this.tables.push({ rows: [], cells: [], writer: new DocumentWriter() });
    return this.tables.at(-1)?.writer ?? this.writer;
  }
}

const isAlike = (one: Run, other: Run) =>
  !one.isReady &&
  !other.isReady &&
  Boolean(one.bold) === Boolean(other.bold) &&
  Boolean(one.italic) === Boolean(other.italic) &&
  Boolean(one.strike) === Boolean(other.strike) &&
  one.raised === other.raised &&
  one.link === other.link;

/** Cells with the columns and rows that they span, by the edges of all cells of the table. */
function spanned(rows: Row[]): CellBlocks[][] {
  const edges = edgesOf(rows);
  const indexOf = (right: number) => {
    let low = 0;
    let high = edges.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((edges[middle] ?? 0) < right - sameEdge) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const reaching = new Map<number, CellBlocks>();
  return rows.map(({ cells, definitions }) => {
    const result: CellBlocks[] = [];
    let column = 0;
    let last: CellBlocks | undefined;
    for (const [index, cell] of cells.entries()) {
      const definition = definitions[index];
      const end = definition ? indexOf(definition.right) + 1 : column + 1;
      const columns = Math.max(1, end - column);
      if (definition?.isMergedAcross && last) last.columns = (last.columns ?? 1) + columns;
      else if (definition?.isMergedDown && reaching.has(column)) {
        const above = reaching.get(column) as CellBlocks;
        above.rows = (above.rows ?? 1) + 1;
        last = undefined;
      } else {
        last = { ...cell, columns, rows: 1 };
        result.push(last);
        if (definition?.beginsDown) reaching.set(column, last);
        else reaching.delete(column);
      }
      column += columns;
    }
    return result;
  });
}

function edgesOf(rows: Row[]): number[] {
  const all = rows
    .flatMap(({ definitions }) => definitions.map(({ right }) => right))
    .sort((one, other) => one - other);
  const edges: number[] = [];
  for (const edge of all) {
    const last = edges.at(-1);
    if (last === undefined || edge > last + sameEdge) edges.push(edge);
  }
  return edges;
}
