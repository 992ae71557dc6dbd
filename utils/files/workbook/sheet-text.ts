/**
 * Rows of cells -> passages of text, in as few tokens as can be without losing a coordinate:
 *
 *     	A	B	C	D
 *     1	Item	Net	Gross
 *     2	Rent	1,200.00	D:paid
 *
 * A line is a row: its number, then its cells behind tabs. A line of letters names the columns of a narrow block. A
 * cell that does not follow directly on the one before says its column, `D:`; in a wide block every fifth column
 * (A, F, K, …) says its own. Merged cells say their range, `A1:C1: `. Empty cells take no room.
 *
 * Measured in `test/bench/sheets.ts` against other forms. Every text of a cell can be told from the marks: see `cellText`.
 */

import { AppError } from '../../errors';
import type { Passage, Place } from '../../source';
import { cellName, columnName, rangeName } from './cell-names';

export interface SheetCell {
  /** From 1. */
  column: number;
  text: string;
  /** The range of a merged cell, as `A1:C1`, and its last column. */
  merged?: { range: string; lastColumn: number };
}

/** A passage is at most so long, so that a citation leads to a few rows and its mark costs little. */
const passageCharacters = 2_000;
const passageRows = 40;
/** A row that is longer is cut between cells, never within one. */
const rowCharacters = 6_000;
/** Up to so many columns a line of letters is short, and counting from a letter is certain. */
const narrowColumns = 10;
const wideStep = 5;

/**
 * Characters of all sheets of a file together: a few times what the longest window of a model holds, and far less
 * than a string of a browser. A few strings that are shared by a million cells are a bomb like any other.
 */
const mostCharacters = 128 * 2 ** 20;

/** Counts what all sheets of a file have. */
export class SheetBudget {
  private characters = 0;
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /**
   * Refuses what would be too much before any of it is made: a row that says that it is there a million times.
   * @throws AppError file-bomb
   */
  refuse(characters: number): void {
    if (this.characters + characters > mostCharacters) this.take(characters);
  }

  /** @throws AppError file-bomb */
  take(characters: number): void {
    this.characters += characters;
    if (this.characters > mostCharacters)
      throw new AppError('file-bomb', { name: this.name, megabytes: mostCharacters / 2 ** 20 });
  }
}

interface Row {
  number: number;
  cells: readonly SheetCell[];
  /** Of its texts. */
  length: number;
}

/** Takes the rows of one sheet in their order and makes passages of them. */
export class SheetText {
  readonly passages: Passage[] = [];
  rows = 0;
  cells = 0;
  private block: Row[] = [];
  private length = 0;
  private readonly place: Place;
  private readonly budget: SheetBudget;

  /** `place` is where the sheet is: its name, and what it is inside of. */
  constructor(place: Place, budget: SheetBudget) {
    this.place = place;
    this.budget = budget;
  }

  /** A row with its cells from left to right, without empty ones; `isContinued`: the rest of one that began before. */
  add(number: number, cells: readonly SheetCell[], isContinued = false): void {
    if (cells.length === 0) return;
    if (!isContinued) this.rows++;
    this.cells += cells.length;
    let length = String(number).length + 1;
    for (const { text } of cells) length += text.length + 1;
    this.budget.take(length);
    if (length > rowCharacters) {
      this.flush();
      for (const part of partsOf(cells)) {
        this.block = [{ number, cells: part, length: 0 }];
        this.flush();
      }
      return;
    }
    if (this.length + length > passageCharacters || this.block.length >= passageRows) this.flush();
    this.block.push({ number, cells, length });
    this.length += length;
  }

  /** All passages, when the last row was added. */
  finish(): Passage[] {
    this.flush();
    return this.passages;
  }

