import { useCallback, useMemo, useRef, useState } from 'react';
import type { ActivePage } from '@/utils/chat/active-page';
import { answerLanguageName } from '@/utils/chat/answer-language';
import type { Conversation } from '@/utils/chat/conversation';
import type { Gathering } from '@/utils/chat/gathering';
import type { MeasuredSource } from '@/utils/context/compose';
import { AppError, type Trouble, toAppError } from '@/utils/errors';
import { t } from '@/utils/i18n';
import type { Task } from '@/utils/models/types';
import type { TurnRecord } from '@/utils/store/records';
import type { SearchMode } from '@/utils/store/settings';
import { useWatched } from '../use-watched';
import { questionOf } from './many-questions';
import { useDraft } from './use-draft';
import { useGathered } from './use-gathered';
import { useHeld } from './use-held';
import { newChat, useNextSources } from './use-next-sources';

/** A text that became a source, and the part of the question in whose place it would have stood. */
export interface Pasted {
  entry: MeasuredSource;
  text: string;
  at: [start: number, end: number];
}

/** Asking: the draft, the sources that go with it, and what came in the way. */
export function useAsk(conversation: Conversation, page: ActivePage, gathering: Gathering) {
  const chat = useWatched(conversation);
  const pageState = useWatched(page);
  const [trouble, setTrouble] = useState<Trouble>();
  const retryable = useRef<() => void>(undefined);
  const draftId = chat.chat?.id ?? newChat;
  const [pasted, setPasted] = useState<Pasted>();
  const { isLoaded, draft, images, setDraft, addImages, removeImage, clearDraft, moveDraft } =
    useDraft(draftId);
  const sources = useNextSources(draftId, chat, pageState);
  const gathered = useGathered(gathering, { sources, isNew: chat.turns.length === 0, isLoaded, addImages });

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
  const send = (question: string, alone = false, task: Task = 'answer', searchMode?: SearchMode) => {
    if (!question || isSending.current) return;
    isSending.current = true;
    const done = () => {
      isSending.current = false;
    };
    const accepted = (turn: TurnRecord) => {
      done();
      if (alone) return;
      clearDraft();
      setPasted(undefined);
      sources.carry(turn.chatId, turn.sourceIds);
      gathering.began();
    };
    attempt(
      async () => {
        try {
          let entry = pageState.status === 'ready' ? pageState.page : undefined;
          // A new chat is about the page in front: a question typed while that is still being read waits for it.
          if (chat.turns.length === 0 && pageState.status === 'reading') {
            const state = await page.whenRead();
            if (state.status !== 'ready' || state.tab.id !== pageState.tab.id) return;
            entry = state.page;
          } else if (entry && sources.takesPage) entry = await newest(page, entry);
          await sources.whenAttached();
          const language = await answerLanguageName();
          const going = sources.question(entry, alone);
          const pictures = alone ? [] : images;
          const manner = { language, images: pictures, ...(searchMode ? { searchMode } : {}) };
          await conversation.ask({ task, question, ...going, ...manner }, accepted);
        } finally {
          done();
        }
      },
      () => sendAgain.current?.(question, alone, task, searchMode),
    );
  };
  const isSending = useRef(false);
  // What was refused may have been changed since: the words, the pages that go with them.
  const sendAgain =
    useRef<(refused: string, alone?: boolean, task?: Task, searchMode?: SearchMode) => void>(undefined);
  sendAgain.current = (refused, alone, task = 'answer', searchMode) =>
    send(
      alone ? refused : task === 'answer' ? draft.trim() || refused : questionOf(task, draft),
      alone,
      task,
      searchMode,
    );

  const isBusy = useRef(false);
  isBusy.current = chat.streaming !== undefined;
  const typed = useRef(draft);
  typed.current = draft;
  const put = useRef(setDraft);
  put.current = setDraft;

  const { held, hold } = useHeld(gathered, {
    draftId,
    isBusy: chat.streaming !== undefined,
    send: (task) => send(questionOf(task, draft), false, task),
  });

  /** What answers may ask for. */
  const beyond = useMemo(
    () => ({
      /** Asks at once, and has it searched for; behind an answer that is being written it is put for the user to send. */
      searchFor: (question: string) => {
        if (!isBusy.current) sendAgain.current?.(question, true, 'answer', 'always');
        else if (!typed.current.trim()) put.current(question);
      },
      /** Reads a page whole for the next question, like a link that is pasted. The composer says how that goes. */
      readForNext: (url: string) => void gathering.readLink(crypto.randomUUID(), url),
    }),
    [gathering],
  );

  return {
    draft,
    setDraft,
    images,
    addImages,
    removeImage,
    dismiss: () => setTrouble(undefined),
    sources,
    trouble,
    attempt,
    retry: retryable.current,
    /** Asks what is typed, or one of the tasks about all that is attached, once what was picked has been read. */
    send: (task: Task = 'answer') => hold(task),
    held,
    /** Asks at once, beside what is typed. */
    askNow: useCallback((question: string) => sendAgain.current?.(question, true), []),
    beyond,
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
        const pages = [await newest(page, state.page)];
        const language = await answerLanguageName();
        const question = t('action.summarize');
        await conversation.ask({ task: 'summarize', question, sources: pages, language }, (turn) => {
          sources.carry(turn.chatId, turn.sourceIds, true);
          moveDraft(turn.chatId);
        });
      }),
    /** The text that was pasted last and became a source. */
    pasted,
    /** Keeps a text that is too long for the question as a source. `at` is where it would have stood in the question. */
    attach: (text: string, at: Pasted['at']) =>
      attempt(async () => {
        const entry = await sources.attach(text);
        if (entry) setPasted({ entry, text, at });
      }),
    /** The literal request of the question as it stands, composed and not sent. */
    exactText: async () => {
      const page = pageState.status === 'ready' ? pageState.page : undefined;
      const language = await answerLanguageName();
      const question = draft.trim();
      const asked = { task: 'answer' as const, question, ...sources.question(page), language, images };
      return { messages: await conversation.nextText(asked), matches: true };
    },
    leftOut: sources.leftOut,
    keepPasted: () => setPasted(undefined),
    /** Puts what was pasted last into the question after all. */
    unpaste: () => {
      if (!pasted) return;
      const [start, end] = pasted.at.map((place) => Math.min(place, draft.length)) as Pasted['at'];
      setDraft(draft.slice(0, start) + pasted.text + draft.slice(end));
      sources.detach(pasted.entry);
      setPasted(undefined);
    },
    gathered,
    /** Summarises what a link led to, and nothing else. */
    summarizeLink: (link: MeasuredSource) =>
      attempt(async () => {
        const language = await answerLanguageName();
        const question = t('gathered.summarizeTitle', { title: link.source.title || t('page.untitled') });
        // What else the chat has read stays in the request, and out of the summary.
        const aside = chat.sources.map(({ source }) => source.id);
        const going = { sources: [link], omit: sources.leftOut(), aside };
        await conversation.ask({ task: 'summarize', question, ...going, language }, (turn) => {
          sources.carry(turn.chatId, turn.sourceIds, true);
          moveDraft(turn.chatId);
          gathering.began();
        });
      }),
    isLoaded,
    /** Sends a question that was typed elsewhere; behind one that is being typed here it is put for the user to send. */
    takeQuestion: (question: string) => {
      setDraft(draft.trim() ? `${draft.trimEnd()}\n${question}` : question);
      // It is about the page: where that cannot be read, the user decides whether to ask without it.
      const hasPage = chat.turns.length > 0 || page.get().status !== 'trouble';
      if (!draft.trim() && hasPage) send(question);
    },
    forget: useCallback(() => {
      setTrouble(undefined);
      setPasted(undefined);
      sources.forget();
    }, [sources.forget]),
  };
}

/** The page as it stands now: one that has grown since it was read is asked about whole. */
async function newest(page: ActivePage, entry: MeasuredSource): Promise<MeasuredSource> {
  await page.takeNewer();
  const state = page.get();
  return state.status === 'ready' && state.page.source.url === entry.source.url ? state.page : entry;
}
