/** From a click to an answer: a job is prepared, waits for the user's decision where there is one, and is sent. */

import type { MeasuredSource } from '../context/compose';
import { toAppError } from '../errors';
import type { Connection, Message } from '../models/types';
import type { ChatStore } from '../store/chats';
import type { AnswerRecord, ChatRecord, TurnRecord } from '../store/records';
import type { Answering } from './answering';
import { keptBranch, upTo, withTurn } from './branches';
import { type ConversationState, findAnswer } from './conversation-state';
import type { Decision, DecisionAnswer } from './decisions';
import { isReadInPasses } from './in-passes';
import { choiceOf, connectionOf, type Job, refusedThere, type Waiting } from './jobs';
import { choiceFor, emptyAnswer, newTurn, type Question } from './new-turn';
import { composeNext } from './next-request';
import type { Choice, Preparation, Surroundings } from './preparation';
import { searched } from './searches';
import { leftOut } from './sendings';
import type { State } from './state';
import type { Stays } from './stays';

export interface AskingOptions {
  state: State<ConversationState>;
  stays: Stays;
  store: ChatStore;
  answering: Answering;
  connect: () => Promise<Connection>;
  check: (connection: Connection) => Promise<void>;
  surroundings: Surroundings;
  newId: () => string;
  now: () => number;
  /** Takes over what other windows have added. */
  refresh: () => Promise<void>;
}

export interface Asking {
  /** @throws AppError when it could not be sent; then nothing was sent or changed. */
  perform(job: Job, choice?: Choice): Promise<void>;
  /** Goes on with what waits for the user's decision, or drops it. */
  decide(answer: DecisionAnswer): Promise<void>;
  /** The literal messages that a question would be sent with. Nothing is sent. */
  compose(question: Question): Promise<Message[]>;
  /** Drops what waits: the user went to another chat. */
  forget(): void;
}

