/** Which terms hold on a page: those of the page over those of its site over those of everywhere, the user's first. */

import { siteOf } from '../store/hosts';
import type { GlossaryPlace } from '../store/terms';
import { foldedTerm, plainTerm } from './term-text';
import type { Term } from './types';

/** The user said it, or keeps it. */
export const isDecided = ({ isLocked, origin }: Pick<Term, 'isLocked' | 'origin'>): boolean =>
  isLocked || origin !== 'model';

/** The page and the site that an address is of. What follows # is on the same page; a file has no site. */
export function placeOf(address: string, lang: string): GlossaryPlace {
  const [url = ''] = address.split('#', 1);
  return { url, host: siteOf(url) ?? '', lang };
}

/** Under which place a term of a scope is kept; where there is no site, it is one of the page. */
export function inScope({ url, host }: GlossaryPlace, scope: Term['scope']): Pick<Term, 'scope' | 'place'> {
  if (scope === 'everywhere') return { scope, place: '' };
  return scope === 'site' && host ? { scope, place: host } : { scope: 'page', place: url };
}

/** The same word, for all senses of it: its case tells where it counts. */
export const wordOf = ({ source, match }: Pick<Term, 'source' | 'match'>): string =>
  match.caseSensitive ? `=${plainTerm(source.trim())}` : foldedTerm(source);

const widths = { page: 0, site: 1, everywhere: 2 };

/** From the one that holds most to the one that holds least; the older before the newer. */
export const byRank = (one: Term, other: Term): number =>
  Number(other.isLocked) - Number(one.isLocked) ||
  Number(isDecided(other)) - Number(isDecided(one)) ||
  widths[one.scope] - widths[other.scope] ||
  one.createdAt - other.createdAt ||
  (one.id < other.id ? -1 : 1);

/**
 * Of the terms of a page, its site and everywhere those that hold, the locked ones first. Of one word those of the
 * narrowest scope do, and what the user said over what a model said. Senses of one word stand beside each other: terms of
 * the same place, and what a model noted as another sense of a word of which the user noted one.
 */
export function effectiveTerms(terms: readonly Term[]): Term[] {
  const words = new Map<string, Term[]>();
  for (const term of terms) {
    const word = wordOf(term);
    const senses = words.get(word);
    if (senses) senses.push(term);
    else words.set(word, [term]);
  }
  return [...words.values()].flatMap(holding).sort(byRank);
}

function holding(senses: Term[]): Term[] {
  const [first] = [...senses].sort(
    (one, other) =>
      Number(isDecided(other)) - Number(isDecided(one)) || widths[one.scope] - widths[other.scope],
  );
  if (!first) return [];
  const same = senses.filter((term) => term.scope === first.scope && isDecided(term) === isDecided(first));
  if (!isDecided(first)) return same;
  const isNoted = same.every(({ note }) => note);
  const others = senses.filter(
    (term) =>
      isNoted &&
      !isDecided(term) &&
      term.note &&
      same.every(({ note, target }) => note !== term.note && target !== term.target),
  );
  return [...same, ...others];
}
