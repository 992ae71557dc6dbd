/** One conversation: ask, stop, continue, again. State for the screen, records for the disk. */

import { compose, type MeasuredSource, messageText } from '../context/compose';
import { AppError, type Trouble, toAppError } from '../errors';
import type { Connection, Message, Task } from '../models/types';
import { instructionsFor } from '../prompts/instructions';
import { sourceId } from '../source';
import { type ChatStore, chatStore, pageAddress } from '../store/chats';
import type { AnswerRecord, ChatRecord, SendingRecord, TurnRecord } from '../store/records';
import { findInterrupted, holdAnswer, whenAnswerFree } from './answer-locks';
import { runAnswer, type Waiting } from './live-answer';
import { createState, type State } from './state';

export interface ConversationState {
  chat?: ChatRecord;
  turns: TurnRecord[];
  /** Answers of each turn, oldest first, by the turn's id. */
  answers: Record<string, AnswerRecord[]>;
  /** Which answer of a turn is shown, when not the newest. */
  shown: Record<string, number>;
  sources: MeasuredSource[];
  /** The answer that is streaming here, and what it waits for. */
  streaming?: { answerId: string; waiting?: Waiting };
  /** Why the last request from outside the panel was not sent. */
  refusal?: Trouble;
}

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

const empty: ConversationState = { turns: [], answers: {}, shown: {}, sources: [] };

export function createConversation({
  store = chatStore,
  connect,
  check,
  run = runAnswer,
  newId = () => crypto.randomUUID(),
  now = Date.now,
}: ConversationOptions) {
  const state: State<ConversationState> = createState(empty);
  let controller: AbortController | undefined;

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

  /** Turns before `turn` that have an answer with text, with the answer that is shown for each. */
  const answered = (turn?: TurnRecord) => {
    const { turns } = state.get();
    const before = turn ? turns.slice(0, turns.indexOf(turn)) : turns;
    return before.flatMap((entry) => {
      const answer = shownAnswer(state.get(), entry.id);
      return answer?.text.trim() ? [{ turn: entry, answer }] : [];
    });
  };

  const prepare = async (turn: TurnRecord, sources: MeasuredSource[], partial?: string) => {
    const connection = await connect();
    await check(connection);
    const past = answered(state.get().turns.includes(turn) ? turn : undefined);
    const history = past.map(({ turn: asked, answer }) => ({ ...asked, answer: answer.text }));
    const composition = compose({ sources, history, turn, model: connection.model, partial });
    if (!composition.fits) {
      const { needed, limit } = composition;
      throw new AppError('too-long', { model: connection.model.name, needed, limit, ours: 1 });
    }
    const sending: SendingRecord = {
      sentAt: now(),
      requestHash: await hashMessages(composition.request.messages),
      estimate: composition.estimate,
      history: past.map(({ answer }) => ({ answerId: answer.id, length: answer.text.length })),
      from: partial?.length ?? 0,
    };
    return { connection, request: composition.request, sending };
  };

  const send = async (answer: AnswerRecord, prepared: Awaited<ReturnType<typeof prepare>>) => {
    controller = new AbortController();
    const { signal } = controller;
    const { connection, request, sending } = prepared;
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
      if (state.get().streaming) return;
      const before = state.get();
      const known = new Map([...before.sources, ...sources].map((entry) => [entry.source.id, entry]));
      const sent = new Set(answered().flatMap(({ turn }) => turn.sourceIds));
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
        instructions: instructionsFor(task, { language, now: new Date(now()) }),
        sourceIds: [...known.keys()].filter((id) => !sent.has(id)),
        askedAt: now(),
      };
      const prepared = await prepare(turn, [...known.values()]);
      const urls = [...known.values()].flatMap(({ source }) => (source.url ? [pageAddress(source.url)] : []));
      const saved = { ...chat, updatedAt: now(), urls: [...new Set(urls)] };
      await store.saveTurn(saved, turn, sources);
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
      if (!turn || state.get().streaming) return;
      const prepared = await prepare(turn, state.get().sources);
      update({ shown: without(state.get().shown, turnId) });
      await send(newAnswer(turn, prepared.connection), prepared);
    },

    /** Goes on with an answer that was stopped or cut, from where it stands. */
    async continueAnswer(answerId: string): Promise<void> {
      const answer = findAnswer(state.get(), answerId);
      const turn = state.get().turns.find((entry) => entry.id === answer?.turnId);
      if (!answer || !turn || state.get().streaming) return;
      const prepared = await prepare(turn, state.get().sources, answer.text);
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
      this.stop();
      state.set(empty);
    },

    /** Opens a stored chat. An answer that nobody is streaming any more is marked as interrupted. */
    async open(chatId: string): Promise<boolean> {
      const stored = await store.loadChat(chatId);
      if (!stored) return false;
      if (state.get().chat?.id !== chatId) this.stop();
      const interrupted = await findInterrupted(stored.answers);
      for (const answer of interrupted) {
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

    /** The literal messages of one sending, composed again from what is stored, and whether they match what was sent. */
    async exactText(answerId: string, position: number): Promise<{ messages: Message[]; matches: boolean }> {
      const { turns, sources } = state.get();
      const answer = findAnswer(state.get(), answerId);
      const turn = turns.find((entry) => entry.id === answer?.turnId);
      const sending = answer?.sendings[position];
      if (!answer || !turn || !sending) throw new AppError('unexpected', { message: 'No such sending' });
      const history = sending.history.flatMap(({ answerId: id, length }) => {
        const earlier = findAnswer(state.get(), id);
        const asked = turns.find((entry) => entry.id === earlier?.turnId);
        return earlier && asked ? [{ ...asked, answer: earlier.text.slice(0, length) }] : [];
      });
      const partial = sending.from > 0 ? answer.text.slice(0, sending.from) : undefined;
      const everything = { window: Number.POSITIVE_INFINITY };
      const composition = compose({ sources, history, turn, model: everything, partial });
      if (!composition.fits)
        throw new AppError('unexpected', { message: 'Nothing can exceed an endless window' });
      const { messages } = composition.request;
      return { messages, matches: (await hashMessages(messages)) === sending.requestHash };
    },
  };
}

/** The answer of a turn that is on screen: the chosen one, or the newest. */
export function shownAnswer(state: ConversationState, turnId: string): AnswerRecord | undefined {
  const list = state.answers[turnId] ?? [];
  return list[state.shown[turnId] ?? list.length - 1];
}

const findAnswer = (state: ConversationState, id: string): AnswerRecord | undefined =>
  Object.values(state.answers)
    .flat()
    .find((answer) => answer.id === id);

const hashMessages = (messages: Message[]) =>
  sourceId(messages.map((message) => `${message.role}\n${messageText(message)}`).join('\n\u0000\n'));

const without = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
