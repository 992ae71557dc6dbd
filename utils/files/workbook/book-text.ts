/** Sheets of a workbook, whatever format they come from -> one text with an account of what is not in it. */

import { AppError } from '../../errors';
import {
  type FileNote,
  type Gap,
  type GapCode,
  numberPassages,
  type Passage,
  scriptLanguage,
} from '../../source';
import type { FileContext, FileReading } from '../types';
import { columnName, numberRuns } from './cell-names';
import { type FormulaCell, formulaLines } from './formulas';
import { linesOf, SheetBudget, type SheetCell, SheetText } from './sheet-text';

export interface SheetRemark {
  column: number;
  row: number;
  author?: string;
  text: string;
}

/** Names that are told of what is missing, of each kind. */
const mostSamples = 50;
/** Milliseconds of work between two looks at what else is to be done. */
const breath = 100;

export class BookText {
  readonly context: FileContext;
  readonly budget: SheetBudget;
  private readonly passages: Passage[] = [];
  private readonly missing = new Map<GapCode, { size: number; samples: string[] }>();
  private readonly hiddenSheets: string[] = [];
  private readonly names: string[] = [];
  private sheets = 0;
  private rows = 0;
  private cells = 0;
  private formulas = 0;
  private uncalculated = 0;
  private comments = 0;
  private lastBreath = performance.now();

  constructor(context: FileContext) {
    this.context = context;
    this.budget = new SheetBudget(context.name);
  }

  /** Whether the user asked for what the workbook hides. */
  get wantsHidden(): boolean {
    return this.context.choices?.hiddenSheets === true;
  }

  /** A sheet to write rows into; undefined when it is hidden and nobody asked for it. */
  sheet(name: string, isHidden: boolean): SheetBuilder | undefined {
    if (isHidden) {
      this.hiddenSheets.push(name);
      if (!this.wantsHidden) return undefined;
    }
    return new SheetBuilder(this, name);
  }

  /** Says that something is not in the text. */
  miss(why: GapCode, size: number, sample?: string): void {
    if (size === 0) return;
    const entry = this.missing.get(why) ?? { size: 0, samples: [] };
    entry.size += size;
    if (sample && entry.samples.length < mostSamples && !entry.samples.includes(sample))
      entry.samples.push(sample);
    this.missing.set(why, entry);
  }

  /** A name that formulas use, with what it stands for. */
  addName(name: string, meaning: string): void {
    this.names.push(`${name} = ${meaning}`);
  }

  /** Takes what a sheet has when it is done. */
  take(sheet: {
    passages: Passage[];
    rows: number;
    cells: number;
    formulas: number;
    uncalculated: number;
    comments: number;
  }) {
    for (const passage of sheet.passages) this.passages.push(passage);
    this.sheets++;
    this.rows += sheet.rows;
    this.cells += sheet.cells;
    this.formulas += sheet.formulas;
    this.uncalculated += sheet.uncalculated;
    this.comments += sheet.comments;
  }

  /** Lets other work happen now and then, and ends when the user stopped. Awaited only when it is time. */
  get isDue(): boolean {
    return performance.now() - this.lastBreath > breath;
  }

  async breathe(rows?: number): Promise<void> {
    const { signal, onProgress } = this.context;
    if (rows !== undefined) onProgress?.({ done: this.rows + rows, unit: 'rows' });
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    this.lastBreath = performance.now();
  }

  /** @throws AppError file-nothing when no sheet has anything */
  finish(): FileReading {
    const { name, choices } = this.context;
    const hasHidden = this.hiddenSheets.length > 0 || this.missing.has('hidden-rows');
    if (this.cells === 0 && !hasHidden && !this.passages.some(({ kind }) => kind !== 'heading'))
      throw new AppError('file-nothing', { name });
    if (choices?.formulas && this.names.length > 0)
      this.passages.push({ kind: 'text', text: ['Names:', ...this.names].join('\n') });
    const numbered = numberPassages(this.passages);
    const notes: FileNote[] = [];
    const note = (what: FileNote['what'], size: number, sample?: string) => {
      if (size > 0) notes.push({ what, size, ...(sample ? { sample } : {}) });
    };
    note(choices?.formulas ? 'formulas-listed' : 'formulas-as-values', this.formulas);
    note('formulas-uncalculated', this.uncalculated);
    note('comments', this.comments);
    if (this.wantsHidden && hasHidden)
      note('hidden-sheets-included', Math.max(1, this.hiddenSheets.length), listed(this.hiddenSheets));
    const gaps: Gap[] = [];
    if (!this.wantsHidden && this.hiddenSheets.length > 0)
      gaps.push({
        why: 'hidden-sheets',
        size: this.hiddenSheets.length,
        sample: listed(this.hiddenSheets),
      });
    for (const [why, { size, samples }] of this.missing)
      if (!(why === 'hidden-rows' && this.wantsHidden))
        gaps.push({ why, size, ...(samples.length > 0 ? { sample: samples.join('; ') } : {}) });
    return {
      title: name,
      lang: scriptLanguage(numbered.text),
      ...numbered,
      gaps,
      file: { units: { sheets: this.sheets, rows: this.rows, cells: this.cells }, notes },
    };
  }
}

const listed = (names: string[]): string =>
  names.length > mostSamples ? `${names.slice(0, mostSamples).join(', ')}, …` : names.join(', ');

