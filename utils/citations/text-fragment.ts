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
  // Apps keep more than one # in their addresses.
  const hash = url.indexOf('#');
  const [address, own] = hash === -1 ? [url, ''] : [url.slice(0, hash), url.slice(hash + 1)];
  // What the viewers of Chromium and Firefox understand.
  if (page !== undefined) return `${address}#page=${page}`;
  const plain = plainPassage(passage);
  const { start, end } = trimmedSpan(plain, span ?? { start: 0, end: plain.length });
  const directive = directiveFor(source.text, plain, start, end);
  const before = own.split(':~:', 1)[0] ?? '';
  return directive ? `${address}#${before}:~:text=${directive}` : url;
}

function directiveFor(text: string, plain: string, start: number, end: number): string {
  const words = plain.slice(start, end);
  if (!words) return '';
  // One piece of text does not reach over the end of a block or a cell, nor over the number of a note; a range does.
  const pieces = words.split(seams).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
  const firstPiece = trimmed(pieces[0] ?? '');
  const lastPiece = trimmed(pieces.at(-1) ?? '');
  const isRange = pieces.length > 1 || words.length > longest;
  const range = [firstWords(firstPiece, ends), lastWords(lastPiece, ends)];
  // Beginning and end would meet.
  const isShort = pieces.length === 1 && range.join('').length >= words.length;
  if (isRange && !isShort) return range.map(encoded).join();
  const main = encoded(words);
  if (isRange || !isRepeated(text, words)) return main;
  const before = lastWords(lastOf(plain.slice(0, start).split('\n')), around);
  if (before) return `${encoded(before)}-,${main}`;
  const after = firstWords(plain.slice(end).split('\n', 1)[0] ?? '', around);
  return after ? `${main},-${encoded(after)}` : main;
}

/** What stands otherwise on the page, or not as one text. */
const seams = /\n|\||\[\^?\d{1,3}\]/;

const lastOf = (list: string[]) => list.at(-1) ?? '';

function isRepeated(text: string, words: string): boolean {
  if (text.length > searched) return false;
  const at = text.indexOf(words);
  return at !== -1 && text.indexOf(words, at + 1) !== -1;
}

/** Begins and ends at words, as matches of the browser do, and without quotation marks and full stops around them. */
function trimmed(text: string): string {
  const inner = text.replace(/^[\s\p{P}]+/u, '');
  const tail = inner.slice(-400);
  return inner.slice(0, inner.length - tail.length) + tail.replace(/(?:\[\^?\d{1,3}\]|[\s\p{P}])+$/u, '');
}

function trimmedSpan(text: string, { start, end }: Span): Span {
  const inner = trimmed(text.slice(start, end));
  const at = inner ? text.indexOf(inner, start) : start;
  return inner ? { start: at, end: at + inner.length } : { start, end };
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
