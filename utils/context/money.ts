import type { Currency } from '../models/types';

/** An amount as a vendor bills it. `exact` is false for estimates, which are shown with ≈. */
export interface Money {
  currency: Currency;
  amount: number;
  exact: boolean;
}

/** The sum of amounts, one for each currency that occurs; exact only when all of them are. */
export function sumMoney(amounts: Iterable<Money>): Money[] {
  const sums = new Map<Currency, Money>();
  for (const { currency, amount, exact } of amounts) {
    const sum = sums.get(currency) ?? { currency, amount: 0, exact: true };
    sums.set(currency, { currency, amount: sum.amount + amount, exact: sum.exact && exact });
  }
  return [...sums.values()];
}

/**
 * Yuan for a dollar where the user gave no rate of their own: only amounts in two currencies are compared with it,
 * for a limit or an order, and never shown. The central parity rate has been within 5 % of it since 2023.
 */
const yuanPerDollar = 7.1;

/** An amount in dollars, for comparing. `perDollar` is the user's own rate for yuan, if they gave one. */
export const inDollars = ({ currency, amount }: Money, perDollar = yuanPerDollar): number =>
  currency === 'USD' ? amount : amount / perDollar;
