/** Whether translations call a term what it is to be called. */

import { plainMarked } from '../page/translate/marked';
import { isDecided } from './precedence';
import { createMatcher, type Match, type Matcher, uncovered } from './term-matcher';
import { foldedTerm, lowered, plainTerm } from './term-text';
import type { Inconsistency, PageUnit, Term } from './types';

/** What a glossary is asked about a text without marks. */
export const usesIn = (matcher: Matcher<Term>, text: string): Match<Term>[] =>
  uncovered(matcher.find(text), isDecided);

const spaced =
  /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Devanagari}]/u;
const wordParts = /[\p{L}\p{N}\p{M}]+/gu;

/** Letters at the beginning of a word that its forms share: endings change, in most languages that have any. */
const stemOf = (word: string): string =>
  word.slice(0, word.length <= 4 ? Math.max(3, word.length - 1) : Math.ceil(word.length * 0.7));

/** Whether a word is a form of another. Figures have no endings: `1911` is not `1912`. */
const isFormOf = (word: string, of: string): boolean =>
  /\p{N}/u.test(of) ? word === of : word.startsWith(stemOf(of));

/** Words that may stand between those of a term: articles, adjectives. */
const mostBetween = 2;

/**
 * Whether a translation (without marks) has the words of a target, in whatever form a sentence gives them: case and
 * spaces do not count, and in alphabets neither do endings.
 */
export function hasTarget(translation: string, target: string): boolean {
  const [text, words] = [foldedTerm(translation), foldedTerm(target)];
  if (!words) return true;
  if (text.includes(words)) return true;
  if (!spaced.test(words)) return text.replace(/\s/g, '').includes(words.replace(/\s/g, ''));
  const [begin, ...others] = words.match(wordParts) ?? [];
  if (begin === undefined) return false;
  const parts = text.match(wordParts) ?? [];
  return parts.some((part, first) => {
    if (!isFormOf(part, begin)) return false;
    let at = first;
    return others.every((other) => {
      const near = parts.slice(at + 1, at + 2 + mostBetween).findIndex((next) => isFormOf(next, other));
      at += near + 1;
      return near >= 0;
    });
  });
}

/** Whether a translation calls a word one of these senses of it. A term without a target stays as it is. */
const isCalled = (translation: string, senses: readonly Term[]): boolean =>
  senses.some(({ source, target }) =>
    target
      ? hasTarget(translation, target)
      : foldedTerm(translation).includes(lowered(plainTerm(source.trim()))),
  );

/** Terms that a text uses, by the word that they are senses of. */
function wordsUsed(matcher: Matcher<Term>, text: string): Map<string, Term[]> {
  const words = new Map<string, Term[]>();
  for (const { term } of usesIn(matcher, text)) {
    const word = foldedTerm(term.source);
    const senses = words.get(word);
    if (!senses) words.set(word, [term]);
    else if (!senses.includes(term)) senses.push(term);
  }
  return words;
}

/**
 * For each term the units that have it and whose translation has none of the words that it may be called, of any sense of
 * it. Marks do not count. Units without a translation are not looked at. Of several senses the one that holds most is
 * named.
 */
export function checkConsistency(
  units: readonly Pick<PageUnit, 'id' | 'text'>[],
  translations: ReadonlyMap<number, string>,
  terms: readonly Term[],
): Inconsistency[] {
  const steps = checkInSteps(units, translations, terms);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, a unit at a time, so that a long text can be checked in pieces of time. */
export function* checkInSteps(
  units: readonly Pick<PageUnit, 'id' | 'text'>[],
  translations: ReadonlyMap<number, string>,
  terms: readonly Term[],
): Generator<void, Inconsistency[]> {
  const matcher = createMatcher(terms);
  const rank = new Map(terms.map(({ id }, index) => [id, index]));
  const found = new Map<string, number[]>();
  for (const { id, text } of units) {
    yield;
    const marked = translations.get(id);
    if (marked === undefined) continue;
    const translation = plainMarked(marked);
    for (const senses of wordsUsed(matcher, plainMarked(text)).values()) {
      if (isCalled(translation, senses)) continue;
      const [first] = senses.sort((one, other) => (rank.get(one.id) ?? 0) - (rank.get(other.id) ?? 0));
      if (!first) continue;
      const list = found.get(first.id);
      if (list) list.push(id);
      else found.set(first.id, [id]);
    }
  }
  return [...found]
    .map(([termId, list]) => ({ termId, units: list }))
    .sort((one, other) => (rank.get(one.termId) ?? 0) - (rank.get(other.termId) ?? 0));
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
