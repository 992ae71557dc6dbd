/** What a line of a comparison says: columns, or a row. Knows JSON values and the names that models give to their parts. */

import type { Json } from './lenient-json';

/** A column as it was written; without a document it is known by its name or its place. */
export interface WrittenColumn {
  document?: number;
  name: string;
}

/** A row as it was written: cells in the order of the columns, or by the number or name of a document. */
export interface WrittenRow {
  name: string;
  cells: Json[] | Map<string, Json>;
  best: Json[];
}

export type Written = { columns: WrittenColumn[] } | { row: WrittenRow };

const namesOf = {
  columns: ['columns', 'column', 'documents', 'sources', 'headers', 'header', '列', '栏', '文档'],
  rows: ['rows', 'data', 'comparison', 'table'],
  row: [
    'row',
    'attribute',
    'feature',
    'aspect',
    'criterion',
    'property',
    'label',
    'name',
    'title',
    '行',
    '属性',
    '屬性',
    '项目',
    '項目',
  ],
  cells: ['cells', 'values', 'cell', '单元格', '儲存格', '值'],
  best: ['best', 'winner', 'winners'],
  document: ['document', 'doc', 'source', 'index', 'number', 'id'],
  columnName: ['name', 'title', 'label', 'text', '名称', '名稱'],
} as const;

export type Fields = { [key: string]: Json };

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value under the first of these names that an object has as its own. */
export function field(object: Fields, names: readonly string[]): Json | undefined {
  const name = names.find((one) => Object.hasOwn(object, one));
  return name === undefined ? undefined : object[name];
}

/** A number, also one that is written as a string: `3`, `"3"`, `"¶3"`, `"３"`, `"Document 3"`. */
export function numberIn(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const plain = value.normalize('NFKC').trim();
  const digits = /^(?:\p{L}{1,12}\s?)?[¶#§[(]{0,2}\s?(\d{1,6})\s?[\])]?$/u.exec(plain)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Everything that JSON values say, in order; undefined when one of them is no part of a comparison. */
export function writtenIn(values: Json[]): Written[] | undefined {
  const all: Written[] = [];
  for (const value of values) {
    const written = writtenOf(value);
    if (!written) return undefined;
    all.push(...written);
  }
  return all;
}

function writtenOf(value: Json): Written[] | undefined {
  if (Array.isArray(value)) return value.length > 0 && value.every(isFields) ? writtenIn(value) : undefined;
  if (!isFields(value)) return undefined;
  const rows = field(value, namesOf.rows);
  const columns = columnsOf(field(value, namesOf.columns));
  if (Array.isArray(rows) || (isFields(rows) && !hasCells(value))) {
    const inner = writtenIn(Array.isArray(rows) ? rows : [rows as Fields]);
    return inner && [...(columns ? [{ columns }] : []), ...inner];
  }
  if (columns && !hasCells(value)) return [{ columns }];
  const row = rowOf(value);
  return row && [{ row }];
}

const hasCells = (object: Fields) => field(object, namesOf.cells) !== undefined;

function columnsOf(value: Json | undefined): WrittenColumn[] | undefined {
  if (isFields(value)) {
    // By number: {"1":"Kestrel 7","2":"Folio 2"}
    const entries = Object.entries(value);
    const columns = entries.flatMap(([key, name]) => {
      const document = numberIn(key);
      return document && typeof name === 'string' ? [{ document, name: line(name) }] : [];
    });
    return entries.length > 0 && columns.length === entries.length ? columns : undefined;
  }
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const columns: WrittenColumn[] = [];
  for (const entry of value) {
    if (typeof entry === 'string') columns.push({ name: line(entry) });
    else if (typeof entry === 'number' && numberIn(entry)) columns.push({ document: entry, name: '' });
    else if (isFields(entry)) {
      const document = numberIn(field(entry, namesOf.document));
      const name = field(entry, namesOf.columnName);
      if (!document && typeof name !== 'string') return undefined;
      columns.push({ ...(document ? { document } : {}), name: typeof name === 'string' ? line(name) : '' });
    } else return undefined;
  }
  return columns;
}

function rowOf(value: Fields): WrittenRow | undefined {
  const name = field(value, namesOf.row);
  const cells = field(value, namesOf.cells);
  const best = field(value, namesOf.best);
  const about = {
    name: typeof name === 'string' ? line(name) : typeof name === 'number' ? String(name) : '',
    best: best === undefined || best === null ? [] : Array.isArray(best) ? best : [best],
  };
  if (Array.isArray(cells)) return { ...about, cells: inPlaces(cells) };
  if (isFields(cells)) return { ...about, cells: new Map(Object.entries(cells)) };
  if (name === undefined || cells !== undefined) return undefined;
  // Cells beside the name: {"row":"Price","1":"€189","2":"€229"}
  const taken = new Set<string>([...namesOf.row, ...namesOf.best, ...namesOf.document]);
  const others = Object.entries(value).filter(([key]) => !taken.has(key));
  return others.length > 0 ? { ...about, cells: new Map(others) } : undefined;
}

/** Cells in a list that say each to which document they belong need not be in the order of the columns. */
function inPlaces(cells: Json[]): Json[] | Map<string, Json> {
  const entries = cells.flatMap((cell): [string, Json][] => {
    const document = isFields(cell) ? numberIn(field(cell, ['document', 'doc'])) : undefined;
    return document === undefined ? [] : [[String(document), cell]];
  });
  const byDocument = new Map(entries);
  return cells.length > 0 && byDocument.size === cells.length ? byDocument : cells;
}

/** Text in one line. */
const line = (text: string) => text.replace(/\s+/g, ' ').trim();
