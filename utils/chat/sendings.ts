/** What one press of “send” carries: composed from the conversation, and composed again to be looked at later. */

import {
  type AnsweredTurn,
  type Composition,
  compose,
  type MeasuredSource,
  messageText,
} from '../context/compose';
import { composeFromNotes, composePass } from '../context/passes';
import { AppError } from '../errors';
import type { Connection, Message, Request } from '../models/types';
import { tools } from '../prompts/tools';
import { sourceId } from '../source';
import type { AnswerRecord, SendingRecord, TurnRecord } from '../store/records';
import { answeredTurns, type ConversationState, findAnswer } from './conversation-state';
import { missingOf } from './missing-sources';
import { foundIn, numbersFound, numbersTaken, searched } from './searches';
import { assignNumbers, numbersOf } from './source-numbers';

export interface PreparedSending {
  connection: Connection;
  request: Request;
  sending: SendingRecord;
  /** What it was composed from: requests that follow on what is found are composed from the same. */
  outgoing: Outgoing;
  sources: MeasuredSource[];
}

/** What goes with a turn: earlier turns as they were sent, and the sources that are new to the model. */
export interface Outgoing {
  turn: TurnRecord;
  history: AnsweredTurn[];
  past: { answer: AnswerRecord; sourceIds: string[] }[];
  /** Sources that no earlier request of this chat has carried. */
  sourceIds: string[];
  /** The number of each source, by which answers cite it. */
  numbers: ReadonlyMap<string, number>;
  /** Sources that stay out, also of the earlier turns. */
  omit: ReadonlySet<string>;
  /** The least number that nothing in the chat has had, or any after it. */
  nextNumber: number;
}

/** The conversation's name for vendors' caches: it stays the same, and tells nobody which chat it is. */
export const cacheKeyOf = async (chatId: string): Promise<string> =>
  (await sourceId(`cache of ${chatId}`)).slice(0, 32);

/**
 * The sources that were sent with a turn: its own, and those of earlier turns that had got no answer. What was read in
 * passes was not sent whole: it goes with the next question, or is left out of it.
 */
const sentWith = (turn: TurnRecord, answer: AnswerRecord): string[] => {
  if (answer.passes) return [];
  return answer.sendings.findLast((sending) => !sending.pass)?.sourceIds ?? turn.sourceIds;
};

/**
 * What a turn of the conversation (or a new one at its end) carries, without the sources in `wished`. `slots` are
 * sources that get a number although they may not go: what is left out and brought back is called the same.
 */
export function outgoing(
  state: ConversationState,
  turn: TurnRecord,
  wished: ReadonlySet<string> = new Set(),
  slots: readonly string[] = [],
): Outgoing {
  const { turns } = state;
  // By name: after a chat was read again from disk its turns are other objects.
  const place = turns.findIndex(({ id }) => id === turn.id);
  const earlier = place < 0 ? turns : turns.slice(0, place);
  // What is no longer on this computer stays out like what the user leaves out; the panel says so.
  const answered = answeredTurns(state, earlier);
  const gone = missingOf(
    place < 0 ? earlier : [...earlier, turn],
    state.sources,
    answered.map(({ answer }) => answer),
  );
  const omit = gone.length > 0 ? new Set([...wished, ...gone]) : wished;
  const past = answered.map(({ turn: asked, answer }) => ({ answer, sourceIds: sentWith(asked, answer) }));
  const history = answered.map(({ turn: asked, answer }, index) => ({
    ...asked,
    sourceIds: past[index]?.sourceIds ?? [],
    answer: answer.text,
    ...searched(answer),
  }));
  // Sources of an earlier turn whose answer is missing go with this one.
  const sent = new Set(past.flatMap(({ answer, sourceIds }) => [...sourceIds, ...foundIn(answer)]));
  const named = new Set([...earlier, turn].flatMap((asked) => asked.sourceIds));
  const sourceIds = [...named].filter((id) => !sent.has(id) && !omit.has(id));
  // An attempt that got no answer has shown its numbers too; what was answered comes last and so goes before.
  const attempts = [...earlier, turn].flatMap(({ id }) => state.answers[id] ?? []);
  const answers = [...attempts, ...answered.map(({ answer }) => answer)];
  const before = earlier.flatMap((asked) => asked.sourceIds);
  const ids = [...sent, ...before, ...slots, ...named];
  const numbers = assignNumbers(answers, ids, turn.scope?.documents);
  const nextNumber = 1 + Math.max(0, ...numbers.values(), ...answers.flatMap(numbersTaken));
  return { turn, history, past, sourceIds, numbers, omit, nextNumber };
}

