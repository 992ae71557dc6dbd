/** One conversation: ask, stop, continue, again. State for the screen, records for the disk. */

import type { MeasuredSource } from '../context/compose';
import { toAppError } from '../errors';
import type { Connection, Task } from '../models/types';
import { instructionsFor } from '../prompts/instructions';
import { type ChatStore, chatStore, pageAddress } from '../store/chats';
import type { AnswerRecord, ChatRecord, TurnRecord } from '../store/records';
import { findInterrupted, holdAnswer, whenAnswerFree } from './answer-locks';
import { answeredTurns, type ConversationState, emptyConversation, findAnswer } from './conversation-state';
import { runAnswer, type Waiting } from './live-answer';
import { type PreparedSending, prepareSending, recomposeSending } from './sendings';
import { createState, type State } from './state';

export interface Question {
  task: Task;
  question: string;
  /** Sources to be read with it; those the chat already has are not sent again. */
  sources: MeasuredSource[];
  /** English name of the answer's language; undefined for the question's own. */
  language?: string;
}

export interface ConversationOptions {
  store?: ChatStore;
  connect: () => Promise<Connection>;
  check: (connection: Connection) => Promise<void>;
  run?: typeof runAnswer;
  newId?: () => string;
  now?: () => number;
}

export type Conversation = ReturnType<typeof createConversation>;

