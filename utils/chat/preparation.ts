/** From a question to what is sent for it, or to what the user has to decide first. Nothing is sent here. */

import type { Composition, MeasuredSource } from '../context/compose';
import { inDollars, type Money, sumMoney } from '../context/money';
import type { PassPlan } from '../context/passes';
import { estimateCost } from '../context/prices';
import { AppError } from '../errors';
import { windowFor, windowHad } from '../models/local-window';
import type { Connection, Request } from '../models/types';
import type { TurnRecord } from '../store/records';
import type { OwnCurrency, SpendingCap } from '../store/settings';
import { type ConversationState, shownAnswer } from './conversation-state';
import type { Decision, MemoryDecision, SpendingDecision } from './decisions';
import { overflowDecision } from './fit';
import { likelyCached, usualAnswer } from './next-cost';
import { composeWhole, type Outgoing, outgoing, type PreparedSending, recordOf } from './sendings';

/** What the user has decided about a question that waits. */
export interface Choice {
  /** Another model than the one in use. */
  connection?: Connection;
  /** Sources that stay out. */
  omit?: ReadonlySet<string>;
  passes?: boolean;
  agreed?: ReadonlySet<'spending' | 'memory'>;
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
  whenTooLong: () => Promise<'ask' | 'passes'>;
  cap: () => Promise<SpendingCap | null>;
  currency: () => Promise<OwnCurrency | null>;
  /** What was spent in this chat, or this month. */
  spent: (period: 'chat' | 'month', chatId: string) => Promise<Money[]>;
}

export type Preparation =
  | { kind: 'send'; prepared: PreparedSending }
  | { kind: 'passes'; connection: Connection; plan: PassPlan; outgoing: Outgoing; sources: MeasuredSource[] }
  | { kind: 'decide'; decision: Decision };

/** Within this share of the window the provider is asked to count: an estimate may be wrong by as much. */
const nearWindow = 0.15;

/** A window that a computer with 16 GB usually bears; larger ones are asked about (models.md, A3). */
const usualWindow = 32_768;

export async function prepare(
  state: ConversationState,
  turn: TurnRecord,
  sources: MeasuredSource[],
  connection: Connection,
  surroundings: Surroundings,
  { partial, choice = {}, now = Date.now }: { partial?: string; choice?: Choice; now?: () => number } = {},
): Promise<Preparation> {
  const going = outgoing(state, turn, choice.omit);
  const cacheKey = turn.chatId;
  const composition = await counted(
    composeWhole(going, sources, connection.model, { partial, cacheKey }),
    () => {
      const model = { ...connection.model, window: Number.POSITIVE_INFINITY };
      return composeWhole(going, sources, model, { partial, cacheKey });
    },
    connection,
    surroundings,
  );
  if (!composition.fits) {
    const all = inOrder(sources, composition.estimate.bySource);
    const { decision, plan } = await overflowDecision(composition, {
      connection,
      sources: all,
      optional: new Set(going.sourceIds),
      question: turn.question,
      connected: await surroundings.connected(),
    });
    // An answer that was begun whole is not continued in pieces.
    if (partial) throw new AppError('too-long', { ...tooLong(composition, connection) });
    const passes = choice.passes || (await surroundings.whenTooLong()) === 'passes';
    if (!passes || !plan) return { kind: 'decide', decision };
    const spending = await overCap(decision.passes?.cost, turn, surroundings, choice);
    if (spending) return { kind: 'decide', decision: spending };
    return { kind: 'passes', connection, plan, outgoing: going, sources: all };
  }
  const decision =
    (await memoryDecision(composition, turn, connection, surroundings, choice)) ??
    (await overCap(costOfNext(composition, state, turn, connection, now()), turn, surroundings, choice));
  if (decision) return { kind: 'decide', decision };
  const sending = await recordOf(composition, going, { from: partial?.length ?? 0, now });
  return { kind: 'send', prepared: { connection, request: composition.request, sending } };
}

const tooLong = ({ needed, limit }: { needed: number; limit: number }, { model }: Connection) => ({
  model: model.name,
  needed,
  limit,
  ours: 1,
});

const inOrder = (sources: MeasuredSource[], order: { id: string }[]) =>
  order.flatMap(({ id }) => sources.find((entry) => entry.source.id === id) ?? []);

/** The composition by the provider's own count where the estimate is near the window; a counter that fails is no reason to stop. */
async function counted(
  composition: Composition,
  whole: () => Composition,
  connection: Connection,
  { countTokens }: Surroundings,
): Promise<Composition> {
  const { estimate } = composition;
  const { window } = connection.model;
  const distance = Math.abs(window - estimate.total - estimate.reserve);
  if (!connection.provider.counting || distance > window * nearWindow) return composition;
  const sent = whole();
  if (!sent.fits) return composition;
  const total = await countTokens(sent.request, connection).catch(() => undefined);
  if (!total) return composition;
  const { reserve } = estimate;
  const exact = { ...estimate, total, counted: true };
  return total + reserve > window
    ? { fits: false, needed: total + reserve, limit: window, estimate: exact }
    : { fits: true, request: { ...sent.request, reserve, inputTokens: total }, estimate: exact };
}

async function memoryDecision(
  { estimate }: Composition,
  { chatId }: TurnRecord,
  connection: Connection,
  { windowMemory }: Surroundings,
  { agreed }: Choice,
): Promise<MemoryDecision | undefined> {
  // What the server is told to make, which is more than the text needs.
  const { total: inputTokens, reserve } = estimate;
  const window = windowFor({ inputTokens, reserve, cacheKey: chatId }, connection);
  if (connection.provider.wire !== 'ollama' || window <= usualWindow || agreed?.has('memory'))
    return undefined;
  // The model has made this room already, for an earlier question of the chat.
  if (window <= windowHad(connection, chatId)) return undefined;
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

/** The question to the user when this would pass the limit that they set. */
async function overCap(
  cost: Money | undefined,
  turn: TurnRecord,
  { cap: readCap, currency, spent: readSpent }: Surroundings,
  { agreed }: Choice,
): Promise<SpendingDecision | undefined> {
  const cap = cost && !agreed?.has('spending') ? await readCap() : null;
  if (!cap || !cost) return undefined;
  const own = await currency();
  const rate = own?.code === 'CNY' ? own.perDollar : undefined;
  const amounts = await readSpent(cap.period, turn.chatId);
  const dollars = amounts.reduce((sum, amount) => sum + inDollars(amount, rate), 0);
  const limit: Money = { currency: cap.currency, amount: cap.amount, exact: true };
  if (dollars + inDollars(cost, rate) <= inDollars(limit, rate)) return undefined;
  const inCap = sumMoney(amounts).find((amount) => amount.currency === cap.currency);
  const spent = inCap ?? { currency: cap.currency, amount: 0, exact: true };
  return { kind: 'spending', cost, spent, cap: limit, period: cap.period };
}
