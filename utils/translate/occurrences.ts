/** Where a text has a term: whole words in alphabets, any place in scripts that do not part words. */

import type { Source } from '../source';
import { createMatcher, type Matched, type Matcher } from './term-matcher';
import type { Term } from './types';

/** Terms come and go with pages; what finds the last few is kept. */
const mostKept = 500;
const matchers = new Map<string, Matcher<Matched>>();

function matcherOf(term: Matched): Matcher<Matched> {
  const key = `${Number(term.match.caseSensitive)}${Number(term.match.wholeWord)}${term.source}`;
  const known = matchers.get(key);
  if (known) return known;
  const matcher = createMatcher([{ source: term.source, match: term.match }]);
  if (matchers.size >= mostKept) matchers.clear();
  matchers.set(key, matcher);
  return matcher;
}

/** How often a text (without marks) has a term. */
export const occurrences = (text: string, term: Matched): number => matcherOf(term).find(text).length;

/** Whether a text has a term. */
export const hasTerm = (text: string, term: Matched): boolean => occurrences(text, term) > 0;

/** As the model names a term: its case tells senses apart (the Chair, the chair). */
const asNamed: Term['match'] = { caseSensitive: true, wholeWord: true };

/** How often a text has these words. */
export const countOf = (text: string, source: string, match = asNamed): number =>
  occurrences(text, { source, match });

/** The number (¶) of the first paragraph with these words. */
export function firstParagraphWith(
  { text, segments }: Pick<Source, 'text' | 'segments'>,
  source: string,
  match = asNamed,
): number | undefined {
  return segments.find(({ start, end }) => hasTerm(text.slice(start, end), { source, match }))?.number;
}
