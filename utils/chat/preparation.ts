/** From a question to what is sent for it, or to what the user has to decide first. Nothing is sent here. */

import type { Composition, Estimate, MeasuredSource } from '../context/compose';
import type { Money } from '../context/money';
import type { PassPlan } from '../context/passes';
import { estimateCost } from '../context/prices';
import { AppError } from '../errors';
import { windowFor, windowHad } from '../models/local-window';
import type { Connection, Request } from '../models/types';
import type { Source } from '../source';
import type { TurnRecord } from '../store/records';
import type { OwnCurrency, SearchMode, SpendingCap } from '../store/settings';
import { exactly, refusedOver, repeatedBy } from './compositions';
import { type ConversationState, shownAnswer } from './conversation-state';
import type { Decision, MemoryDecision } from './decisions';
import { overflowDecision } from './fit';
import type { Question } from './new-turn';
import { likelyCached, usualAnswer } from './next-cost';
import type { Searching } from './search-types';
import {
  asideIn,
  type Begun,
  cacheKeyOf,
  composeWhole,
  type Outgoing,
  outgoing,
  type PreparedSending,
  recordOf,
} from './sendings';
import { overCap } from './spending-cap';

/** What the user has decided about a question that waits. */
export interface Choice {
  /** Another model than the one in use. */
  connection?: Connection;
  /** Sources that stay out. */
  omit?: ReadonlySet<string>;
  /** Sources that get a number in this order, whether they go or stay out. */
  slots?: readonly string[];
  passes?: boolean;
  agreed?: ReadonlySet<'spending' | 'memory'>;
  /** The server refused it as too long, with these numbers; `omit` had stayed out of what was refused. */
  refused?: { needed?: number; limit: number; omit?: ReadonlySet<string> };
}

/** What preparing has to know of the world; see `createConversation`. */
export interface Surroundings {
  connected: () => Promise<Connection[]>;
  /** Makes a model the one that answers from now on. */
  use: (connection: Connection) => Promise<void>;
  /** The provider's own count of a request, or undefined where it has no counter. */
  countTokens: (request: Request, connection: Connection) => Promise<number | undefined>;
  /** Bytes that a window takes on the computer that runs the model, or undefined when nobody knows. */
  windowMemory: (connection: Connection, window: number) => Promise<number | undefined>;
  /** How new questions are to be answered: the saved prompt in use, and the language that it asks for. */
  manner: () => Promise<Pick<Question, 'prompt' | 'language'>>;
  /** Whether answers are to end with questions that may be asked next. */
  followUps: () => Promise<boolean>;
  whenTooLong: () => Promise<'ask' | 'passes'>;
  cap: () => Promise<SpendingCap | null>;
  /** How often a limit has been passed with consent, by a name of the limit and its period. */
  capsPassed: () => Promise<Record<string, number>>;
  passCap: (name: string, times: number) => Promise<void>;
  currency: () => Promise<OwnCurrency | null>;
  /** What was spent in this chat, or this month. */
  spent: (period: 'chat' | 'month', chatId: string) => Promise<Money[]>;
  /** When questions look things up on the web. */
  searchMode: () => Promise<SearchMode>;
  /** How things are looked up for a question with these sources; undefined where there is no way. */
  searching: (sources: Source[]) => Promise<Searching | undefined>;
}

export type Preparation =
  | { kind: 'send'; prepared: PreparedSending }
  | { kind: 'passes'; connection: Connection; plan: PassPlan; outgoing: Outgoing; sources: MeasuredSource[] }
  | { kind: 'decide'; decision: Decision };

export interface PrepareOptions {
  /** The answer that is gone on with. */
  begun?: Begun;
  choice?: Choice;
  now?: () => number;
}

/** A window that a computer with 16 GB usually bears; larger ones are asked about (models.md, A3). */
const usualWindow = 32_768;

