/** Keeps translations while they come: what was paid for is there when the page is closed in the middle of a batch. */

import { keep } from './recall';
import { createSoon } from './soon';
import type { TranslationCache } from './types';
import type { MadeWith } from './unit-cache';
import type { Entry } from './unit-list';

/** Milliseconds in which what comes is written together. */
const together = 1_000;

export function createKeeper(cache: TranslationCache | undefined, made: MadeWith) {
  let waiting: Entry[] = [];
  const flush = () => {
    soon.cancel();
    const some = waiting;
    waiting = [];
    void keep(some, cache, made);
  };
  const soon = createSoon(flush, together);
  return {
    add(entries: readonly Entry[]) {
      if (!cache || entries.length === 0) return;
      waiting.push(...entries);
      soon.ask();
    },
    flush,
  };
}