export function createConversation({
  store = chatStore,
  connect,
  check,
  run = runAnswer,
  newId = () => crypto.randomUUID(),
  now = Date.now,
}: ConversationOptions) {
  const state: State<ConversationState> = createState(emptyConversation);
  let controller: AbortController | undefined;
  let preparing = false;
  /** Counts moves to another chat: a question that was being prepared for the old one is not sent from the new. */
  let moves = 0;

  /** One thing is sent at a time: a second click while the first is on its way does nothing. */
  const isBusy = () => preparing || state.get().streaming !== undefined;
  const whilePreparing = <T>(work: () => Promise<T>): Promise<T> => {
    preparing = true;
    return work().finally(() => {
      preparing = false;
    });
  };
  const update = (change: Partial<ConversationState>) => state.set({ ...state.get(), ...change });
  const showAnswer = (answer: AnswerRecord, waiting?: Waiting) => {
    const { chat, answers } = state.get();
    if (chat?.id !== answer.chatId) return; // the user went to another chat; the record is still kept
    const others = (answers[answer.turnId] ?? []).filter((entry) => entry.id !== answer.id);
    const isStreaming = answer.state === 'streaming';
    update({
      answers: { ...answers, [answer.turnId]: [...others, answer].sort((a, b) => a.createdAt - b.createdAt) },
      streaming: isStreaming ? { answerId: answer.id, waiting } : undefined,
    });
  };

  const prepare = async (turn: TurnRecord, sources: MeasuredSource[], partial?: string) => {
    const connection = await connect();
    await check(connection);
    return prepareSending(state.get(), turn, sources, connection, { partial, now });
  };

  const send = async (answer: AnswerRecord, prepared: PreparedSending) => {
    controller = new AbortController();
    const { signal } = controller;
    const { connection, request, sending } = prepared;
    showAnswer({ ...answer, state: 'streaming', sendings: [...answer.sendings, sending] });
    await holdAnswer(answer.id, () =>
      run({ answer, request, connection, sending, store, signal, show: showAnswer }),
    );
  };

  const newAnswer = (turn: TurnRecord, connection: Connection): AnswerRecord => ({
    id: newId(),
    turnId: turn.id,
    chatId: turn.chatId,
    createdAt: now(),
    provider: connection.provider.id,
    providerName: connection.provider.name,
    model: connection.model.name,
    text: '',
    thinking: '',
    state: 'streaming',
    sendings: [],
  });

  return {
    get: state.get,
    subscribe: state.subscribe,

    /**
     * Sends a question. Resolves when its answer has ended.
     * @throws AppError when it could not be sent; then nothing was sent or changed, and the question is the caller's.
     */
    async ask({ task, question, sources, language }: Question, onAccepted?: () => void): Promise<void> {
      if (isBusy()) return;
      const before = state.get();
      // What was sent once stays as it was sent, also when its page has another title or place by now.
      const known = new Map(before.sources.map((entry) => [entry.source.id, entry]));
      for (const entry of sources) if (!known.has(entry.source.id)) known.set(entry.source.id, entry);
      const sent = new Set(answeredTurns(before, before.turns).flatMap(({ turn }) => turn.sourceIds));
      const chat: ChatRecord = before.chat ?? {
        id: newId(),
        title: sources[0]?.source.title || question,
        createdAt: now(),
        updatedAt: now(),
        urls: [],
      };
      const turn: TurnRecord = {
        id: newId(),
        chatId: chat.id,
        position: before.turns.length,
        task,
        question,
        instructions: instructionsFor(task, { language, now: new Date(now()), documents: known.size > 0 }),
        sourceIds: [...known.keys()].filter((id) => !sent.has(id)),
        askedAt: now(),
      };
      const urls = [...known.values()].flatMap(({ source }) => (source.url ? [pageAddress(source.url)] : []));
      const saved = { ...chat, updatedAt: now(), urls: [...new Set(urls)] };
      const movesBefore = moves;
      const prepared = await whilePreparing(async () => {
        const ready = await prepare(turn, [...known.values()]);
        if (moves !== movesBefore) return undefined;
        await store.saveTurn(saved, turn, [...known.values()]);
        return ready;
      });
      if (!prepared) return;
      state.set({
        ...before,
        refusal: undefined,
        chat: saved,
        turns: [...before.turns, turn],
        sources: [...known.values()],
      });
      onAccepted?.();
      await send(newAnswer(turn, prepared.connection), prepared);
    },

    /** Answers a turn once more; the earlier answer stays reachable. */
    async again(turnId: string): Promise<void> {
      const turn = state.get().turns.find((entry) => entry.id === turnId);
      if (!turn || isBusy()) return;
      const prepared = await whilePreparing(() => prepare(turn, state.get().sources));
      update({ shown: without(state.get().shown, turnId) });
      await send(newAnswer(turn, prepared.connection), prepared);
    },

    /** Goes on with an answer that was stopped or cut, from where it stands. */
    async continueAnswer(answerId: string): Promise<void> {
      const answer = findAnswer(state.get(), answerId);
      const turn = state.get().turns.find((entry) => entry.id === answer?.turnId);
      if (!answer || !turn || isBusy()) return;
      const prepared = await whilePreparing(() => prepare(turn, state.get().sources, answer.text));
      // Excerpts always says the same: it starts over in place of repeating itself.
      if (prepared.connection.provider.wire === 'excerpts' || !answer.text) return this.again(turn.id);
      const { reason: _reason, trouble: _trouble, ...rest } = answer;
      await send(rest, prepared);
    },

    /** Shows why a request from outside the panel (shortcut, menu) could not be sent. */
    refuse(error: unknown): void {
      update({ refusal: toAppError(error).toTrouble() });
    },

    stop(): void {
      controller?.abort(new DOMException('Stopped by the user', 'AbortError'));
    },

    /** Shows the answer of a turn at `position` (0 is the oldest). */
    showVersion(turnId: string, position: number): void {
      update({ shown: { ...state.get().shown, [turnId]: position } });
    },

    /** Leaves the chat for an empty one. A streaming answer is stopped and kept. */
    startNew(): void {
      moves++;
      this.stop();
      state.set(emptyConversation);
    },

    /** Opens a stored chat. An answer that nobody is streaming any more is marked as interrupted. */
    async open(chatId: string): Promise<boolean> {
      if (state.get().chat?.id === chatId && state.get().streaming) return true;
      const stored = await store.loadChat(chatId);
      if (!stored) return false;
      if (state.get().chat?.id !== chatId) {
        moves++;
        this.stop();
      }
      for (const answer of await findInterrupted(stored.answers)) {
        Object.assign(answer, {
          state: 'ended',
          reason: 'cut-off',
          trouble: { code: 'interrupted', facts: {} },
        });
        await store.settleAnswer(answer);
      }
      const elsewhere = stored.answers.find((answer) => answer.state === 'streaming');
      if (elsewhere) whenAnswerFree(elsewhere.id, () => state.get().chat?.id === chatId && this.open(chatId));
      state.set({
        chat: stored.chat,
        turns: stored.turns,
        answers: Object.groupBy(stored.answers, (answer) => answer.turnId) as Record<string, AnswerRecord[]>,
        shown: {},
        sources: stored.sources,
      });
      return true;
    },

    /** The literal messages of one sending, and whether they match what was sent. */
    exactText: (answerId: string, position: number) => recomposeSending(state.get(), answerId, position),
  };
}

const without = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
