/** What is on its way to the next question, and what may be picked for it. */

import type { PdfProgress } from '../browser/pdf-tab';
import type { MeasuredSource } from '../context/compose';
import type { Trouble } from '../errors';
import type { FileKindId } from '../files/kinds';
import type { FileProgress } from '../files/types';
import type { PendingImage } from './images';

/** Something on its way to the next question; what has arrived is attached to the draft and no longer here. */
export type Gathered = {
  /** Of what was picked, the key of its candidate. */
  id: string;
  kind: 'selection' | 'link' | 'picture' | 'tab' | 'source' | 'chat' | 'file';
  /** Set for what was picked. */
  key?: string;
  title?: string;
  url?: string;
  /** Of a picture: where it is shown. */
  frame?: { tabId: number; frameId: number };
  /** Of a file, or of a folder that becomes one source. */
  file?: GatheredFile;
  /** When it was asked for: sources stand in this order, whichever arrives first. */
  place: number;
} & (
  | { status: 'queued' }
  | { status: 'reading'; progress?: PdfProgress | FileProgress }
  | { status: 'ready'; entry: MeasuredSource }
  | { status: 'picture'; image: PendingImage }
  | { status: 'trouble'; trouble: Trouble }
  /** No longer wanted; what of it is attached is taken away. */
  | { status: 'unpicked' }
);

/** What is known of a file before it has been read. */
export interface GatheredFile {
  name: string;
  /** Bytes; of a folder all of them. */
  size: number;
  /** What it is by its first bytes and its name; absent where nothing can read it. */
  type?: FileKindId | 'picture' | 'folder';
  /** Hexadecimal SHA-256 of its bytes, once they have been read from the disk and are kept. */
  hash?: string;
}

/** Something that can be read for the next question. */
export type Candidate = { key: string; title: string; url?: string } & (
  | {
      kind: 'tab';
      tabId: number;
      windowId: number;
      /** It is the tab in front in the panel's window. */
      isFront: boolean;
      /** The browser has put it away; it is read only after a click that wakes it. */
      isAsleep: boolean;
      isSensitive: boolean;
      /** Why it cannot be read. */
      barred?: 'browser-page' | 'never-read' | 'file-access';
    }
  /** Read as a link, without opening it. `visitedAt` is in milliseconds since the epoch. */
  | { kind: 'bookmark' | 'history'; isSensitive: boolean; visitedAt?: number }
  /** Read earlier: the text that was kept. */
  | { kind: 'source'; id: string; tokens: number; words: number; readAt: number }
  /** An earlier chat: its questions and answers. */
  | { kind: 'chat'; chatId: string; updatedAt: number }
);
