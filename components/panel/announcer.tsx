import { useEffect, useRef } from 'react';
import { type ConversationState, findAnswer } from '@/utils/chat/conversation-state';
import { bodyOf } from '@/utils/chat/follow-ups';
import { createState } from '@/utils/chat/state';
import { countable } from '@/utils/compare/fence';
import { t } from '@/utils/i18n';
import { countWords } from '@/utils/source';
import { useLanguage } from '../use-preferences';
import { useWatched } from '../use-watched';
import { sourcesOf } from './sources-of';

const sentence = createState('');

/** Says a sentence to those who do not see the screen. */
export const announce = (said: string): void => sentence.set(said);

/**
 * Tells screen readers what happens: the page is read, an answer began, an answer ended. The streaming text itself is
 * never a live region.
 */
export function Announcer({ chat, reading }: { chat: ConversationState; reading: boolean }) {
  const streaming = chat.streaming?.answerId;
  const before = useRef(streaming);
  useEffect(() => {
    if (reading) announce(t('panel.readingPage'));
    return () => {
      if (reading && sentence.get() === t('panel.readingPage')) announce('');
    };
  }, [reading]);
  useEffect(() => {
    if (streaming === before.current) return;
    announce(streaming ? t('answer.started') : ended(chat, before.current));
    before.current = streaming;
  }, [streaming, chat]);
  // What was said is over; in another language it would only be wrong.
  const language = useLanguage();
  const spoken = useRef(language);
  useEffect(() => {
    if (language === spoken.current) return;
    spoken.current = language;
    announce('');
  }, [language]);
  const said = useWatched(sentence);
  return (
    <p className="for-screen-readers" role="status">
      {said}
    </p>
  );
}

/** How a failure ended is said by its own notice, and an answer that was left behind is no news. */
function ended(chat: ConversationState, answerId: string | undefined): string {
  const answer = answerId ? findAnswer(chat, answerId) : undefined;
  if (!answer?.text) return '';
  const sources = new Set(sourcesOf(answer, chat.sources)).size;
  return t('answer.finished', { count: countWords(countable(bodyOf(answer))), sources });
}
