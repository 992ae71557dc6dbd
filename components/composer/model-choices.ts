import type { Price } from '@/utils/models/types';

/** A model that can answer. */
export interface ModelChoice {
  id: string;
  name: string;
  /** The provider it belongs to; absent for what is built in. */
  provider?: string;
  /** Tokens; Infinity where nothing limits it. */
  window: number;
  price?: Price;
  active: boolean;
  choose: () => void;
}

export interface ModelGroup {
  provider?: string;
  models: ModelChoice[];
}

/** From this many models on a field helps to find one. */
export const findableFrom = 9;

/** Those with every word of the search in their name or their provider's, in any order of the words. */
export function matching(models: ModelChoice[], search: string): ModelChoice[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter(({ name, provider = '' }) => {
    const text = `${name} ${provider}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** By provider in the order they were set up, longest window first; what is built in comes last. */
export function grouped(models: ModelChoice[]): ModelGroup[] {
  const groups = new Map<string | undefined, ModelChoice[]>();
  for (const model of models) groups.set(model.provider, [...(groups.get(model.provider) ?? []), model]);
  return [...groups]
    .map(([provider, list]) => ({ provider, models: list.toSorted(longestFirst) }))
    .sort((a, b) => Number(a.provider === undefined) - Number(b.provider === undefined));
}

/** Windows may both be endless, whose difference is no number. */
const longestFirst = (a: ModelChoice, b: ModelChoice) => (a.window === b.window ? 0 : b.window - a.window);
