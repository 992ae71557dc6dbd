/** The next question before it is sent: what goes with it, how large it becomes, and what of it is kept in caches. */

import { reserveFor } from '../context/compose';
import type { Money } from '../context/money';
import { estimateCost } from '../context/prices';
import { estimateTokens, imageTokens, type MeasuredSource, scaleTokens } from '../context/tokens';
import { AppError } from '../errors';
import type { Connection, Message } from '../models/types';
import type { AnswerRecord } from '../store/records';
import { type ConversationState, findAnswer, lastAnswered } from './conversation-state';
import type { choiceFor, newTurn } from './new-turn';
import { inputOf, likelyCached, usualAnswer, usualQuestion } from './next-cost';
import { foundIn } from './searches';
import { composeWhole, outgoing } from './sendings';
import { assignNumbers } from './source-numbers';

/** A source that goes with the next question, or may. */
export interface NextSource {
  entry: MeasuredSource;
  /** The number by which answers cite it. */
  number: number;
  /** An earlier question of this chat has carried it. */
  sent: boolean;
  /** The user leaves it out: it is not in the request. */
  out: boolean;
  /** It stays in the request, and the question is not about it. */
  aside: boolean;
  /** Tokens, as the model counts them. */
  tokens: number;
  /** The vendor probably has it still, from the last answer. */
  cached: boolean;
}

export interface NextRequest {
  sources: NextSource[];
  /** Tokens of everything besides the sources: earlier questions and answers, instructions, pictures. */
  others: number;
  /** Tokens that will be sent. */
  total: number;
  /** Of the total, what the vendor probably still has. */
  cached: number;
  /** What it would have still, were no source left out or brought back that an earlier question has sent. */
  lost: number;
  /** Tokens kept free for the answer. */
  reserve: number;
  window: number;
  /** Share of the window that is spoken for, room for the answer included; 0 where nothing limits it. */
  share: number;
  /** How many more questions of usual length fit. Infinity where nothing limits them. */
  questionsLeft: number;
  /** Absent where the price is not known. */
  cost?: Money;
}

/** From this share of the window on the user is told how much is left. */
export const nearlyFull = (share: number): boolean => share >= 0.85;

/** Tokens of a question and its answer of usual length. */
const usualTurn = usualQuestion + usualAnswer;

/**
 * Reckons the next request from what the last one was counted as, without composing it: this is asked for at every
 * key press. `pending` are sources that no turn names yet, in the order in which they would be numbered.
 */
export function nextRequest(
  state: ConversationState,
  {
    pending = [],
    omit = new Set(),
    aside = new Set(),
    images = 0,
    question = '',
  }: {
    pending?: MeasuredSource[];
    omit?: ReadonlySet<string>;
    aside?: ReadonlySet<string>;
    images?: number;
    question?: string;
  },
  connection: Connection,
  now = Date.now(),
): NextRequest {
  const { provider, model } = connection;
  const isBuiltIn = provider.wire === 'excerpts';
  const last = lastAnswered(state);
  const sending = last?.sendings.at(-1);
  const before = new Set(sending?.estimate.bySource.map(({ id }) => id));
  const order = requestOrder(state, last);
  const known = new Map(state.sources.map((entry) => [entry.source.id, entry]));
  for (const entry of pending) if (!known.has(entry.source.id)) known.set(entry.source.id, entry);
  const numbers = assignNumbers(answersOf(state), known.keys());
  const sources = Array.from(known, ([id, entry]): NextSource => {
    const tokens = scaleTokens(entry, model);
    const number = numbers.get(id) ?? 0;
    const sent = order.has(id);
    // What no request has carried yet need not be in one, and the built-in reader repeats none.
    const isAside = aside.has(id) && sent && !isBuiltIn;
    const out = omit.has(id) || (aside.has(id) && !isAside);
    return { entry, number, sent, out, aside: isAside && !out, tokens, cached: false };
  }).sort((a, b) => a.number - b.number);

  const sum = (some: NextSource[]) => some.reduce((tokens, source) => tokens + source.tokens, 0);
  const going = sources.filter(({ out }) => !out);
  const carried = sum(sources.filter(({ entry }) => before.has(entry.source.id)));
  const talk = talkTokens(last, carried);
  const isNothing = going.length === 0 && talk === 0 && images === 0 && question === '';
  // The built-in reader takes the documents alone.
  const others =
    isBuiltIn || isNothing ? 0 : Math.round(talk + questionTokens(question)) + images * imageTokens;
  const total = sum(going) + others;

  const kept = likelyCached(last, connection, now);
  let cached = Math.min(kept, total);
  if (cached > 0) {
    // Caches match from the beginning: at the first source that is left out or brought back they end.
    const placed = sources
      .filter(({ sent }) => sent)
      .sort((a, b) => (order.get(a.entry.source.id) ?? 0) - (order.get(b.entry.source.id) ?? 0));
    const end = placed.findIndex(({ out, entry }) => out === before.has(entry.source.id));
    const same = end < 0 ? placed : placed.slice(0, end);
    for (const source of same) source.cached = !source.out;
    if (end >= 0) cached = sum(same.filter((source) => source.cached));
  }
  const reserve = reserveFor(model);
  const isEndless = !Number.isFinite(model.window);
  return {
    sources,
    others,
    total,
    cached,
    // What is left out is not read again.
    lost: Math.max(0, Math.min(kept, total) - cached),
    reserve,
    window: model.window,
    share: isEndless ? 0 : (total + reserve) / model.window,
    questionsLeft: isEndless
      ? Number.POSITIVE_INFINITY
      : Math.max(0, Math.floor((model.window - total - reserve) / usualTurn) + 1),
    cost: estimateCost(model, { input: total, cached, output: usualAnswer }),
  };
}

