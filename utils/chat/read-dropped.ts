/** From a file in the user's hand to a source: its bytes are kept first, then it is read in a worker. */

import { readDocument, readPdf } from '../browser/file-reader';
import { largestFile, tooLarge } from '../browser/pages';
import type { PdfProgress } from '../browser/pdf-tab';
import type { MeasuredSource } from '../context/compose';
import { measureLongText } from '../context/tokens';
import { AppError } from '../errors';
import { type DetectedType, endingOf, guessFile, headSize } from '../files/detect';
import { hashOf } from '../files/hash';
import type { DocumentRequest, FolderRequest } from '../files/messages';
import type { FileProgress } from '../files/types';
import { type FileChoices, type FileFacts, type Reading, type Source, sourceId } from '../source';
import { type FileStore, fileStore } from '../store/files';

export interface KeptFile {
  hash: string;
  bytes: Blob;
}

/** What a file is by its first bytes and its name: which row it has, and which worker reads it. */
export async function typeOfFile(file: Blob, name: string): Promise<DetectedType | undefined> {
  return guessFile(await headOf(file, name), name, file.type);
}

async function headOf(file: Blob, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, headSize).arrayBuffer());
  } catch (error) {
    throw new AppError('file-unread', { name }, error);
  }
}

/**
 * Keeps the bytes of a file under their hash.
 * @throws AppError file-too-large, file-empty, file-unread, storage-full
 */
export async function keepFile(
  file: Blob,
  name: string,
  { store = fileStore, limit = largestFile }: { store?: FileStore; limit?: number } = {},
): Promise<KeptFile> {
  if (file.size > limit) throw tooLarge(file.size, limit);
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch (error) {
    throw new AppError('file-unread', { name }, error);
  }
  if (bytes.byteLength === 0) throw new AppError('file-empty', { name, kind: endingOf(name) || 'none' });
  const hash = await hashOf(bytes);
  // A copy of its own: the file on the disk may change or go.
  const copy = new Blob([bytes], { type: file.type });
  const { size, type: mediaType } = copy;
  await store.put({ id: hash, name, size, mediaType, bytes: copy, addedAt: Date.now() });
  return { hash, bytes: copy };
}

/** Who reads: workers. Given in tests. */
export interface FileReaders {
  document: typeof readDocument;
  pdf: typeof readPdf;
}

export const fileReaders: FileReaders = { document: readDocument, pdf: readPdf };

export interface ReadKeptOptions {
  choices?: FileChoices;
  /** Of a locked PDF. */
  password?: string;
  signal?: AbortSignal;
  onProgress?: (progress: PdfProgress | FileProgress) => void;
  readers?: FileReaders;
}

/**
 * Reads a file whole.
 * @throws AppError those of `readDocument` and `readPdf`
 */
export async function readKept(
  { hash, bytes }: KeptFile,
  name: string,
  { choices, password, signal, onProgress, readers = fileReaders }: ReadKeptOptions = {},
): Promise<MeasuredSource> {
  const { size, type: mediaType } = bytes;
  const facts = { name, hash, size, notes: [], units: {}, ...(choices && { choices }) };
  let reading: Omit<Reading, 'kind'>;
  if ((await typeOfFile(bytes, name)) === 'pdf') {
    const ending = endingOf(name);
    const notes: FileFacts['notes'] = ending && ending !== 'pdf' ? [{ what: 'really', sample: 'pdf' }] : [];
    const { url: _, ...read } = await readers.pdf(bytes, { name, password, signal, onProgress });
    reading = { ...read, file: { ...facts, type: 'pdf', notes: [...notes, ...(read.file?.notes ?? [])] } };
  } else {
    const request: DocumentRequest = { name, file: bytes, mediaType, choices };
    const read = await readers.document(request, { signal, onProgress });
    reading = { ...read, file: { ...facts, ...read.file } };
  }
  signal?.throwIfAborted();
  return identified({ ...reading, kind: 'file', title: name });
}

/**
 * Reads a folder as one source.
 * @throws AppError those of `readDocument`
 */
export async function readFolderWhole(
  name: string,
  folder: FolderRequest,
  { signal, onProgress, readers = fileReaders }: Omit<ReadKeptOptions, 'choices' | 'password'> = {},
): Promise<MeasuredSource> {
  const { file, ...read } = await readers.document({ name, folder }, { signal, onProgress });
  signal?.throwIfAborted();
  const size = folder.files.reduce((sum, part) => sum + part.file.size, 0);
  return identified({ ...read, kind: 'file', title: name, file: { name, size, hash: '', ...file } });
}

const identified = async (reading: Reading): Promise<MeasuredSource> =>
  measured({ ...reading, id: await sourceId(reading.text), readAt: Date.now() });

/** A source with its size. */
export const measured = async (source: Source): Promise<MeasuredSource> => ({
  source,
  ...(await measureLongText(source.text)),
});
