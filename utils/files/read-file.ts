/** Bytes of any kind but PDF -> what stands in them. Runs in the worker, and in Node for tests. */

import { AppError } from '../errors';
import { detectFile } from './detect';
import type { FolderFile, ReadFolder } from './folder';
import type { DocumentReading } from './messages';
import { readers } from './readers';
import type { FileContext } from './types';

/**
 * Reads a file as what it is, whatever its name says.
 * @throws AppError file-kind, file-locked, file-empty, file-broken, file-bomb, file-nothing, file-unread
 */
export async function readFile(
  bytes: Uint8Array<ArrayBuffer>,
  context: FileContext,
): Promise<DocumentReading> {
  const { name, mediaType } = context;
  const detected = detectFile(bytes, name, mediaType);
  if (!detected.type) throw new AppError(detected.trouble, { name, kind: detected.kind });
  const { type, really } = detected;
  if (type === 'pdf' || type === 'picture') throw new AppError('file-kind', { name, kind: really ?? type });
  const { file, ...reading } = await readers[type](bytes, context);
  const notes = really ? [...file.notes, { what: 'really' as const, sample: really }] : file.notes;
  return { ...reading, file: { ...file, type, notes } };
}

/**
 * Reads a folder as one source.
 * @throws AppError folder-too-large, file-nothing, file-empty
 */
export async function readFiles(
  read: ReadFolder,
  files: FolderFile[],
  context: FileContext,
): Promise<DocumentReading> {
  const { file, ...reading } = await read(files, context);
  return { ...reading, file: { ...file, type: 'folder' } };
}
