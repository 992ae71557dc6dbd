/** Terms from a file of a spreadsheet (CSV) or a program (JSON). Nothing is taken over that was not looked at. */

import { AppError } from '../errors';
import { hostFrom } from '../store/hosts';
import { lineTrouble, longestNote, longestTerm } from '../store/term-shape';
import { readTable } from './delimited';
import { type Column, columns } from './glossary-export';
import { canonicalTag, commonLanguages, sameLanguage } from './languages';
import { foldedTerm, plainTerm } from './term-text';
import type { Term } from './types';

/** Bytes of a file that is looked at. */
export const largestGlossary = 32 * 2 ** 20;
/** Terms of one file; a termbase of a great house has some ten thousand. */
export const mostRows = 50_000;

/** What headers are called, in the files of others too. */
const headers: Record<Column, string[]> = {
  source: ['source', 'term', 'original', 'from', '原文', '术语', '術語', '源', '词条', '詞條'],
  target: ['target', 'translation', 'to', '译文', '譯文', '翻译', '翻譯', '译名', '譯名', '目标', '目標'],
  note: ['note', 'notes', 'comment', 'sense', '备注', '備註', '注释', '註釋', '说明', '說明', '义项', '義項'],
  case: [
    'case',
    'case sensitive',
    'casesensitive',
    'match case',
    '大小写',
    '大小寫',
    '区分大小写',
    '區分大小寫',
  ],
  'whole word': ['whole word', 'wholeword', 'whole words', '全词', '全字', '整词', '整字', '全词匹配'],
  scope: ['scope', '范围', '範圍'],
  place: ['place', 'site', 'url', 'address', '位置', '网站', '網站', '网址', '網址'],
  lang: ['lang', 'language', 'target language', '语言', '語言', '目标语言', '目標語言'],
  locked: ['locked', 'lock', '锁定', '鎖定'],
};

const yes = new Set(['yes', 'y', 'true', '1', 'x', '是', '✓', '✔']);
const no = new Set(['no', 'n', 'false', '0', '', '否']);
const scopes: Record<string, Term['scope']> = {
  page: 'page',
  页面: 'page',
  頁面: 'page',
  本页: 'page',
  本頁: 'page',
  site: 'site',
  网站: 'site',
  網站: 'site',
  everywhere: 'everywhere',
  all: 'everywhere',
  global: 'everywhere',
  所有: 'everywhere',
  全部: 'everywhere',
  处处: 'everywhere',
};

/** Rows of words: what a file says of one term, before it is looked at. */
type Row = { line: number } & Partial<Record<Column, string>>;

/** Why a line of a file is no term. */
export type RefusalReason =
  | 'source'
  | 'long'
  | 'lines'
  | 'case'
  | 'whole word'
  | 'scope'
  | 'place'
  | 'lang'
  | 'locked'
  | 'twice';

export interface ImportPreview {
  /** Terms that would be there, new and changed. */
  added: Term[];
  changed: { before: Term; after: Term }[];
  /** Here already, as the file has them. */
  same: number;
  refused: { line: number; source: string; reason: RefusalReason }[];
}

