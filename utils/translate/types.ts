/** What translating is made of: terms, a run over many units, a selection. Knows no page and no screen. */

import type { Money } from '../context/money';
import type { Trouble } from '../errors';

export type { Display, PageUnit, Placement } from '../page/translate/types';

/** A word of a text and what it is called in the language of the translation. */
export interface Term {
  id: string;
  /** As the text has it, e.g. `the Chair`. */
  source: string;
  /** Empty: it stays as it is. */
  target: string;
  /** Which sense is meant, in a few words. */
  note?: string;
  match: { caseSensitive: boolean; wholeWord: boolean };
  scope: 'page' | 'site' | 'everywhere';
  /** The address of the page without what follows #, the host, or nothing. */
  place: string;
  /** BCP 47 tag of the language of `target`. */
  lang: string;
  /** Only the user changes it. */
  isLocked: boolean;
  /** Who said so first. */
  origin: 'model' | 'user' | 'file';
  createdAt: number;
  changedAt: number;
}

/** Milliseconds since the epoch are numbers named `…At` and `until`. */
export interface TranslationState {
  status:
    | 'idle'
    /** The user is asked about the price first. */
    | 'price'
    | 'running'
    | 'paused'
    /** A limit of the vendor: it goes on by itself at `until`. */
    | 'waiting'
    | 'done'
    | 'stopped'
    | 'failed';
  /** Units to translate, and those that have a translation. */
  total: number;
  done: number;
  failed: number[];
  batches: { done: number; total: number };
  /** Units left as they are: already in the language of the translation, or of a language that is never translated. */
  skipped: number;
  /** Every unit is in the language of the translation already: its BCP 47 tag. */
  already?: string;
  until?: number;
  /** Share of the input that the vendor had in its cache, 0 to 1. */
  cachedShare?: number;
  /** What it will cost before it starts, what it has cost since. */
  price?: Money;
  spent?: Money;
  trouble?: Trouble;
}

/** A unit whose translation has none of the words that a term allows. */
export interface Inconsistency {
  termId: string;
  units: number[];
}
