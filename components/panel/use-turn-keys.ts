import type { Conversation } from '@/utils/chat/conversation';
import { shownAnswer } from '@/utils/chat/conversation-state';
import { bodyOf } from '@/utils/chat/follow-ups';
import { t } from '@/utils/i18n';
import { copiedText } from '../answer/copied-text';
import { announce } from './announcer';
import { useKey } from './keys';
import { sourcesOf } from './sources-of';
import { composerField } from './use-editing';

/** The keys for what was asked and answered. */
export function useTurnKeys(conversation: Conversation, edit: (turnId: string) => void): void {
  useKey('close', () => {
    if (!conversation.get().streaming) return false;
    conversation.stop();
    return true;
  });
  useKey('editLast', ({ target }) => {
    const { turns, streaming } = conversation.get();
    const last = turns.at(-1);
    if (!last || streaming || target !== composerField() || composerField()?.value) return false;
    edit(last.id);
    return true;
  });
  useKey('previousTurn', () => goToQuestion(-1));
  useKey('nextTurn', () => goToQuestion(1));
  useKey('copyLast', () => {
    const state = conversation.get();
    const last = state.turns.findLast(({ id }) => shownAnswer(state, id)?.text);
    const answer = last && shownAnswer(state, last.id);
    if (!answer) return false;
    void Promise.resolve(copiedText(bodyOf(answer), sourcesOf(answer, state.sources)))
      .then((text) => navigator.clipboard.writeText(text))
      .then(() => announce(t('action.copied')));
    return true;
  });
}

/**
 * Puts the focus on the question before or after the one where the reader is: the one with the focus, or else the one
 * at the top of the view.
 */
function goToQuestion(direction: -1 | 1): boolean {
  const scroller = document.querySelector<HTMLElement>('.thread');
  const questions = [...document.querySelectorAll<HTMLElement>('.thread .question')];
  if (!scroller || questions.length === 0) return false;
  const { top } = scroller.getBoundingClientRect();
  // A question that was scrolled to stands a little below the top.
  const isAbove = (element: HTMLElement) => element.getBoundingClientRect().top < top + 24;
  const focused = document.activeElement?.closest('.turn')?.querySelector('.question');
  const here = focused
    ? questions.indexOf(focused as HTMLElement)
    : direction < 0
      ? questions.findIndex((element) => !isAbove(element) || element === questions.at(-1))
      : questions.findLastIndex(isAbove);
  const start = !focused && direction < 0 && questions.every(isAbove) ? questions.length : here;
  const target = questions[Math.min(Math.max(start + direction, 0), questions.length - 1)];
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'start' });
  return true;
}
