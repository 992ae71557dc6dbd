/** How many units a model answers at once, as learned while this page of the extension is open. */

import type { BatchForm } from '../prompts/translate';

export interface Manner {
  /** Units in a batch at most. */
  units: number;
  form: BatchForm;
}

const manners = new Map<string, Manner>();

export const mannerOf = (model: string): Manner =>
  manners.get(model) ?? { units: Number.POSITIVE_INFINITY, form: 'json' };

/** Remembers it. Models that cannot hold two lines apart are asked in the plainest form. */
export function setManner(model: string, { units, form }: Manner): Manner {
  const manner: Manner = { units, form: units === 1 ? 'plain' : form };
  manners.set(model, manner);
  return manner;
}
