import type { Rebuilt } from './rebuild';
import type { Run } from './run';
import type { Placement } from './types';

/** How a unit stands in the page now. */
export type Form =
  | 'none'
  /** Our element beside the text. */
  | 'added'
  /** The translation stands in the texts of the page. */
  | 'filled'
  /** Our element in the place of the text, which is not seen. */
  | 'instead'
  /** Shown in a bubble on demand. */
  | 'bubble';

/** A run with a number, what is said of it, and what was written for it. */
export interface Unit {
  id: number;
  run: Run;
  /** What stood before and behind the run when it was cut, and its words. */
  cut: { before: Node | null; after: Node | null; words: string };
  state: 'idle' | 'waiting' | 'failed' | 'placed';
  placement?: Placement;
  rebuilt?: Rebuilt;
  form: Form;
  /** Ours; made anew when what it shows has changed. */
  element?: HTMLElement;
  /** What `element` shows. */
  shown?: string;
  /** Elements whose attributes were changed for the form, with the names. */
  changed: [Element, string][];
}