  private flush(): void {
    const rows = this.block;
    this.block = [];
    this.length = 0;
    if (rows.length === 0) return;
    const range = {
      firstColumn: Number.POSITIVE_INFINITY,
      lastColumn: 0,
      firstRow: rows[0]?.number ?? 1,
      lastRow: rows.at(-1)?.number ?? 1,
    };
    for (const { cells } of rows) {
      range.firstColumn = Math.min(range.firstColumn, cells[0]?.column ?? 1);
      const last = cells.at(-1);
      range.lastColumn = Math.max(range.lastColumn, last?.merged?.lastColumn ?? last?.column ?? 1);
    }
    const isNarrow = range.lastColumn - range.firstColumn < narrowColumns && rows.length > 1;
    const lines = rows.map(({ number, cells }) => rowText(number, cells, isNarrow ? range.firstColumn : 0));
    if (isNarrow) lines.unshift(lettersLine(range.firstColumn, range.lastColumn));
    this.passages.push({
      kind: 'table',
      text: lines.join('\n'),
      place: { ...this.place, cells: rangeName(range) },
    });
  }
}

/** The cells of a very long row, in pieces. */
function* partsOf(cells: readonly SheetCell[]): Generator<SheetCell[]> {
  let part: SheetCell[] = [];
  let length = 0;
  for (const cell of cells) {
    if (part.length > 0 && length + cell.text.length > passageCharacters) {
      yield part;
      part = [];
      length = 0;
    }
    part.push(cell);
    length += cell.text.length + 1;
  }
  yield part;
}

function lettersLine(first: number, last: number): string {
  let line = '';
  for (let column = first; column <= last; column++) line += `\t${columnName(column)}`;
  return line;
}

/** `firstColumn`: the first of a narrow block, whose columns have a line of letters; 0 in a wide one. */
function rowText(number: number, cells: readonly SheetCell[], firstColumn: number): string {
  let line = String(number);
  let next = firstColumn;
  for (const { column, text, merged } of cells) {
    line += '\t';
    if (merged?.range.includes(':')) line += `${merged.range}: `;
    else if (column !== next || (firstColumn === 0 && column % wideStep === 1) || looksNamed(text))
      line += `${columnName(column)}:`;
    line += cellText(text);
    next = merged && merged.lastColumn > column ? 0 : column + 1;
  }
  return line;
}

/** A text that begins like a mark of ours gets one. */
function looksNamed(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 65 && code <= 90 && /^[A-Z]{1,3}\d*:/.test(text);
}

const special = /[\p{Cc}\u2028\u2029␉]|<br>/u;

/**
 * The text of a cell so that it stays on its line: a line break is `<br>`, a tab `␉`, another control character its
 * picture. What is written so in the cell itself has a backslash in front.
 */
export function cellText(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replace(/(?<!\\)\\*(?:<br>|␉)/g, (mark) => {
      const slashes = mark.length - mark.replace(/^\\+/, '').length;
      return `${'\\'.repeat(slashes + 1)}${mark}`;
    })
    .replace(/(?<!\\)(\\*)(?:\r\n?|[\n\v\f\u0085\u2028\u2029])/g, '$1$1<br>')
    .replace(/(?<!\\)(\\*)\t/g, '$1$1␉')
    .replace(/\p{Cc}/gu, (control) =>
      control < ' '
        ? String.fromCharCode(0x2400 + control.charCodeAt(0))
        : control === '\u007f'
          ? '␡'
          : control,
    );
}

/** Where remarks on single cells stand, as a passage of lines: `C17	…`. */
export function* linesOf(
  place: Place,
  heading: string,
  lines: Iterable<{ column: number; row: number; range?: string; text: string }>,
): Generator<Passage> {
  let text = heading;
  let first = '';
  for (const line of lines) {
    const name = line.range ?? cellName(line.column, line.row);
    const written = `\n${name}\t${cellText(line.text)}`;
    if (first !== '' && text.length + written.length > passageCharacters) {
      yield { kind: 'table', text, place: { ...place, cells: first } };
      text = heading;
      first = '';
    }
    first ||= name;
    text += written;
  }
  if (first !== '') yield { kind: 'table', text, place: { ...place, cells: first } };
}
