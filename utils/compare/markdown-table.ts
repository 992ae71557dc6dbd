/**
 * A comparison in a plain Markdown table, as models write it that do not take to JSON: it becomes one when every column
 * can be told to be about one source. Otherwise it stays the table that it is.
 */

import { findMarks } from '../citations/marks';
import { cellOf } from './cells';
import { documentCalled, type Named, numbersOf } from './columns';
import type { Comparison, ComparisonColumn, ComparisonRow } from './types';

/** Rows that were read before, by the line: while a table grows they stay the same objects. */
const rows = new WeakMap<readonly Named[], Map<string, ComparisonRow>>();

/**
 * The comparison that a table in GitHub's Markdown is, or undefined when its columns are not sources: by a number or a
 * title in the head, or by the citations below it. `sources` in the order of their numbers. Linear in the table.
 */
export function comparisonOfTable(table: string, sources: readonly Named[]): Comparison | undefined {
  if (numbersOf(sources).length < 2) return undefined;
  const lines = table.split('\n').filter((line) => line.trim() !== '');
  const [head = '', rule = '', ...body] = lines;
  const names = cellsIn(head);
  if (names.length < 3 || !/^[\s|:-]*-[\s|:-]*$/.test(rule) || cellsIn(rule).length !== names.length)
    return undefined;
  const cells = body.map(cellsIn);
  const columns = columnsOf(names.slice(1).map(plainName), cells, sources);
  if (!columns) return undefined;
  const known = rows.get(sources) ?? new Map<string, ComparisonRow>();
  rows.set(sources, known);
  const key = columns.map(({ document }) => document).join();
  const broken: string[] = [];
  const read = cells.map(([name = '', ...values], index) => {
    const line = body[index] as string;
    // GitHub leaves out what has no column; here it is shown.
    if (values.length > columns.length) broken.push(line.trim());
    const before = known.get(`${key} ${line}`);
    if (before) return before;
    const row: ComparisonRow = {
      name: plainName(name),
      cells: columns.map(({ document }, place) => {
        const value = values[place];
        return value === undefined ? 'lost' : cellOf(value, document);
      }),
      best: [],
    };
    known.set(`${key} ${line}`, row);
    return row;
  });
  return { columns, rows: read, broken, isComplete: true };
}

/** The document of every column, undefined when that of one is not known or two are said to be the same. */
function columnsOf(
  names: string[],
  cells: string[][],
  sources: readonly Named[],
): ComparisonColumn[] | undefined {
  const columns: ComparisonColumn[] = [];
  for (const [place, name] of names.entries()) {
    const called = calledIn(name, sources);
    const cited = citedIn(
      cells.map((row) => row[place + 1] ?? ''),
      sources.length,
    );
    // The head says one and the citations another: nobody knows.
    if (cited === 'several' || (called && cited && called !== cited)) return undefined;
    const document = called ?? cited;
    if (!document || columns.some((column) => column.document === document)) return undefined;
    columns.push({
      document,
      name: nameWithoutNumber(name, document) || (sources[document - 1]?.title ?? ''),
    });
  }
  return columns;
}

function calledIn(name: string, sources: readonly Named[]): number | undefined {
  const [mark] = findMarks(name, sources.length);
  if (mark && !mark.isUnnamed) return mark.document;
  // Kestrel 7 [1], Kestrel 7 (document 1)
  const last = /[[(（](?:document|doc|source|文档|文件|来源)?\s*#?(\d{1,3})[\])）]$/iu.exec(name)?.[1];
  const behind = last && sources[Number(last) - 1]?.segments.length ? Number(last) : undefined;
  return documentCalled(name, sources) ?? behind;
}

/** The one document that the citations below a head name. */
function citedIn(cells: string[], count: number): number | 'several' | undefined {
  let document: number | undefined;
  for (const cell of cells) {
    if (!cell.includes('¶')) continue;
    for (const mark of findMarks(cell, count)) {
      if (mark.isUnnamed) continue;
      if (document !== undefined && document !== mark.document) return 'several';
      document = mark.document;
    }
  }
  return document;
}

const nameWithoutNumber = (name: string, document: number) =>
  name
    .replace(
      new RegExp(
        `^(?:(?:document|doc|source|文档|文件|来源)\\s*)?[#[(（]?${document}[\\])）]?\\s*(?:[·.:：、-]\\s*|$)`,
        'iu',
      ),
      '',
    )
    .replace(
      new RegExp(`\\s*[[(（](?:document|doc|source|文档|文件|来源)?\\s*#?${document}[\\])）]$`, 'iu'),
      '',
    )
    .trim();

const plainName = (text: string) => text.replace(/\*\*|__|`/g, '').trim();

/** The cells of a line: a bar parts them unless it is escaped. */
function cellsIn(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  const text = line.trim();
  for (let at = text.startsWith('|') ? 1 : 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (sign === '\\' && text[at + 1] === '|') {
      cell += '|';
      at++;
    } else if (sign === '|') {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  if (cell.trim() !== '' || !text.endsWith('|')) cells.push(cell.trim());
  return cells;
}
