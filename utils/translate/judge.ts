/** What becomes of the units of a batch that its request did not translate. */

import type { BatchOutcome } from './batch-run';
import type { Refusal } from './check';
import type { Entry } from './unit-list';

/** A unit is asked for this often: in its batch, alone, and alone in the plainest form. */
export const mostTries = 3;

/**
 * The right line with its marks lost or its source given back: the model knew which unit it was at, so fewer units at
 * once or another form help nothing, and it is asked for once more only.
 */
const deliberate = new Set<Refusal>(['marks', 'copy']);
const deliberateTries = 2;

/** From this share of refused lines on, a batch says that the model cannot hold so many. */
const manyRefused = 0.3;

export interface Verdict {
  /** They are asked for again. */
  open: Entry[];
  /** Of those, the ones that do not go with the next batch. */
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
  const lost = [...bad.values()].filter((refusal) => !deliberate.has(refusal)).length;
  // Where output ended at its limit nothing was said of the rest; where all of it was said, or nothing, it was left out.
  const isSilent = made.length + bad.size === 0 || (isComplete && left.length - bad.size > batch.length / 2);
  const isTooMany = isOver && !isAlone && (lost > batch.length * manyRefused || isSilent);
  for (const entry of left) {
    const refusal = bad.get(entry);
    const isRefused = !isTooMany && (refusal !== undefined || (isAlone && isOver) || (isComplete && isOver));
    if (isRefused) entry.tries++;
    if (entry.tries < (refusal && deliberate.has(refusal) ? deliberateTries : mostTries)) {
      verdict.open.push(entry);
      if (isRefused) verdict.alone.push(entry);
    } else if (entry.unmarked === undefined) verdict.failed.push(entry);
    else verdict.unmarked.push(entry);
  }
  // Half as many at a time, at last one by one: weak models lose count in lists.
  if (isTooMany) verdict.most = Math.max(1, Math.floor(batch.length / 2));
  return verdict;
}