/** Sources that the next question of a conversation repeats: those that earlier answers were written from. */
export const sentIn = (state: ConversationState): ReadonlySet<string> =>
  new Set(
    answeredTurns(state, state.turns).flatMap(({ turn, answer }) => [
      ...sentWith(turn, answer),
      ...foundIn(answer),
    ]),
  );

/** Sources that a request repeats although its question is not about them. */
export function asideIn({ turn, history }: Pick<Outgoing, 'turn' | 'history'>): string[] {
  if (!turn.scope) return [];
  const about = new Set(turn.scope.documents.map(({ id }) => id));
  return history.flatMap(sourcesIn).filter((id) => !about.has(id));
}

/** Sources that a turn of the history carries, with its question and within its answer. */
const sourcesIn = ({ sourceIds, findings = [], rounds = [] }: AnsweredTurn): string[] => [
  ...sourceIds,
  ...[...findings, ...rounds.flatMap(({ calls }) => calls)].flatMap((found) => found.sourceIds),
];

/** Sources of a chat that were not in an answer's last request: going on with it leaves them out again. */
export function leftOut(sources: MeasuredSource[], answer: AnswerRecord): ReadonlySet<string> {
  const sending = answer.sendings.findLast(({ pass }) => !pass);
  // What was found since then was left out by nobody.
  const sent = new Set([...(sending?.estimate.bySource.map(({ id }) => id) ?? []), ...foundIn(answer)]);
  return new Set(sending ? sources.map(({ source }) => source.id).filter((id) => !sent.has(id)) : []);
}

/** What of an answer has come already, when a request goes on from there. */
export type Begun = Pick<AnswerRecord, 'text' | 'searches'>;

/** Composes a whole request for a connection. `instead` stands in the place of the question's own instructions. */
export function composeWhole(
  {
    turn,
    history,
    sourceIds,
    numbers: known,
    omit,
  }: Pick<Outgoing, 'turn' | 'history' | 'sourceIds' | 'numbers' | 'omit'>,
  sources: MeasuredSource[],
  model: Pick<Connection['model'], 'window' | 'outputLimit' | 'tokenFactors' | 'tools'>,
  { begun, instead, cacheKey }: { begun?: Begun; instead?: string; cacheKey?: string },
): Composition {
  const { findings, rounds } = begun ? searched(begun) : {};
  const numbers = begun?.searches ? new Map([...known, ...numbersFound(begun)]) : known;
  const asked = {
    ...turn,
    sourceIds,
    ...(findings ? { findings } : {}),
    ...(instead ? { instructions: instead } : {}),
  };
  const partial = begun?.text;
  return compose({ sources, history, turn: asked, model, numbers, omit, partial, rounds, cacheKey });
}

/** The record of a request about to be sent. */
export async function recordOf(
  composition: Extract<Composition, { fits: true }>,
  { past, sourceIds, numbers, omit }: Pick<Outgoing, 'past' | 'sourceIds' | 'numbers' | 'omit'>,
  {
    from = 0,
    pass,
    repeats,
    searches,
    instead,
    now = Date.now,
  }: Pick<Partial<SendingRecord>, 'from' | 'pass' | 'repeats' | 'searches' | 'instead'> & {
    now?: () => number;
  } = {},
): Promise<SendingRecord> {
  const omitted = past
    .flatMap((entry) => [...entry.sourceIds, ...foundIn(entry.answer)])
    .filter((id) => omit.has(id))
    .map((id) => ({ id, index: numbers.get(id) ?? 0 }));
  return {
    sentAt: now(),
    requestHash: await hashMessages(composition.request.messages),
    estimate: composition.estimate,
    history: past.map((entry) => ({
      answerId: entry.answer.id,
      length: entry.answer.text.length,
      sourceIds: entry.sourceIds,
      ...(entry.answer.searches ? { searches: entry.answer.searches.length } : {}),
    })),
    from,
    sourceIds,
    ...(searches ? { searches } : {}),
    // Only where it makes a difference.
    ...(!composition.request.tools && (searches || past.some(({ answer }) => answer.searches))
      ? { inWords: true }
      : {}),
    ...(instead ? { instead } : {}),
    ...(omitted.length > 0 ? { omitted } : {}),
    ...(pass ? { pass } : {}),
    ...(repeats ? { repeats } : {}),
  };
}

