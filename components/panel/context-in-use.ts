import { type ConversationState, lastAnswered } from '@/utils/chat/conversation-state';
import type { MeasuredSource } from '@/utils/context/compose';
import { estimateTokens } from '@/utils/context/tokens';
import type { AnswerRecord } from '@/utils/store/records';

/**
 * Tokens that the next question will carry: what the last answer was sent with and said, by the provider's count
 * where there is one, and the sources that are new.
 */
export function contextInUse(chat: ConversationState, sources: MeasuredSource[]): number {
  const last = lastAnswered(chat);
  const sending = last?.sendings.at(-1);
  const sent = new Set(sending?.estimate.bySource.map(({ id }) => id));
  const added = sources.filter(({ source }) => !sent.has(source.id));
  const fresh = added.reduce((sum, { tokens }) => sum + tokens, 0);
  if (!last || !sending || last.state === 'streaming') return fresh + (sending?.estimate.total ?? 0);
  const { usage, estimate } = sending;
  return fresh + (usage?.input ?? estimate.total) + (usage?.output ?? tokensOf(last));
}

const counted = new WeakMap<AnswerRecord, number>();

/** Our estimate of an answer, made once: this is asked for at every key press in the composer. */
function tokensOf(answer: AnswerRecord): number {
  const tokens = counted.get(answer) ?? estimateTokens(answer.text);
  counted.set(answer, tokens);
  return tokens;
}
