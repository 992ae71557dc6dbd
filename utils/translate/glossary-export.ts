/** Terms as a file for a spreadsheet (CSV) or a program (JSON). */

import { writeTable } from './delimited';
import type { Term } from './types';

/** What a file says of a term, in its order. */
export const columns = [
  'source',
  'target',
  'note',
  'case',
  'whole word',
  'scope',
  'place',
  'lang',
  'locked',
] as const;
export type Column = (typeof columns)[number];

export function glossaryCsv(terms: readonly Term[]): Blob {
  const said = (flag: boolean) => (flag ? 'yes' : 'no');
  const rows = terms.map(({ source, target, note = '', match, scope, place, lang, isLocked }) => [
    source,
    target,
    note,
    said(match.caseSensitive),
    said(match.wholeWord),
    scope,
    place,
    lang,
    said(isLocked),
  ]);
  return new Blob([writeTable([columns, ...rows])], { type: 'text/csv;charset=utf-8' });
}

/** Version of the file; raised when an older program could not read it. */
const version = 1;

export function glossaryJson(terms: readonly Term[]): Blob {
  const shared = terms.map(({ source, target, note, match, scope, place, lang, isLocked }) => ({
    source,
    target,
    ...(note ? { note } : {}),
    case: match.caseSensitive,
    'whole word': match.wholeWord,
    scope,
    place,
    lang,
    locked: isLocked,
  }));
  return new Blob([JSON.stringify({ wholemoonGlossary: version, terms: shared }, null, 2), '\n'], {
    type: 'application/json',
  });
}
