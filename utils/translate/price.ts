/** What a run will cost, and whether its model holds the document at all. */

import type { MeasuredSource } from '../context/compose';
import type { Money } from '../context/money';
import { estimateCost } from '../context/prices';
import { scaleTokens } from '../context/tokens';
import type { Connection, Model } from '../models/types';
import { batchInstructions, batchQuestion } from '../prompts/translate';
import { requestFor } from './ask';
import { batchTokens } from './batches';
import { englishName } from './languages';

/** Tokens of the instructions and signs around a batch. */
const aroundBatch = 400;

/**
 * What is left will cost so much: the document with every batch, from the vendor's cache after the first. `own` are the
 * tokens of the units that are left. Shares are of the input, 0 to 1.
 */
export function reckon({
  document,
  model,
  batches,
  own,
}: {
  document: MeasuredSource;
  model: Model;
  batches: number;
  own: number;
}): { price?: Money; cachedShare: number } {
  if (batches === 0) return { cachedShare: 0 };
  const whole = scaleTokens(document, model);
  const input = (whole + aroundBatch) * batches + own;
  const cached = whole * (batches - 1);
  const price = estimateCost(model, { input, cached, output: own });
  return { ...(price ? { price } : {}), cachedShare: cached / input };
}

/**
 * Whether the model holds the document together with a batch.
 * @throws AppError too-long, with the numbers
 */
export async function checkFits(options: {
  document: MeasuredSource;
  connection: Connection;
  lang: string;
  chatId?: string;
}): Promise<void> {
  const { connection, lang } = options;
  const words = 'word '.repeat(batchTokens(connection.model));
  await requestFor({
    ...options,
    instructions: batchInstructions(englishName(lang), 'json'),
    question: batchQuestion([{ id: 1, text: words }], 'json'),
  });
}
