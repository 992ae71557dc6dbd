/** A text in parts that a model can translate in one answer each. Nothing is left out; linear in its length. */

import { estimateTokens } from '../context/tokens';
import { growth } from './measure';

export interface TextPart {
  text: string;
  /** What stands between this part and the next: nothing, a space, the end of a paragraph. */
  after: '' | ' ' | '\n\n';
}

/** Letters in a row that are no word any more: a code, a picture in letters. */
const longestWord = 200;

/** Tokens of the translation of a text. */
export const tokensOf = (text: string): number => estimateTokens(text) * growth;

/**
 * Parts of at most so many tokens of translation, cut between paragraphs, within one between sentences where it alone is
 * longer, and within a sentence between words. `weigh` counts the tokens of a piece.
 */
export function partsOf(text: string, most: number, weigh: (text: string) => number = tokensOf): TextPart[] {
  if (weigh(text) <= most) return [{ text, after: '' }];
  const parts: string[] = [];
  let pieces: string[] = [];
  let sum = 0;
  for (const [piece, weight] of piecesOf(text, most, weigh)) {
    if (pieces.length > 0 && sum + weight > most) {
      parts.push(pieces.join(''));
      pieces = [];
      sum = 0;
    }
    pieces.push(piece);
    sum += weight;
  }
  parts.push(pieces.join(''));
  return parts
    .map((part, index): TextPart => {
      const seam = `${/\s*$/.exec(part)?.[0] ?? ''}${/^\s*/.exec(parts[index + 1] ?? '')?.[0] ?? ''}`;
      return { text: part.trim(), after: seam.includes('\n') ? '\n\n' : seam ? ' ' : '' };
    })
    .filter((part) => part.text);
}

type Piece = [text: string, weight: number];

/** A text in pieces of at most so many tokens: paragraphs, sentences or words, whatever is short enough. */
export function* piecesOf(text: string, most: number, weigh: (text: string) => number): Generator<Piece> {
  const divide = [paragraphs, sentences, words];
  function* cut(piece: string, level: number): Generator<Piece> {
    const weight = weigh(piece);
    const next = divide[level];
    if (weight <= most || !next) yield [piece, weight];
    else for (const smaller of next(piece)) yield* cut(smaller, level + 1);
  }
  yield* cut(text, 0);
}

const paragraphs = (text: string): string[] => text.split(/(?<=\n)(?=[^\n])/);

function* sentences(text: string): Generator<string> {
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text))
    yield segment;
}

function* words(text: string): Generator<string> {
  let some = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    // A word with the spaces behind it; signs stay with the word before them.
    if (some && /^[\p{L}\p{N}]/u.test(segment)) {
      yield* shortened(some);
      some = '';
    }
    some += segment;
  }
  if (some) yield* shortened(some);
}

function* shortened(word: string): Generator<string> {
  const characters = word.length > longestWord ? [...word] : [];
  if (characters.length === 0) yield word;
  for (let at = 0; at < characters.length; at += longestWord)
    yield characters.slice(at, at + longestWord).join('');
}

/** A text that ends without a space before the next sentence. */
const spaceless = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\u3000-\u303f\uff00-\uff65]$/u;

/** What stands between the translations of two parts: the end of a paragraph, or what the script puts between sentences. */
export function jointOf(translation: string, after: TextPart['after']): TextPart['after'] {
  if (after === '\n\n') return after;
  if (spaceless.test(translation)) return '';
  return after || (/\p{P}$/u.test(translation) ? ' ' : '');
}
