/** One conversation: ask, stop, continue, again. State for the screen, records for the disk. */

import type { MeasuredSource } from '../context/compose';
import { toAppError } from '../errors';
import type { Connection } from '../models/types';
import { type ChatStore, chatStore } from '../store/chats';
import type { AnswerRecord, TurnRecord } from '../store/records';
import type { Account } from './accounts';
import { findInterrupted, holdAnswer, whenAnswerFree } from './answer-locks';
import { type ConversationState, emptyConversation, findAnswer } from './conversation-state';
import type { Decision, DecisionAnswer } from './decisions';
import { checkImages } from './images';
import { choiceOf, type Job, quietSurroundings, type Waiting } from './jobs';
import { type Waiting as AnswerWaiting, runAnswer } from './live-answer';
import { emptyAnswer, newTurn, type Question } from './new-turn';
import { runPasses } from './pass-run';
import { type Choice, type Preparation, prepare, type Surroundings } from './preparation';
import { outgoing, recomposeSending } from './sendings';
import { createState, type State } from './state';

export interface ConversationOptions {
  store?: ChatStore;
  connect: () => Promise<Connection>;
  check: (connection: Connection) => Promise<void>;
  /** What preparing a question asks of the world outside; see utils/chat/surroundings.ts. */
  surroundings?: Surroundings;
  account?: Account;
  run?: typeof runAnswer;
  newId?: () => string;
  now?: () => number;
}

export type Conversation = ReturnType<typeof createConversation>;

