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
  /** The page's nodes from the one before the run to the one behind it when it was cut, and its words. */
  cut: { row: (Node | null)[]; words: string };
  state: 'idle' | 'waiting' | 'failed' | 'placed';
  /** It changes so often that it is not told before somebody asks for it; its state is `failed`. */
  isBusy?: boolean;
  placement?: Placement;
  /** How its placement was written. */
  rebuilt?: Rebuilt;
  form: Form;
  /** Ours; made anew when what it shows has changed. */
  element?: HTMLElement;
  /** What `element` shows. */
  shown?: string;
  /** Elements whose attributes were changed for the form, with the names. */
  changed: [Element, string][];
}
