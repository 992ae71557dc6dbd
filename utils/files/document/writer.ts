import type { Passage, PassageKind, Place } from '../../source';
import { type Cell, tableMarkdown } from './table';

/** An item of a list that is longer is a passage of its own, though it stands below another. */
const longestTogether = 1_500;
/** A heading with more text than this is a paragraph in the clothes of a heading. */
const longestHeading = 1_000;
/** Deeper levels of lists are not set in further. */
const deepestItem = 6;
/** A cell with more text than this, in several blocks, is a piece of a page and not a value. */
const longestValue = 1_500;

/** What a cell holds: its blocks as they would stand outside of the table. */
export interface CellBlocks extends Omit<Cell, 'text'> {
  passages: Passage[];
  /** There is a table in it. */
  holdsTable?: boolean;
}

/** Takes the blocks of a document in their order and makes passages of them. */
export class DocumentWriter {
  readonly passages: Passage[] = [];
  /** There is a table among the blocks. */
  holdsTable = false;
  /** Goes with every passage from here on. */
  place: Place | undefined;
  private item: { length: number; pieces: string[]; passage: Passage } | undefined;
  private code: { pieces: string[]; passage: Passage } | undefined;

  heading(level: number, text: string): void {
    if (text.length > longestHeading) this.paragraph(text);
    else if (text) this.add(`${'#'.repeat(Math.min(6, Math.max(1, level)))} ${text}`, 'heading');
  }

  paragraph(text: string): void {
    this.add(text, 'text');
  }

  quote(text: string): void {
    if (text) this.add(`> ${text.replaceAll('\n', '\n> ')}`, 'quote');
  }

  /** A line of code; lines that follow each other are one block. */
  codeLine(text: string): void {
    if (this.code) this.code.pieces.push(text);
    else if (text.trim() !== '') {
      this.add(text, 'code');
      const passage = this.passages.at(-1);
      if (passage) this.code = { pieces: [text], passage };
    }
  }

  /** An empty paragraph: an empty line where it stands between lines of code. */
  codeBreak(): void {
    this.code?.pieces.push('');
  }

  /**
   * An item of a list.
   * @param depth 0 for the outermost list
   * @param mark `1.` or `(a)` as the document shows it; empty for a bullet
   */
  listItem(depth: number, mark: string, text: string): void {
    if (text === '' && mark === '') return;
    const indent = '  '.repeat(Math.min(depth, deepestItem));
    const first = `${indent}${mark === '' ? '-' : mark} `;
    const line = (first + text.replaceAll('\n', `\n${' '.repeat(first.length)}`)).trimEnd();
    const { item } = this;
    if (item && depth > 0 && item.length + line.length < longestTogether) {
      item.pieces.push(line);
      item.length += line.length + 1;
      return;
    }
    this.add(line, 'list-item');
    const passage = this.passages.at(-1);
    if (passage) this.item = { length: line.length, pieces: [line], passage };
  }

  /** A table of values; one that only lays out a page is read cell by cell. */
  table(rows: readonly (readonly CellBlocks[])[]): void {
    this.holdsTable = true;
    if (!isData(rows)) {
      this.close();
      for (const { passages } of rows.flat()) this.passages.push(...passages.map((one) => this.placed(one)));
      return;
    }
    this.add(
      tableMarkdown(
        rows.map((row) =>
          row.map(({ passages, columns, rows: height }) => ({
            text: textOf(passages),
            columns,
            rows: height,
          })),
        ),
      ),
      'table',
    );
  }

  /** A block that is written already. */
  add(text: string, kind: PassageKind): void {
    if (text.trim() === '') return;
    this.close();
    this.passages.push(this.placed({ text, kind }));
  }

  /** All that was written; nothing more is. */
  finish(): Passage[] {
    this.close();
    return this.passages;
  }

  private placed(passage: Passage): Passage {
    return this.place ? { ...passage, place: this.place } : passage;
  }

  private close(): void {
    if (this.item && this.item.pieces.length > 1) this.item.passage.text = this.item.pieces.join('\n');
    this.item = undefined;
    if (this.code) {
      const lines = this.code.pieces.join('\n').trimEnd();
      let longest = 2;
      for (const [run] of lines.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
      const fence = '`'.repeat(longest + 1);
      this.code.passage.text = `${fence}\n${lines}\n${fence}`;
    }
    this.code = undefined;
  }
}

/** A cell with more blocks is a column of a page. */
const mostBlocks = 6;

function isData(rows: readonly (readonly CellBlocks[])[]): boolean {
  if (rows.every((row) => row.length <= 1)) return false;
  // Columns beside each other, as of a résumé: there is nothing above or below them to compare them with.
  const [only] = rows;
  if (only && rows.length === 1 && only.some(({ passages }) => passages.length > 1)) return false;
  return !rows.some((row) => row.some(isPage));
}

function isPage({ passages, holdsTable }: CellBlocks): boolean {
  if (holdsTable || passages.length > mostBlocks) return true;
  if (passages.length > 1 && passages.some(({ kind }) => kind === 'heading' || kind === 'code')) return true;
  return passages.length > 2 && passages.reduce((sum, { text }) => sum + text.length, 0) > longestValue;
}

/** The blocks of a cell as one text; a heading in a cell is a value like others. */
export const textOf = (passages: readonly Passage[]): string =>
  passages.map(({ text, kind }) => (kind === 'heading' ? text.replace(/^#+ /, '') : text)).join('\n');
