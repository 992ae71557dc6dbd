/** After a sending: what it cost, what it teaches about the model, and whether the server read all of it. */

import { isCut, learn, leastTokens } from '../context/calibration';
import type { Money } from '../context/money';
import { costOf, estimateCost } from '../context/prices';
import { estimateTokens } from '../context/tokens';
import type { ErrorCode, Trouble } from '../errors';
import type { Connection, EndReason } from '../models/types';
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
  reason?: EndReason;
  trouble?: Trouble;
  /** It ended while the server had asked to wait: nothing was being read. */
  paused?: boolean;
}

export type Account = (settlement: Settlement) => Promise<Pick<SendingRecord, 'cost' | 'alarm'>>;

export interface AccountStores {
  spending?: ReturnType<typeof createSpendingStore>;
  calibration?: typeof settings.calibration;
  now?: () => number;
}

/** Keeps the account of sendings. */
export const createAccount =
  ({
    spending = spendingStore,
    calibration = settings.calibration,
    now = Date.now,
  }: AccountStores = {}): Account =>
  async (settlement) => {
    const { chatId, connection, sending, trouble } = settlement;
    const { model, provider } = connection;
    if (provider.wire === 'excerpts') return {};
    if (trouble?.code === 'too-long') {
      await learnFromRefusal(connection, sending, trouble, calibration);
    }
    const { usage, estimate } = sending;
    const output = usage?.output ?? estimateTokens(settlement.received);
    const cost = costOfSending(settlement, output);
    if (cost) {
      const input = usage?.input ?? estimate.total;
      const entry = { chatId, month: monthOf(now()), providerId: provider.id, model: model.name };
      await spending.record({ ...entry, cost, input, output });
    }
    // The counts of two requests together say nothing about one of them.
    if (!usage?.input || sending.rounds) return { cost };
    const key = calibrationKey(connection);
    const known = (await calibration.read())[key] ?? {};
    const expected = { ...estimate, repeats: sending.repeats };
    const reported = { input: usage.input, cached: usage.cached };
    if (leftNoRoom(settlement) || isCut(expected, reported, known)) {
      return { cost, alarm: { reported: usage.input, expected: estimate.total } };
    }
    // A total that the provider counted teaches nothing about our own count.
    if (!estimate.counted) {
      const used = connection.learned ?? {};
      await calibration.change((all) => ({ ...all, [key]: learn(all[key] ?? {}, expected, reported, used) }));
    }
    return { cost };
  };

/** Ends in which the server had the request and may have read it, although it reported nothing. */
const unreported: EndReason[] = ['stop', 'length', 'filtered', 'tool-calls', 'aborted', 'cut-off'];
const unreportedTroubles: ErrorCode[] = ['empty-answer', 'thinking-only', 'stream-error'];

/**
 * What nobody counted is reckoned from the estimate; a request that was refused, or that never arrived, costs nothing.
 */
export function costOfSending(
  {
    connection: { model },
    sending,
    received,
    reason,
    paused,
    trouble,
  }: Omit<Settlement, 'chatId' | 'sending'> & { sending: Pick<SendingRecord, 'usage' | 'estimate'> },
  output: number,
): Money | undefined {
  const { usage, estimate } = sending;
  if (usage?.input) {
    const cost = costOf(model, { ...usage, output });
    return cost && { ...cost, exact: cost.exact && usage.output !== undefined };
  }
  const arrived =
    (reason !== undefined && unreported.includes(reason)) ||
    (trouble !== undefined && unreportedTroubles.includes(trouble.code));
  const wasRead = received !== '' || (!paused && arrived);
  return wasRead ? estimateCost(model, { input: estimate.total, output }) : undefined;
}

/** Some servers cut the input until it fits, have no room left to answer, and say “length” after no word (MiMo). */
const leftNoRoom = ({ sending, trouble }: Settlement): boolean =>
  trouble?.code === 'empty-answer' &&
  trouble.facts.finish === 'length' &&
  !sending.usage?.output &&
  sending.estimate.total >= leastTokens;

/** Sentences that count the input alone. Others add the room for the answer to it. */
const countsInput = /request \(\d+ tokens\) exceeds the available context|prompt is too long: \d+ tokens/i;

/** A server that names what it counted teaches as much as one that answers. */
async function learnFromRefusal(
  connection: Connection,
  { estimate }: SendingRecord,
  { facts }: Trouble,
  calibration: typeof settings.calibration,
): Promise<void> {
  const input = Number(facts.needed);
  if (!(input > 0) || estimate.counted || !countsInput.test(String(facts.message ?? ''))) return;
  const key = calibrationKey(connection);
  const used = connection.learned ?? {};
  await calibration.change((all) => ({ ...all, [key]: learn(all[key] ?? {}, estimate, { input }, used) }));
}
