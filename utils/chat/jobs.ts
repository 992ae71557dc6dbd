/** What a conversation was asked to do, kept while the user decides how it goes on. */

import { AppError } from '../errors';
import type { Connection } from '../models/types';
import type { AnswerRecord, TurnRecord } from '../store/records';
import type { Decision, DecisionAnswer } from './decisions';
import type { Question } from './new-turn';
import type { Choice, Preparation, Surroundings } from './preparation';

export type Job =
  /** `after`: the question that it follows, null for none. What comes meanwhile from elsewhere does not move it. */
  | { kind: 'ask'; question: Question; after: string | null; onAccepted?: (turn: TurnRecord) => void }
  /** `queries`: with what is found on the web for these. */
  | { kind: 'again'; turnId: string; queries?: string[] }
  | { kind: 'continue'; answerId: string };

/** A job that waits, and what was decided about it before. */
export interface Waiting {
  job: Job;
  choice: Choice;
  decision: Decision;
}

/** The choice so far and one more decision. */
export async function choiceOf(
  answer: Exclude<DecisionAnswer, { kind: 'cancel' }>,
  { choice, decision }: Waiting,
  connected: () => Promise<Connection[]>,
): Promise<Choice> {
  switch (answer.kind) {
    case 'model': {
      const { providerId, modelId } = answer;
      const connection = (await connected()).find(
        ({ provider, model }) => provider.id === providerId && model.id === modelId,
      );
      if (!connection) throw new AppError('model-not-found', { provider: providerId, model: modelId });
      return { ...choice, connection };
    }
    case 'leave-out':
      return { ...choice, omit: new Set([...(choice.omit ?? []), ...answer.sourceIds]) };
    case 'passes':
      return { ...choice, passes: true };
    default: {
      if (decision.kind === 'overflow') return choice;
      return { ...choice, agreed: new Set([...(choice.agreed ?? []), decision.kind]) };
    }
  }
}

/** The connection to which a preparation sends. */
export const connectionOf = (preparation: Exclude<Preparation, { kind: 'decide' }>): Connection =>
  preparation.kind === 'send' ? preparation.prepared.connection : preparation.connection;

/** What a server said that refused a whole request as too long, when it named what it holds. */
export function refusedThere({ trouble, text, passes }: AnswerRecord): Choice['refused'] {
  if (trouble?.code !== 'too-long' || trouble.facts.ours || text || passes) return undefined;
  const limit = Number(trouble.facts.limit);
  const needed = Number(trouble.facts.needed);
  return limit > 0 ? { limit, ...(needed > 0 ? { needed } : {}) } : undefined;
}

/** A world without other models, counters, limits and memory: what a conversation has when it is given nothing. */
export const quietSurroundings: Surroundings = {
  connected: async () => [],
  use: async () => {},
  countTokens: async () => undefined,
  windowMemory: async () => undefined,
  manner: async () => ({}),
  followUps: async () => false,
  whenTooLong: async () => 'ask',
  cap: async () => null,
  capsPassed: async () => ({}),
  passCap: async () => {},
  currency: async () => null,
  spent: async () => [],
  searchMode: async () => 'off',
  searching: async () => undefined,
};