export async function prepare(
  state: ConversationState,
  turn: TurnRecord,
  sources: MeasuredSource[],
  given: Connection,
  surroundings: Surroundings,
  { begun, choice = {}, now = Date.now }: PrepareOptions = {},
): Promise<Preparation> {
  const repeated = outgoing(state, turn, choice.omit, choice.slots);
  // The reader without a model has no cache, and quotes from all that it is given.
  const aside = given.provider.wire === 'excerpts' ? asideIn(repeated) : [];
  const going =
    aside.length > 0
      ? outgoing(state, turn, new Set([...(choice.omit ?? []), ...aside]), choice.slots)
      : repeated;
  const cacheKey = await cacheKeyOf(turn.chatId);
  const composeFor = (model: Connection['model']) => composeWhole(going, sources, model, { begun, cacheKey });
  const refused = choice.connection ? undefined : choice.refused;
  const connection = refused
    ? refusedOver(given, wholeOf(state, turn, sources, given, refused.omit), refused)
    : given;
  const estimated = composeFor(connection.model);
  const composition: Composition =
    refused && (choice.omit?.size ?? 0) === (refused.omit?.size ?? 0)
      ? tooLongThere(estimated, refused)
      : await exactly(estimated, composeFor, connection, surroundings);
  if (!composition.fits) {
    // An answer that was begun whole is not continued in pieces.
    if (begun) throw tooLong(composition, connection);
    const all = inOrder(sources, composition.estimate.bySource);
    // Passes repeat nothing of earlier requests: what the question is not about is not read for it.
    const notAsked = new Set(asideIn(going));
    const { decision, plan } = await overflowDecision(composition, {
      connection,
      sources: all,
      inPasses: all.filter(({ source }) => !notAsked.has(source.id)),
      optional: new Set(going.sourceIds),
      history: going.history,
      turn,
      connected: await surroundings.connected(),
    });
    const passes = choice.passes || (await surroundings.whenTooLong()) === 'passes';
    if (!passes || !plan) return { kind: 'decide', decision };
    // Each pass is as large as the model holds.
    const memory = await memoryDecision(connection.model.window, cacheKey, connection, surroundings, choice);
    if (memory) return { kind: 'decide', decision: memory };
    const spending = await overCap(decision.passes?.cost, turn.chatId, surroundings, choice.agreed, now);
    if (spending) return { kind: 'decide', decision: spending };
    return { kind: 'passes', connection, plan, outgoing: going, sources: all };
  }
  const { total: inputTokens, reserve } = composition.estimate;
  // What the server is told to make, which is more than the text needs.
  const window = windowFor({ inputTokens, reserve, cacheKey }, connection);
  const decision =
    (await memoryDecision(window, cacheKey, connection, surroundings, choice)) ??
    (await overCap(
      costOfNext(composition, state, turn, connection, now()),
      turn.chatId,
      surroundings,
      choice.agreed,
      now,
    ));
  if (decision) return { kind: 'decide', decision };
  const from = begun?.text.length ?? 0;
  const repeats = repeatedBy(composition.estimate, state, turn, connection);
  const searches = begun?.searches?.length;
  const sending = await recordOf(composition, going, { from, repeats, searches, now });
  const { request } = composition;
  return { kind: 'send', prepared: { connection, request, sending, outgoing: going, sources } };
}

/** What was refused. */
const wholeOf = (
  state: ConversationState,
  turn: TurnRecord,
  sources: MeasuredSource[],
  { model }: Connection,
  omit?: ReadonlySet<string>,
): Estimate => composeWhole(outgoing(state, turn, omit), sources, model, {}).estimate;

/** The server's word against our estimate: it did not fit. */
function tooLongThere(
  { estimate }: Composition,
  { needed, limit }: { needed?: number; limit: number },
): Composition {
  const most = Math.max(needed ?? 0, estimate.total + estimate.reserve, limit + 1);
  return { fits: false, needed: needed && needed > limit ? needed : most, limit, estimate };
}

const tooLong = ({ needed, limit }: { needed: number; limit: number }, { model }: Connection) =>
  new AppError('too-long', { model: model.name, needed, limit, ours: 1 });

const inOrder = (sources: MeasuredSource[], order: { id: string }[]) =>
  order.flatMap(({ id }) => sources.find((entry) => entry.source.id === id) ?? []);

/** The question to the user before a local server makes a window of so many tokens that it has not made yet. */
export async function memoryDecision(
  window: number,
  cacheKey: string,
  connection: Connection,
  { windowMemory }: Surroundings,
  { agreed }: Choice,
): Promise<MemoryDecision | undefined> {
  if (connection.provider.wire !== 'ollama' || window <= usualWindow || agreed?.has('memory'))
    return undefined;
  // The model has made this room already, for an earlier question of the chat.
  if (window <= windowHad(connection, cacheKey)) return undefined;
  const bytes = await windowMemory(connection, window).catch(() => undefined);
  return { kind: 'memory', model: connection.model.name, window, bytes };
}

function costOfNext(
  { estimate }: Composition,
  state: ConversationState,
  turn: TurnRecord,
  connection: Connection,
  now: number,
): Money | undefined {
  const earlier = state.turns.filter(({ position }) => position < turn.position);
  const last = earlier.map(({ id }) => shownAnswer(state, id)).findLast((answer) => answer?.text);
  const cached = Math.min(likelyCached(last, connection, now), estimate.total);
  return estimateCost(connection.model, { input: estimate.total, cached, output: usualAnswer });
}
