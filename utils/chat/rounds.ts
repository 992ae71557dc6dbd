/** What happens between the requests of an answer: the model asks for something, it is looked up, and it goes on. */

import type { Composition, Estimate } from '../context/compose';
import { estimateCost } from '../context/prices';
import { type MeasuredSource, scaleTokens } from '../context/tokens';
import { AppError } from '../errors';
import { windowFor } from '../models/local-window';
import type { Connection, Part, Request, ToolCallPart } from '../models/types';
import {
  malformedCall,
  mostRounds,
  noMoreSearches,
  searchWasRefused,
  tooManyCalls,
  wishInstructions,
} from '../prompts/search';
import { noSuchTool, searchIsOff } from '../prompts/tools';
import type { AnswerRecord, SearchRecord, SendingRecord, TurnRecord } from '../store/records';
import { exactly, repeatedBy } from './compositions';
import type { ConversationState } from './conversation-state';
import { inputOf, usualAnswer } from './next-cost';
import { memoryDecision, type Surroundings } from './preparation';
import { createSearchRun } from './search-run';
import { isDone, leaveOutLast, tell, unlike } from './search-told';
import type { Searching, SearchRun, SearchWish } from './search-types';
import { isNamed, isOffered, queryOfQuestion, wishIn, wishOf } from './search-wishes';
import { asksInWords } from './searches';
import { cacheKeyOf, composeWhole, type PreparedSending, recordOf } from './sendings';
import { overCap } from './spending-cap';

type End = Extract<Part, { type: 'end' }>;

/** A request to go on with, or how the answer ends. */
export type Next = { request: Request; sending: SendingRecord } | { end: End };

/** The answer that is being written; see live-answer.ts. */
export interface Writing {
  answer(): AnswerRecord;
  change(change: Partial<AnswerRecord>): void;
  /** Puts the answer on disk as it is, with texts that were found for it. */
  keep(sources?: MeasuredSource[]): Promise<void>;
  /** Sends a request that is no part of the answer, and gives what was written. */
  ask(request: Request, sending: SendingRecord): Promise<{ text: string; end: End }>;
  signal: AbortSignal;
}

export interface Rounds {
  /** What stands before the first request. */
  first(begin: Extract<Next, { request: Request }>, writing: Writing): Promise<Next>;
  /** What follows on the calls of a request. */
  next(calls: ToolCallPart[], writing: Writing): Promise<Next>;
}

export interface RoundsOptions {
  turn: TurnRecord;
  prepared: Pick<PreparedSending, 'connection' | 'outgoing' | 'sources'>;
  state: () => ConversationState;
  surroundings: Surroundings;
  /** Absent where nothing may be looked up for this question. */
  searching?: Searching & {
    /** `auto`: the model decides; `always`: a question is searched for before it is answered. */
    mode: 'auto' | 'always';
  };
  /** Queries of the user, in the place of the model's. */
  queries?: string[];
  /** Told which search is running, and when none is any more. */
  onRun: (run: SearchRun | undefined) => void;
  /** Takes texts that were found into the conversation. */
  onFound: (sources: MeasuredSource[]) => void;
  newId: () => string;
  now: () => number;
}

/** Calls of one turn that are carried out. */
const mostCalls = 4;

