import { useCallback, useRef, useState } from 'react';
import type { ActivePage } from '@/utils/chat/active-page';
import { answerLanguageName } from '@/utils/chat/answer-language';
import type { Conversation } from '@/utils/chat/conversation';
import type { MeasuredSource } from '@/utils/context/compose';
import { type Trouble, toAppError } from '@/utils/errors';
import { t } from '@/utils/i18n';
import type { Task } from '@/utils/models/types';
import { useWatched } from '../use-watched';
import { useDraft } from './use-draft';

/** Asking: the draft, the sources that go with it, and what came in the way. */
export function useAsk(conversation: Conversation, page: ActivePage) {
  const chat = useWatched(conversation);
  const pageState = useWatched(page);
  const [trouble, setTrouble] = useState<Trouble>();
  const [left, setLeft] = useState<string>();
  const [added, setAdded] = useState<string>();
  const retryable = useRef<() => void>(undefined);
  const { draft, setDraft, clearDraft } = useDraft(chat.chat?.id ?? 'new');

  const entry = pageState.status === 'ready' ? pageState.page : undefined;
  const inChat = new Set(chat.sources.map(({ source }) => source.id));
  const isNewPage = entry !== undefined && !inChat.has(entry.source.id);
  const isEmpty = chat.turns.length === 0;
  // A new chat is about the page in front unless it was left out; an old one gets a page only by a click.
  const takesPage = isNewPage && (isEmpty ? left !== entry.source.id : added === entry.source.id);
  const sources: { entry: MeasuredSource; onRemove?: () => void }[] = [
    ...chat.sources.map((known) => ({ entry: known })),
    ...(takesPage
      ? [{ entry, onRemove: () => (isEmpty ? setLeft(entry.source.id) : setAdded(undefined)) }]
      : []),
  ];
  const add = () => {
    setLeft(undefined);
    setAdded(entry?.source.id);
  };
  const offer = isNewPage && !takesPage ? { entry, onAdd: add } : undefined;

  /** Runs something that sends; a refusal is shown and can be tried again, and nothing typed is lost. */
  const attempt = useCallback((work: () => Promise<void>) => {
    const run = () => {
      setTrouble(undefined);
      work().catch((error) => {
        const failure = toAppError(error);
        if (failure.code === 'unexpected') console.error(error);
        retryable.current = run;
        setTrouble(failure.toTrouble());
      });
    };
    run();
  }, []);

  const ask = (task: Task, question: string, pages: MeasuredSource[], onAccepted?: () => void) =>
    attempt(async () => {
      const language = await answerLanguageName();
      await conversation.ask({ task, question, sources: pages, language }, onAccepted);
    });

  return {
    draft,
    setDraft,
    sources,
    offer,
    trouble,
    attempt,
    retry: retryable.current,
    send: () => {
      const question = draft.trim();
      if (question) ask('answer', question, takesPage ? [entry] : [], clearDraft);
    },
    /** Summarises the page in front, once it has been read. */
    summarize: () =>
      attempt(async () => {
        const state = await page.whenRead();
        if (state.status !== 'ready') return;
        const language = await answerLanguageName();
        const question = t('action.summarize');
        await conversation.ask({ task: 'summarize', question, sources: [state.page], language });
      }),
    forget: useCallback(() => {
      setTrouble(undefined);
      setLeft(undefined);
      setAdded(undefined);
    }, []),
  };
}
