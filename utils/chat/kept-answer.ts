/** One answer of a kept chat, for a page that shows nothing else. */

import type { MeasuredSource } from '../context/compose';
import { type ChatStore, chatStore } from '../store/chats';
import { followAnswer } from '../store/follow-answer';
import type { AnswerRecord, ChatRecord, TurnRecord } from '../store/records';
import { settleInterrupted, whenAnswerFree } from './answer-locks';
import { createState, type State } from './state';

export interface KeptAnswer {
  chat: ChatRecord;
  turn: TurnRecord;
  answer: AnswerRecord;
  /** Those of its chat, in the order in which they were added. */
  sources: MeasuredSource[];
}

export type KeptAnswerState = { status: 'loading' } | { status: 'gone' } | ({ status: 'ready' } & KeptAnswer);

export interface KeptAnswerOptions {
  store?: Pick<ChatStore, 'loadChat' | 'settleAnswer'>;
  follow?: typeof followAnswer;
}

/**
 * Follows an answer: while it streams in a panel, when it is deleted with its chat, and when the chat is brought back.
 */
export function followKeptAnswer(
  id: string,
  { store = chatStore, follow = followAnswer }: KeptAnswerOptions = {},
): Pick<State<KeptAnswerState>, 'get' | 'subscribe'> & { close(): void } {
  const state = createState<KeptAnswerState>({ status: 'loading' });
  let awaited = false;

  const take = async (answer: AnswerRecord | undefined) => {
    if (!answer) return state.set({ status: 'gone' });
    if (answer.state === 'streaming' && !awaited) {
      awaited = true;
      // Its end comes by itself; one that was cut off with its panel is free at once, and is ended here.
      whenAnswerFree(id, async () => {
        awaited = false;
        const stored = await store.loadChat(answer.chatId).catch(() => undefined);
        const streaming = stored?.answers.filter((one) => one.id === id) ?? [];
        await settleInterrupted(streaming, store).catch(() => {});
      });
    }
    const before = state.get();
    if (before.status === 'ready') return state.set({ ...before, answer });
    const stored = await store.loadChat(answer.chatId);
    const turn = stored?.turns.find((one) => one.id === answer.turnId);
    if (!stored || !turn) return state.set({ status: 'gone' });
    state.set({ status: 'ready', chat: stored.chat, turn, answer, sources: stored.sources });
  };
  // What is told while a chat is loaded waits for it.
  let working: Promise<unknown> = Promise.resolve();
  const subscription = follow(id).subscribe({
    next: (answer) => {
      working = working.then(() => take(answer)).catch(() => {});
    },
    error: () => state.set({ status: 'gone' }),
  });
  return { get: state.get, subscribe: state.subscribe, close: () => subscription.unsubscribe() };
}
