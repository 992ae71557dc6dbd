import type { Term } from '../translate/types';
import { type Check, flag, number, object, oneOf, optional, text } from './shape';

/** Characters of a term, of what it is called, and of what is said about it. */
export const longestTerm = 300;

const short: Check<string> = (value, place) => text(value, place).slice(0, longestTerm);

/** A term as it may come from a backup, a file or the database. */
export const termShape: Check<Term> = object<Term>({
  id: text,
  source: short,
  target: short,
  note: optional(short),
  match: object<Term['match']>({ caseSensitive: flag, wholeWord: flag }),
  scope: oneOf<Term['scope']>({ page: true, site: true, everywhere: true }),
  place: text,
  lang: text,
  isLocked: flag,
  origin: oneOf<Term['origin']>({ model: true, user: true, file: true }),
  createdAt: number,
  changedAt: number,
});
