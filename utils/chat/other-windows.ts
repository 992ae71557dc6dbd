/** What other windows add to the chat on screen. It comes to what is here, and takes nothing from it. */

import type { ChatStore, StoredChat } from '../store/chats';
import type { AnswerRecord } from '../store/records';
import { settleInterrupted, whenAnswerFree } from './answer-locks';
import { branchTo, joined, showing } from './branches';
import type { ConversationState } from './conversation-state';
import type { State } from './state';

export interface OtherWindows {
  /** Takes over what is on disk and not here. */
  refresh(): Promise<void>;
  close(): void;
}

/** Follows the chat on screen from now on, whichever it is. */
export function followOtherWindows(
  state: State<ConversationState>,
  store: Pick<ChatStore, 'loadChat' | 'settleAnswer' | 'watchChat'>,
): OtherWindows {
  let chatId: string | undefined;
  let stopWatching = () => {};
  /** Answers whose end is awaited. */
  const awaited = new Set<string>();

  const refresh = async (): Promise<void> => {
    const id = state.get().chat?.id;
    const stored = id && (await store.loadChat(id));
    if (!stored) return;
    // What streams here is nobody else's to end.
    const here = state.get().streaming?.answerId;
    await settleInterrupted(
      stored.answers.filter((answer) => answer.id !== here),
      store,
    );
    if (state.get().chat?.id !== id) return;
    state.set(withStored(state.get(), stored));
    awaitEnds();
  };

  /** An answer that streams in another window is shown when it has ended. */
  const awaitEnds = () => {
    const { answers, streaming } = state.get();
    for (const { id, state: stage } of Object.values(answers).flat()) {
      if (stage !== 'streaming' || id === streaming?.answerId || awaited.has(id)) continue;
      awaited.add(id);
      whenAnswerFree(id, () => {
        awaited.delete(id);
        refreshQuietly();
      });
    }
  };

  // What cannot be read now is read when the chat is opened again.
  const refreshQuietly = () => void refresh().catch(() => {});

  const watch = () => {
    const { chat } = state.get();
    if (chat?.id === chatId) return;
    chatId = chat?.id;
    stopWatching();
    stopWatching = () => {};
    if (!chatId) return;
    const subscription = store.watchChat(chatId).subscribe({
      next: ({ turns, answers }) => {
        const here = state.get();
        const known = new Set(here.all.turns.map(({ id }) => id));
        const knownAnswers = new Set(
          Object.values(here.answers)
            .flat()
            .map(({ id }) => id),
        );
        const isNews = turns.some((id) => !known.has(id)) || answers.some((id) => !knownAnswers.has(id));
        if (isNews) refreshQuietly();
      },
      error: () => {},
    });
    stopWatching = () => subscription.unsubscribe();
    awaitEnds();
  };
  const unsubscribe = state.subscribe(watch);

  return {
    refresh,
    close() {
      unsubscribe();
      stopWatching();
    },
  };
}

/**
 * The state with what was stored elsewhere. The path on screen stays: it only grows at its end. What streams here is
 * newer than what is stored of it.
 */
export function withStored(state: ConversationState, stored: StoredChat): ConversationState {
  const last = state.turns.at(-1);
  const pinned = last ? branchTo(state.all.turns, last.id, state.branch) : state.branch;
  const changed: Record<string, AnswerRecord[]> = {};
  for (const answer of stored.answers) {
    const list = changed[answer.turnId] ?? state.answers[answer.turnId] ?? [];
    const here = list.find(({ id }) => id === answer.id);
    if (here && !isNewer(answer, here, state.streaming?.answerId)) continue;
    const others = list.filter((entry) => entry !== here);
    changed[answer.turnId] = [...others, answer].sort((a, b) => a.createdAt - b.createdAt);
  }
  const answers = Object.keys(changed).length > 0 ? { ...state.answers, ...changed } : state.answers;
  return showing({ ...state, answers }, { all: joined(state.all, stored), branch: pinned });
}

const isNewer = (stored: AnswerRecord, here: AnswerRecord, streamingHere: string | undefined): boolean =>
  here.id !== streamingHere &&
  ((here.state === 'streaming' && stored.state === 'ended') || stored.sendings.length > here.sendings.length);
