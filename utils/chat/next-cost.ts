/** What the next question is going to cost, before it is sent. */

import type { Money } from '../context/money';
import { estimateCost } from '../context/prices';
import { type MeasuredSource, scaleTokens } from '../context/tokens';
import type { Connection } from '../models/types';
import type { AnswerRecord, SendingRecord } from '../store/records';
import { type ConversationState, lastAnswered } from './conversation-state';

/** The shortest time for which vendors keep what they have read (Anthropic, Alibaba; models.md, A4). */
const cacheLife = 5 * 60_000;

/** Tokens of an answer that nobody has written yet: about a page. */
export const usualAnswer = 800;

/** Tokens of instructions and a question of usual length. */
const usualQuestion = 250;

export interface NextCost {
  /** Tokens that will be sent. */
  tokens: number;
  /** Of these, the share that the vendor probably still has, 0 to 1. */
  cachedShare: number;
  /** Absent where the price is not known. */
  cost?: Money;
}

/** Tokens that a vendor probably still has from the last answer: all that was sent then, and the answer itself. */
export function likelyCached(
  last: AnswerRecord | undefined,
  { provider, model }: Connection,
  now = Date.now(),
): number {
  const sending = last?.sendings.at(-1);
  if (!last || !sending || last.provider !== provider.id || last.model !== model.name) return 0;
  if (last.passes || now - sending.sentAt > cacheLife) return 0;
  return inputOf(sending);
}

/** Tokens of the request itself: after rounds with tools the provider’s count is that of several. */
const inputOf = ({ rounds, usage, estimate }: SendingRecord): number =>
  (rounds ? undefined : usage?.input) ?? estimate.total;

/** The next question in this conversation, with these sources beside those that were sent. */
export function nextQuestionCost(
  state: ConversationState,
  sources: MeasuredSource[],
  connection: Connection,
  now = Date.now(),
): NextCost {
  const last = lastAnswered(state);
  const sending = last?.sendings.at(-1);
  const sent = new Set(sending?.estimate.bySource.map(({ id }) => id));
  const fresh = sources
    .filter(({ source }) => !sent.has(source.id))
    .reduce((sum, entry) => sum + scaleTokens(entry, connection.model), 0);
  const before = sending ? inputOf(sending) + (sending.usage?.output ?? usualAnswer) : 0;
  const tokens = before + fresh + usualQuestion;
  const cached = Math.min(likelyCached(last, connection, now), tokens);
  return {
    tokens,
    cachedShare: tokens > 0 ? cached / tokens : 0,
    cost: estimateCost(connection.model, { input: tokens, cached, output: usualAnswer }),
  };
}
