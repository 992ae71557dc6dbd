import { AppError } from '../errors';
import type { ListedFile } from './folder-plan';
import type { IgnoredFiles } from './git-ignored';
import type { FileContext, FileReading } from './types';

/** A file of a folder, by its path below it. */
export interface FolderFile {
  path: string;
  /** Bytes. */
  size: number;
  bytes: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** `name` is that of the folder. The rest is what `planFolder` says of files that are not among those to be read. */
export interface FolderContext extends FileContext {
  ignored?: IgnoredFiles;
  /** Files that are sources of their own; the tree names them. */
  apart?: readonly ListedFile[];
}

/**
 * Reads what `planFolder` says is to be read as one: the tree of the folder, then every file with its path, in the
 * order given.
 * @throws AppError file-empty, file-nothing
 */
export type ReadFolder = (files: readonly FolderFile[], context: FolderContext) => Promise<FileReading>;

export const readFolder: ReadFolder = async (_files, { name }) => {
  throw new AppError('file-kind', { name });
};
