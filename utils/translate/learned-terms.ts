/** What becomes of the terms that a model names: hostile like all that a page makes a model say. */

import { lineTrouble, longestNote } from '../store/term-shape';
import { isDecided } from './precedence';
import { foldedTerm, plainTerm } from './term-text';
import type { Term } from './types';

/** What a model says: a word, what it calls it, which sense it means. */
export interface SaidTerm {
  source: string;
  target: string;
  note?: string;
}

/** Terms of one page that models may name; a page has hundreds at most. */
const mostOfPage = 1_000;
/** Words in a term; longer ones are sentences. */
const mostWords = 8;
/** Senses of one word. */
const mostSenses = 4;

/** Marks of a unit that a model has copied. */
const marks = /<\s{0,2}\/?\s{0,2}\d{1,4}\s{0,2}\/?\s{0,2}>/g;
const cleaned = (words: string): string => plainTerm(words.replace(marks, '')).trim();

/** Some words of one line, and no markup. */
const isTerm = (source: string, target: string): boolean =>
  /\p{L}/u.test(source) &&
  !lineTrouble(source) &&
  !lineTrouble(target) &&
  source.split(' ').length <= mostWords &&
  !/[<>{}]/.test(source + target);

export interface Learned {
  added: Term[];
  /** Terms of a model that count only as they are written from now on: capitals tell them from one that is new. */
  changed: Term[];
}

/**
 * What is new in what a model said, beside the terms that there are. What was decided first holds, by whomever; what the
 * user decided is never touched. Another sense of a word is taken up when both are noted.
 */
export function learnedTerms(
  said: readonly SaidTerm[],
  terms: readonly Term[],
  { page, lang, newId, now }: { page: string; lang: string; newId: () => string; now: () => number },
): Learned {
  const added: Term[] = [];
  const changed = new Map<string, Term>();
  const byWord = new Map<string, Term[]>();
  for (const term of terms) {
    const word = foldedTerm(term.source);
    const list = byWord.get(word);
    if (list) list.push(term);
    else byWord.set(word, [term]);
  }
  let latest = terms.reduce((most, { createdAt }) => Math.max(most, createdAt), 0);
  let ofPage = terms.filter((term) => !isDecided(term)).length;
  for (const { source: rawSource, target: rawTarget, note: rawNote } of said) {
    const [source, target, note] = [cleaned(rawSource), cleaned(rawTarget), cleaned(rawNote ?? '')];
    if (!isTerm(source, target) || ofPage >= mostOfPage) continue;
    const word = foldedTerm(source);
    const senses = byWord.get(word) ?? [];
    const kept = target === source ? '' : target;
    if (senses.length >= mostSenses || senses.some((sense) => sense.target === kept)) continue;
    const isOtherCase = senses.length > 0 && senses.every((sense) => plainTerm(sense.source) !== source);
    const isOtherSense = note !== '' && senses.every((sense) => sense.note && sense.note !== note);
    if (senses.some(isDecided) || (senses.length > 0 && !isOtherSense && !isOtherCase)) continue;
    if (isOtherCase)
      for (const sense of senses)
        if (!sense.match.caseSensitive) {
          const exact = { ...sense, match: { ...sense.match, caseSensitive: true } };
          senses.splice(senses.indexOf(sense), 1, exact);
          changed.set(exact.id, exact);
        }
    // In the order in which they were met, however fast they come.
    latest = Math.max(now(), latest + 1);
    const at = latest;
    const term: Term = {
      id: newId(),
      source,
      target: kept,
      ...(note && !lineTrouble(note, longestNote) ? { note } : {}),
      match: { caseSensitive: isOtherCase, wholeWord: true },
      scope: 'page',
      place: page,
      lang,
      isLocked: false,
      origin: 'model',
      createdAt: at,
      changedAt: at,
    };
    ofPage++;
    added.push(term);
    byWord.set(word, [...senses, term]);
  }
  // One that is new and changed at once is written as it is now.
  return {
    added: added.map((term) => changed.get(term.id) ?? term),
    changed: [...changed.values()].filter(({ id }) => added.every((term) => term.id !== id)),
  };
}
