/** What searching speaks of: a query, what an engine answers, a page that is read because of it. */

import type { Trouble } from '../errors';
import type { Source } from '../source';

/** One result of an engine: where it leads and what it is called. What engines say about it is never sent. */
export interface Hit {
  /** http or https, unwrapped from the engine's own redirects. */
  url: string;
  title: string;
}

/** What a page of results turned out to be. Everything but `hits` and `empty` means that another way is tried. */
export type ResultList =
  | { kind: 'hits'; hits: Hit[] }
  | { kind: 'empty' }
  /** The engine wants to see a person, or consent: the user can give that in a tab. */
  | { kind: 'captcha' | 'consent' }
  /** A page with words and without anything that looks like a result: its markup has changed. */
  | { kind: 'changed' };

/** What was found for one query, and by whom. */
export interface Found {
  /** Id of the engine that answered. */
  engine: string;
  /** What it is called, as the user knows it. */
  engineName: string;
  hits: Hit[];
  /** Engines that were asked before and could not answer, each with the reason. */
  passedOver: { engine: string; engineName: string; trouble: Trouble }[];
}

/** How a page among the results is being read. */
export type HitProgress =
  | { stage: 'waiting' }
  /** `loaded` and `total` are bytes or pages; `total` is absent where nobody knows. `inTab`: its scripts run. */
  | { stage: 'reading'; loaded?: number; total?: number; inTab?: boolean };

/** A page that was read whole, or why it was not. */
export type HitReading =
  | { kind: 'read'; source: Source /** It was open in a tab, and was read there. */; live?: boolean }
  /** Its text is that of another result, which has this rank (from 0). */
  | { kind: 'same'; rank: number }
  | { kind: 'trouble'; trouble: Trouble };
