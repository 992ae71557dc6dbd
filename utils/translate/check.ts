/** Whether what a model wrote for a unit is a translation of that unit. */

import { checkMarks, plainMarked } from '../page/translate/marked';
import type { PageUnit } from '../page/translate/types';
import { isEchoOf } from './echo';
import { figuresOf, isCopy, isTooLong, isTooShort, lettersOf } from './measure';

/** Why a translation is not taken. */
export type Refusal =
  /** Nothing, where there are words. */
  | 'empty'
  /** The words that it was asked to repeat, or its figures, are those of another unit: the lines have shifted. */
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
  /** Words of the unit, as the model repeated them. */
  echo?: string;
}

/**
 * Checks one translation. `neighbours` are the other units of its batch. With `withoutEcho` no words were to be
 * repeated: a unit that was sent alone cannot be mistaken.
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
  if (!withoutEcho && !isEchoOf(source, echo, neighbours)) return 'shifted';
  if (hasFiguresOfOther(source, words, neighbours)) return 'shifted';
  if (isTooLong(source, words) || hasNeighbour(letters, source, neighbours)) return 'leak';
  if (isTooShort(source, words)) return 'short';
  if (isCopy(unit.text, text)) return 'copy';
  if (hasTags(words) && !hasTags(source)) return 'tags';
  return checkMarks(unit.text, text) && 'marks';
}

/**
 * Whether a translation lacks a figure of its unit and has all those of another one: rows and entries that begin with the
 * same words are told apart by nothing else. A figure that is written out, or converted, is no trouble by itself.
 */
function hasFiguresOfOther(source: string, words: string, neighbours: readonly PageUnit[]): boolean {
  const own = figuresOf(source);
  if (own.size === 0) return false;
  const written = figuresOf(words);
  if (written.size === 0 || [...own].every((figure) => written.has(figure))) return false;
  const begin = lettersOf(source).slice(0, sameBeginning);
  return neighbours.some(({ text }) => {
    const other = plainMarked(text);
    if (lettersOf(other).slice(0, sameBeginning) !== begin) return false;
    const figures = [...figuresOf(other)];
    return figures.some((figure) => !own.has(figure)) && figures.every((figure) => written.has(figure));
  });
}

/** Letters of the first words from which on units are told apart by what the model repeats of them. */
const sameBeginning = 4;

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
