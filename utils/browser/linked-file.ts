/** Files behind links: what is one, what it is called, and its reading by the readers of dropped files. */

import { AppError } from '../errors';
import { languageOfName } from '../files/code-languages';
import { endingOf, guessFile, headSize } from '../files/detect';
import { hashOf } from '../files/hash';
import { fileKinds } from '../files/kinds';
import type { FileKind } from '../files/types';
import type { FileChoices, FileFacts, Reading } from '../source';
import { fileStore } from '../store/files';
import { readDocument, readPdf } from './file-reader';
import type { FetchedBytes } from './pages';
import { nameOf, type ReadingProgress } from './pdf-tab';

const known = new Set<string>(fileKinds.flatMap(({ mediaTypes }: FileKind) => mediaTypes));

/** What servers say of files of which they know nothing. */
const vague =
  /^(application|binary)\/(octet-stream|x-octet-stream|force-download|(x-)?download|x-zip(-compressed)?|x-gzip|vnd\.[\w.+-]+|msword|x-subrip|xml|json|x-[\w-]+)$/;

/** Whether an answer of this type may be a file that is read. Pages and plain text are told apart elsewhere. */
export const mayBeFile = (contentType: string): boolean => known.has(contentType) || vague.test(contentType);

/** Kinds of text that say more than plain text does, by their readers. */
const readByName = /^(table|markdown|notebook|subtitles|mail|rich-text|open-text|workbook)$/;

/** The name of a file: as the server gives it, else the last part of its address. */
export function nameOfAnswer({ url, disposition = '' }: Pick<FetchedBytes, 'url' | 'disposition'>): string {
  const [, encoded] = /filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(disposition) ?? [];
  const [, quoted, plain] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
  let name = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
  try {
    if (encoded) name = decodeURIComponent(encoded);
  } catch {
    // The other one is there for this.
  }
  // A path in it is none of ours, and what cannot be seen says nothing.
  const last = name.split(/[/\\]/).at(-1)?.replace(/\p{C}/gu, '').trim();
  return last || nameOf(url);
}

/**
 * Whether the readers of files read it: what is packed or a table, whatever the server says of it, and text whose name
 * or type tells more than that it is text.
 */
export function isFileToRead({ bytes, contentType }: FetchedBytes, name: string): boolean {
  const type = guessFile(bytes.subarray(0, headSize), name, contentType);
  if (!type || type === 'picture') return false;
  if (/^(text\/|$)/.test(contentType)) {
    if (type === 'code') return languageOfName(name)?.isProgram === true;
    return readByName.test(type) || !/^(text|html|code)$/.test(type);
  }
  if (type === 'html') return false;
  if (type === 'text') return /^(txt|text|log)$/.test(endingOf(name));
  return true;
}

export interface ReadLinkedOptions {
  signal?: AbortSignal;
  onProgress?: (progress: ReadingProgress) => void;
  choices?: FileChoices;
  /** Its bytes stay in the library, so that it can be read again otherwise, and its pages be shown. */
  keeps?: boolean;
  store?: Pick<typeof fileStore, 'put'>;
  readers?: { document: typeof readDocument; pdf: typeof readPdf };
}

/**
 * Reads a file that was loaded, as a dropped one is read.
 * @throws AppError those of `readDocument` and `readPdf`
 */
export async function readLinkedFile(
  { bytes, url, contentType }: FetchedBytes,
  name: string,
  {
    signal,
    onProgress,
    choices,
    keeps = false,
    store = fileStore,
    readers = { document: readDocument, pdf: readPdf },
  }: ReadLinkedOptions,
): Promise<Reading> {
  const file = new Blob([bytes], { type: contentType });
  const hash = await hashOf(bytes);
  signal?.throwIfAborted();
  if (keeps) {
    const { size, type: mediaType } = file;
    // A full disk keeps nobody from reading what has been loaded.
    await store.put({ id: hash, name, size, mediaType, bytes: file, addedAt: Date.now() }).catch(() => {});
  }
  const facts = { name, hash, size: bytes.length, units: {}, notes: [], ...(choices && { choices }) };
  if (guessFile(bytes.subarray(0, headSize), name, contentType) === 'pdf') {
    const reading = await readers.pdf(file, { name, url, signal, onProgress });
    return { ...reading, file: { ...facts, type: 'pdf' } };
  }
  const request = { name, file, mediaType: contentType, choices };
  const { file: read, ...reading } = await readers.document(request, { signal, onProgress });
  if (reading.words === 0 && reading.segments.length === 0) throw new AppError('file-nothing', { name });
  const all: FileFacts = { ...facts, ...read };
  return { ...reading, kind: 'link', title: name, url, file: all };
}