/** The literal messages of one sending, composed again from what is stored, and whether they match what was sent. */
export async function recomposeSending(
  state: ConversationState,
  answerId: string,
  position: number,
): Promise<{ messages: Message[]; matches: boolean }> {
  // Also of a branch that is not on the screen.
  const { turns, sources } = state.all;
  const answer = findAnswer(state, answerId);
  const turn = turns.find((entry) => entry.id === answer?.turnId);
  const sending = answer?.sendings[position];
  if (!answer || !turn || !sending) throw new AppError('unexpected', { message: 'No such sending' });
  const history = sending.history.flatMap(({ answerId: id, length, sourceIds, searches = 0 }) => {
    const earlier = findAnswer(state, id);
    const asked = turns.find((entry) => entry.id === earlier?.turnId);
    if (!earlier || !asked) return [];
    return [
      {
        ...asked,
        sourceIds: sourceIds ?? asked.sourceIds,
        answer: earlier.text.slice(0, length),
        ...searched(earlier, searches),
      },
    ];
  });
  const partial = sending.from > 0 ? answer.text.slice(0, sending.from) : undefined;
  const { findings, rounds } = searched(answer, sending.searches ?? 0);
  const asked = {
    ...turn,
    sourceIds: sending.sourceIds ?? turn.sourceIds,
    ...(findings ? { findings } : {}),
    ...(sending.instead ? { instructions: sending.instead } : {}),
  };
  const model = { window: Number.POSITIVE_INFINITY };
  const composition = sending.pass
    ? recomposePass(sources, answer, asked, history, sending.pass, partial)
    : compose({
        sources,
        history,
        turn: asked,
        model,
        partial,
        rounds,
        tools: sending.inWords ? [] : tools,
        numbers: numbersOf({ sendings: [sending] }),
        omit: new Set(sending.omitted?.map(({ id }) => id)),
      });
  if (!composition.fits) throw new AppError('unexpected', { message: 'An endless window was exceeded' });
  const { messages } = composition.request;
  return { messages, matches: (await hashMessages(messages)) === sending.requestHash };
}

function recomposePass(
  sources: MeasuredSource[],
  answer: AnswerRecord,
  turn: TurnRecord,
  history: AnsweredTurn[],
  { number, count, pieces, notes }: NonNullable<SendingRecord['pass']>,
  partial: string | undefined,
): Composition {
  const model = { window: Number.POSITIVE_INFINITY };
  if (number > count) return composeFromNotes(history, turn, answer.passes?.notes ?? [], model, { partial });
  const numbers = numbersOf(answer);
  return composePass(readIn(sources, answer), turn, pieces, { number, count, notes, numbers }, model);
}

/** The sources that an answer read in passes, in their order. */
export function readIn(
  sources: MeasuredSource[],
  { passes }: Pick<AnswerRecord, 'passes'>,
): MeasuredSource[] {
  const ids = [...new Set(passes?.plan.flat().map(({ sourceId: id }) => id))];
  return ids.flatMap((id) => sources.find((entry) => entry.source.id === id) ?? []);
}

/** Pictures and calls count with all they hold; texts as the exact-text viewer shows them. */
const hashMessages = (messages: Message[]) =>
  sourceId(
    messages
      .map((message) => {
        const hasMore = message.parts.some((part) => typeof part !== 'string');
        return `${message.role}\n${hasMore ? JSON.stringify(message.parts) : messageText(message)}`;
      })
      .join('\n\u0000\n'),
  );
