/** What a term may be when it comes from a file or from the database, and how much of one there may be. */

import type { Term } from '../translate/types';
import { type Check, flag, number, object, oneOf, optional, ShapeError, text } from './shape';

/** Characters of a term, of what it is called and of its note at most: names of laws and treaties are long. */
export const longestTerm = 300;
export const longestNote = 1_000;

const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;

const line =
  (longest: number): Check<string> =>
  (value, place) => {
    const words = text(value, place);
    if (words.length > longest || control.test(words)) throw new ShapeError(place);
    return words;
  };

/** Why words cannot be a term or what it is called; undefined when they can. */
export function lineTrouble(words: string, longest = longestTerm): 'long' | 'lines' | undefined {
  if (words.length > longest) return 'long';
  return control.test(words) ? 'lines' : undefined;
}

const wordsOfTerm: Check<string> = (value, place) => {
  const words = line(longestTerm)(value, place);
  if (!words.trim()) throw new ShapeError(place);
  return words;
};

/** @throws ShapeError */
export const termShape = object<Term>({
  id: text,
  source: wordsOfTerm,
  target: line(longestTerm),
  note: optional(line(longestNote)),
  match: object<Term['match']>({ caseSensitive: flag, wholeWord: flag }),
  scope: oneOf({ page: true, site: true, everywhere: true }),
  place: text,
  lang: text,
  isLocked: flag,
  origin: oneOf({ model: true, user: true, file: true }),
  createdAt: number,
  changedAt: number,
});

/** A term as it should be, or nothing. */
export function readableTerm(record: unknown): Term[] {
  try {
    return [termShape(record, 'term')];
  } catch {
    return [];
  }
}
