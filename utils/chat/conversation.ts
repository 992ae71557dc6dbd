/** One conversation: ask, stop, continue, again. State for the screen, records for the disk. */

import type { MeasuredSource } from '../context/compose';
import { toAppError } from '../errors';
import type { Connection } from '../models/types';
import { type ChatStore, chatStore } from '../store/chats';
import type { AnswerRecord, TurnRecord } from '../store/records';
import type { Account } from './accounts';
import { holdAnswer, settleInterrupted, whenAnswerFree } from './answer-locks';
import { type ConversationState, emptyConversation, findAnswer } from './conversation-state';
import type { Decision, DecisionAnswer } from './decisions';
import { checkImages } from './images';
import { choiceOf, type Job, quietSurroundings, refusedThere, type Waiting } from './jobs';
import { type Waiting as AnswerWaiting, runAnswer } from './live-answer';
import { emptyAnswer, newTurn, type Question } from './new-turn';
import { isReadInPasses, prepareRest, runPasses } from './pass-run';
import { type Choice, connectionOf, type Preparation, prepare, type Surroundings } from './preparation';
import { leftOut, recomposeSending } from './sendings';
import { createState, type State } from './state';
import { createStays } from './stays';

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
  const stays = createStays();
  let controller: AbortController | undefined;
  let waiting: Waiting | undefined;
  /** Chats for which the user has agreed to a large window in memory. */
  const largeWindows = new Set<string>();
  let openings = 0;

  /** One thing is sent at a time: a second click while the first is on its way does nothing. */
  const isBusy = () => stays.isPreparing() || state.get().streaming !== undefined;

  const whilePreparing = <T>(work: (here: ConversationState, isHere: () => boolean) => Promise<T>) =>
    stays.prepare((isHere) => work(state.get(), isHere));
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
    here: ConversationState,
    turn: TurnRecord,
    sources: MeasuredSource[],
    choice: Choice,
    partial?: string,
  ): Promise<Preparation> => {
    const connection = choice.connection ?? (await connect());
    await check(connection);
    checkImages(here.turns, turn, connection);
    // Questions that follow are about the same texts: they are asked where these fit.
    if (choice.connection) await surroundings.use(choice.connection);
    if (choice.agreed?.has('memory')) largeWindows.add(turn.chatId);
    const agreed = new Set(choice.agreed);
    if (largeWindows.has(turn.chatId)) agreed.add('memory');
    return prepare(here, turn, sources, connection, surroundings, {
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
    const ended = await sendNow(answer, preparation);
    const refused = ended && refusedThere(ended);
    // The server could not hold it: the same ways on as if we had known.
    if (refused && state.get().chat?.id === answer.chatId) {
      // The question was sent: what comes in the way now is no refusal of it.
      await perform({ kind: 'again', turnId: answer.turnId }, { refused }).catch((error) =>
        update({ refusal: toAppError(error).toTrouble() }),
      );
    }
  };

  const sendNow = async (answer: AnswerRecord, preparation: Exclude<Preparation, { kind: 'decide' }>) => {
    controller = new AbortController();
    const { signal } = controller;
    const common = { store, signal, show: showAnswer, account };
    if (preparation.kind === 'send') {
      const { connection, request, sending } = preparation.prepared;
      showAnswer({ ...answer, state: 'streaming', sendings: [...answer.sendings, sending] });
      return holdAnswer(answer.id, () => run({ ...common, answer, request, connection, sending }));
    }
    const { connection, plan, outgoing: going, sources } = preparation;
    const turn = state.get().turns.find(({ id }) => id === answer.turnId);
    if (!turn) return undefined;
    const passes = isReadInPasses(answer) ? answer.passes : { plan: plan.passes, notes: [] };
    const begun = { ...answer, passes, state: 'streaming' as const };
    // First on the screen: from here on the conversation is busy.
    showAnswer(begun);
    await store.saveAnswer(begun).catch(() => {});
    return holdAnswer(answer.id, () =>
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
    // Whatever waited for a decision is replaced by what is asked for now.
    waiting = undefined;
    if (state.get().decision) update({ decision: undefined });
    if (job.kind === 'ask') await askNew(job, choice);
    else if (job.kind === 'again') await askAgain(job, choice);
    else await goOn(job, choice);
  };

  const askNew = async (job: Extract<Job, { kind: 'ask' }>, choice: Choice): Promise<void> => {
    const before = state.get();
    const { chat, turn, sources } = newTurn(before, job.question, choice.omit, { newId, now });
    const preparation = await whilePreparing(async (here, isHere) => {
      const ready = await prepareTurn(here, turn, sources, choice);
      if (ready.kind !== 'decide' && isHere()) await store.saveTurn(chat, turn, sources);
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
    const preparation = await whilePreparing((here) => prepareTurn(here, turn, here.sources, choice));
    if (!preparation) return;
    if (preparation.kind === 'decide') return askUser(preparation.decision, job, choice);
    const { [turn.id]: _, ...shown } = state.get().shown;
    update({ shown, decision: undefined });
    await send(newAnswer(turn, connectionOf(preparation)), preparation);
  };

  const goOn = async (job: Extract<Job, { kind: 'continue' }>, choice: Choice): Promise<void> => {
    const answer = findAnswer(state.get(), job.answerId);
    const turn = state.get().turns.find((entry) => entry.id === answer?.turnId);
    if (!answer || !turn) return;
    const { reason: _reason, trouble: _trouble, ...rest } = answer;
    const inPasses = isReadInPasses(answer);
    const omit = new Set([...leftOut(state.get().sources, answer), ...(choice.omit ?? [])]);
    const startOver = () => askAgain({ kind: 'again', turnId: turn.id }, { ...choice, omit });
    if (!inPasses && !answer.text) return startOver();
    const preparation = await whilePreparing(async (here) => {
      if (!inPasses) return prepareTurn(here, turn, here.sources, { ...choice, omit }, answer.text);
      const connection = choice.connection ?? (await connect());
      await check(connection);
      return prepareRest(here, turn, answer, connection, surroundings, { choice, now });
    });
    if (!preparation) return;
    if (preparation.kind === 'decide') return askUser(preparation.decision, job, choice);
    // Excerpts always says the same: it starts over in place of repeating itself.
    if (!inPasses && connectionOf(preparation).provider.wire === 'excerpts') return startOver();
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
      const isHere = stays.here();
      const choice = await choiceOf(answer, open, surroundings.connected);
      // What was decided in one chat is not carried out in another.
      if (isHere()) await perform(open.job, choice);
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
      stays.move();
      openings++;
      this.stop();
      waiting = undefined;
      state.set(emptyConversation);
    },

    /** Opens a stored chat. An answer that nobody is streaming any more is marked as interrupted. */
    async open(chatId: string): Promise<boolean> {
      if (state.get().chat?.id === chatId && state.get().streaming) return true;
      const opening = ++openings;
      const stored = await store.loadChat(chatId);
      // Of two that are opened one after the other the last is shown, however long the first takes.
      if (!stored || opening !== openings) return false;
      if (state.get().chat?.id !== chatId) {
        stays.move();
        this.stop();
        waiting = undefined;
      }
      await settleInterrupted(stored.answers, store);
      if (opening !== openings) return false;
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
