/** Compositions and what others counted: the provider beforehand, the same model last time, a server that refused. */

import type { Composition, Estimate } from '../context/compose';
import { allFactors } from '../context/tokens';
import type { Connection, Model } from '../models/types';
import type { AnswerRecord, SendingRecord, TurnRecord } from '../store/records';
import { type ConversationState, shownAnswer } from './conversation-state';
import type { Surroundings } from './preparation';

/** Within this share of the window the provider is asked to count: an estimate may be wrong by as much. */
const nearWindow = 0.15;

/**
 * The composition by the provider's own count where the estimate is near the window, on either side. A counter that
 * fails is no reason to stop: then the estimate decides.
 */
export async function exactly(
  composition: Composition,
  composeFor: (model: Model) => Composition,
  connection: Connection,
  { countTokens }: Pick<Surroundings, 'countTokens'>,
): Promise<Composition> {
  const { estimate } = composition;
  const { window } = connection.model;
  const distance = Math.abs(window - estimate.total - estimate.reserve);
  if (!connection.provider.counting || distance > window * nearWindow) return composition;
  const whole = composeFor({ ...connection.model, window: Number.POSITIVE_INFINITY });
  if (!whole.fits) return composition;
  const total = await countTokens(whole.request, connection).catch(() => undefined);
  if (!total) return composition;
  const { reserve } = estimate;
  const exact = { ...shared(estimate, total), counted: true };
  return total + reserve > window
    ? { fits: false, needed: total + reserve, limit: window, estimate: exact }
    : { fits: true, request: { ...whole.request, reserve, inputTokens: total }, estimate: exact };
}

/** An estimate whose parts add up to another total. */
function shared(estimate: Estimate, total: number): Estimate {
  const scale = (tokens: number) => Math.round((tokens * total) / estimate.total);
  const bySource = estimate.bySource.map((entry) => ({ ...entry, tokens: scale(entry.tokens) }));
  const history = scale(estimate.history);
  const rest = bySource.reduce((sum, { tokens }) => sum - tokens, total - history);
  return { ...estimate, bySource, history, instructions: rest, total };
}

/** The connection as the server has just described it: so large a window, and so many tokens where we thought fewer. */
export function refusedOver(
  connection: Connection,
  { total }: Estimate,
  { needed, limit }: { needed?: number; limit: number },
): Connection {
  const { model } = connection;
  const more = needed && needed > total ? needed / total : 1;
  const { latin, han, hangul, dense } = allFactors(model.tokenFactors);
  const tokenFactors = { latin: latin * more, han: han * more, hangul: hangul * more, dense: dense * more };
  return { ...connection, model: { ...model, window: Math.min(limit, model.window), tokenFactors } };
}

/**
 * What the same model counted of the request that this one repeats: that of an earlier answer to the turn, or of the
 * turn before. In today's factors, since these may have been corrected in between.
 */
export function repeatedBy(
  estimate: Estimate,
  state: ConversationState,
  turn: TurnRecord,
  { provider, model }: Connection,
): SendingRecord['repeats'] {
  const earlier = state.turns.filter(({ position }) => position < turn.position);
  const answers: (AnswerRecord | undefined)[] = [
    ...[...(state.answers[turn.id] ?? [])].reverse(),
    ...earlier.reverse().map(({ id }) => shownAnswer(state, id)),
  ];
  for (const answer of answers) {
    if (answer?.provider !== provider.id || answer.model !== model.name) continue;
    const sending = answer.sendings.at(-1);
    const reported = sending?.usage?.input;
    if (!sending || !reported || sending.pass || sending.alarm || sending.rounds) continue;
    const before = sending.estimate;
    if (before.counted || estimate.counted) return undefined;
    const isPrefix = before.bySource.every(({ id }, index) => estimate.bySource[index]?.id === id);
    const total = rescaled(before, estimate);
    // Rounding makes the same request a token more or less.
    return isPrefix && total <= estimate.total * 1.01 ? { total, reported } : undefined;
  }
  return undefined;
}

/** The total of an earlier estimate in the factors of another. */
function rescaled(before: Estimate, { factors }: Estimate): number {
  const then = allFactors(before.factors);
  const now = allFactors(factors);
  const { total, han = 0, hangul = 0, dense = 0 } = before;
  const tokens = { latin: total - han - hangul - dense, han, hangul, dense };
  const scripts = ['latin', 'han', 'hangul', 'dense'] as const;
  return Math.round(scripts.reduce((sum, script) => sum + (tokens[script] * now[script]) / then[script], 0));
}
