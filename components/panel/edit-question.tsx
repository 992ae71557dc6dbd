import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { shownQuestion } from '@/utils/chat/shown-question';
import { sayAlso, t } from '@/utils/i18n';
import { scriptLanguage } from '@/utils/source';
import { draftOfEdit } from '@/utils/store/drafts';
import type { TurnRecord } from '@/utils/store/records';
import { growToText } from '../composer/composer';
import { useDraft } from './use-draft';

await sayAlso('sheets');

/**
 * A question, open to be written anew in its place. What is typed is kept like any draft: also when the panel is closed
 * or the question could not be sent.
 */
export function EditQuestion({
  turn,
  onCancel,
  onSend,
}: {
  turn: TurnRecord;
  onCancel: () => void;
  onSend: (question: string, accepted: () => void) => void;
}) {
  const { draft, setDraft, clearDraft } = useDraft(draftOfEdit(turn.chatId, turn.id), shownQuestion(turn));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
    element?.scrollIntoView({ block: 'nearest' });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => growToText(field.current), [draft]);
  const question = draft.trim();
  const send = () => question && onSend(question, clearDraft);
  const cancel = () => {
    clearDraft();
    onCancel();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A key that an input method takes is not a command.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      cancel();
    }
  };
  return (
    <div className="edit-question">
      <textarea
        ref={field}
        rows={1}
        value={draft}
        lang={scriptLanguage(draft)}
        aria-label={t('question.label')}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="edit-question-tools">
        <span className="meta grow">{t('question.kept')}</span>
        <button type="button" className="button button-quiet button-small" onClick={cancel}>
          {t('decision.cancel')}
        </button>
        <button
          type="button"
          className="button button-solid button-small"
          disabled={!question}
          onClick={send}
        >
          {t('action.send')}
        </button>
      </div>
    </div>
  );
}
