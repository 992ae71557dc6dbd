/**
 * The block of a comparison, as it comes in, -> columns and rows. The block is JSON lines (utils/prompts/comparison.ts);
 * what models make of that is read as far as it can be read to the letter. What cannot is kept as broken lines.
 */

import { cellOf } from './cells';
import { columnsOf, documentCalled, type Named } from './columns';
import { asWritten, type Json, lenientValues } from './lenient-json';
import { numberIn, type Written, type WrittenColumn, type WrittenRow, writtenIn } from './records';
import type { Comparison, ComparisonColumn, ComparisonRow } from './types';

export interface ComparisonParser {
  /**
   * What the text of the block says so far. With more text only what was added is read, and rows that were there are
   * the same objects. A line that has not ended is not shown before `isComplete`.
   */
  parse(text: string, isComplete: boolean): Comparison;
}

const nothing: Comparison = { columns: [], rows: [], broken: [], isComplete: false };

/** `sources` in the order of their numbers tell which document is meant where a column has a name and no number. */
export function createComparisonParser(sources: readonly Named[] = []): ComparisonParser {
  let reader = createReader(sources);
  let read = '';
  let last = nothing;
  return {
    parse(text, isComplete) {
      if (!text.startsWith(read) || (last.isComplete && !(isComplete && text === read))) {
        reader = createReader(sources);
        read = '';
        last = nothing;
      }
      if (last.isComplete) return last;
      const end = isComplete ? text.length : text.lastIndexOf('\n') + 1;
      for (const line of linesOf(text, read.length, end)) reader.take(line.text, line.isWhole);
      read = text.slice(0, end);
      if (isComplete) reader.end();
      last = reader.result(last, isComplete);
      return last;
    },
  };
}

function* linesOf(text: string, from: number, to: number) {
  for (let at = from; at < to; ) {
    const end = text.indexOf('\n', at);
    const isWhole = end !== -1 && end < to;
    yield { text: text.slice(at, isWhole ? end : to), isWhole };
    at = isWhole ? end + 1 : to;
  }
}

/** More columns than this are no table. */
const mostColumns = 500;
/** How often rows may show that there are more columns: each time all rows are made again. */
const mostGrowths = 8;

