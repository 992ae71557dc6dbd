import type { Vocabulary } from './join';
import type { Fragment, Run } from './types';

/** A letter at the beginning of a chapter is at least so many times as high as the lines beside it. */
const leastRatio = 1.6;
const mostRatio = 12;
/** One letter, perhaps behind the quotation mark that opens with it. */
const initial = /^["“‘«„]?\p{Lu}$/u;
/** Capitals that are words of their own as well. */
const wordOfOneLetter = /^(?:A|I|O)$/;
/** Fragments looked at below the top of the letter. */
const mostBeside = 40;

/** A large letter and the lines beside it. */
interface Initial {
  letter: Fragment;
  run: Run;
  first: Fragment;
  next: Run;
  beside: Fragment[];
}

/**
 * Puts each large letter that stands beside the first lines of a paragraph before the word that it begins, and those
 * lines to the edge where the others begin. Fragments of a page come sorted by their baselines.
 */
export function joinInitials(
  pages: Fragment[][],
  vocabularyOf: (fragments: Fragment[]) => Vocabulary,
): Fragment[][] {
  const initials = pages.flatMap(initialsOf);
  if (initials.length === 0) return pages;
  // What stands beside a letter may begin with the rest of a word.
  const incomplete = new Set(initials.flatMap(({ letter, first }) => [letter, first]));
  const vocabulary = vocabularyOf(pages.flat().filter((fragment) => !incomplete.has(fragment)));
  for (const { letter, run, first, next, beside } of initials) {
    const text = run.text.trim();
    const isWord = wordOfOneLetter.test(text) && isApart(text, next.text, vocabulary);
    const { size, y, bold } = next;
    first.runs.unshift({
      ...run,
      text: isWord ? `${text} ` : text,
      size,
      y,
      bold,
      x0: letter.x0,
      x1: next.x0,
    });
    for (const line of beside) line.x0 = letter.x0;
  }
  const letters = new Set(initials.map(({ letter }) => letter));
  return pages.map((fragments) => fragments.filter((fragment) => !letters.has(fragment)));
}

function initialsOf(fragments: Fragment[]): Initial[] {
  return fragments.flatMap((letter, index) => {
    const [run] = letter.runs;
    if (!run || letter.runs.length > 1 || !initial.test(run.text.trim())) return [];
    const beside = linesBeside(fragments, index);
    const [first] = beside;
    const next = first?.runs[0];
    return first && next && /^[\p{L}’']/u.test(next.text) ? [{ letter, run, first, next, beside }] : [];
  });
}

/** The lines right of a letter between its top and its foot, when it stands as a letter before them does. */
function linesBeside(fragments: Fragment[], at: number): Fragment[] {
  const letter = fragments[at];
  if (!letter) return [];
  const lines: Fragment[] = [];
  for (
    let index = Math.max(0, at - mostBeside);
    index < Math.min(fragments.length, at + mostBeside);
    index++
  ) {
    const line = fragments[index];
    if (!line || line === letter) continue;
    const ratio = letter.size / line.size;
    const isNear = line.x0 >= letter.x1 - 0.2 * line.size && line.x0 - letter.x1 < 1.5 * line.size;
    const isWithin = line.y > letter.y - 0.95 * letter.size && line.y < letter.y + 0.4 * line.size;
    if (ratio >= leastRatio && ratio <= mostRatio && isNear && isWithin) lines.push(line);
  }
  const [first] = lines;
  const last = lines.at(-1);
  // It reaches from the first line to the last: a large letter beside one line is a mark or a heading.
  if (
    !first ||
    !last ||
    lines.length < 2 ||
    lines.some(({ size }) => Math.abs(size - first.size) > 0.1 * size)
  )
    return [];
  return Math.abs(last.y - letter.y) < 0.45 * last.size ? lines : [];
}

/** “A long time” and not “Along time”: told by the words of the rest of the document. */
function isApart(letter: string, rest: string, vocabulary: Vocabulary): boolean {
  const [word = ''] = /^[\p{L}’'-]+/u.exec(rest) ?? [];
  if (vocabulary.has((letter + word).toLowerCase())) return false;
  return vocabulary.has(word.toLowerCase());
}
