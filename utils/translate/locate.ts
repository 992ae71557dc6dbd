/** Where a selection stands in the document that was read: the numbers of its paragraphs. */

import { plainPassage } from '../citations';
import type { Source } from '../source';

/** What of a selection tells its place. */
export interface Located {
  text: string;
  before: string;
  after: string;
}

/** The page and the reader do not agree on marks, spaces and typography; they do on letters and digits. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Letters beside the selection that tell it from the same words elsewhere. */
const enough = 80;

/**
 * The numbers (¶) of the paragraphs that a selection lies in, in the order of the document. Empty where the document
 * does not have these words: a part of the page that was left out, or a formula.
 */
export function locate(
  source: Pick<Source, 'text' | 'segments'>,
  { text, before, after }: Located,
): number[] {
  const begins: number[] = [];
  const pieces: string[] = [];
  let length = 0;
  for (const { start, end } of source.segments) {
    const letters = lettersOf(plainPassage(source.text.slice(start, end)));
    begins.push(length);
    pieces.push(letters);
    length += letters.length;
  }
  const all = pieces.join('');
  const passagesOf = (from: number, to: number): number[] =>
    source.segments.flatMap(({ number }, index) => {
      const begin = begins[index] ?? 0;
      const end = begin + (pieces[index]?.length ?? 0);
      return end > from && begin < to ? [number] : [];
    });

  const words = lettersOf(text);
  if (!words) return [];
  const [left, right] = [lettersOf(before).slice(-enough), lettersOf(after).slice(0, enough)];
  for (const [lead, trail] of [
    [left, right],
    [left, ''],
    ['', right],
    ['', ''],
  ] as const) {
    const at = all.indexOf(lead + words + trail);
    if (at >= 0) return passagesOf(at + lead.length, at + lead.length + words.length);
  }
  // Words that the document has in another order, or with others between: each block for itself.
  const found = new Set<number>();
  for (const block of text.split(/\n+/)) {
    const own = lettersOf(block);
    const at = own ? all.indexOf(own) : -1;
    if (at >= 0) for (const number of passagesOf(at, at + own.length)) found.add(number);
  }
  return source.segments.flatMap(({ number }) => (found.has(number) ? [number] : []));
}
