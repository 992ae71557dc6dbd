/** Carries out what was prepared: streams an answer, alone or in passes, and shows it as it comes. */

import type { MeasuredSource } from '../context/tokens';
import type { ChatStore } from '../store/chats';
import type { AnswerRecord, TurnRecord } from '../store/records';
import type { Account } from './accounts';
import { holdAnswer } from './answer-locks';
import { joined, showing } from './branches';
import { type ConversationState, shownAnswer } from './conversation-state';
import { isReadInPasses } from './in-passes';
import type { runAnswer, Waiting } from './live-answer';
import type { Preparation, Surroundings } from './preparation';
import type { Rounds } from './rounds';
import type { SearchCommands, SearchRun } from './search-types';
import { asksInWords, foundIn } from './searches';
import type { PreparedSending } from './sendings';
import type { State } from './state';

export interface AnsweringOptions {
  state: State<ConversationState>;
  store: ChatStore;
  account?: Account;
  run: typeof runAnswer;
  surroundings: Surroundings;
  newId: () => string;
  now: () => number;
}

export interface Answering {
  /**
   * Resolves with the settled answer; failures are in it. It is written from what is found for `queries` on the web,
   * where they are given.
   */
  send(
    answer: AnswerRecord,
    preparation: Exclude<Preparation, { kind: 'decide' }>,
    queries?: string[],
  ): Promise<AnswerRecord | undefined>;
  /** Ends the answer that streams here; what arrived is kept. */
  stop(): void;
  /** For the search that is running for it. */
  search: SearchCommands;
}

export function createAnswering({
  state,
  store,
  account,
  run,
  surroundings,
  newId,
  now,
}: AnsweringOptions): Answering {
  let controller: AbortController | undefined;
  let running: SearchRun | undefined;

  const show = (answer: AnswerRecord, waiting?: Waiting) => {
    const current = state.get();
    const { chat, answers } = current;
    if (chat?.id !== answer.chatId) return; // the user went to another chat; the record is still kept
    const others = (answers[answer.turnId] ?? []).filter((entry) => entry.id !== answer.id);
    const isStreaming = answer.state === 'streaming';
    const next: ConversationState = {
      ...current,
      answers: { ...answers, [answer.turnId]: [...others, answer].sort((a, b) => a.createdAt - b.createdAt) },
      streaming: isStreaming ? { answerId: answer.id, waiting } : undefined,
    };
    const isSame = foundFor(current, answer.turnId) === foundFor(next, answer.turnId);
    state.set(isSame ? next : showing(next, {}));
  };

  /** What is done when the model asks for something; undefined where it is never heard. */
  const roundsFor = async (
    answer: AnswerRecord,
    turn: TurnRecord | undefined,
    prepared: PreparedSending,
    queries: string[] | undefined,
  ): Promise<Rounds | undefined> => {
    const { connection, sources } = prepared;
    const { wire } = connection.provider;
    if (!turn || wire === 'excerpts' || wire === 'chrome') return undefined;
    const mode =
      turn.task === 'translate'
        ? 'off'
        : queries
          ? 'always'
          : (turn.searchMode ?? (await surroundings.searchMode()));
    if (!connection.model.tools && !asksInWords(turn, connection, mode)) return undefined;
    const how =
      mode === 'off' ? undefined : await surroundings.searching(sources.map(({ source }) => source));
    // To ask a model what to search for is a request of its own: not before the browser lets anything be searched.
    if (!connection.model.tools && !(how && (how.isAllowed || mode === 'always'))) return undefined;
    const { createRounds } = await import('./rounds');
    return createRounds({
      turn,
      prepared,
      state: state.get,
      surroundings,
      ...(how && mode !== 'off' ? { searching: { ...how, mode } } : {}),
      ...(queries ? { queries } : {}),
      onRun: (search) => {
        running = search;
      },
      onFound: (found: MeasuredSource[]) => {
        const current = state.get();
        if (current.chat?.id !== answer.chatId) return;
        state.set(showing(current, { all: joined(current.all, { turns: [], sources: found }) }));
      },
      newId,
      now,
    });
  };

  /** Gone on with in another window since: what came of that is shown, and not written over. */
  const goneOn = async ({ id, sendings }: AnswerRecord): Promise<AnswerRecord | undefined> => {
    const stored = sendings.length > 0 ? await store.loadAnswer(id) : undefined;
    if (!stored || stored.sendings.length <= sendings.length) return undefined;
    show(stored);
    return stored;
  };

  return {
    async send(answer, preparation, queries) {
      controller = new AbortController();
      const { signal } = controller;
      const common = { store, signal, show, account };
      if (preparation.kind === 'send') {
        const { connection, request, sending } = preparation.prepared;
        show({ ...answer, state: 'streaming', sendings: [...answer.sendings, sending] });
        return holdAnswer(answer.id, async () => {
          const elsewhere = await goneOn(answer);
          if (elsewhere) return elsewhere;
          const turn = state.get().all.turns.find(({ id }) => id === answer.turnId);
          // What cannot be set up for searching does not come in the way of an answer.
          const rounds = await roundsFor(answer, turn, preparation.prepared, queries).catch(() => undefined);
          return run({ ...common, answer, request, connection, sending, rounds });
        });
      }
      const { connection, plan, outgoing: going, sources } = preparation;
      const turn = state.get().all.turns.find(({ id }) => id === answer.turnId);
      if (!turn) return undefined;
      const passes = isReadInPasses(answer) ? answer.passes : { plan: plan.passes, notes: [] };
      const begun = { ...answer, passes, state: 'streaming' as const };
      // First on the screen: from here on the conversation is busy.
      show(begun);
      return holdAnswer(answer.id, async () => {
        const elsewhere = await goneOn(answer);
        if (elsewhere) return elsewhere;
        await store.saveAnswer(begun).catch(() => {});
        const { runPasses } = await import('./pass-run');
        return runPasses({
          ...common,
          answer: begun,
          turn,
          outgoing: going,
          sources,
          connection,
          notes: plan.notes,
          run,
          now,
        });
      });
    },
    stop() {
      controller?.abort(new DOMException('Stopped by the user', 'AbortError'));
    },
    search: {
      go: (queries) => running?.go(queries),
      refuse: () => running?.refuse(),
      answerNow: () => running?.answerNow(),
      drop: (rank) => running?.drop(rank),
      rerun: (queries) => running?.rerun(queries),
      retry: (rank) => running?.retry(rank),
    },
  };
}

/** What was found for the answer of a turn that is shown, as one name. */
const foundFor = (state: ConversationState, turnId: string): string =>
  foundIn(shownAnswer(state, turnId) ?? {}).join();