export function createConversation({
  store = chatStore,
  connect,
  check,
  surroundings = quietSurroundings,
  account,
  run = runAnswer,
  newId = () => crypto.randomUUID(),
  now = Date.now,
}: ConversationOptions) {
  const state: State<ConversationState> = createState(emptyConversation);
  let controller: AbortController | undefined;
  let preparing = false;
  let waiting: Waiting | undefined;
  /** What the user has agreed to for the rest of a chat, by its id. */
  const remembered = new Map<string, Set<'memory'>>();
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
  const showAnswer = (answer: AnswerRecord, waitingFor?: AnswerWaiting) => {
    const { chat, answers } = state.get();
    if (chat?.id !== answer.chatId) return; // the user went to another chat; the record is still kept
    const others = (answers[answer.turnId] ?? []).filter((entry) => entry.id !== answer.id);
    const isStreaming = answer.state === 'streaming';
    update({
      answers: { ...answers, [answer.turnId]: [...others, answer].sort((a, b) => a.createdAt - b.createdAt) },
      streaming: isStreaming ? { answerId: answer.id, waiting: waitingFor } : undefined,
    });
  };

  const prepareTurn = async (
    turn: TurnRecord,
    sources: MeasuredSource[],
    choice: Choice,
    partial?: string,
  ): Promise<Preparation> => {
    const connection = choice.connection ?? (await connect());
    await check(connection);
    checkImages(state.get().turns, turn, connection);
    const agreed = new Set([...(choice.agreed ?? []), ...(remembered.get(turn.chatId) ?? [])]);
    return prepare(state.get(), turn, sources, connection, surroundings, {
      partial,
      choice: { ...choice, agreed },
      now,
    });
  };

  /** Keeps what the user has to decide; the job goes on in `decide`. */
  const askUser = (decision: Decision, job: Job, choice: Choice): void => {
    waiting = { job, choice, decision };
    update({ decision });
  };

  const send = async (answer: AnswerRecord, preparation: Exclude<Preparation, { kind: 'decide' }>) => {
    controller = new AbortController();
    const { signal } = controller;
    const common = { store, signal, show: showAnswer, account };
    if (preparation.kind === 'send') {
      const { connection, request, sending } = preparation.prepared;
      showAnswer({ ...answer, state: 'streaming', sendings: [...answer.sendings, sending] });
      await holdAnswer(answer.id, () => run({ ...common, answer, request, connection, sending }));
      return;
    }
    const { connection, plan, outgoing: going, sources } = preparation;
    const turn = state.get().turns.find(({ id }) => id === answer.turnId);
    if (!turn) return;
    const passes = answer.passes ?? { plan: plan.passes, notes: [] };
    const begun = { ...answer, passes, state: 'streaming' as const };
    await store.saveAnswer(begun).catch(() => {});
    showAnswer(begun);
    await holdAnswer(answer.id, () =>
      runPasses({
        ...common,
        answer: begun,
        turn,
        outgoing: going,
        sources,
        connection,
        notes: plan.notes,
        run,
        now,
      }),
    );
  };

  const newAnswer = (turn: TurnRecord, connection: Connection) =>
    emptyAnswer(turn, connection, { newId, now });

  const perform = async (job: Job, choice: Choice): Promise<void> => {
    if (isBusy()) return;
    if (job.kind === 'ask') await askNew(job, choice);
    else if (job.kind === 'again') await askAgain(job, choice);
    else await goOn(job, choice);
  };

  const askNew = async (job: Extract<Job, { kind: 'ask' }>, choice: Choice): Promise<void> => {
    const before = state.get();
    const { chat, turn, sources } = newTurn(before, job.question, choice.omit, { newId, now });
    const movesBefore = moves;
    const preparation = await whilePreparing(async () => {
      const ready = await prepareTurn(turn, sources, choice);
      if (moves !== movesBefore) return undefined;
      if (ready.kind !== 'decide') await store.saveTurn(chat, turn, sources);
      return ready;
    });
    if (!preparation) return;
    if (preparation.kind === 'decide') return askUser(preparation.decision, job, choice);
    state.set({
      ...before,
      refusal: undefined,
      decision: undefined,
      chat,
      turns: [...before.turns, turn],
      sources,
    });
    job.onAccepted?.();
    await send(newAnswer(turn, connectionOf(preparation)), preparation);
  };

  const askAgain = async (job: Extract<Job, { kind: 'again' }>, choice: Choice): Promise<void> => {
    const turn = state.get().turns.find((entry) => entry.id === job.turnId);
    if (!turn) return;
    const preparation = await whilePreparing(() => prepareTurn(turn, state.get().sources, choice));
    if (preparation.kind === 'decide') return askUser(preparation.decision, job, choice);
    update({ shown: without(state.get().shown, turn.id), decision: undefined });
    await send(newAnswer(turn, connectionOf(preparation)), preparation);
  };

  const goOn = async (job: Extract<Job, { kind: 'continue' }>, choice: Choice): Promise<void> => {
    const answer = findAnswer(state.get(), job.answerId);
    const turn = state.get().turns.find((entry) => entry.id === answer?.turnId);
    if (!answer || !turn) return;
    const { reason: _reason, trouble: _trouble, ...rest } = answer;
    if (answer.passes) {
      const connection = choice.connection ?? (await connect());
      await check(connection);
      const going = outgoing(state.get(), turn, choice.omit);
      const notes = answer.sendings.find(({ pass }) => pass)?.pass?.notes ?? 0;
      const plan = { passes: answer.passes.plan, notes };
      const { sources } = state.get();
      await send(rest, { kind: 'passes', connection, plan, outgoing: going, sources });
      return;
    }
    const preparation = await whilePreparing(() =>
      prepareTurn(turn, state.get().sources, choice, answer.text),
    );
    if (preparation.kind === 'decide') return askUser(preparation.decision, job, choice);
    // Excerpts always says the same: it starts over in place of repeating itself.
    if (connectionOf(preparation).provider.wire === 'excerpts' || !answer.text) {
      return askAgain({ kind: 'again', turnId: turn.id }, choice);
    }
    await send(rest, preparation);
  };

  return {
    get: state.get,
    subscribe: state.subscribe,

    /**
     * Sends a question. Resolves when its answer has ended, or when the user has something to decide first: then
     * nothing was sent, and `decide` goes on.
     * @throws AppError when it could not be sent; then nothing was sent or changed, and the question is the caller's.
     */
    async ask(question: Question, onAccepted?: () => void): Promise<void> {
      await perform({ kind: 'ask', question, onAccepted }, {});
    },

    /** Answers a turn once more; the earlier answer stays reachable. */
    async again(turnId: string): Promise<void> {
      await perform({ kind: 'again', turnId }, {});
    },

    /** Goes on with an answer that was stopped or cut, from where it stands. */
    async continueAnswer(answerId: string): Promise<void> {
      await perform({ kind: 'continue', answerId }, {});
    },

    /** Goes on with what waits for the user's decision, or drops it. What was typed is the caller's until it is sent. */
    async decide(answer: DecisionAnswer): Promise<void> {
      const open = waiting;
      waiting = undefined;
      update({ decision: undefined });
      if (!open || answer.kind === 'cancel') return;
      const choice = await choiceOf(answer, open, surroundings.connected);
      // Questions that follow are about the same texts: they are asked where these fit.
      if (answer.kind === 'model' && choice.connection) await surroundings.use(choice.connection);
      if (answer.kind === 'go-on' && open.decision.kind === 'memory') {
        const chatId = state.get().chat?.id;
        if (chatId) remembered.set(chatId, new Set([...(remembered.get(chatId) ?? []), 'memory']));
      }
      await perform(open.job, choice);
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
      waiting = undefined;
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
        waiting = undefined;
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

const connectionOf = (preparation: Exclude<Preparation, { kind: 'decide' }>): Connection =>
  preparation.kind === 'send' ? preparation.prepared.connection : preparation.connection;

const without = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
