/** What a file is: by its bytes first, by its name and the type that a system or a server gives it second. */

import { languageOf } from './code-languages';
import { isCompound, rootNames } from './compound';
import { type FileKindId, fileKinds } from './kinds';
import { isHtml, isText, opening } from './plain-text';
import type { FileKind } from './types';
import { isBareRecords } from './workbook/bare-records';
import { isZip, zipNames, zipType } from './zip-names';

export type DetectedType = FileKindId | 'picture';

export type Detected =
  /** `really`: the ending that fits, where the name has another one. */
  | { type: DetectedType; really?: string }
  /** `kind`: what stands there instead, an ending, or `none` where there is none. */
  | { type?: undefined; trouble: 'file-kind' | 'file-locked' | 'file-empty'; kind: string };

/** Bytes from the beginning of a file by which `guessFile` tells what it is. */
export const headSize = 4_096;

/**
 * What a file is, by all of its bytes. Wrong endings are seen through: a workbook that is called `.csv` is a workbook,
 * and a table that is called `.xls` is a table.
 */
export function detectFile(bytes: Uint8Array, name: string, mediaType = ''): Detected {
  if (bytes.length === 0) return { trouble: 'file-empty', kind: endingOf(name) || 'none' };
  if (isZip(bytes)) return detectZip(zipNames(bytes), zipType(bytes), name);
  if (isCompound(bytes)) return detectCompound(rootNames(bytes), name);
  return detectOther(bytes, name, mediaType);
}

/** The same by the first bytes alone: what the list shows until the file is read, and which worker reads it. */
export function guessFile(head: Uint8Array, name: string, mediaType = ''): DetectedType | undefined {
  const named = kindOfName(name)?.id ?? kindOfMediaType(mediaType)?.id;
  if (isZip(head)) {
    const kind = fileKinds.find(({ id }) => id === named);
    return kind && 'isArchive' in kind ? named : 'archive';
  }
  if (isCompound(head)) return named === 'workbook' ? named : undefined;
  return head.length === 0 ? named : detectOther(head, name, mediaType).type;
}

/** The ending of a name in small letters, without its dot; empty where there is none. */
export function endingOf(name: string): string {
  return /[^./\\]\.([\p{L}\p{N}_+-]{1,12})$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}

const kinds: readonly (FileKind & { id: FileKindId })[] = fileKinds;

const kindOfName = (name: string) => {
  const ending = endingOf(name);
  return ending ? kinds.find(({ extensions }) => extensions.includes(ending)) : undefined;
};
/** Servers call every text plain: that says nothing. */
const kindOfMediaType = (mediaType: string) =>
  mediaType && mediaType !== 'text/plain'
    ? kinds.find(({ mediaTypes }) => mediaTypes.includes(mediaType))
    : undefined;

/** Endings of kinds that nothing here reads, beside those that are read: a name with one of them says what it is. */
const otherEndings = ['doc', 'dot', 'ppt', 'pps', 'msg', 'png', 'jpg', 'jpeg', 'gif', 'webp', 'heic'];

/** Whether a name says that the file is something else than `fits`. Endings nobody knows say nothing. */
function reallyOf(name: string, fits: readonly string[]): { really?: string } {
  const ending = endingOf(name);
  const [first] = fits;
  if (!ending || first === undefined || fits.includes(ending)) return {};
  return kindOfName(name) || otherEndings.includes(ending) ? { really: first } : {};
}

const found = (type: DetectedType, name: string, fits: readonly string[]): Detected => ({
  type,
  ...reallyOf(name, fits),
});
const unread = (name: string, kind = endingOf(name)): Detected => ({
  trouble: 'file-kind',
  kind: kind || 'none',
});

