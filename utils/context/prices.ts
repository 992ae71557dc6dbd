/** What a request costs, by the vendor's list. */

import type { Model, Price, Usage } from '../models/types';
import type { Money } from './money';

const million = 1_000_000;

/**
 * What reported usage costs, or undefined when the price is unknown or nobody counted. The dearer step holds for
 * the whole request, as every vendor with steps bills it.
 */
export function costOf({ price }: Pick<Model, 'price'>, usage: Usage): Money | undefined {
  if (!price || usage.input === undefined) return undefined;
  return { currency: price.currency, amount: amountOf(price, usage), exact: usage.output !== undefined };
}

/** What a request is going to cost. `cached` is the part of the input that the vendor has probably kept. */
export function estimateCost(
  { price }: Pick<Model, 'price'>,
  usage: { input: number; cached?: number; output: number },
): Money | undefined {
  if (!price) return undefined;
  return { currency: price.currency, amount: amountOf(price, usage), exact: false };
}

function amountOf(price: Price, { input = 0, cached = 0, written = 0, output = 0 }: Usage): number {
  const step = price.steps?.findLast(({ above }) => input > above) ?? price;
  const read = Math.min(cached, input);
  const kept = Math.min(written, input - read);
  return (
    ((input - read - kept) * step.input +
      read * (step.cacheRead ?? step.input) +
      kept * (step.cacheWrite ?? step.input) +
      output * step.output) /
    million
  );
}

/** Two amounts of one currency together; exact only when both are. Other currencies are kept apart by the caller. */
export const addMoney = (one: Money, other: Money): Money => ({
  currency: one.currency,
  amount: one.amount + other.amount,
  exact: one.exact && other.exact,
});