function createReader(sources: readonly Named[]) {
  const broken: string[] = [];
  let rows: ComparisonRow[] = [];
  let columns: ComparisonColumn[] = [];
  /** Without a line of columns they follow from the rows, which are made again when there are more of them. */
  let derivedFrom: WrittenRow[] | undefined;
  let growths = 0;
  let isChanged = false;
  /** Lines of a value that is written over several, and how many brackets are open. */
  let pending: string[] = [];
  let depth = 0;
  let isLastWhole = true;

  const takeColumns = (written: WrittenColumn[], line: string) => {
    if (columns.length > 0 && !derivedFrom) {
      const isSame = JSON.stringify(columnsOf(written, sources)) === JSON.stringify(columns);
      if (!isSame) broken.push(line);
      return;
    }
    columns = columnsOf(written.slice(0, mostColumns), sources);
    if (written.length > mostColumns) broken.push(line);
    const earlier = derivedFrom ?? [];
    // A line that names no column leaves them to the rows.
    derivedFrom = columns.length === 0 ? earlier : undefined;
    rows = earlier.map((row) => rowOf(row, columns, sources).row);
  };

  const takeRow = (row: WrittenRow, line: string) => {
    if (columns.length === 0) derivedFrom ??= [];
    if (derivedFrom) {
      derivedFrom.push(row);
      const more = columnsFrom(row, columns, sources);
      if (more.length > columns.length && more.length <= mostColumns && growths++ < mostGrowths) {
        columns = more;
        rows = derivedFrom.slice(0, -1).map((earlier) => rowOf(earlier, columns, sources).row);
      }
    }
    const made = rowOf(row, columns, sources);
    rows.push(made.row);
    // Cells that belong to no column: the row is shown, and the line too.
    if (made.isMore) broken.push(line);
  };

  const takeAll = (all: Written[], line: string) => {
    for (const written of all) {
      if ('columns' in written) takeColumns(written.columns, line);
      else takeRow(written.row, line);
    }
    isChanged = true;
  };

  /** Nothing more belongs to the value that is pending. What it says so far is read; it may be the frame of the rows. */
  const breakOff = (isWhole: boolean) => {
    const text = pending.join('\n');
    const records = recordsIn(text, isWhole);
    if (records) takeAll(records, text);
    else broken.push(...pending.filter((line) => !isPunctuation(line)));
    pending = [];
    depth = 0;
    isChanged = true;
  };

  return {
    take(written: string, isWhole: boolean) {
      const line = written.trim();
      if (line === '') return;
      // What ends so goes on in the next line.
      const mayClose = isWhole && !/[[{,:：]$/.test(line);
      const records = /[{[]/.test(line) ? recordsIn(line, mayClose) : undefined;
      if (records && (pending.length === 0 || records.some((one) => 'row' in one))) {
        if (pending.length > 0) breakOff(true);
        takeAll(records, line);
        return;
      }
      if (pending.length === 0) {
        // Brackets around all rows; but one row may be written over several lines.
        if (isPunctuation(line) && line !== '{') return;
        isChanged = true;
        depth = bracketsIn(line);
        if (depth > 0 && opening.test(line)) pending = [line];
        else broken.push(line);
      } else {
        pending.push(line);
        depth += bracketsIn(line);
      }
      if (pending.length > 0 && (depth <= 0 || listOfRows.test(line))) breakOff(isWhole);
      isLastWhole = isWhole;
    },
    end() {
      if (pending.length > 0) breakOff(isLastWhole);
    },
    result(before: Comparison, isComplete: boolean): Comparison {
      if (!isChanged && before.isComplete === isComplete) return before;
      isChanged = false;
      return { columns, rows: [...rows], broken: [...broken], isComplete };
    },
  };
}

/** The beginning of a value, or of a property of one. */
const opening = /^(?:[{[]|["'“]?[\p{L}_]{1,20}["'”]?\s*[:：]\s*[{[])/u;
/** Opens the list of rows and nothing after it. */
const listOfRows = /["'“]?(?:rows|data|comparison|table)["'”]?\s*[:：]\s*\[$/;
const isPunctuation = (line: string) => /^[[\]{},;\s]*$/.test(line.replace(listOfRows, ''));

const numbersAsWritten = (_key: string, value: Json, written?: { source?: string }): Json =>
  typeof value === 'number' && written?.source ? asWritten(written.source) : value;

function recordsIn(line: string, isWhole: boolean): Written[] | undefined {
  const text = line.replace(/,\s*$/, '');
  let values: Json[] | undefined;
  try {
    values = [JSON.parse(text, numbersAsWritten) as Json];
  } catch {
    values = lenientValues(text, isWhole);
  }
  const written = values && values.length > 0 ? writtenIn(values) : undefined;
  return written && written.length > 0 ? written : undefined;
}

/** Brackets that a line opens, less those that it closes; those within strings do not count. */
function bracketsIn(line: string): number {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === '\\') at++;
    else if (sign === '"') isString = !isString;
    else if (isString) continue;
    else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') depth--;
  }
  return depth;
}

/** The columns that a row without them shows: as many as it has cells, after those that are known. */
function columnsFrom(
  row: WrittenRow,
  known: ComparisonColumn[],
  sources: readonly Named[],
): ComparisonColumn[] {
  if (Array.isArray(row.cells)) {
    const more = row.cells.slice(known.length, mostColumns + 1).map(() => ({ name: '' }));
    return more.length > 0 ? columnsOf([...known, ...more], sources) : known;
  }
  const numbers = new Set(known.map(({ document }) => document));
  const columns = [...known];
  for (const key of row.cells.keys()) {
    const document = numberIn(key) ?? documentCalled(key, sources);
    if (!document || numbers.has(document)) continue;
    numbers.add(document);
    columns.push({ document, name: numberIn(key) ? '' : key });
  }
  return columns.length > known.length ? columns.sort((one, other) => one.document - other.document) : known;
}

/** A row with one value for each column; `isMore` when it has cells for which there is no column. */
function rowOf(written: WrittenRow, columns: ComparisonColumn[], sources: readonly Named[]) {
  const row: ComparisonRow = { name: written.name, cells: [], best: [] };
  let isMore = false;
  const marked: number[] = [];
  const add = (value: Json | undefined, { document }: ComparisonColumn) => {
    row.cells.push(value === undefined ? 'lost' : cellOf(value, document));
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && value.best === true)
      marked.push(document);
  };
  if (Array.isArray(written.cells)) {
    const { cells } = written;
    for (const [index, column] of columns.entries()) add(cells[index], column);
    isMore = cells.slice(columns.length).some((cell) => cell !== null && cell !== '');
  } else {
    const left = new Map(written.cells);
    const keys = keysOf(left, columns, sources);
    for (const column of columns) {
      const key = keys.get(column);
      add(key === undefined ? undefined : left.get(key), column);
      if (key !== undefined) left.delete(key);
    }
    isMore = [...left.values()].some((cell) => cell !== null && cell !== '');
  }
  const documents = new Set(columns.map(({ document }) => document));
  const named = written.best.flatMap((best) => numberIn(best) ?? byName(best, columns) ?? []);
  row.best = [...new Set([...named, ...marked])].filter((document) => documents.has(document));
  return { row, isMore };
}

/** The key of each column in a row whose cells are called by number or by name. */
function keysOf(cells: Map<string, Json>, columns: ComparisonColumn[], sources: readonly Named[]) {
  const keys = new Map<ComparisonColumn, string>();
  const free = new Map<string | number, ComparisonColumn[]>();
  for (const column of columns) {
    for (const name of [column.document, ...(column.name ? [column.name] : [])])
      free.set(name, [...(free.get(name) ?? []), column]);
  }
  for (const key of cells.keys()) {
    const named = free.get(key) ?? free.get(numberIn(key) ?? documentCalled(key, sources) ?? 0) ?? [];
    const column = named.find((one) => !keys.has(one));
    if (column) keys.set(column, key);
  }
  return keys;
}

function byName(best: Json, columns: ComparisonColumn[]): number | undefined {
  return typeof best === 'string'
    ? columns.find(({ name }) => name !== '' && name === best)?.document
    : undefined;
}
