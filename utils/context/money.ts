import type { Currency } from '../models/types';

/** An amount as a vendor bills it. `exact` is false for estimates, which are shown with ≈. */
export interface Money {
  currency: Currency;
  amount: number;
  exact: boolean;
}
