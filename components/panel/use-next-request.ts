import { useMemo } from 'react';
import { type ConversationState, lastAnswered } from '@/utils/chat/conversation-state';
import { type NextRequest, nextRequest } from '@/utils/chat/next-request';
import type { Connection } from '@/utils/models/types';
import type { useAsk } from './use-ask';

type Asking = Pick<ReturnType<typeof useAsk>, 'sources' | 'images' | 'draft'>;

/**
 * The next question as it stands. Reckoned anew when something that counts has changed, and not at every word of an
 * answer that streams.
 */
export function useNextRequest(
  chat: ConversationState,
  asking: Asking,
  connection: Connection | undefined,
): NextRequest | undefined {
  const {
    sources: { plan },
    images,
    draft,
  } = asking;
  const last = lastAnswered(chat);
  const { turns, sources, shown } = chat;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the last answer only its sending and its end count
  return useMemo(
    () => connection && requestWith(chat, asking, connection),
    [turns, sources, shown, last?.sendings.at(-1), last?.state, plan, images.length, draft, connection],
  );
}

/** The same, and what it would be with a source in or out of it. */
export function requestWith(
  chat: ConversationState,
  { sources: { plan }, images, draft }: Asking,
  connection: Connection,
  change?: { id: string; out: boolean },
): NextRequest {
  const omit = new Set(plan.omit);
  if (change?.out) omit.add(change.id);
  else if (change) omit.delete(change.id);
  const { pending, aside } = plan;
  return nextRequest(chat, { pending, omit, aside, images: images.length, question: draft }, connection);
}
