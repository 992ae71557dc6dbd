/** Units that were refused in their batch: asked for again before what comes next, and not among it. */

import { type BatchLimits, nextBatch } from './batches';
import type { Entry, UnitList } from './unit-list';

/** Each alone up to so many; of more, so many go together, because each request has the whole document. */
const fewAlone = 4;
const mostTogether = 10;

export interface Retries {
  push(entries: readonly Entry[]): void;
  /** The next to ask for; empty when there are none. */
  next(limits: Required<BatchLimits>): Entry[];
}

export function createRetries(units: UnitList): Retries {
  let queue: number[] = [];
  const isOpen = (entry: Entry | undefined): entry is Entry => entry?.state === 'new';
  return {
    push(entries) {
      queue.push(...entries.map(({ unit }) => unit.id));
    },
    next({ tokens, units: most }) {
      const open = [...new Set(queue)].map((id) => units.get(id)).filter(isOpen);
      const [first] = open;
      if (!first) {
        queue = [];
        return [];
      }
      // Asked for a second time they may go together; the third time is the last, and each its own.
      const second = open.filter(({ tries }) => tries === 1);
      const batch =
        first.tries !== 1 || second.length <= fewAlone || most === 1
          ? [first]
          : nextBatch(second, { tokens, units: Math.min(most, mostTogether) });
      const taken = new Set(batch);
      queue = open.filter((entry) => !taken.has(entry)).map(({ unit }) => unit.id);
      return batch;
    },
  };
}
