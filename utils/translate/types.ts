/** What translating is made of: terms, a run over many units, a selection. Knows no page and no screen. */

import type { Money } from '../context/money';
import type { Trouble } from '../errors';
import type { PageUnit, Placement } from '../page/translate/types';

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
    /** It would come to more than was agreed: what is under way ends, and nothing more is asked for. */
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
  /** What is still to come will cost, and what came has cost. */
  price?: Money;
  spent?: Money;
  /** The model has shown that it holds no more units in one request than this. */
  unitsAtOnce?: number;
  trouble?: Trouble;
}

/** A unit whose translation has none of the words that a term allows. */
export interface Inconsistency {
  termId: string;
  units: number[];
}

/** What the engine wants of a glossary; see `createGlossary`. */
export interface GlossaryUse {
  /** Terms that occur in a text (without marks), those that the user decided first. */
  termsIn(text: string): Term[];
  /** Of those the ones that the user decided: a translation made with others is another one. */
  decidedIn(text: string): Term[];
  /** Takes up what the model called things. What the user decided stays. */
  learn(terms: readonly { source: string; target: string; note?: string }[]): void;
}

/** Translations that were made before, by what they were made of. */
export interface TranslationCache {
  read(keys: readonly string[]): Promise<(string | undefined)[]>;
  write(entries: readonly { key: string; text: string }[]): Promise<void>;
}

/** A run over many units. Everything it says is about the units that were added so far. */
export interface Translation {
  get(): TranslationState;
  subscribe(listener: () => void): () => void;
  /** Units, in the order of the page; more may come at any time. `complete`: the page has no more just now. */
  add(units: readonly PageUnit[], complete: boolean): Promise<void>;
  /** What is wanted first. Units that it does not name come after, in the order in which they were added. */
  setOrder(ids: readonly number[]): void;
  remove(ids: readonly number[]): void;
  /**
   * Begins, or goes on where it was. `agreed` is what it may cost in all: before it comes to a quarter more, it waits with
   * the status `price` for a start with another sum. Without it nothing is waited for.
   */
  start(agreed?: Money): void;
  /** Ends the requests under way; what came stays. */
  pause(): void;
  resume(): void;
  stop(): void;
  /** Translates these once more, with a request whatever is kept of them. */
  again(ids: readonly number[]): void;
  /** Says which units have a translation by now, to whoever comes later. */
  placements(): Placement[];
  onPlace(listener: (placements: Placement[]) => void): () => void;
  /** Units that are being translated just now. */
  onWaiting(listener: (units: number[]) => void): () => void;
  onFailed(listener: (units: number[]) => void): () => void;
  /** How often a translation was refused, by the reason: for a debug view. */
  refusals(): Readonly<Record<string, number>>;
}
