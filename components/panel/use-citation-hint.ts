import { useCallback, useEffect, useState } from 'react';
import type { ConversationState } from '@/utils/chat/conversation-state';
import { settings } from '@/utils/store/settings';

/** The article that comes along is where people see their first citation. */
const isSample = (url: string) => /^(?:chrome|moz)-extension:\/\/[^/]+\/sample\//.test(url);

/** Whether what citations are for is still to be said: once, at the first answer about the article of the welcome page. */
export function useCitationHint({ chat }: Pick<ConversationState, 'chat'>, isAnswered: boolean) {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => void settings.citationHintSeen.read().then(setSeen), []);
  const isDue = isAnswered && !isSeen && chat?.urls.some(isSample) === true;
  return { isDue, onSeen: useCallback(() => setSeen(true), []) };
}
