import type { FileContext, FileReading } from './types';

/** A file of a folder, by its path below it. */
export interface FolderFile {
  path: string;
  /** Bytes. */
  size: number;
  bytes: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** A folder as one source: its tree, then every file with its path. */
export type ReadFolder = (files: FolderFile[], context: FileContext) => Promise<FileReading>;
