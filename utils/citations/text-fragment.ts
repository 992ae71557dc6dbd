/**
 * Addresses that lead to words on a page: URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/.
 * The browser finds the words by itself, without this program; a page cannot see them in its own address.
 */

import type { Source } from '../source';
import type { Span } from './find-quote';
import { plainPassage } from './plain-passage';

/** Longer texts (UTF-16 units) are named by their first and their last words: shorter, and they may span blocks. */
const longest = 100;
/** Words of the beginning, the end and the surroundings; for text without spaces each is a word of its dictionary. */
const ends = 5;
const around = 4;
/** Beyond this length (UTF-16 units) a source is not looked through for a second place with the same words. */
const searched = 1_000_000;

/**
 * The address of a page with a text directive for the words at `span` of a passage, or for the whole passage. `#` for
 * sources without an address on the web.
 */
export function passageAddress(
  source: Pick<Source, 'url' | 'text' | 'segments'>,
  { passage, page, span }: { passage: string; page?: number; span?: Span },
): string {
  const { url } = source;
  if (!url || !/^(?:https?|file):/i.test(url)) return '#';
  const [address = '', own = ''] = url.split('#', 2);
  // What the viewers of Chromium and Firefox understand.
  if (page !== undefined) return `${address}#page=${page}`;
  const plain = plainPassage(passage);
  const { start, end } = trimmed(plain, span ?? { start: 0, end: plain.length });
  const directive = directiveFor(source.text, plain, start, end);
  const before = own.split(':~:', 1)[0] ?? '';
  return directive ? `${address}#${before}:~:text=${directive}` : url;
}

function directiveFor(text: string, plain: string, start: number, end: number): string {
  const words = plain.slice(start, end);
  if (!words) return '';
  // A line break is the end of a block: one piece of text does not reach over it, a range does.
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const [firstLine = '', lastLine = ''] = [lines[0], lines.at(-1)];
  const isRange = lines.length > 1 || words.length > longest;
  const main = isRange
    ? `${encoded(firstWords(firstLine, ends))},${encoded(lastWords(lastLine, ends))}`
    : encoded(words);
  if (
    isRange &&
    lines.length === 1 &&
    firstWords(firstLine, ends).length + lastWords(lastLine, ends).length >= words.length
  )
    return encoded(words);
  if (isRange || !isRepeated(text, words)) return main;
  const before = lastWords(lastOf(plain.slice(0, start).split('\n')), around);
  if (before) return `${encoded(before)}-,${main}`;
  const after = firstWords(plain.slice(end).split('\n', 1)[0] ?? '', around);
  return after ? `${main},-${encoded(after)}` : main;
}

const lastOf = (list: string[]) => list.at(-1) ?? '';

function isRepeated(text: string, words: string): boolean {
  if (text.length > searched) return false;
  const at = text.indexOf(words);
  return at !== -1 && text.indexOf(words, at + 1) !== -1;
}

/** Begins and ends at words, as matches of the browser do, and without quotation marks and full stops around them. */
function trimmed(text: string, { start, end }: Span): Span {
  const inner = text.slice(start, end);
  const lead = /^[\s\p{P}]*/u.exec(inner)?.[0].length ?? 0;
  const trail = inner.length - inner.replace(/[\s\p{P}]+$/u, '').length;
  return lead + trail >= inner.length ? { start, end } : { start: start + lead, end: end - trail };
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The first `count` words, up to where the last of them ends. */
function firstWords(text: string, count: number): string {
  let left = count;
  // Words are short: a few hundred characters hold them, and those of a long line need not all be cut.
  for (const { isWordLike, index, segment } of segmenter.segment(text.slice(0, 400))) {
    if (isWordLike && --left === 0) return text.slice(0, index + segment.length).trim();
  }
  return text.slice(0, 400).trim();
}

function lastWords(text: string, count: number): string {
  const piece = text.slice(-400);
  const starts: number[] = [];
  for (const { isWordLike, index } of segmenter.segment(piece)) if (isWordLike) starts.push(index);
  return piece.slice(starts.at(-count) ?? starts[0] ?? piece.length).trim();
}

/** `-`, `,` and `&` have a meaning in a directive; the first is the one that addresses leave alone. */
const encoded = (text: string) => encodeURIComponent(text.replace(/\s+/g, ' ').trim()).replaceAll('-', '%2D');