/**
 * The place of each source in the last request, those included that were left out of it, and those that were found
 * since.
 */
function requestOrder(state: ConversationState, last: AnswerRecord | undefined): Map<string, number> {
  const sending = last?.sendings.at(-1);
  const ids = [
    ...(sending?.history ?? []).flatMap(({ answerId, sourceIds = [], searches = 0 }) => [
      ...sourceIds,
      ...(searches > 0 ? foundIn(findAnswer(state, answerId) ?? {}, searches) : []),
    ]),
    ...(sending?.sourceIds ?? []),
    ...(last ? foundIn(last) : []),
  ];
  return new Map(ids.map((id, place) => [id, place]));
}

/** Tokens of what was said so far, `carried` being those of the sources that the last request carried. */
function talkTokens(last: AnswerRecord | undefined, carried: number): number {
  const sending = last?.sendings.at(-1);
  if (!last || !sending) return 0;
  // After passes the notes are not sent again, and the documents were not in the request that answered.
  const input = sending.pass ? sending.estimate.history + usualQuestion : inputOf(sending) - carried;
  return Math.max(0, input) + answerTokens(last);
}

/** Characters of a question that are counted; more of them are reckoned by their number, so that typing stays quick. */
const longQuestion = 20_000;
const charactersPerToken = 3;
/** Tokens of the instructions that go with a question. */
const usualInstructions = 200;

function questionTokens(question: string): number {
  const rest = Math.max(0, question.length - longQuestion) / charactersPerToken;
  return Math.max(usualQuestion, usualInstructions + estimateTokens(question.slice(0, longQuestion)) + rest);
}

const counted = new WeakMap<AnswerRecord, number>();

/** Tokens of an answer: the provider's count, or our estimate, which is made once. */
function answerTokens(answer: AnswerRecord | undefined): number {
  if (!answer || answer.state === 'streaming') return 0;
  const output = answer.sendings.at(-1)?.usage?.output;
  const tokens = output ?? counted.get(answer) ?? estimateTokens(answer.text);
  counted.set(answer, tokens);
  return tokens;
}

/** The answers of the chat in order: their numbers hold. The last ones are enough where the chat is long. */
const answersOf = ({ turns, answers }: ConversationState): AnswerRecord[] =>
  turns.slice(-recentTurns).flatMap(({ id }) => answers[id] ?? []);

/** Turns whose numbers are looked at: each request names all sources before it. */
const recentTurns = 20;

/**
 * The literal request of a question, composed as sending it would, and not sent. It is composed even when the model
 * does not hold it.
 */
export function composeNext(
  state: ConversationState,
  { turn, sources }: Pick<ReturnType<typeof newTurn>, 'turn' | 'sources'>,
  { omit, slots }: ReturnType<typeof choiceFor>,
  { model }: Connection,
): Message[] {
  const endless = { ...model, window: Number.POSITIVE_INFINITY };
  const composition = composeWhole(outgoing(state, turn, omit, slots), sources, endless, {});
  if (!composition.fits) throw new AppError('unexpected', { message: 'An endless window was exceeded' });
  return composition.request.messages;
}
