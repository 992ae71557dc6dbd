import { type Growth, growthOf, readTab } from '../browser/read-tab';
import type { Source } from '../source';

/** Letters that have to come before the page is looked at again: less is a clock, a counter, an advertisement. */
const worthReading = 150;

/**
 * Whether a page may say something that a reading of it has not. Each reading counts anew: what was added before a
 * newer one began, in another window or for another purpose, the counter does not know.
 */
export const mayHaveGrown = ({ added, since }: Growth, { readAt }: Pick<Source, 'readAt'>): boolean =>
  since > readAt || added >= worthReading;
/** Milliseconds between two looks at the counter, which costs next to nothing. */
const interval = 2_000;
/** Milliseconds until the page itself is read again, doubled each time that nothing had changed in its text. */
const firstRest = 4_000;

export interface GrowthOptions {
  tabId: number;
  source: Source;
  mode: 'article' | 'everything';
  withHidden: boolean;
  /** A newer reading that has passages the one on screen does not have. */
  onGrown: (newer: Source, passages: number) => void;
}

/** Watches a page that was read until the returned function is called. A page that goes away ends it silently. */
export function watchGrowth({ tabId, source, mode, withHidden, onGrown }: GrowthOptions): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let rest = firstRest;
  let quietUntil = 0;
  let latest = source;

  const look = async () => {
    if (document.hidden || Date.now() < quietUntil) return;
    const growth = await growthOf(tabId);
    if (!growth || !mayHaveGrown(growth, latest) || signal.aborted) return;
    quietUntil = Date.now() + rest;
    const newer = await readTab(tabId, { mode, withHidden, previous: source, signal });
    if (signal.aborted) return;
    const isSame = newer.id === latest.id;
    latest = newer;
    rest = isSame ? rest * 2 : firstRest;
    if (isSame) return;
    const known = new Set(source.segments.map(({ number }) => number));
    const fresh = newer.segments.filter(({ number }) => !known.has(number)).length;
    if (fresh > 0) onGrown(newer, fresh);
  };
  every(interval, look, signal);
  return () => controller.abort();
}

/** Calls `onGrown` once when a page that had no text gets some. */
export function whenGrown(tabId: number, onGrown: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const look = async () => {
    if (!(await growthOf(tabId))?.added || signal.aborted) return;
    controller.abort();
    onGrown();
  };
  every(interval / 4, look, signal);
  return () => controller.abort();
}

/** Runs `work` again and again, with a pause after each run, until the signal. Failures are not news: the page is gone. */
function every(pause: number, work: () => Promise<void>, signal: AbortSignal): void {
  const next = async () => {
    if (signal.aborted) return;
    await work().catch(() => undefined);
    if (!signal.aborted) setTimeout(next, pause);
  };
  setTimeout(next, pause);
}
