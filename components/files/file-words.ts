/** What a row of a file says: what was read of it, in its own units, how far its reading is, and what is in the way. */

import { familyOf } from '@/utils/chat/file-family';
import type { Gathered } from '@/utils/chat/gathering';
import { listed } from '@/utils/chat/place-words';
import type { Trouble } from '@/utils/errors';
import { type MessageKey, sayAlso, t } from '@/utils/i18n';
import type { FileUnit, Source } from '@/utils/source';
import { shareOf } from '../panel/pdf-progress';
import { missingFrom, partly } from '../panel/read-tag';
import { troubleTitle } from '../panel/trouble-notice';

await sayAlso('files');

const units = {
  sheets: 'files.units.sheets',
  rows: 'files.units.rows',
  cells: 'files.units.cells',
  chapters: 'files.units.chapters',
  slides: 'files.units.slides',
  lines: 'files.units.lines',
  files: 'files.units.files',
  messages: 'files.units.messages',
  subtitles: 'files.units.subtitles',
  notebookCells: 'files.units.notebookCells',
} as const satisfies Record<FileUnit, MessageKey>;

/** In this order; of two that say nearly the same the first is said. */
const order: FileUnit[] = [
  'files',
  'messages',
  'sheets',
  'chapters',
  'slides',
  'subtitles',
  'notebookCells',
  'rows',
  'lines',
];
/** Most units of one file that are said. */
const mostUnits = 2;

/** “212 of 212 pages”, “4 sheets, 1,908 rows, formulas as values”. */
export function unitWords(source: Source): string {
  const { file, pages, words } = source;
  const has = file?.units ?? {};
  const said: string[] = [];
  if (pages !== undefined) {
    const missing = missingFrom(source);
    const isPages = missing?.why.endsWith('-pages');
    said.push(missing && isPages ? partly(source, missing) : t('pdf.partly', { read: pages, pages }));
  }
  for (const unit of order) {
    const count = has[unit];
    if (count !== undefined && said.length < mostUnits) said.push(t(units[unit], { count }));
  }
  // Prose is measured in words, tables and pages are not.
  const isTable = familyOf(file?.type ?? '') === 'sheet';
  if (!isTable && said.length < mostUnits && pages === undefined)
    said.push(t('page.words', { count: words }));
  for (const { what, size = 0 } of file?.notes ?? []) {
    if (what === 'formulas-as-values') said.push(t('files.asValues'));
    if (what === 'formulas-listed') said.push(t('files.withFormulas'));
    if (what === 'read-by-ocr') said.push(t('files.byOcr'));
    if (what === 'pages-as-pictures') said.push(t('files.asPictures', { count: size }));
  }
  return listed(said);
}

type Reading = Gathered & { status: 'reading' };

/** “Reading row 18,200 of 26,400”. */
export function progressWords({ progress }: Reading): string {
  if (!progress) return t('files.reading');
  if ('page' in progress) return t('files.at', { unit: 'pages', done: progress.page, total: progress.pages });
  if (!('unit' in progress) || progress.unit === 'bytes') return t('files.reading');
  const { unit, done, total } = progress;
  return total === undefined ? t('files.atSome', { unit, done }) : t('files.at', { unit, done, total });
}

/** The share that has been read, rounded down; undefined while nobody knows it. */
export function progressShare({ progress }: Reading): string | undefined {
  const share = progress && shareOf(progress);
  return share === undefined ? undefined : t('files.share', { share: Math.floor(share * 100) / 100 });
}

const short = {
  'file-kind': 'files.why.kind',
  'image-kind': 'files.why.broken',
  'file-broken': 'files.why.broken',
  'pdf-broken': 'files.why.broken',
  'file-locked': 'files.why.locked',
  'file-empty': 'files.why.empty',
  'file-nothing': 'files.why.nothing',
  'pdf-scanned': 'files.why.scanned',
  'file-bomb': 'files.why.bomb',
  'file-too-large': 'files.why.large',
  'file-stuck': 'files.why.stuck',
  'pdf-stuck': 'files.why.stuck',
  'file-gone': 'files.why.gone',
  'file-unread': 'files.why.unread',
  'folder-too-large': 'files.why.folder',
  'storage-full': 'files.why.storage',
} satisfies Record<string, MessageKey>;

/** Facts that a sentence names and a trouble may lack. */
const noFacts = { kind: 'none', megabytes: 0, limit: 0, files: 0 };

/** What is in the way, without the name that stands above it. */
export function whyWords(trouble: Trouble): string {
  if (isLocked(trouble)) return t(trouble.facts.wrong ? 'files.why.wrongPassword' : 'files.why.password');
  const key = (short as Record<string, MessageKey>)[trouble.code];
  return key ? t(key, { ...noFacts, ...trouble.facts }) : troubleTitle(trouble);
}

/** A password opens it. */
export const isLocked = ({ code }: Trouble): boolean => code === 'pdf-password';

/** Another attempt may go better. */
export const mayTryAgain = ({ code }: Trouble): boolean =>
  /^(file-stuck|file-unread|pdf-stuck|storage-full|unexpected|ocr-)/.test(code);
