/** What a row of a file says: what was read of it, in its own units, how far its reading is, and what is in the way. */

import { unitParts } from '@/utils/chat/file-units';
import type { Gathered } from '@/utils/chat/gathering';
import { listed } from '@/utils/chat/place-words';
import type { Trouble } from '@/utils/errors';
import { type MessageKey, sayAlso, t } from '@/utils/i18n';
import type { Source } from '@/utils/source';
import { shareOf } from '../panel/pdf-progress';
import { missingFrom, partly } from '../panel/read-tag';
import { troubleTitle } from '../panel/trouble-notice';

await sayAlso('files');

/** “212 of 212 pages”, “4 sheets, 1,908 rows, formulas as values”. */
export function unitWords(source: Source): string {
  const { file, pages = 0 } = source;
  const missing = missingFrom(source);
  const pagesRead = missing?.why.endsWith('-pages')
    ? partly(source, missing)
    : t('pdf.partly', { read: pages, pages });
  const said = unitParts(source, pagesRead);
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
  'image-kind': 'files.why.picture',
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
