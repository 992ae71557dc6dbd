/**
 * Finds the words of a passage in the live page, by their letters and digits alone. Words in whose place a translation
 * stands are found where it is.
 */

import { dataOf, ownTextsOf, standInOf } from './written';

/** A passage is found by its first letters; the rest is painted as far as it agrees. */
const enoughLetters = 120;

/** The text of one tree of the page: the document, a shadow tree or a part of them. */
interface Letters {
  nodes: { node: Text; start: number }[];
  text: string;
}

/**
 * The range of the page whose letters and digits are those of the passage, and which of equal ones. White space and
 * marks may differ.
 */
export function findPassage(root: Node, passage: string, occurrence = 0): Range | undefined {
  const found = lettersOf(root);
  const place = passageIn(found.text, letters(passage), occurrence);
  return place && rangeOf(root, found, place.from, place.length);
}

/**
 * The ranges of words that stand within a passage. Where the passage is not there as it was, the words alone are looked
 * for, which another passage may have as well. Undefined when one of them is not there.
 */
export function findQuotes(
  root: Node,
  passage: string,
  quotes: string[],
  occurrence = 0,
): Range[] | undefined {
  const found = lettersOf(root);
  const whole = letters(passage);
  const around = indexOfEqual(found.text, whole, occurrence);
  const ranges: Range[] = [];
  let from = Math.max(0, around);
  for (const quote of quotes) {
    const wanted = letters(quote);
    if (!wanted) continue;
    const at = found.text.indexOf(wanted, from);
    if (at === -1 || (around !== -1 && at + wanted.length > around + whole.length)) return undefined;
    const range = rangeOf(root, found, at, wanted.length);
    if (!range) return undefined;
    ranges.push(range);
    from = at + wanted.length;
  }
  return ranges.length > 0 ? ranges : undefined;
}

/** Where the words stand for the so-manieth time, from 0; the last place of fewer. -1 when they are not there. */
function indexOfEqual(text: string, wanted: string, occurrence: number): number {
  let place = -1;
  for (let count = 0; count <= occurrence; count++) {
    const next = text.indexOf(wanted, place + 1);
    if (next === -1) break;
    place = next;
  }
  return place;
}

function passageIn(
  text: string,
  wanted: string,
  occurrence: number,
): { from: number; length: number } | undefined {
  if (!wanted) return undefined;
  const from = indexOfEqual(text, wanted, occurrence);
  if (from !== -1) return { from, length: wanted.length };
  if (wanted.length <= enoughLetters) return undefined;
  const start = text.indexOf(wanted.slice(0, enoughLetters));
  return start === -1 ? undefined : { from: start, length: enoughLetters };
}

function lettersOf(root: Node): Letters {
  const nodes: Letters['nodes'] = [];
  const pieces: string[] = [];
  let length = 0;
  const walker = ownTextsOf(root);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (/^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|TEXTAREA)$/.test(node.parentElement?.nodeName ?? '')) continue;
    const piece = letters(dataOf(node));
    nodes.push({ node, start: length });
    pieces.push(piece);
    length += piece.length;
  }
  return { nodes, text: pieces.join('') };
}

function rangeOf(root: Node, { nodes }: Letters, from: number, length: number): Range | undefined {
  const range = (root.ownerDocument ?? (root as Document)).createRange();
  const first = place(nodes, from);
  const last = place(nodes, from + length - 1);
  if (!first || !last) return undefined;
  const [start, end] = [standInOf(first.node), standInOf(last.node)];
  if (start) range.setStartBefore(start);
  else range.setStart(first.node, isWritten(first.node) ? 0 : first.offset);
  if (end) range.setEndAfter(end);
  else range.setEnd(last.node, isWritten(last.node) ? last.node.length : last.offset + last.length);
  return range;
}

/** Where the letter with this number stands: its text node, its offset there and its length in UTF-16 units. */
function place(nodes: Letters['nodes'], letter: number) {
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((nodes[middle]?.start ?? 0) <= letter) low = middle;
    else high = middle - 1;
  }
  const entry = nodes[low];
  if (!entry) return undefined;
  let count = entry.start;
  for (const match of dataOf(entry.node).matchAll(/[\p{L}\p{N}]/gu)) {
    if (count === letter || count + match[0].length > letter)
      return { node: entry.node, offset: match.index, length: match[0].length };
    count += match[0].length;
  }
  return undefined;
}

/** A translation was written over the text: its letters are other ones. */
const isWritten = (node: Text) => dataOf(node) !== node.data;

const letters = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');
