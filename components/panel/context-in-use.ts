import { type ConversationState, shownAnswer } from '@/utils/chat/conversation-state';
import type { MeasuredSource } from '@/utils/context/compose';
import { estimateTokens } from '@/utils/context/tokens';

/**
 * Tokens that the next question will carry: what the last answer was sent with and said, by the provider's count
 * where there is one, and the sources that are new.
 */
export function contextInUse(chat: ConversationState, sources: MeasuredSource[]): number {
  const last = chat.turns.map((turn) => shownAnswer(chat, turn.id)).findLast((answer) => answer?.text);
  const sending = last?.sendings.at(-1);
  const sent = new Set(sending?.estimate.bySource.map(({ id }) => id));
  const added = sources.filter(({ source }) => !sent.has(source.id));
  const fresh = added.reduce((sum, { tokens }) => sum + tokens, 0);
  if (!last || !sending || last.state === 'streaming') return fresh + (sending?.estimate.total ?? 0);
  const { usage, estimate } = sending;
  return fresh + (usage?.input ?? estimate.total) + (usage?.output ?? estimateTokens(last.text));
}
