import type { Trouble } from '../../errors';
import type { Recognised } from './lines';

/** What the panel asks of the worker that reads words in pictures: first its languages, then one picture at a time. */
export type OcrRequest =
  | { languages: { code: string; data: Uint8Array<ArrayBuffer> }[] }
  /** The pixels of a bitmap are handed over; a picture in a file is made larger where its letters would be too small. */
  | { picture: Blob | ImageBitmap; name: string };

/** What it answers to each of them. */
export type OcrReport =
  | { type: 'ready' }
  | { type: 'recognised'; recognised: Recognised }
  | { type: 'trouble'; trouble: Trouble };
