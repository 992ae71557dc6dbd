import type { Trouble } from '../errors';
import type { FileChoices, FileFacts, Reading } from '../source';
import type { ListedFile } from './folder-plan';
import type { IgnoredFiles } from './git-ignored';
import type { PageText } from './pdf/types';
import type { FileProgress } from './types';

/** What the panel asks of the worker that reads PDFs. */
export interface ReadRequest {
  bytes: Uint8Array | Blob;
  name: string;
  url?: string;
  password?: string;
  /** Words that were recognised on pages without text of their own. */
  recognised?: PageText[];
}

/** What the panel asks of the worker that reads all other files: one of them, or a folder of them. */
export interface DocumentRequest {
  name: string;
  /** Nothing is read of it before the worker does. */
  file?: Blob;
  folder?: FolderRequest;
  mediaType?: string;
  choices?: FileChoices;
}

/** What of a folder is read as one source, and what `planFolder` says of the rest. */
export interface FolderRequest {
  files: FolderPart[];
  ignored: IgnoredFiles;
  apart: ListedFile[];
}

export interface FolderPart {
  /** Its path below the folder. */
  path: string;
  file: Blob;
}

/** The panel has enough: what was read so far is to be handed over. */
export interface StopRequest {
  stop: true;
}

/** What a worker says: how far it is, and one end. */
export type ReadReport =
  | { type: 'progress'; page: number; pages: number }
  | { type: 'steps'; progress: FileProgress }
  | { type: 'reading'; reading: Reading }
  | { type: 'document'; reading: DocumentReading }
  | { type: 'trouble'; trouble: Trouble };

/** A file or a folder as it was read, without its name, its hash and its size, which the panel knows. */
export interface DocumentReading extends Omit<Reading, 'kind' | 'file'> {
  file: Pick<FileFacts, 'units' | 'notes' | 'type'> & Partial<Pick<FileFacts, 'hash'>>;
}
