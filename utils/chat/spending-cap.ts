/** The limit of spending that the user set: it asks before it is passed, and once each time it is. */

import { type Money, together } from '../context/money';
import { monthOf } from '../store/spending';
import type { SpendingDecision } from './decisions';
import type { Surroundings } from './preparation';

/**
 * The question to the user when this would pass their limit, or pass it once more (twice the limit, three times …).
 * With their consent it is remembered, so that the questions after it are not stopped one by one.
 */
export async function overCap(
  cost: Money | undefined,
  chatId: string,
  surroundings: Pick<Surroundings, 'cap' | 'capsPassed' | 'passCap' | 'currency' | 'spent'>,
  agreed: ReadonlySet<'spending' | 'memory'> | undefined,
  now: () => number,
): Promise<SpendingDecision | undefined> {
  const cap = cost ? await surroundings.cap() : null;
  if (!cap || !cost) return undefined;
  const own = await surroundings.currency();
  const rate = own?.code === 'CNY' ? own.perDollar : undefined;
  const amounts = await surroundings.spent(cap.period, chatId);
  const sum = together([...amounts, cost], cap.currency, rate);
  if (sum.amount <= cap.amount) return undefined;
  const times = Math.ceil(sum.amount / cap.amount) - 1;
  const name = `${cap.period === 'month' ? monthOf(now()) : chatId} ${cap.amount} ${cap.currency}`;
  if (((await surroundings.capsPassed())[name] ?? 0) >= times) return undefined;
  if (agreed?.has('spending')) {
    await surroundings.passCap(name, times);
    return undefined;
  }
  return {
    kind: 'spending',
    cost,
    spent: together(amounts, cap.currency, rate),
    cap: { currency: cap.currency, amount: cap.amount, exact: true },
    period: cap.period,
  };
}
