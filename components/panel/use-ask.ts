import { useCallback, useRef, useState } from 'react';
import type { ActivePage } from '@/utils/chat/active-page';
import { answerLanguageName } from '@/utils/chat/answer-language';
import type { Conversation } from '@/utils/chat/conversation';
import { readImage } from '@/utils/chat/images';
import type { MeasuredSource } from '@/utils/context/compose';
import { AppError, type Trouble, toAppError } from '@/utils/errors';
import { t } from '@/utils/i18n';
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
  const { draft, images, setDraft, addImages, removeImage, clearDraft } = useDraft(chat.chat?.id ?? 'new');

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
  const attempt = useCallback((work: () => Promise<void>, again?: () => void) => {
    const run = () => {
      setTrouble(undefined);
      work().catch((error) => {
        const failure = toAppError(error);
        if (failure.code === 'unexpected') console.error(error);
        retryable.current = again ?? run;
        setTrouble(failure.toTrouble());
      });
    };
    run();
  }, []);

  /** `alone`: beside what is typed. The draft and its pictures stay where they are. */
  const send = (question: string, alone = false) => {
    if (!question || isSending.current) return;
    isSending.current = true;
    const done = () => {
      isSending.current = false;
    };
    const accepted = () => {
      done();
      if (!alone) clearDraft();
    };
    attempt(
      async () => {
        try {
          let pages = takesPage ? [entry] : [];
          // A new chat is about the page in front: a question typed while that is still being read waits for it.
          if (isEmpty && pageState.status === 'reading') {
            const state = await page.whenRead();
            if (state.status !== 'ready' || state.tab.id !== pageState.tab.id) return;
            pages = [state.page];
          } else if (takesPage) pages = [await newest(page, entry)];
          const language = await answerLanguageName();
          const pictures = alone ? [] : images;
          await conversation.ask(
            { task: 'answer', question, sources: pages, language, images: pictures },
            accepted,
          );
        } finally {
          done();
        }
      },
      () => sendAgain.current?.(question, alone),
    );
  };
  const isSending = useRef(false);
  // What was refused may have been changed since: the words, the pages that go with them.
  const sendAgain = useRef<(refused: string, alone?: boolean) => void>(undefined);
  sendAgain.current = (refused, alone) => send(alone ? refused : draft.trim() || refused, alone);

  return {
    draft,
    setDraft,
    images,
    removeImage,
    /** Takes pictures along with the next question; what is none is refused with a sentence. */
    addFiles: (files: File[]) =>
      attempt(async () => {
        const read = await Promise.allSettled(
          files.map((file, index) =>
            readImage(file, t('composer.picture', { number: images.length + index + 1 })),
          ),
        );
        addImages(read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
        const failed = read.find((result) => result.status === 'rejected');
        if (failed) throw failed.reason;
      }),
    dismiss: () => setTrouble(undefined),
    sources,
    offer,
    trouble,
    attempt,
    retry: retryable.current,
    send: () => send(draft.trim()),
    /** Asks at once, beside what is typed. */
    askNow: useCallback((question: string) => sendAgain.current?.(question, true), []),
    /** Asks something else in the place of an earlier question. */
    sendEdited: useCallback(
      async (turnId: string, question: string, accepted: () => void) => {
        const language = await answerLanguageName();
        await conversation.edit(turnId, { question, language }, accepted);
      },
      [conversation],
    ),
    /** Summarises the page in front, once it has been read. */
    summarize: () =>
      attempt(async () => {
        const asked = page.get();
        const state = await page.whenRead();
        // Another tab came to the front meanwhile: that page was not meant.
        if (asked.status === 'reading' && state.status !== 'none' && state.tab?.id !== asked.tab.id) return;
        if (state.status === 'trouble') throw new AppError(state.trouble.code, state.trouble.facts);
        if (state.status !== 'ready') return;
        const sources = [await newest(page, state.page)];
        const language = await answerLanguageName();
        const question = t('action.summarize');
        await conversation.ask({ task: 'summarize', question, sources, language });
      }),
    forget: useCallback(() => {
      setTrouble(undefined);
      setLeft(undefined);
      setAdded(undefined);
    }, []),
  };
}

/** The page as it stands now: one that has grown since it was read is asked about whole. */
async function newest(page: ActivePage, entry: MeasuredSource): Promise<MeasuredSource> {
  await page.takeNewer();
  const state = page.get();
  return state.status === 'ready' && state.page.source.url === entry.source.url ? state.page : entry;
}
