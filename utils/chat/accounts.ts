/** After a sending: what it cost, what it teaches about the model, and whether the server read all of it. */

import { isCut, learn } from '../context/calibration';
import { costOf, estimateCost } from '../context/prices';
import { estimateTokens } from '../context/tokens';
import type { Trouble } from '../errors';
import type { Connection } from '../models/types';
import type { SendingRecord } from '../store/records';
import { settings } from '../store/settings';
import { type createSpendingStore, monthOf, spendingStore } from '../store/spending';
import { calibrationKey } from './connection';

/** What came of one sending. */
export interface Settlement {
  chatId: string;
  connection: Connection;
  sending: SendingRecord;
  /** Text and thinking that arrived with it. */
  received: string;
  trouble?: Trouble;
}

export type Account = (settlement: Settlement) => Promise<Pick<SendingRecord, 'cost' | 'alarm'>>;

export interface AccountStores {
  spending?: ReturnType<typeof createSpendingStore>;
  calibration?: typeof settings.calibration;
  providers?: typeof settings.providers;
  now?: () => number;
}

/**
 * Keeps the account of sendings. What nobody counted is reckoned from the estimate when words arrived; a request that
 * was refused costs nothing.
 */
export const createAccount =
  ({
    spending = spendingStore,
    calibration = settings.calibration,
    providers = settings.providers,
    now = Date.now,
  }: AccountStores = {}): Account =>
  async ({ chatId, connection, sending, received, trouble }) => {
    const { model, provider } = connection;
    if (provider.wire === 'excerpts') return {};
    const { usage, estimate } = sending;
    if (trouble?.code === 'too-long') await learnWindow(connection, trouble, providers);
    const output = usage?.output ?? estimateTokens(received);
    const cost = usage?.input
      ? costOf(model, { ...usage, output })
      : received
        ? estimateCost(model, { input: estimate.total, output })
        : undefined;
    if (cost) {
      const input = usage?.input ?? estimate.total;
      const exact = cost.exact && usage?.output !== undefined;
      const entry = { chatId, month: monthOf(now()), providerId: provider.id, model: model.name };
      await spending.record({ ...entry, cost: { ...cost, exact }, input, output });
    }
    if (!usage?.input) return { cost };
    const all = await calibration.read();
    const key = calibrationKey(connection);
    const known = all[key] ?? {};
    const expected = { total: estimate.total, han: estimate.han ?? 0 };
    if (isCut(expected, usage.input, known)) {
      return { cost, alarm: { reported: usage.input, expected: estimate.total } };
    }
    // A total that the provider counted teaches nothing about our own count.
    if (!estimate.counted) await calibration.write({ ...all, [key]: learn(known, expected, usage.input) });
    return { cost };
  };

/** A server that refuses names what it holds. The smaller number is believed: the larger has just been refused. */
async function learnWindow(
  { provider, model }: Connection,
  { facts }: Trouble,
  providers: typeof settings.providers,
): Promise<void> {
  const limit = Number(facts.limit);
  if (!(limit >= 1_024 && limit < model.window)) return;
  const entries = await providers.read();
  await providers.write(
    entries.map((entry) =>
      entry.providerId === provider.id
        ? {
            ...entry,
            corrections: {
              ...entry.corrections,
              [model.id]: { ...entry.corrections?.[model.id], window: limit },
            },
          }
        : entry,
    ),
  );
}
