import type { Trouble } from '../errors';
import type { Reading } from '../source';

/** What the panel asks of the worker that reads files. */
export interface ReadRequest {
  bytes: Uint8Array;
  name: string;
  url?: string;
  password?: string;
}

/** The panel has enough: what was read so far is to be handed over. */
export interface StopRequest {
  stop: true;
}

/** What the worker says: how far it is, and one end. */
export type ReadReport =
  | { type: 'progress'; page: number; pages: number }
  | { type: 'reading'; reading: Reading }
  | { type: 'trouble'; trouble: Trouble };
