/** Bytes of any kind but PDF -> what stands in them. Runs in the worker, and in Node for tests. */

import { AppError } from '../errors';
import { detectFile } from './detect';
import { type FolderFile, readFolder } from './folder';
import { hashOf } from './hash';
import type { DocumentReading, DocumentRequest, FolderRequest } from './messages';
import { readers } from './readers';
import type { FileContext } from './types';

/**
 * Reads what the panel asks for: a file as what it is, whatever its name says, or a folder as one source.
 * @throws AppError file-kind, file-locked, file-empty, file-broken, file-bomb, file-nothing, file-unread
 */
export async function readRequest(
  { name, file, folder, mediaType, choices }: DocumentRequest,
  context: Pick<FileContext, 'signal' | 'onProgress' | 'readPdf'> = {},
): Promise<DocumentReading> {
  if (folder) return readParts(folder, { name, choices, ...context });
  if (!file) throw new AppError('file-unread', { name });
  return readFile(await bytesOf(file, name), { name, mediaType, choices, ...context });
}

/**
 * Reads a file as what its bytes are.
 * @throws AppError as `readRequest`
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

async function readParts({ files, ...rest }: FolderRequest, context: FileContext): Promise<DocumentReading> {
  const hashes = new Map<string, string>();
  const parts = files.map(
    ({ path, file }): FolderFile => ({
      path,
      size: file.size,
      async bytes() {
        const bytes = await bytesOf(file, path);
        hashes.set(path, await hashOf(bytes));
        return bytes;
      },
    }),
  );
  const { file, ...reading } = await readFolder(parts, { ...context, ...rest });
  const list = [...hashes].sort(([one], [other]) => (one < other ? -1 : 1));
  const hash = await hashOf(
    new TextEncoder().encode(list.map(([path, own]) => `${own}  ${path}\n`).join('')),
  );
  return { ...reading, file: { ...file, type: 'folder', hash } };
}

/** All bytes of a file, which may have gone from the disk since it was handed over. */
async function bytesOf(file: Blob, name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new AppError('file-unread', { name }, error);
  }
}
