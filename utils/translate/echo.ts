/**
 * What a model repeats of a line before it translates it: by this it is noticed when its lines have shifted. The first
 * two words tell most lines apart. Rows, items and lines of a dialogue that begin alike are to be repeated further, at
 * both ends; all others cost no more than before.
 */

import { plainMarked } from '../page/translate/marked';
import type { PageUnit } from '../page/translate/types';
import { figuresOf, lettersOf } from './measure';

/** Words at the beginning that are repeated of every line. */
const usual = 2;
/** Words at each end that are repeated of lines that fewer do not tell apart; with the last it is all of any line. */
const lengths = [2, 4, 8, Number.MAX_SAFE_INTEGER];

/** A word; of scripts that write no spaces two characters stand for one. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{1,2}|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{P}\p{Z}\p{S}\p{C}]+/gu;

/** Lines by which those of a model shift at most: it has left out or joined so many. */
const near = 6;

interface Line {
  id: number;
  place: number;
  words: string[];
  letters: string;
  figures: Set<string>;
}

/** For the lines of a batch that are to be repeated further: how many words at each end. */
export function echoLengths(units: readonly Pick<PageUnit, 'id' | 'text'>[]): Map<number, number> {
  const asked = new Map<number, number>();
  const lines = units.map(({ id, text }, place): Line => {
    const plain = plainMarked(text);
    const words = plain.normalize('NFKC').toLowerCase().match(word) ?? [];
    return { id, place, words, letters: lettersOf(plain), figures: figuresOf(plain) };
  });
  let alike = twins(lines, ({ words }) => words.slice(0, usual).join(''));
  for (const length of lengths) {
    for (const { id, words } of alike) asked.set(id, Math.min(length, words.length));
    alike = twins(alike, ({ words, letters }) =>
      words.length <= length * 2
        ? letters
        : `${words.slice(0, length).join('')}…${words.slice(-length).join('')}`,
    );
  }
  return asked;
}

/** Lines that share a key with one near them that says something else, and that no figures tell apart. */
function twins(lines: readonly Line[], keyOf: (line: Line) => string): Line[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const key = keyOf(line);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((group) =>
    group.filter((line, index) => {
      const around = group.slice(Math.max(0, index - near), index + near + 1);
      return around.some((other) => Math.abs(other.place - line.place) <= near && mayBeTaken(line, other));
    }),
  );
}

/** Whether one line may be taken for the other: `refusalOf` tells those apart that have each a figure of its own. */
function mayBeTaken(one: Line, other: Line): boolean {
  if (one.letters === other.letters) return false;
  const lacks = (line: Line, { figures }: Line) => [...figures].some((figure) => !line.figures.has(figure));
  return !(lacks(one, other) && lacks(other, one));
}

/** Characters around the words of a short line: marks, signs. */
const around = 40;

/**
 * Whether a model has repeated this text (without marks): its beginning, or both its ends, and not the whole of another
 * line that it begins like.
 */
export function isEchoOf(
  source: string,
  echo: string | undefined,
  others: readonly Pick<PageUnit, 'text'>[] = [],
): boolean {
  if (echo === undefined) return false;
  const own = lettersOf(source);
  // A text of signs alone has no letters to repeat.
  if (!own) return true;
  const plain = plainMarked(echo);
  const said = lettersOf(plain);
  if (!said) return false;
  if (said.startsWith(own)) return true;
  if (own.startsWith(said)) {
    const short = others.filter(({ text }) => text.length <= plain.length + around);
    return short.every(({ text }) => lettersOf(plainMarked(text)) !== said);
  }
  const [begin = '', ...rest] = plain.split(/…|\.{3,}/).map(lettersOf);
  const end = rest.at(-1) ?? '';
  return begin !== '' && end !== '' && own.startsWith(begin) && own.endsWith(end);
}
