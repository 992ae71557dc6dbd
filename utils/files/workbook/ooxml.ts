/** `.xlsx`, `.xlsm`, `.xltx`: a package of XML parts. Each sheet is read in one pass and written away as it is read. */

import { SSF } from '@e965/xlsx';
import { AppError } from '../../errors';
import type { Archive } from '../archive';
import { XmlReader } from '../markup';
import type { BookText } from './book-text';
import { readSheet, type SheetContext } from './ooxml-sheet';
import { innerText, namespaces, type Relation, relationsOf, richText } from './package';
import { openDateCode } from './shown-number';

/** @throws AppError file-broken when the package has no workbook */
export async function readOoxml(archive: Archive, book: BookText): Promise<void> {
  const main =
    relationsOf(archive, '').find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const text = archive.text(main);
  if (text === undefined) throw new AppError('file-broken', { name: book.context.name });
  const relations = relationsOf(archive, main);
  const byId = new Map(relations.map((relation) => [relation.id, relation]));
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.target;
  const { sheets, names, is1904, isWellFormed } = readWorkbookPart(text);
  if (sheets.length === 0 && !isWellFormed) throw new AppError('file-broken', { name: book.context.name });
  const context: SheetContext = {
    strings: readStrings(archive.text(partOf('sharedStrings') ?? '')),
    formats: readFormats(archive.text(partOf('styles') ?? '')),
    people: readPeople(archive.text(partOf('person') ?? '')),
    is1904,
  };
  const { onProgress } = book.context;
  const tables: [name: string, range: string][] = [];
  for (const [index, sheet] of sheets.entries()) {
    if (sheets.length > 1) onProgress?.({ done: index, total: sheets.length, unit: 'sheets' });
    await book.breathe();
    const relation = byId.get(sheet.id);
    if (isSheet(book, sheet, relation)) {
      const found = await readSheet(archive, relation.target, sheet, context, book);
      tables.push(...found);
    }
  }
  for (const [name, meaning] of [...names, ...tables]) book.addName(name, meaning);
  if (archive.entries.some(({ path }) => /(^|\/)vbaProject\.bin$/i.test(path))) book.miss('macros', 1);
  book.miss(
    'embedded-files',
    archive.entries.filter(({ path, isDirectory }) => !isDirectory && /\/embeddings\//i.test(path)).length,
  );
}

/** Says what a sheet is that has no cells. */
function isSheet(book: BookText, { name }: SheetEntry, relation: Relation | undefined): relation is Relation {
  if (relation?.type === 'worksheet') return true;
  if (relation?.type === 'chartsheet') book.miss('charts', 1, name);
  else if (relation?.type === 'xlMacrosheet' || relation?.type === 'xlIntlMacrosheet')
    book.miss('macros', 1, name);
  else book.miss('unread-parts', 1, name);
  return false;
}

export interface SheetEntry {
  name: string;
  id: string;
  isHidden: boolean;
}

function readWorkbookPart(text: string) {
  const sheets: SheetEntry[] = [];
  const names: [string, string][] = [];
  let is1904 = false;
  const xml = new XmlReader(text, namespaces);
  while (xml.next()) {
    if (xml.kind !== 'open') continue;
    const { attributes } = xml;
    if (xml.name === 'workbookPr') is1904 = isTrue(attributes.date1904);
    else if (xml.name === 'sheet')
      sheets.push({
        name: attributes.name ?? '',
        id: attributes['r:id'] ?? '',
        isHidden: /^(?:veryH|h)idden$/.test(attributes.state ?? ''),
      });
    else if (xml.name === 'definedName') {
      const { name = '', hidden } = attributes;
      const meaning = innerText(xml);
      if (!isTrue(hidden) && !name.startsWith('_xlnm.')) names.push([name, meaning]);
    }
  }
  return { sheets, names, is1904, isWellFormed: xml.isWellFormed };
}

export const isTrue = (value: string | undefined): boolean =>
  value === '1' || value === 'true' || value === 'on';

function readStrings(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const strings: string[] = [];
  const xml = new XmlReader(text, namespaces);
  while (xml.next()) if (xml.kind === 'open' && xml.name === 'si') strings.push(richText(xml));
  return strings;
}

/** The format of numbers for each style that a cell can have. */
function readFormats(text: string | undefined): string[] {
  const formats: string[] = [];
  if (text === undefined) return formats;
  const own = new Map<string, string>();
  const ids: string[] = [];
  const xml = new XmlReader(text, namespaces);
  let isStyles = false;
  while (xml.next()) {
    const { name, attributes } = xml;
    if (xml.kind === 'close') isStyles &&= name !== 'cellXfs';
    if (xml.kind !== 'open') continue;
    // Conditional formats have numbers of their own.
    if (name === 'dxfs' || name === 'cellStyleXfs') xml.skip();
    else if (name === 'numFmt') own.set(attributes.numFmtId ?? '', attributes.formatCode ?? '');
    else if (name === 'cellXfs') isStyles = true;
    else if (name === 'xf' && isStyles) ids.push(attributes.numFmtId ?? '0');
  }
  for (const id of ids) formats.push(own.get(id) ?? builtIn(Number(id)));
  return formats;
}

const known: Record<number, string | undefined> = SSF.get_table();

/** The formats that files name by number alone. */
export function builtIn(id: number): string {
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return openDateCode;
  return known[id] ?? 'General';
}

function readPeople(text: string | undefined): Map<string, string> {
  const people = new Map<string, string>();
  if (text === undefined) return people;
  const xml = new XmlReader(text, namespaces);
  while (xml.next())
    if (xml.kind === 'open' && xml.attributes.displayName !== undefined)
      people.set(xml.attributes.id ?? '', xml.attributes.displayName);
  return people;
}
