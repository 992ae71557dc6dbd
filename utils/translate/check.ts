/** Whether what a model wrote for a unit is a translation of that unit. */

import { checkMarks, plainMarked } from '../page/translate/marked';
import type { PageUnit } from '../page/translate/types';
import { isCopy, isTooLong, isTooShort, lettersOf } from './measure';

/** Why a translation is not taken. */
export type Refusal =
  /** Nothing, where there are words. */
  | 'empty'
  /** The first words that it was asked to repeat are those of another unit: the lines have shifted. */
  | 'shifted'
  /** Longer than any translation of it, or with another unit in it. */
  | 'leak'
  | 'short'
  /** The source once more. */
  | 'copy'
  /** A mark is missing, unknown, there twice, or not well nested. */
  | 'marks'
  /** Tags that are no marks of ours, in a text that has none. */
  | 'tags';

export interface Candidate {
  text: string;
  /** The first words of the unit, as the model repeated them. */
  echo?: string;
}

/**
 * Checks one translation. `neighbours` are the other units of its batch. With `withoutEcho` the first words are not asked
 * for: a unit that was sent alone cannot be mistaken.
 */
export function refusalOf(
  unit: PageUnit,
  { text, echo }: Candidate,
  { neighbours = [], withoutEcho = false }: { neighbours?: readonly PageUnit[]; withoutEcho?: boolean } = {},
): Refusal | undefined {
  const source = plainMarked(unit.text);
  const words = plainMarked(text);
  const letters = lettersOf(words);
  if (!letters && lettersOf(source)) return 'empty';
  if (!withoutEcho && !echoes(source, echo)) return 'shifted';
  if (isTooLong(source, words) || hasNeighbour(letters, source, neighbours)) return 'leak';
  if (isTooShort(source, words)) return 'short';
  if (isCopy(unit.text, text)) return 'copy';
  if (hasTags(words) && !hasTags(source)) return 'tags';
  return checkMarks(unit.text, text) && 'marks';
}

function echoes(source: string, echo: string | undefined): boolean {
  if (echo === undefined) return false;
  const [begin, said] = [lettersOf(source), lettersOf(plainMarked(echo))];
  // A unit that begins with signs has no letters to repeat.
  if (!begin) return true;
  if (!said) return false;
  return begin.startsWith(said) || said.startsWith(begin);
}

/** Tags of HTML that a model made up. */
const hasTags = (text: string) => /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?>/i.test(text);

/** Letters of a neighbour in a row from which on it is in the translation. */
const neighbourLength = 40;

/** Whether a translation has the source of another unit in it, to the letter. */
function hasNeighbour(letters: string, source: string, neighbours: readonly PageUnit[]): boolean {
  if (letters.length < neighbourLength) return false;
  const own = lettersOf(source);
  return neighbours.some((neighbour) => {
    const begin = lettersOf(plainMarked(neighbour.text)).slice(0, neighbourLength);
    return begin.length === neighbourLength && letters.includes(begin) && !own.includes(begin);
  });
}