/** One sheet that is being read. */
export class SheetBuilder {
  readonly name: string;
  /** Columns that are hidden, from 1. Set before the first row. */
  hiddenColumns: (column: number) => boolean = () => false;
  private readonly book: BookText;
  private readonly text: SheetText;
  private readonly leftRows: number[] = [];
  private readonly leftColumns = new Set<number>();
  private readonly formulas: FormulaCell[] = [];
  private readonly comments: SheetRemark[] = [];
  private readonly boxes: SheetRemark[] = [];
  private formulaCount = 0;
  private uncalculated = 0;

  constructor(book: BookText, name: string) {
    this.book = book;
    this.name = name;
    this.text = new SheetText({ sheet: name }, book.budget);
  }

  /** Cells from left to right, without empty ones. */
  row(number: number, cells: SheetCell[], isHidden: boolean): void {
    if (cells.length === 0) return;
    if (!this.book.wantsHidden) {
      if (isHidden) {
        this.leftRows.push(number);
        return;
      }
      cells = this.shownCells(cells);
    }
    this.text.add(number, cells);
  }

  private shownCells(cells: SheetCell[]): SheetCell[] {
    if (!cells.some(({ column }) => this.hiddenColumns(column))) return cells;
    return cells.filter(({ column, merged }) => {
      if (!this.hiddenColumns(column)) return true;
      // What is merged into columns that are shown is seen there.
      for (let other = column + 1; other <= (merged?.lastColumn ?? 0); other++)
        if (!this.hiddenColumns(other)) return true;
      this.leftColumns.add(column);
      return false;
    });
  }

  /** A formula; `isShown` when the cell has no value and its text is the formula itself. */
  formula(formula: FormulaCell, isShown = false): void {
    if (isShown) this.uncalculated++;
    else this.formulaCount++;
    if (this.book.context.choices?.formulas) {
      this.book.budget.take(formula.text?.length ?? 0);
      this.formulas.push(formula);
    }
  }

  comment(comment: SheetRemark): void {
    if (comment.text.trim() !== '') this.comments.push(comment);
  }

  /** Text that lies over the cells, with the cell below its corner. */
  box(box: SheetRemark): void {
    if (box.text.trim() !== '') this.boxes.push(box);
  }

  get rowsSoFar(): number {
    return this.text.rows;
  }

  finish(): void {
    const place = { sheet: this.name };
    const rows = this.text.finish();
    const isEmpty = rows.length === 0 && this.comments.length === 0 && this.boxes.length === 0;
    const hidden = this.hiddenParts();
    // A name is one line, whatever a file has in it.
    const title = `## ${this.name.replace(/\s+/g, ' ')}`;
    const remark = [isEmpty ? 'no cells' : '', hidden && `hidden and left out: ${hidden.words}`]
      .filter(Boolean)
      .join('; ');
    const heading: Passage = { kind: 'heading', text: remark ? `${title} (${remark})` : title, place };
    const passages = [heading, ...rows];
    const remarks = (heading: string, list: SheetRemark[]) => {
      const lines = list.map(({ author, text, ...cell }) => ({
        ...cell,
        text: author?.trim() ? `${author.trim()}: ${text}` : text,
      }));
      for (const passage of linesOf(place, heading, lines)) passages.push(passage);
    };
    remarks('Text boxes:', this.boxes);
    remarks('Comments:', this.comments);
    if (this.formulas.length > 0)
      for (const passage of linesOf(
        place,
        'Formulas (a range has that of its first cell, filled on):',
        formulaLines(this.formulas),
      ))
        passages.push(passage);
    for (const { text } of [...this.boxes, ...this.comments]) this.book.budget.take(text.length);
    if (hidden) this.book.miss('hidden-rows', this.leftRows.length + this.leftColumns.size, hidden.names);
    this.book.take({
      passages,
      rows: this.text.rows,
      cells: this.text.cells,
      formulas: this.formulaCount,
      uncalculated: this.uncalculated,
      comments: this.comments.length,
    });
  }

  /** What was left out because it is hidden: for the model in words, for the user as spreadsheets write it. */
  private hiddenParts(): { words: string; names: string } | undefined {
    const rows = this.leftRows.sort((one, other) => one - other);
    const columns = [...this.leftColumns].sort((one, other) => one - other);
    if (rows.length + columns.length === 0) return undefined;
    const sheet = `${this.name}!`;
    return {
      words: [inWords('row', rows, String), inWords('column', columns, columnName)]
        .filter(Boolean)
        .join(', '),
      names: [...inNames(rows, String), ...inNames(columns, columnName)].map((run) => sheet + run).join(', '),
    };
  }
}

/** More stretches than this are not listed: every second row of a long table may be filtered away. */
const mostRuns = 12;

function inWords(what: string, numbers: number[], name: (number: number) => string): string {
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return '';
  if (numbers.length === 1) return `${what} ${name(first)}`;
  const runs = numberRuns(numbers);
  return runs.length > mostRuns
    ? `${numbers.length} ${what}s from ${name(first)} to ${name(last)}`
    : `${what}s ${runs.map(([from, to]) => (from === to ? name(from) : `${name(from)}–${name(to)}`)).join(', ')}`;
}

function inNames(numbers: number[], name: (number: number) => string): string[] {
  const runs = numberRuns(numbers).map(([from, to]) => `${name(from)}:${name(to)}`);
  return runs.length > mostRuns ? [...runs.slice(0, mostRuns), '…'] : runs;
}
