/** Units in batches that a model can answer whole. */

import type { Model } from '../models/types';

/** Tokens that a model may write when nobody knows its limit. */
const assumedOutput = 4_096;

/** The share of its limit that a batch is to fill at most: estimates are off by a third, and thinking counts. */
const filled = 0.6;

/**
 * Tokens of translation in one batch at the most, whatever the model could write: a batch is read before the next is
 * asked for in parallel, and what fails is asked for again.
 */
const largestBatch = 3_600;

/** The first batch is smaller: its terms are what all others wait for, and the reader sees it first. */
const firstBatch = 1_200;

/** Units of one batch at the most: models lose count in longer lists. */
export const mostUnits = 60;

/** Tokens of translation that a batch may have. */
export const batchTokens = (
  { outputLimit = assumedOutput, window }: Pick<Model, 'outputLimit' | 'window'>,
  isFirst = false,
): number =>
  Math.max(
    200,
    Math.min(Math.floor(Math.min(outputLimit, window / 4) * filled), isFirst ? firstBatch : largestBatch),
  );

/** Tokens of translation that fit into one answer. */
export const writableTokens = ({
  outputLimit = assumedOutput,
  window,
}: Pick<Model, 'outputLimit' | 'window'>) => Math.floor(Math.min(outputLimit, window / 4) * filled);

export interface BatchLimits {
  tokens: number;
  units?: number;
}

/** The first of a list that make a batch; at least one. */
export function nextBatch<T extends { tokens: number }>(
  entries: Iterable<T>,
  { tokens, units: most = mostUnits }: BatchLimits,
): T[] {
  const batch: T[] = [];
  let sum = 0;
  for (const entry of entries) {
    sum += entry.tokens;
    if (batch.length > 0 && sum > tokens) break;
    batch.push(entry);
    if (batch.length >= most) break;
  }
  return batch;
}
