/** A matcher for terms that come one after the other: what is new is looked for beside what was there. */

import { createMatcher, type Matched, type Matcher } from './term-matcher';

/** New terms that are looked for on their own; with more, all of them are put together anew. */
const mostRecent = 64;

export interface GrowingMatcher<T> extends Matcher<T> {
  /** From now on these are looked for. A term that changed is another object. */
  set(terms: readonly T[]): void;
}

export function createGrowingMatcher<T extends Matched>(): GrowingMatcher<T> {
  let base = new Set<T>();
  let [first, second] = [createMatcher<T>([]), createMatcher<T>([])];
  return {
    set(terms) {
      const now = new Set(terms);
      const recent = terms.filter((term) => !base.has(term));
      const isGrown = recent.length <= mostRecent && [...base].every((term) => now.has(term));
      if (!isGrown) {
        base = now;
        first = createMatcher(terms);
      }
      second = createMatcher(isGrown ? recent : []);
    },
    find: (text) => [...first.find(text), ...second.find(text)],
  };
}