/** The first of these that lies in the archive says what it is. */
const ofArchives: [path: RegExp, type: FileKindId, fits: readonly string[]][] = [
  [/^word\//, 'word', ['docx', 'docm', 'dotx', 'dotm']],
  [/^xl\/workbook\.bin$/, 'workbook', ['xlsb']],
  [/^xl\//, 'workbook', ['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb']],
  [/^ppt\//, 'slides', ['pptx', 'pptm', 'ppsx', 'ppsm', 'potx']],
  [/^META-INF\/container\.xml$/, 'book', ['epub']],
];

/** Archives in formats of which nothing here reads more than their packing. */
const closedArchives = /^(Index\/|Index\.zip$|visio\/|FixedDoc(ument)?Seq(uence)?\.fdseq$)/;

const ofTypes: [mediaType: RegExp, type: FileKindId, fits: readonly string[]][] = [
  [/^application\/epub\+zip/, 'book', ['epub']],
  [/opendocument\.text/, 'open-text', ['odt', 'ott', 'odm']],
  [/opendocument\.spreadsheet/, 'workbook', ['ods', 'ots']],
  [/opendocument\.presentation/, 'slides', ['odp', 'otp']],
];

function detectZip(names: Iterable<string> | undefined, mediaType: string, name: string): Detected {
  const byType = ofTypes.find(([pattern]) => pattern.test(mediaType));
  if (byType) return found(byType[1], name, byType[2]);
  const paths = [...(names ?? [])];
  for (const [pattern, type, fits] of ofArchives) {
    if (!paths.some((path) => pattern.test(path))) continue;
    // A folder that has a folder called `word` in it is packed like any other.
    if (type !== 'book' && !paths.includes('[Content_Types].xml')) continue;
    return found(type, name, fits);
  }
  const named = kindOfName(name);
  if (named?.isArchive && paths.includes('META-INF/manifest.xml') && paths.includes('content.xml'))
    return { type: named.id };
  // Of a damaged archive the list is missing: its reader says what is wrong with it.
  if (named?.isArchive && (names === undefined || named.id === 'archive')) return { type: named.id };
  if (paths.some((path) => closedArchives.test(path)) && endingOf(name) !== 'zip') return unread(name);
  return found('archive', name, ['zip']);
}

function detectCompound(names: Set<string>, name: string): Detected {
  if (names.has('EncryptedPackage')) return { trouble: 'file-locked', kind: endingOf(name) || 'none' };
  if (names.has('WordDocument')) return unread(name, 'doc');
  if (names.has('PowerPoint Document')) return unread(name, 'ppt');
  if (names.has('Workbook') || names.has('Book')) return found('workbook', name, ['xls', 'xlt', 'et']);
  if (names.has('__properties_version1.0')) return unread(name, 'msg');
  // Of a damaged one nothing can be told.
  return names.size === 0 && endingOf(name) === 'xls' ? { type: 'workbook' } : unread(name);
}

function detectOther(bytes: Uint8Array, name: string, mediaType: string): Detected {
  const picture = pictureEnding(bytes);
  if (picture) return found('picture', name, picture === 'jpg' ? ['jpg', 'jpeg', 'jfif'] : [picture]);
  const named = kindOfName(name) ?? kindOfMediaType(mediaType);
  const pdf = latin(bytes.subarray(0, 1_030)).indexOf('%PDF-');
  const isPlain = isText(bytes);
  // The mark of a PDF may have up to 1,024 bytes of anything before it (ISO 32000-1, annex H.3.4.1).
  if (pdf === 0 || (pdf > 0 && (named?.id === 'pdf' || !isPlain))) return found('pdf', name, ['pdf']);
  if (named?.id === 'workbook' && isBareRecords(bytes)) return { type: 'workbook' };
  if (!isPlain) return named?.id === 'pdf' ? { type: 'pdf' } : unread(name);
  return detectText(opening(bytes), named?.id, name);
}

/** Kinds that are plain text inside: of these a name is believed. */
const plainKinds: readonly FileKindId[] = [
  'html',
  'markdown',
  'notebook',
  'subtitles',
  'mail',
  'table',
  'code',
  'text',
];

/** Workbooks of Excel 2003 as one file of XML, as many programs still export them under the name `.xls`. */
const isOldXmlSheet =
  /<\?mso-application\s+progid="Excel\.Sheet"|=\s*["']urn:schemas-microsoft-com:office:spreadsheet["']/;

function detectText(start: string, named: FileKindId | undefined, name: string): Detected {
  const ending = endingOf(name);
  if (start.startsWith('{\\rtf')) return found('rich-text', name, ['rtf']);
  // What a server sends in the place of a table, as when one has to sign in first.
  const isMarkup = isHtml(start);
  if (named === 'table' && isMarkup) return found('html', name, ['html', 'htm', 'xhtml']);
  if (named && plainKinds.includes(named)) return { type: named };
  if (/^f(odt|ods|odp)$/.test(ending) && named) return { type: named };
  if (isOldXmlSheet.test(start)) return { type: 'workbook' };
  if (named || otherEndings.includes(ending)) {
    // Programs write tables and pages under the names of Office files, since Office opens them.
    if (isMarkup) return found('html', name, ['html']);
    if (/^(MIME-Version|From|Received|Date|Subject):/im.test(start.slice(0, 400)) && /^mime/im.test(start))
      return found('mail', name, ['eml']);
    if (named === 'workbook') return found('table', name, start.includes('\t') ? ['tsv'] : ['csv']);
    return found('text', name, ['txt']);
  }
  if (!ending && isMarkup) return { type: 'html' };
  // Mailboxes as mail programs keep them: `Inbox`, without an ending.
  if (!ending && /^From \S[^\n]{0,200}\n>?[\w-]{1,80}:/.test(start)) return { type: 'mail' };
  return { type: languageOf(name, start) ? 'code' : 'text' };
}

function pictureEnding(bytes: Uint8Array): string | undefined {
  const start = latin(bytes.subarray(0, 16));
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpg';
  if (/^GIF8[79]a/.test(start)) return 'gif';
  if (/^RIFF[\s\S]{4}WEBP/.test(start)) return 'webp';
  const [, brand] = /^[\s\S]{4}ftyp(heic|heix|hevc|hevx|heim|heis|mif1|msf1|avif|avis)/.exec(start) ?? [];
  if (brand) return brand.startsWith('avi') ? 'avif' : 'heic';
  if (/^BM[\s\S]{4}\0\0\0\0/.test(start)) return 'bmp';
  return /^(II\*\0|MM\0\*)/.test(start) ? 'tiff' : undefined;
}

const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes);
