/** What a request costs, by the vendor's list. */

import type { Model, Price, Usage } from '../models/types';
import { type Money, parts } from './money';

const million = 1_000_000;

/**
 * What reported usage costs, or undefined when the price is unknown or nobody counted. The dearer step holds for
 * the whole request, as every vendor with steps bills it. A price that varies by the hour is never exact.
 */
export function costOf({ price }: Pick<Model, 'price'>, usage: Usage): Money | undefined {
  if (!price || usage.input === undefined) return undefined;
  const exact = usage.output !== undefined && !price.varies;
  return { currency: price.currency, amount: amountOf(price, usage), exact };
}

/** What a request is going to cost. `cached` is the part of the input that the vendor has probably kept. */
export function estimateCost(
  { price }: Pick<Model, 'price'>,
  usage: { input: number; cached?: number; output: number },
): Money | undefined {
  if (!price) return undefined;
  return { currency: price.currency, amount: amountOf(price, usage), exact: false };
}

/** In whole parts of a currency unit, so that the sum of many requests is what each of them was shown to cost. */
function amountOf(price: Price, { input = 0, cached = 0, written = 0, output = 0 }: Usage): number {
  const step = price.steps?.findLast(({ above }) => input > above) ?? price;
  const read = Math.min(cached, input);
  const kept = Math.min(written, input - read);
  const cost = (tokens: number, perMillion: number) => tokens * Math.round((perMillion * parts) / million);
  return (
    (cost(input - read - kept, step.input) +
      cost(read, step.cacheRead ?? step.input) +
      cost(kept, step.cacheWrite ?? step.input) +
      cost(output, step.output)) /
    parts
  );
}
