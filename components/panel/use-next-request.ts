import { useMemo } from 'react';
import { type ConversationState, lastAnswered } from '@/utils/chat/conversation-state';
import { type NextRequest, nextRequest } from '@/utils/chat/next-request';
import type { Connection } from '@/utils/models/types';
import type { useAsk } from './use-ask';

/**
 * The next question as it stands. Reckoned anew when something that counts has changed, and not at every word of an
 * answer that streams.
 */
export function useNextRequest(
  chat: ConversationState,
  { sources: { plan }, images, draft }: Pick<ReturnType<typeof useAsk>, 'sources' | 'images' | 'draft'>,
  connection: Connection | undefined,
): NextRequest | undefined {
  const last = lastAnswered(chat);
  const { turns, sources, shown } = chat;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the last answer only its sending and its end count
  return useMemo(
    () =>
      connection &&
      nextRequest(
        chat,
        { pending: plan.pending, omit: plan.omit, images: images.length, question: draft },
        connection,
      ),
    [turns, sources, shown, last?.sendings.at(-1), last?.state, plan, images.length, draft, connection],
  );
}