export function createAsking({
  state,
  stays,
  store,
  answering,
  connect,
  check,
  surroundings,
  newId,
  now,
  refresh,
}: AskingOptions): Asking {
  let waiting: Waiting | undefined;
  /** Chats for which the user has agreed to a large window in memory. */
  const largeWindows = new Set<string>();

  const update = (change: Partial<ConversationState>) => state.set({ ...state.get(), ...change });

  /** One thing is sent at a time: a second click while the first is on its way does nothing. */
  const isBusy = () => stays.isPreparing() || state.get().streaming !== undefined;

  const whilePreparing = <T>(work: (here: ConversationState, isHere: () => boolean) => Promise<T>) =>
    stays.prepare((isHere) => work(state.get(), isHere));

  const prepareTurn = async (
    here: ConversationState,
    turn: TurnRecord,
    sources: MeasuredSource[],
    choice: Choice,
    begun?: AnswerRecord,
  ): Promise<Preparation> => {
    const connection = choice.connection ?? (await connect());
    await check(connection);
    // Most questions have no pictures.
    if ([...here.turns, turn].some(({ images }) => images?.length)) {
      const { checkImages } = await import('./check-images');
      checkImages(here.turns, turn, connection);
    }
    // Questions that follow are about the same texts: they are asked where these fit.
    if (choice.connection) await surroundings.use(choice.connection);
    if (choice.agreed?.has('memory')) largeWindows.add(turn.chatId);
    const agreed = new Set(choice.agreed);
    if (largeWindows.has(turn.chatId)) agreed.add('memory');
    // What composes requests is loaded with the first question: no panel needs it to open.
    const { prepare } = await import('./preparation');
    return prepare(here, turn, sources, connection, surroundings, {
      begun,
      choice: { ...choice, agreed },
      now,
    });
  };

  /** Keeps what the user has to decide; the job goes on in `decide`. */
  const askUser = (decision: Decision, job: Job, choice: Choice): void => {
    waiting = { job, choice, decision };
    update({ decision });
  };

  const send = async (
    answer: AnswerRecord,
    preparation: Exclude<Preparation, { kind: 'decide' }>,
    queries?: string[],
  ) => {
    const ended = await answering.send(answer, preparation, queries);
    // What was found is more than the user has agreed to: they are asked before it is sent.
    if (ended?.trouble?.code === 'search-paused' && state.get().chat?.id === answer.chatId)
      await perform({ kind: 'continue', answerId: answer.id }).catch((error) =>
        update({ refusal: toAppError(error).toTrouble() }),
      );
    const refused = ended && refusedThere(ended);
    // The server could not hold it: the same ways on as if we had known.
    if (refused && state.get().chat?.id === answer.chatId) {
      // The question was sent: what comes in the way now is no refusal of it.
      const omit = leftOut(state.get().sources, ended);
      const choice = { refused: { ...refused, omit }, omit };
      await perform({ kind: 'again', turnId: answer.turnId }, choice).catch((error) =>
        update({ refusal: toAppError(error).toTrouble() }),
      );
    }
  };

  const newAnswer = (turn: TurnRecord, connection: Connection) =>
    emptyAnswer(turn, connection, { newId, now });

  const perform = async (job: Job, choice: Choice = {}): Promise<void> => {
    if (isBusy()) return;
    // Whatever waited for a decision is replaced by what is asked for now.
    waiting = undefined;
    if (state.get().decision) update({ decision: undefined });
    if (job.kind === 'ask') await askNew(job, choice);
    else if (job.kind === 'again') await askAgain(job, choice);
    else await goOn(job, choice);
  };

  /** On disk before it is sent. */
  const keep = async (chat: ChatRecord, turn: TurnRecord, sources: MeasuredSource[]) => {
    const { branch: _, ...record } = chat;
    const { all, branch } = withTurn(state.get(), turn, sources);
    const kept = keptBranch(all.turns, branch);
    const answers = Object.values(state.get().answers).flat();
    await store.saveTurn(Object.keys(kept).length > 0 ? { ...record, branch: kept } : record, turn, sources, {
      ...state.get().all,
      answers,
    });
  };

  /** A question as it stands: in the manner of the prompt in use, unless it has one of its own. */
  const turnOf = async (here: ConversationState, question: Question, { omit, connection }: Choice) => {
    const followUps = await surroundings.followUps();
    const searchMode = question.searchMode ?? (await surroundings.searchMode());
    const manner = question.prompt ? {} : await surroundings.manner();
    // What is said to models is long, and needed with the first question.
    const { instructionsFor: write } = await import('../prompts/instructions');
    const { model } = connection ?? (await connect());
    const search = model.tools ? searchMode !== 'off' : undefined;
    const whole = { ...question, ...manner, followUps, search, searchMode };
    return newTurn(here, whole, omit, { newId, now, write });
  };

  const askNew = async (job: Extract<Job, { kind: 'ask' }>, choice: Choice): Promise<void> => {
    const here = upTo(state.get(), job.after);
    const prepared = await whilePreparing(async (_, isHere) => {
      const { chat, turn, sources } = await turnOf(here, job.question, choice);
      const preparation = await prepareTurn(here, turn, sources, choice);
      if (preparation.kind !== 'decide' && isHere()) await keep(chat, turn, sources);
      return { chat, turn, sources, preparation };
    });
    if (!prepared) return;
    const { chat, turn, sources, preparation } = prepared;
    if (preparation.kind === 'decide') return askUser(preparation.decision, job, choice);
    // What another window has added meanwhile stays beside it.
    const { chat: newest, ...current } = withTurn(state.get(), turn, sources);
    state.set({
      ...current,
      refusal: undefined,
      decision: undefined,
      chat: { ...newest, ...chat, title: newest?.title ?? chat.title },
    });
    job.onAccepted?.(turn);
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
    await send(newAnswer(turn, connectionOf(preparation)), preparation, job.queries);
  };

  const goOn = async (job: Extract<Job, { kind: 'continue' }>, choice: Choice): Promise<void> => {
    const answer = findAnswer(state.get(), job.answerId);
    const turn = state.get().turns.find((entry) => entry.id === answer?.turnId);
    if (!answer || !turn) return;
    const { reason: _reason, trouble: _trouble, ...rest } = answer;
    const inPasses = isReadInPasses(answer);
    const omit = new Set([...leftOut(state.get().sources, answer), ...(choice.omit ?? [])]);
    const startOver = () => askAgain({ kind: 'again', turnId: turn.id }, { ...choice, omit });
    const isBegun = answer.text !== '' || searched(answer).rounds || searched(answer).findings;
    if (!inPasses && !isBegun) return startOver();
    const preparation = await whilePreparing(async (here) => {
      await refresh().catch(() => {});
      // Another window has gone on with it: what came of that is on screen now.
      if (findAnswer(state.get(), answer.id) !== answer) return undefined;
      if (!inPasses) return prepareTurn(here, turn, here.sources, { ...choice, omit }, answer);
      const connection = choice.connection ?? (await connect());
      await check(connection);
      const { prepareRest } = await import('./pass-run');
      return prepareRest(here, turn, answer, connection, surroundings, { choice, now });
    });
    if (!preparation) return;
    if (preparation.kind === 'decide') return askUser(preparation.decision, job, choice);
    // Excerpts always says the same: it starts over in place of repeating itself.
    if (!inPasses && connectionOf(preparation).provider.wire === 'excerpts') return startOver();
    await send(rest, preparation);
  };

  return {
    perform,
    async compose(question) {
      const here = state.get();
      const choice = choiceFor(question, here);
      return composeNext(here, await turnOf(here, question, choice), choice, await connect());
    },
    async decide(answer) {
      const open = waiting;
      waiting = undefined;
      update({ decision: undefined });
      if (!open || answer.kind === 'cancel') return;
      const isHere = stays.here();
      const choice = await choiceOf(answer, open, surroundings.connected);
      // What was decided in one chat is not carried out in another.
      if (isHere()) await perform(open.job, choice);
    },
    forget() {
      waiting = undefined;
    },
  };
}
