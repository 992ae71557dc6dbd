/** After a run: which units call a term something that it is not to be called. */

import { plainMarked } from '../page/translate/marked';
import { hasTerm, termPattern } from './occurrences';
import type { Inconsistency, PageUnit, Term } from './types';

/**
 * For each term the units that have it and whose translation has none of the words allowed for it, those of its other
 * senses included. A term that stays as it is has to stand there as it is. Marks do not count.
 */
export function checkConsistency(
  units: readonly Pick<PageUnit, 'id' | 'text'>[],
  translations: ReadonlyMap<number, string>,
  terms: readonly Term[],
): Inconsistency[] {
  const found = new Map<string, number[]>();
  for (const { id, text } of units) {
    const translation = translations.get(id);
    if (translation === undefined) continue;
    const plain = plainMarked(text);
    const written = plainMarked(translation);
    for (const [first, allowed] of bySource(terms.filter((term) => hasTerm(plain, term)))) {
      if (allowed.some((term) => isUsed(term, written))) continue;
      found.set(first.id, [...(found.get(first.id) ?? []), id]);
    }
  }
  return [...found].map(([termId, list]) => ({ termId, units: list }));
}

/** The senses of each source, under the first of them. */
function bySource(terms: readonly Term[]): Map<Term, Term[]> {
  const groups = new Map<string, Term[]>();
  for (const term of terms) {
    // A longer term has a shorter one in it: whoever translates it has no need of the shorter.
    if (terms.some((other) => other !== term && isInside(term, other))) continue;
    groups.set(term.source, [...(groups.get(term.source) ?? []), term]);
  }
  return new Map([...groups.values()].flatMap((list) => (list[0] ? [[list[0], list]] : [])));
}

const isInside = (term: Term, other: Term) =>
  other.source.length > term.source.length &&
  hasTerm(other.source, { ...term, match: { ...term.match, caseSensitive: false } });

function isUsed({ source, target }: Term, translation: string): boolean {
  const words = target || source;
  const pattern = termPattern(words, { caseSensitive: false, wholeWord: false });
  return pattern.test(translation);
}

/** The units that have a term and whose translation has another word for it: what an edit would translate again. */
export const unitsToFix = (
  units: readonly Pick<PageUnit, 'id' | 'text'>[],
  translations: ReadonlyMap<number, string>,
  term: Term,
  others: readonly Term[] = [],
): number[] =>
  checkConsistency(units, translations, [term, ...others.filter(({ id }) => id !== term.id)]).flatMap(
    ({ termId, units: list }) => (termId === term.id ? list : []),
  );
