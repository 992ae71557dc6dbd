/** How long a translation may be, and whether it is one: measures that hold for every pair of languages. */

import { estimateTokens } from '../context/tokens';
import { plainMarked } from '../page/translate/marked';

/** Letters and figures alone, without case and typography: what two spellings of the same words share. */
export const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Figures as they stay in most translations: without the signs that part thousands. */
export const figuresOf = (text: string): Set<string> =>
  new Set(
    text
      .normalize('NFKC')
      .replace(/(?<=\d)[.,\u00a0\u202f](?=\d{3}(?!\d))/g, '')
      .match(/\d+/g),
  );

const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;

/**
 * The weight of a text, the same in every language within a factor of about two: words of alphabets, and two thirds of
 * a word for a character of those scripts whose characters are syllables or words.
 */
export function weightOf(text: string): number {
  const characters = text.match(dense)?.length ?? 0;
  const words = text.replace(dense, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  return words + characters / 1.5;
}

/** Words (by weight) that a translation may have beyond its share: a single word may need a sentence. */
const slack = 12;

/** A translation weighs between a quarter and four times what it translates (measured pairs: 0.5 to 2). */
export const mostWeight = (source: string): number => weightOf(source) * 4 + slack;
export const isTooLong = (source: string, translation: string): boolean =>
  weightOf(translation) > mostWeight(source);
export const isTooShort = (source: string, translation: string): boolean =>
  weightOf(translation) < (weightOf(source) - slack) / 4;

/** Words from which on the source given back is no translation: names, figures and codes are shorter. */
const leastToTranslate = 4;

/** Whether a translation is the source once more, where it cannot be names alone. Marks do not count. */
export function isCopy(source: string, translation: string): boolean {
  const words = plainMarked(source);
  return lettersOf(words) === lettersOf(plainMarked(translation)) && lowerWords(words) >= leastToTranslate;
}

/** Words that are no names, figures or abbreviations, as far as spelling tells. */
const lowerWords = (text: string): number => {
  const words = text.match(/(?<![\p{L}\p{N}])\p{Ll}[\p{Ll}’'-]+/gu)?.length ?? 0;
  return words + (text.match(dense)?.length ?? 0) / 1.5;
};

/** Tokens of a translation for one of its source, at most. */
export const growth = 1.3;
/** Tokens of the signs around a unit: its number, its first words, quotation marks. */
const aroundUnit = 24;

/**
 * Tokens of a translation of this text, before it is made: as many as the text where both are alphabets or both are
 * not, and more from Chinese into an alphabet than back, by what tokenx counts of parallel texts.
 */
export const expectedTokens = (text: string): number => Math.ceil(estimateTokens(text) * growth) + aroundUnit;
