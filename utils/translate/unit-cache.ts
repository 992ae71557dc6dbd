/** Under which names a translation is kept: hashes of all that it was made of. */

import { sourceId } from '../source';
import type { GlossaryUse, Term } from './types';

/** What makes a translation another one besides its text: changed when what we ask for changes. */
const method = 2;

export interface MadeWith {
  /** Provider and model. */
  model: string;
  /** BCP 47. */
  lang: string;
  glossary: Pick<GlossaryUse, 'decidedIn'>;
}

/** Of the terms that the user decided those that are called what the model called them by itself. */
export const onlyLocked = (decided: readonly Term[]): Term[] =>
  decided.filter(({ origin }) => origin === 'model');

const versionOf = (terms: readonly Term[]): string =>
  terms
    .map(({ source, target, note = '' }) => JSON.stringify([source, target, note]))
    .sort()
    .join('\n');

/**
 * The first name is that of a translation made with all that the user decided. Where a term is only locked there is a
 * second one, without it: what the model called it by itself may be just that. `text` is marked, `plain` the same without
 * marks.
 */
export const cacheKeys = (
  text: string,
  plain: string,
  { model, lang, glossary }: MadeWith,
): Promise<string[]> => {
  const decided = glossary.decidedIn(plain);
  const locked = new Set(onlyLocked(decided));
  const versions = new Set([versionOf(decided), versionOf(decided.filter((term) => !locked.has(term)))]);
  return Promise.all(
    [...versions].map((version) => sourceId(JSON.stringify([method, lang, model, version, text]))),
  );
};
