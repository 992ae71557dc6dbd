import type { Currency } from '../models/types';

/** An amount as a vendor bills it. `exact` is false for estimates, which are shown with ≈. */
export interface Money {
  currency: Currency;
  amount: number;
  exact: boolean;
}

/**
 * Parts of a currency unit in which amounts are added. List prices have at most six decimals for a million tokens, so
 * a token costs a whole number of these, and sums are exact up to 9,007 units.
 */
export const parts = 1e12;

/** The sum of amounts, one for each currency that occurs; exact only when all of them are. No part of a cent is lost. */
export function sumMoney(amounts: Iterable<Money>): Money[] {
  const sums = new Map<Currency, { sum: number; exact: boolean }>();
  for (const { currency, amount, exact } of amounts) {
    const before = sums.get(currency) ?? { sum: 0, exact: true };
    sums.set(currency, { sum: before.sum + Math.round(amount * parts), exact: before.exact && exact });
  }
  return [...sums].map(([currency, { sum, exact }]) => ({ currency, amount: sum / parts, exact }));
}

/**
 * Yuan for a dollar where the user gave no rate of their own: only amounts in two currencies are compared with it,
 * for a limit or an order, and never shown. The central parity rate has been within 5 % of it since 2023.
 */
const yuanPerDollar = 7.1;

/** An amount in dollars, for comparing. `perDollar` is the user's own rate for yuan, if they gave one. */
export const inDollars = ({ currency, amount }: Money, perDollar = yuanPerDollar): number =>
  currency === 'USD' ? amount : amount / perDollar;

/** Amounts together in one currency, for a limit in it. Exact only when nothing had to be converted. */
export function together(amounts: Money[], currency: Currency, perDollar = yuanPerDollar): Money {
  const sums = sumMoney(amounts);
  const [own, other] = [true, false].map((same) => sums.find((sum) => (sum.currency === currency) === same));
  if (!other) return own ?? { currency, amount: 0, exact: true };
  const converted = inDollars(other, perDollar) * (currency === 'USD' ? 1 : perDollar);
  return { currency, amount: (own?.amount ?? 0) + converted, exact: false };
}

/** An amount in the currency that the user reckons in. */
export interface OwnMoney {
  code: string;
  amount: number;
  exact: boolean;
}

/**
 * An amount in the user's own currency by the rate that they typed; never exact, unless it was billed in it. Undefined
 * for yuan where the user reckons in something else: they gave no rate for that.
 */
export function inOwnCurrency(
  { currency, amount, exact }: Money,
  own: { code: string; perDollar: number },
): OwnMoney | undefined {
  if (currency === own.code) return { code: own.code, amount, exact };
  return currency === 'USD' ? { code: own.code, amount: amount * own.perDollar, exact: false } : undefined;
}
