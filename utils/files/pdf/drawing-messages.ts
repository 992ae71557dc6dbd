import type { Trouble } from '../../errors';

/** What the panel asks of the worker that draws the pages of a PDF: the file first, then one page at a time. */
export type DrawRequest =
  | { open: Uint8Array | Blob; name: string; password?: string }
  | { draw: number; dpi: number; longest?: number; as: 'bitmap' | 'picture' };

/** What it answers to each of them. */
export type DrawReport =
  | { drawing: 'open'; pages: number }
  /** The pixels are handed over. */
  | { drawing: 'bitmap'; bitmap: ImageBitmap; dpi: number }
  | { drawing: 'picture'; picture: Blob; width: number; height: number }
  | { drawing: 'trouble'; trouble: Trouble };
