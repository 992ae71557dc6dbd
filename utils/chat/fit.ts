/** What the user can do when a request is more than the model holds. */

import { type AnsweredTurn, type AskedTurn, type Estimate, reserveFor } from '../context/compose';
import { smallestSet } from '../context/leave-out';
import { inDollars, type Money } from '../context/money';
import { type PassPlan, planPasses } from '../context/passes';
import { estimateCost } from '../context/prices';
import { type MeasuredSource, scaleTokens } from '../context/tokens';
import type { Connection } from '../models/types';
import type { FittingModel, OverflowDecision } from './decisions';
import { usualAnswer } from './next-cost';

export interface Overflow {
  needed: number;
  limit: number;
  estimate: Estimate;
}

/**
 * The ways on, none of them taken: models that hold it, the sources to leave out, passes. `sources` are all that
 * would be sent, `inPasses` those that passes would read; `optional` are those among them that no earlier request has carried.
 */
export async function overflowDecision(
  { needed, limit, estimate }: Overflow,
  {
    connection,
    sources,
    inPasses,
    optional,
    history,
    turn,
    connected,
  }: {
    connection: Connection;
    sources: MeasuredSource[];
    inPasses: MeasuredSource[];
    optional: ReadonlySet<string>;
    history: AnsweredTurn[];
    turn: AskedTurn;
    connected: Connection[];
  },
): Promise<{ decision: OverflowDecision; plan?: PassPlan }> {
  // What the server says it holds counts, also where our data say something else.
  const model = { ...connection.model, window: Math.min(limit, connection.model.window) };
  const plan = inPasses.length > 0 ? await planPasses(inPasses, { history, turn, model }) : undefined;
  const unread = new Set(sources.filter((entry) => !inPasses.includes(entry)).map(({ source }) => source.id));
  const notRead = estimate.bySource.reduce((sum, { id, tokens }) => sum + (unread.has(id) ? tokens : 0), 0);
  const images = [...history, turn].some((asked) => asked.images?.length);
  return {
    plan,
    decision: {
      kind: 'overflow',
      model: model.name,
      needed,
      limit,
      ...(estimate.counted ? { counted: true } : {}),
      bySource: estimate.bySource.map(({ id, index, title, tokens }) => ({ id, index, title, tokens })),
      models: fittingModels(estimate, sources, connection, connected, images),
      // A server that refuses counts no room for the answer; what is left has to have it.
      leaveOut: leaveOut(estimate, optional, Math.max(needed, estimate.total + estimate.reserve) - limit),
      passes: plan && {
        count: plan.passes.length,
        cost: passesCost(plan, estimate.total - notRead, connection),
      },
    },
  };
}

/** Connected models that hold it, by their own count, cheapest first; those without a price come last. */
function fittingModels(
  estimate: Estimate,
  sources: MeasuredSource[],
  current: Connection,
  connected: Connection[],
  images: boolean,
): FittingModel[] {
  const documents = estimate.bySource.reduce((sum, { tokens }) => sum + tokens, 0);
  const others = estimate.total - documents;
  const scaleOthers = (factor: number) => Math.ceil(others * Math.max(1, factor));
  return connected
    .filter(({ provider, model }) => provider.id !== current.provider.id || model.id !== current.model.id)
    .filter(({ model }) => model.vision || !images)
    .flatMap(({ provider, model }): FittingModel[] => {
      const { latin = 1, han = 1 } = model.tokenFactors ?? {};
      const input =
        sources.reduce((sum, entry) => sum + scaleTokens(entry, model), 0) +
        scaleOthers(Math.max(latin, han));
      if (input + reserveFor(model) > model.window) return [];
      return [
        {
          providerId: provider.id,
          providerName: provider.name,
          modelId: model.id,
          modelName: model.name,
          window: model.window,
          cost: estimateCost(model, { input, output: usualAnswer }),
        },
      ];
    })
    .sort((a, b) => order(a.cost) - order(b.cost) || b.window - a.window);
}

const order = (cost: Money | undefined) => (cost ? inDollars(cost) : Number.POSITIVE_INFINITY);

/** What was sent once stays, so that the beginning of the request keeps its bytes; one source has to remain. */
function leaveOut(
  { bySource }: Estimate,
  optional: ReadonlySet<string>,
  excess: number,
): OverflowDecision['leaveOut'] {
  const set = smallestSet(
    bySource.filter(({ id }) => optional.has(id)),
    excess,
  );
  if (!set || set.length === bySource.length) return undefined;
  const ids = new Set(set.map(({ id }) => id));
  const inOrder = bySource.filter(({ id }) => ids.has(id));
  return {
    ids: inOrder.map(({ id }) => id),
    tokens: inOrder.reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

/** Tokens of the instructions that go with each pass; see utils/prompts/passes.ts. */
const passInstructionTokens = 200;

/** Every source once, the instructions with each pass, the notes written and read again, the answer. */
export function passesCost(
  { passes, notes }: PassPlan,
  total: number,
  { model }: Connection,
): Money | undefined {
  const count = passes.length;
  const input = count > 0 ? Math.ceil(total / count) + passInstructionTokens : 0;
  // Pass by pass: dearer prices for long requests hold for each request alone.
  const one = estimateCost(model, { input, output: notes });
  const last = estimateCost(model, { input: count * notes, output: usualAnswer });
  return one && last && { ...last, amount: one.amount * count + last.amount };
}
