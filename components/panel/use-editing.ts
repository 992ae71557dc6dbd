import { useCallback, useMemo, useRef, useState } from 'react';
import { siblingsOf } from '@/utils/chat/branches';
import type { Conversation } from '@/utils/chat/conversation';
import type { TurnHandlers } from './turn';
import type { useAsk } from './use-ask';

/** The field in which questions are typed. */
export const composerField = (): HTMLTextAreaElement | null =>
  document.querySelector<HTMLTextAreaElement>('.composer textarea');

/** Earlier questions written anew, their branches, and questions that the model suggested. */
export function useEditing(
  conversation: Conversation,
  { attempt, askNow, sendEdited }: Pick<ReturnType<typeof useAsk>, 'attempt' | 'askNow' | 'sendEdited'>,
) {
  const [editing, setEditing] = useState<string>();
  /** What had the focus before. */
  const from = useRef<Element>(null);

  const edit = useCallback(
    (turnId: string | undefined) => {
      if (turnId && conversation.get().streaming) return;
      if (turnId) from.current = document.activeElement;
      else if (from.current instanceof HTMLElement && from.current.isConnected) from.current.focus();
      setEditing(turnId);
    },
    [conversation],
  );

  const on = useMemo<Pick<TurnHandlers, 'edit' | 'sendEdited' | 'showBranch' | 'followUp'>>(
    () => ({
      edit,
      sendEdited: (turnId, question, accepted) =>
        attempt(() =>
          sendEdited(turnId, question, () => {
            accepted();
            setEditing(undefined);
            composerField()?.focus();
          }),
        ),
      showBranch: (turnId, position) => {
        const sibling = siblingsOf(conversation.get().all.turns, turnId)[position];
        if (sibling) conversation.showBranch(sibling.id);
      },
      followUp: (question) => {
        // The button goes with the question: whoever asked it goes on in the composer.
        composerField()?.focus({ preventScroll: true });
        askNow(question);
      },
    }),
    [conversation, edit, attempt, askNow, sendEdited],
  );
  return { editing, edit, on };
}
