/** What is reckoned with before a question is sent. */

import type { Connection } from '../models/types';
import type { AnswerRecord, SendingRecord } from '../store/records';

/** The shortest time for which vendors keep what they have read (Anthropic, Alibaba; models.md, A4). */
const cacheLife = 5 * 60_000;

/** Tokens of an answer that nobody has written yet: about a page. */
export const usualAnswer = 800;

/** Tokens of instructions and a question of usual length. */
export const usualQuestion = 250;

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
export const inputOf = ({ rounds, usage, estimate }: SendingRecord): number =>
  (rounds ? undefined : usage?.input) ?? estimate.total;
