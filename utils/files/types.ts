/** What a reader of files gets and gives. Readers know neither the browser nor the network nor the screen. */

import type { FileChoices, FileFacts, Reading } from '../source';
import type { ArchiveBudget } from './archive/limits';

/** How far a reader is, in the file's own units; `total` is absent while nobody knows. */
export interface FileProgress {
  done: number;
  total?: number;
  unit: 'pages' | 'sheets' | 'rows' | 'chapters' | 'slides' | 'lines' | 'files' | 'bytes' | 'messages';
}

export interface FileContext {
  /** Its name, with its ending. */
  name: string;
  /** The media type that the system or a server says; may be wrong. */
  mediaType?: string;
  choices?: FileChoices;
  signal?: AbortSignal;
  onProgress?: (progress: FileProgress) => void;
  /** What may still be unpacked, for a file that was found in an archive or a mail. */
  budget?: ArchiveBudget;
  /** In how many archives and mails it lies. */
  depth?: number;
  /** Reads a PDF that lies in another file: pdf.js is not where the readers of other kinds are. */
  readPdf?: ReadFile;
}

/** What a reader finds: the text in numbered passages with their places, and an account of what is missing. */
export interface FileReading extends Omit<Reading, 'kind' | 'file'> {
  file: Pick<FileFacts, 'units' | 'notes'>;
}

/**
 * Reads a file whole. The bytes are the reader's to keep.
 * @throws AppError file-broken, file-locked, file-bomb, file-empty, file-nothing, file-unread
 */
export type ReadFile = (bytes: Uint8Array<ArrayBuffer>, context: FileContext) => Promise<FileReading>;

/** What a row shows for it. */
export type FileFamily =
  | 'pdf'
  | 'document'
  | 'sheet'
  | 'slides'
  | 'book'
  | 'picture'
  | 'code'
  | 'mail'
  | 'text'
  | 'folder';

/** A kind of file, as data: light enough for the panel, which looks here what a dropped file is. */
export interface FileKind {
  id: string;
  family: FileFamily;
  /** Endings in small letters, without the dot. */
  extensions: readonly string[];
  mediaTypes: readonly string[];
  /** It is a zip archive inside; which kind is certain only when it has been opened. */
  isArchive?: boolean;
}
