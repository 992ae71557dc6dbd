import { describe, expect, it } from 'vitest';
import { inOwnCurrency, type Money, sumMoney, together } from '@/utils/context/money';
import { costOf, estimateCost } from '@/utils/context/prices';
import { providers } from '@/utils/models/providers';
import type { Price } from '@/utils/models/types';
import fc from '../fixtures/property';

const price: Price = {
  currency: 'USD',
  input: 0.1,
  output: 0.5,
  cacheRead: 0.01,
  cacheWrite: 0.125,
  steps: [
    { above: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
    { above: 500_000, input: 1, output: 5 },
  ],
};
const usd = (amount: number, exact = true): Money => ({ currency: 'USD', amount, exact });
const cny = (amount: number): Money => ({ currency: 'CNY', amount, exact: true });

describe('what a request costs', () => {
  it.each([
    ['fresh tokens', { input: 100_000, output: 1_000 }, 0.0105],
    ['tokens from the cache', { input: 100_000, cached: 90_000, output: 0 }, 0.0019],
    ['tokens written to it', { input: 100_000, cached: 50_000, written: 40_000, output: 0 }, 0.0065],
    ['the dearer step for all of it', { input: 100_001, output: 1_000 }, 0.0525005],
    ['a step without prices of a cache', { input: 500_001, cached: 500_000, output: 0 }, 0.500001],
    ['more from the cache than was sent', { input: 100, cached: 500, output: 0 }, 0.000001],
  ])('counts %s', (_, usage, amount) => {
    expect(costOf({ price }, usage)).toEqual(usd(amount));
    expect(estimateCost({ price }, usage)).toMatchObject({ exact: false });
  });

  it('is unknown without a price or a count, and not exact where something is missing', () => {
    expect(costOf({}, { input: 1, output: 1 })).toBeUndefined();
    expect(costOf({ price }, { output: 1 })).toBeUndefined();
    expect(costOf({ price }, { input: 1_000 })?.exact).toBe(false);
    expect(estimateCost({}, { input: 1, output: 1 })).toBeUndefined();
  });

  it('is never exact where the vendor charges by the hour', () => {
    expect(costOf({ price: { ...price, varies: true } }, { input: 10, output: 10 })?.exact).toBe(false);
    const deepseek = providers.find(({ id }) => id === 'deepseek')?.models ?? [];
    expect(deepseek.length).toBeGreaterThan(0);
    for (const model of deepseek) expect(model.price?.varies, model.id).toBe(true);
  });

  it('adds up exactly: the sum of the parts is the price of all tokens, for every price in our data', () => {
    const prices = providers.flatMap(({ models }) => models.flatMap((model) => model.price ?? []));
    expect(prices.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(
        fc.constantFrom(...prices),
        fc.array(fc.record({ input: fc.nat(90_000), cached: fc.nat(40_000), output: fc.nat(9_000) }), {
          minLength: 1,
          maxLength: 200,
        }),
        (each, usages) => {
          const plain = { ...each, steps: undefined };
          const costs = usages.map((usage) => costOf({ price: plain }, usage) ?? expect.fail('No cost'));
          const [sum] = sumMoney(costs);
          const unit = (perMillion: number) => BigInt(Math.round(perMillion * 1e6));
          const exact = usages.reduce((total, { input, cached, output }) => {
            const read = Math.min(cached, input);
            return (
              total +
              BigInt(input - read) * unit(plain.input) +
              BigInt(read) * unit(plain.cacheRead ?? plain.input) +
              BigInt(output) * unit(plain.output)
            );
          }, 0n);
          expect(sum?.amount).toBe(Number(exact) / 1e12);
        },
      ),
      { numRuns: 200, seed: 11 },
    );
  });
});

describe('amounts together', () => {
  it('keep currencies apart, and are exact only when all are', () => {
    expect(sumMoney([usd(0.1), usd(0.2), cny(3)])).toEqual([usd(0.3), cny(3)]);
    expect(sumMoney([usd(1), usd(1, false)])).toEqual([usd(2, false)]);
    expect(sumMoney([])).toEqual([]);
  });

  it('are compared in the currency of a limit', () => {
    expect(together([usd(1), usd(2)], 'USD')).toEqual(usd(3));
    expect(together([usd(1), cny(7)], 'USD', 7)).toEqual(usd(2, false));
    expect(together([usd(1), cny(7)], 'CNY', 7)).toEqual({ currency: 'CNY', amount: 14, exact: false });
    expect(together([], 'CNY')).toEqual(cny(0));
  });

  it('are shown in the user’s own currency by the rate they typed', () => {
    expect(inOwnCurrency(usd(2), { code: 'EUR', perDollar: 0.9 })).toEqual({
      code: 'EUR',
      amount: 1.8,
      exact: false,
    });
    expect(inOwnCurrency(cny(5), { code: 'CNY', perDollar: 7.1 })).toEqual({
      code: 'CNY',
      amount: 5,
      exact: true,
    });
    expect(inOwnCurrency(cny(5), { code: 'EUR', perDollar: 0.9 })).toBeUndefined();
  });
});
