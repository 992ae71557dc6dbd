/** Questions to the user that stand between a question and its sending. Nothing is sent until they are answered. */

import type { Money } from '../context/money';

/** A model of a connected provider that holds the whole request. */
export interface FittingModel {
  providerId: string;
  providerName: string;
  modelId: string;
  modelName: string;
  window: number;
  /** What the question would cost there, where prices are known. */
  cost?: Money;
}

/** More than the model holds. Nothing was sent and nothing was cut. */
export interface OverflowDecision {
  kind: 'overflow';
  model: string;
  /** Tokens of the whole request with room for the answer, and what the model holds. */
  needed: number;
  limit: number;
  /** The provider counted it: the text went there to be counted, free of charge, and nothing was answered. */
  counted?: boolean;
  bySource: { id: string; index: number; title: string; tokens: number }[];
  /** Connected models that hold it, cheapest first. */
  models: FittingModel[];
  /** The smallest set of sources without which the rest fits; absent when leaving out does not help. */
  leaveOut?: { ids: string[]; tokens: number };
  /** Every source still read, in order, so many requests; absent when a single passage is too long for a pass. */
  passes?: { count: number; cost?: Money };
}

/** The next question would pass a limit that the user set. */
export interface SpendingDecision {
  kind: 'spending';
  cost: Money;
  spent: Money;
  cap: Money;
  period: 'chat' | 'month';
}

/** A local server would have to make a large window, which takes memory. `bytes` is an estimate where there is one. */
export interface MemoryDecision {
  kind: 'memory';
  model: string;
  window: number;
  bytes?: number;
}

export type Decision = OverflowDecision | SpendingDecision | MemoryDecision;

export type DecisionAnswer =
  | { kind: 'model'; providerId: string; modelId: string }
  | { kind: 'leave-out'; sourceIds: string[] }
  | { kind: 'passes' }
  /** Spend the money, take the memory. */
  | { kind: 'go-on' }
  | { kind: 'cancel' };