/** The words of a file, in whichever encoding spreadsheets write: UTF-8, UTF-16, and GBK in China. */
export function decodeText(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** What holds for lines that do not say it; `page` is the address of the page that they are brought in beside. */
export type UsualOfLines = Pick<Term, 'scope' | 'place' | 'lang'> & { page?: string };

/**
 * Looks at a file and says what it would change, beside the terms that are here. Nothing is changed.
 * `usual` is the scope, the place and the language of a line that does not say them.
 * @throws AppError file-too-large; glossary-unreadable when there is no table of terms in it
 */
export async function readGlossaryFile(
  file: Blob,
  here: readonly Term[],
  usual: UsualOfLines,
  { newId = () => crypto.randomUUID() as string, now = Date.now } = {},
): Promise<ImportPreview> {
  if (file.size > largestGlossary) {
    const [megabytes = 0, limit = 0] = [file.size, largestGlossary].map((bytes) =>
      Math.ceil(bytes / 2 ** 20),
    );
    throw new AppError('file-too-large', { megabytes, limit });
  }
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  const rows = /^\ufeff?\s*[{[]/.test(text) ? rowsOfJson(text) : rowsOfTable(text);
  if (rows.length > mostRows)
    throw new AppError('glossary-unreadable', { line: mostRows + 1, limit: mostRows });
  const preview: ImportPreview = { added: [], changed: [], same: 0, refused: [] };
  const known = new Map(here.map((term) => [keyOf(term), term]));
  const seen = new Set<string>();
  const at = now();
  for (const row of rows) {
    const read = termOf(row, usual);
    if (typeof read === 'string') {
      preview.refused.push({
        line: row.line,
        source: (row.source ?? '').slice(0, longestTerm),
        reason: read,
      });
      continue;
    }
    const key = keyOf(read);
    if (seen.has(key)) {
      preview.refused.push({ line: row.line, source: read.source, reason: 'twice' });
      continue;
    }
    seen.add(key);
    const before = known.get(key);
    const made = { origin: 'file' as const, createdAt: at + preview.added.length, changedAt: at };
    if (!before) preview.added.push({ id: newId(), ...read, ...made });
    else if (isSame(before, read)) preview.same++;
    else
      preview.changed.push({
        before,
        after: { ...withoutNote(before), ...read, origin: 'file', changedAt: at },
      });
  }
  return preview;
}

const withoutNote = ({ note: _, ...term }: Term) => term;

/** One word in one place, in one language and sense. */
const keyOf = ({
  source,
  match,
  scope,
  place,
  lang,
  note = '',
}: Pick<Term, 'source' | 'match' | 'scope' | 'place' | 'lang' | 'note'>) =>
  JSON.stringify([match.caseSensitive ? plainTerm(source) : foldedTerm(source), scope, place, lang, note]);

const isSame = (one: Term, other: Omit<Term, 'id' | 'origin' | 'createdAt' | 'changedAt'>): boolean =>
  one.source === other.source &&
  one.target === other.target &&
  one.isLocked === other.isLocked &&
  one.match.wholeWord === other.match.wholeWord;

function rowsOfTable(text: string): Row[] {
  const [head, ...body] = readTable(text);
  if (!head) throw new AppError('glossary-unreadable', { line: 1, limit: mostRows });
  const names = head.cells.map((cell) => columnOf(cell));
  const hasHead = names.includes('source') && names.includes('target');
  // A list of two columns without a head is a glossary too.
  if (!hasHead && head.cells.length < 2)
    throw new AppError('glossary-unreadable', { line: head.line, limit: mostRows });
  const order: (Column | undefined)[] = hasHead ? names : ['source', 'target', 'note'];
  return (hasHead ? body : [head, ...body]).map(({ line, cells }) => ({
    line,
    ...Object.fromEntries(cells.flatMap((cell, index) => (order[index] ? [[order[index], cell]] : []))),
  }));
}

function columnOf(header: string): Column | undefined {
  const name = header.trim().toLowerCase().replace(/[_-]/g, ' ');
  return columns.find((column) => headers[column].includes(name));
}

function rowsOfJson(text: string): Row[] {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new AppError('glossary-unreadable', { line: 1, limit: mostRows }, error);
  }
  const list = Array.isArray(content) ? content : (content as { terms?: unknown } | null)?.terms;
  if (!Array.isArray(list)) throw new AppError('glossary-unreadable', { line: 1, limit: mostRows });
  return list.map((entry: unknown, index) => {
    const row: Row = { line: index + 1 };
    if (typeof entry !== 'object' || entry === null) return row;
    for (const [name, value] of Object.entries(entry)) {
      const column = columnOf(name);
      if (column && ['string', 'number', 'boolean'].includes(typeof value)) row[column] = String(value);
    }
    return row;
  });
}

/** What a line says, or why it is no term. */
function termOf(
  row: Row,
  usual: UsualOfLines,
): Omit<Term, 'id' | 'origin' | 'createdAt' | 'changedAt'> | RefusalReason {
  const source = plainTerm(row.source ?? '').trim();
  const [target, note] = [(row.target ?? '').trim(), (row.note ?? '').trim()];
  if (!source) return 'source';
  const trouble = lineTrouble(source) ?? lineTrouble(target) ?? lineTrouble(note, longestNote);
  if (trouble) return trouble;
  const caseSensitive = flagOf(row.case, false);
  const wholeWord = flagOf(row['whole word'], true);
  const isLocked = flagOf(row.locked, true);
  if (caseSensitive === undefined) return 'case';
  if (wholeWord === undefined) return 'whole word';
  if (isLocked === undefined) return 'locked';
  const scope = row.scope?.trim()
    ? scopes[row.scope.trim().toLowerCase()]
    : row.place?.trim()
      ? 'site'
      : usual.scope;
  if (!scope) return 'scope';
  const place = placeOf(scope, row.place?.trim() ?? '', usual);
  if (place === undefined) return 'place';
  const lang = languageOf(row.lang?.trim() ?? '', usual.lang);
  if (!lang) return 'lang';
  return {
    source,
    target,
    ...(note ? { note } : {}),
    match: { caseSensitive, wholeWord },
    scope,
    place,
    lang,
    isLocked,
  };
}

function flagOf(words: string | undefined, usual: boolean): boolean | undefined {
  const said = words?.trim().toLowerCase();
  if (said === undefined || said === '') return usual;
  return yes.has(said) ? true : no.has(said) ? false : undefined;
}

function placeOf(scope: Term['scope'], said: string, usual: UsualOfLines): string | undefined {
  if (scope === 'everywhere') return '';
  if (!said)
    return scope === usual.scope ? usual.place : scope === 'page' ? usual.page || undefined : undefined;
  if (scope === 'site') return hostFrom(said);
  return URL.canParse(said) ? said.split('#', 1)[0] : undefined;
}

function languageOf(said: string, usual: string): string | undefined {
  const tag = said ? canonicalTag(said) : usual;
  if (!tag || !new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(tag)) return undefined;
  // As this program names it: a file may say zh-CN.
  return [usual, ...commonLanguages].find((known) => sameLanguage(known, tag)) ?? tag;
}