export function createRounds(options: RoundsOptions): Rounds {
  const { turn, prepared, surroundings, searching, queries: wished, onRun, onFound, newId, now } = options;
  const { connection, outgoing: going } = prepared;
  const { model } = connection;
  /** Texts that were found for this answer. */
  const found = new Map<string, MeasuredSource>();
  /** The last turn of the model had nothing in it that could be looked up. */
  let isWarned = false;

  const sources = () => [...prepared.sources, ...found.values()];

  /** Documents of the request so far, with their numbers. */
  const known = ({ searches = [] }: AnswerRecord) => {
    const read = searches.flatMap(({ pages }) =>
      pages.flatMap(({ status, sourceId, number }) =>
        status === 'read' && sourceId && number ? [{ id: sourceId, number }] : [],
      ),
    );
    const before = going.history.flatMap(({ sourceIds, findings = [], rounds = [] }) => [
      ...sourceIds,
      ...findings.flatMap((entry) => entry.sourceIds),
      ...rounds.flatMap(({ calls }) => calls.flatMap((entry) => entry.sourceIds)),
    ]);
    const numbers = [...before, ...going.sourceIds].flatMap((id) => {
      const number = going.numbers.get(id);
      return number && !going.omit.has(id) ? [{ id, number }] : [];
    });
    const all = new Map(sources().map(({ source }) => [source.id, source]));
    return [...numbers, ...read].flatMap(({ id, number }) => {
      const source = all.get(id);
      return source ? [{ source, number }] : [];
    });
  };

  const numberAfter = ({ searches = [] }: AnswerRecord): number =>
    Math.max(going.nextNumber, ...searches.flatMap(({ pages }) => pages.map(({ number = 0 }) => number + 1)));

  /** Runs one search to its end; its record is the last of the answer's. */
  const search = async (
    wish: SearchWish,
    { call, round, asks }: { call?: ToolCallPart; round: number; asks: boolean },
    how: Searching,
    writing: Writing,
  ): Promise<SearchRecord> => {
    const { searches: before = [], text } = writing.answer();
    const put = (record: SearchRecord) => writing.change({ searches: [...before, record] });
    const run = createSearchRun({
      ...how,
      id: newId(),
      wish,
      ...(call ? { call } : {}),
      asks: how.asks || asks,
      round,
      at: text.length,
      number: numberAfter(writing.answer()),
      known: known(writing.answer()),
      tokensOf: (entry) => scaleTokens(entry, model),
      signal: writing.signal,
      onChange: put,
      onKeep: async (record, texts) => {
        onFound(texts);
        put(record);
        await writing.keep(texts);
      },
    });
    onRun(run);
    const { record, sources: texts } = await run.ended;
    onRun(undefined);
    for (const entry of texts) found.set(entry.source.id, entry);
    return record;
  };

  /**
   * The next request with all that was found in a round, or with as many of its pages as fit: the last of the list are
   * left out first, each as a whole, and the model is told.
   */
  const compose = async (round: number, left: number | undefined, writing: Writing): Promise<Composition> => {
    const cacheKey = await cacheKeyOf(turn.chatId);
    for (;;) {
      const answer = tell(round, left, writing);
      const composeFor = (sized: Connection['model']) =>
        composeWhole(going, sources(), sized, { begun: answer, cacheKey });
      const composition = await exactly(composeFor(model), composeFor, connection, surroundings);
      if (composition.fits || !leaveOutLast(round, writing)) return composition;
    }
  };

  const goOn = async (round: number, left: number | undefined, writing: Writing): Promise<Next> => {
    const composition = await compose(round, left, writing);
    await writing.keep();
    if (writing.signal.aborted) return { end: { type: 'end', reason: 'aborted' } };
    if (!composition.fits) {
      const { needed, limit } = composition;
      return { end: failed(new AppError('too-long', { model: model.name, needed, limit, ours: 1 })) };
    }
    const { request, estimate } = composition;
    if (await mustDecide(estimate, writing.answer())) {
      return { end: failed(new AppError('search-paused', { model: model.name }), 'cut-off') };
    }
    const { text, searches } = writing.answer();
    const repeats = repeatedBy(estimate, options.state(), turn, connection);
    const from = text.length;
    const sending = await recordOf(composition, going, { from, repeats, searches: searches?.length, now });
    return { request, sending };
  };

  /** Whether it would pass a limit of money, or need a window that the user has not agreed to. */
  const mustDecide = async ({ total, reserve }: Estimate, { sendings }: AnswerRecord): Promise<boolean> => {
    const cacheKey = await cacheKeyOf(turn.chatId);
    const window = windowFor({ inputTokens: total, reserve, cacheKey }, connection);
    if (await memoryDecision(window, cacheKey, connection, surroundings, {})) return true;
    const last = sendings.at(-1);
    const cached = Math.min(last ? inputOf(last) : 0, total);
    const cost = estimateCost(model, { input: total, cached, output: usualAnswer });
    return (await overCap(cost, turn.chatId, surroundings, undefined, now)) !== undefined;
  };

  const failed = (error: AppError, reason: 'error' | 'cut-off' = 'error'): End => ({
    type: 'end',
    reason,
    trouble: error.toTrouble(),
  });

  return {
    async first(begin, writing) {
      const { searches = [], text } = writing.answer();
      // Gone on with: what was to be found before has been.
      if (!searching || text || searches.length > 0) return begin;
      const wish = wished ? { queries: wished } : await wordsOf(turn, searching, writing);
      if (writing.signal.aborted) return { end: { type: 'end', reason: 'aborted' } };
      if (!wish) return begin;
      if ('end' in wish) return wish;
      // The user's own words need no consent.
      const how = wished ? { ...searching, asks: false } : searching;
      await search(wish, { round: 1, asks: false }, how, writing);
      return goOn(1, model.tools ? mostRounds - 1 : undefined, writing);
    },

    async next(calls, writing) {
      const { searches: before = [], text } = writing.answer();
      const round = 1 + Math.max(0, ...before.map((record) => record.round));
      const done = new Set(before.filter(isDone).map((record) => record.round)).size;
      let carriedOut = 0;
      const refuse = (call: ToolCallPart, told: string) => {
        const { searches = [], text: at } = writing.answer();
        const record: SearchRecord = {
          id: newId(),
          call,
          told,
          round,
          at: at.length,
          queries: [],
          pages: [],
          state: 'refused',
        };
        writing.change({ searches: [...searches, record] });
      };
      for (const call of unlike(calls, before)) {
        const wish = isOffered(call.name) ? wishOf(call) : undefined;
        // What was stopped is not begun, and the call still has its answer.
        if (writing.signal.aborted) refuse(call, searchWasRefused);
        else if (!isOffered(call.name)) refuse(call, noSuchTool(call.name));
        else if (!searching) refuse(call, searchIsOff);
        else if (!wish) refuse(call, malformedCall(call.name));
        else if (done >= mostRounds) refuse(call, noMoreSearches);
        else if (carriedOut >= mostCalls) refuse(call, tooManyCalls);
        else {
          carriedOut++;
          const asks = 'url' in wish && !isNamed(wish.url, textsOf(writing.answer()));
          await search(wish, { call, round, asks }, searching, writing);
        }
      }
      const isEndless = carriedOut === 0 && isWarned;
      isWarned = carriedOut === 0;
      if (isEndless || calls.length === 0) {
        tell(round, undefined, writing);
        await writing.keep();
        const facts = { provider: connection.provider.name, model: model.name };
        return { end: failed(new AppError('search-endless', facts), text.trim() ? 'cut-off' : 'error') };
      }
      return goOn(round, carriedOut > 0 ? mostRounds - done - 1 : undefined, writing);
    },
  };

  /** Asks the model what to search for, in words, behind the same documents as the question will stand. */
  async function wordsOf(
    asked: TurnRecord,
    { mode }: NonNullable<RoundsOptions['searching']>,
    writing: Writing,
  ): Promise<SearchWish | { end: End } | undefined> {
    const isWished = mode === 'always';
    if (!asksInWords(asked, connection, mode)) return undefined;
    const instead = wishInstructions({ isWished, now: new Date(now()) });
    const cacheKey = await cacheKeyOf(asked.chatId);
    const composition = composeWhole(going, sources(), model, { instead, cacheKey });
    const own = isWished ? queryOfQuestion(asked.question) : [];
    const fallback = own.length > 0 ? { queries: own } : undefined;
    // The question itself fits, which is shorter by a few words; where these do not, it is searched for as it is.
    if (!composition.fits) return fallback;
    const sending = await recordOf(composition, going, { instead, now });
    const { text, end } = await writing.ask(composition.request, sending);
    const isHeard = end.reason === 'stop' || end.reason === 'length' || isMute(end);
    return isHeard ? (wishIn(text) ?? fallback) : { end };
  }

  /** All in which an address may stand that the model did not make up. */
  function* textsOf(answer: AnswerRecord): Generator<string> {
    for (const { question } of [...going.history, turn]) yield question;
    for (const { pages } of answer.searches ?? []) for (const { url } of pages) yield url;
    for (const { answer: earlier } of going.past)
      for (const { pages } of earlier.searches ?? []) for (const { url } of pages) yield url;
    for (const { source } of known(answer)) {
      yield source.url ?? '';
      yield source.text;
    }
  }
}

/** A model that wrote nothing, or only thought, wants nothing. */
const isMute = ({ trouble }: End): boolean =>
  trouble?.code === 'empty-answer' || trouble?.code === 'thinking-only';
