/** What becomes of the units of a batch that its request did not translate. */

import type { BatchOutcome } from './batch-run';
import type { Entry } from './unit-list';

/** A unit is asked for this often: in its batch, alone, and alone in the plainest form. */
export const mostTries = 3;

/** From this share of refused lines on, a batch says that the model cannot hold so many. */
const manyRefused = 0.3;

export interface Verdict {
  /** They are asked for again. */
  open: Entry[];
  /** Of those, the ones that go alone. */
  alone: Entry[];
  failed: Entry[];
  /** The last try has their words and not their marks. */
  unmarked: Entry[];
  /** The model holds no more units than this at once. */
  most?: number;
}

export function judge(
  batch: readonly Entry[],
  { bad, made, isWhole, isComplete }: Pick<BatchOutcome, 'bad' | 'made' | 'isWhole' | 'isComplete'>,
  isStopped: boolean,
): Verdict {
  const verdict: Verdict = { open: [], alone: [], failed: [], unmarked: [] };
  const left = batch.filter((entry) => entry.state === 'asked');
  const isAlone = batch.length === 1;
  const isOver = isWhole && !isStopped;
  // Where output ended at its limit nothing was said of the rest; where all of it was said, or nothing, it was left out.
  const isSilent = made.length === 0 || (isComplete && left.length - bad.size > batch.length / 2);
  const isTooMany = isOver && !isAlone && (bad.size > batch.length * manyRefused || isSilent);
  for (const entry of left) {
    const isRefused = !isTooMany && (bad.has(entry) || (isAlone && isOver) || (isComplete && isOver));
    if (isRefused) entry.tries++;
    if (entry.tries < mostTries) {
      verdict.open.push(entry);
      if (isRefused) verdict.alone.push(entry);
    } else if (entry.unmarked === undefined) verdict.failed.push(entry);
    else verdict.unmarked.push(entry);
  }
  // Half as many at a time, at last one by one: weak models lose count in lists.
  if (isTooMany) verdict.most = Math.max(1, Math.floor(batch.length / 2));
  return verdict;
}
