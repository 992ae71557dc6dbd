import { useCallback, useEffect, useState } from 'react';
import { settings } from '@/utils/store/settings';

/** Whether what citations are for is still to be said; it is said once, when an answer with one is on the screen. */
export function useCitationHint(isAnswered: boolean) {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => void settings.citationHintSeen.read().then(setSeen), []);
  return { isDue: isAnswered && !isSeen, onSeen: useCallback(() => setSeen(true), []) };
}
