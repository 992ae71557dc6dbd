/** What a run has spent, what is still to come, and how much of it the user has agreed to. */

import type { MeasuredSource } from '../context/compose';
import { type Money, sumMoney } from '../context/money';
import type { Model } from '../models/types';
import type { BatchOutcome } from './batch-run';
import { reckon } from './price';
import type { TranslationState } from './types';

/**
 * By how much a run may pass what was agreed before the user is asked again: estimates are off by about as much, and a
 * question about less would be asked for nothing.
 */
export const margin = 0.25;

/** What is not done yet: requests, those under way included, and tokens of the units in them. */
export interface ToCome {
  batches: number;
  tokens: number;
}

export function createBudget(document: MeasuredSource, model: Model) {
  let agreed: Money | undefined;
  let spent: Money[] = [];
  const usage = { input: 0, cached: 0 };
  const reckoned = ({ batches, tokens }: ToCome) => reckon({ document, model, batches, own: tokens });
  return {
    /** So much may it cost in all. Without a sum, because nobody knows a price, nothing is asked. */
    agree(sum: Money | undefined) {
      agreed = sum;
    },
    take({ usage: { input = 0, cached = 0 } = {}, cost }: Pick<BatchOutcome, 'usage' | 'cost'>) {
      usage.input += input;
      usage.cached += Math.min(cached, input);
      if (cost) spent = sumMoney([...spent, cost]);
    },
    /** Whether it would cost more than was agreed, by more than the margin. */
    isPassed(left: ToCome): boolean {
      const { price } = reckoned(left);
      if (!agreed || !price) return false;
      const [sum, ...others] = sumMoney([...spent, price]);
      // Amounts in two currencies cannot be compared; a model has one.
      if (!sum || others.length > 0 || sum.currency !== agreed.currency) return false;
      return sum.amount > agreed.amount * (1 + margin);
    },
    facts(left: ToCome): Pick<TranslationState, 'price' | 'spent' | 'cachedShare'> {
      const { price, cachedShare } = reckoned(left);
      const [sum, ...others] = spent;
      return {
        price,
        ...(sum && others.length === 0 ? { spent: sum } : {}),
        cachedShare: usage.input > 0 ? usage.cached / usage.input : cachedShare,
      };
    },
  };
}
