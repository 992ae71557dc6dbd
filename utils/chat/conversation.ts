/** One conversation: ask, stop, continue, again. State for the screen, records for the disk. */

import { toAppError } from '../errors';
import type { Connection } from '../models/types';
import { type ChatStore, chatStore } from '../store/chats';
import type { AnswerRecord, TurnRecord } from '../store/records';
import type { Account } from './accounts';
import { settleInterrupted } from './answer-locks';
import { createAnswering } from './answering';
import { createAsking } from './asking';
import { branchTo, keptBranch, parentOf, showing, upTo } from './branches';
import { type ConversationState, emptyConversation, findAnswer } from './conversation-state';
import type { DecisionAnswer } from './decisions';
import { quietSurroundings } from './jobs';
import type { runAnswer } from './live-answer';
import { choiceFor, inPlaceOf, type Question } from './new-turn';
import { followOtherWindows } from './other-windows';
import type { Surroundings } from './preparation';
import type { SearchCommands } from './search-types';
import { recomposeSending } from './sendings';
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

/** What streams answers is loaded with the first one: no panel needs it to open. */
const runLater: typeof runAnswer = async (options) => (await import('./live-answer')).runAnswer(options);

export type Conversation = ReturnType<typeof createConversation>;

export function createConversation({
  store = chatStore,
  connect,
  check,
  surroundings = quietSurroundings,
  account,
  run = runLater,
  newId = () => crypto.randomUUID(),
  now = Date.now,
}: ConversationOptions) {
  const state: State<ConversationState> = createState(emptyConversation);
  const stays = createStays();
  const answering = createAnswering({ state, store, account, run, newId, now, surroundings });
  const others = followOtherWindows(state, store);
  const asking = createAsking({
    state,
    stays,
    store,
    answering,
    connect,
    check,
    surroundings,
    newId,
    now,
    refresh: others.refresh,
  });
  let openings = 0;

  const update = (change: Partial<ConversationState>) => state.set({ ...state.get(), ...change });

  /** What the user does to the search that is running here; see search-types.ts. */
  const search: SearchCommands = {
    ...answering.search,
    rerun(queries, answerId) {
      const answer = answerId === undefined ? undefined : findAnswer(state.get(), answerId);
      if (!answer || answer.state === 'streaming') return answering.search.rerun(queries);
      // What comes in the way of that is shown like that of a request from outside.
      asking
        .perform({ kind: 'again', turnId: answer.turnId, queries })
        .catch((error) => update({ refusal: toAppError(error).toTrouble() }));
    },
  };

  return {
    get: state.get,
    subscribe: state.subscribe,

    /**
     * Sends a question. Resolves when its answer has ended, or when the user has something to decide first: then
     * nothing was sent, and `decide` goes on.
     * @throws AppError when it could not be sent; then nothing was sent or changed, and the question is the caller's.
     */
    async ask(question: Question, onAccepted?: (turn: TurnRecord) => void): Promise<void> {
      const after = state.get().turns.at(-1)?.id ?? null;
      await asking.perform({ kind: 'ask', question, after, onAccepted }, choiceFor(question, state.get()));
    },

    /**
     * Asks something else in the place of an earlier question, with the sources and pictures that it had. The earlier
     * one and all that followed it stay, on a branch of their own.
     * @throws AppError as `ask`
     */
    async edit(
      turnId: string,
      wishes: Pick<Question, 'question' | 'language' | 'prompt' | 'searchMode'>,
      onAccepted?: (turn: TurnRecord) => void,
    ): Promise<void> {
      const { all } = state.get();
      const turn = all.turns.find(({ id }) => id === turnId);
      if (!turn) return;
      const after = parentOf(all.turns, turnId);
      const before = upTo(state.get(), after);
      const question = inPlaceOf(before, turn, wishes);
      await asking.perform({ kind: 'ask', question, after, onAccepted }, choiceFor(question, before));
    },

    /** Answers a turn once more, without the sources in `omit`; the earlier answer stays reachable. */
    async again(turnId: string, omit: readonly string[] = []): Promise<void> {
      await asking.perform({ kind: 'again', turnId }, { omit: new Set(omit) });
    },

    /** Goes on with an answer that was stopped or cut, from where it stands. */
    async continueAnswer(answerId: string): Promise<void> {
      await asking.perform({ kind: 'continue', answerId });
    },

    /** Goes on with what waits for the user's decision, or drops it. What was typed is the caller's until it is sent. */
    async decide(answer: DecisionAnswer): Promise<void> {
      await asking.decide(answer);
    },

    /** Shows why a request from outside the panel (shortcut, menu) could not be sent. */
    refuse(error: unknown): void {
      update({ refusal: toAppError(error).toTrouble() });
    },

    stop(): void {
      answering.stop();
    },

    search,

    /** Shows the answer of a turn at `position` (0 is the oldest). */
    showVersion(turnId: string, position: number): void {
      const current = state.get();
      // What was found for one version is not among the sources of another.
      state.set(showing({ ...current, shown: { ...current.shown, [turnId]: position } }, {}));
    },

    /** Shows the branch of a question, as it was when it was last on screen. It is shown again when the chat is. */
    showBranch(turnId: string): void {
      const current = state.get();
      const { all, chat } = current;
      const branch = branchTo(all.turns, turnId, current.branch);
      state.set(showing(current, { branch }));
      // A choice that cannot be kept is still a choice.
      if (chat) store.saveBranch(chat.id, keptBranch(all.turns, branch)).catch(() => {});
    },

    /** Leaves the chat for an empty one. A streaming answer is stopped and kept. */
    startNew(): void {
      stays.move();
      openings++;
      answering.stop();
      asking.forget();
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
        answering.stop();
        asking.forget();
      }
      await settleInterrupted(stored.answers, store);
      if (opening !== openings) return false;
      const { chat, turns, answers, sources } = stored;
      state.set(
        showing(
          {
            ...emptyConversation,
            chat,
            answers: Object.groupBy(answers, (answer) => answer.turnId) as Record<string, AnswerRecord[]>,
          },
          { all: { turns, sources }, branch: chat.branch ?? {} },
        ),
      );
      return true;
    },

    /** The literal messages that a question would be sent with now. Nothing is sent. */
    nextText: (question: Question) => asking.compose(question),

    /** The literal messages of one sending, and whether they match what was sent. */
    exactText: (answerId: string, position: number) => recomposeSending(state.get(), answerId, position),
  };
}
