/**
 * Turns text into the terms that ranking counts. Only for matching: what is shown is always the source's own
 * text.
 */

import { COUNTERS, FUNCTION_CHARACTERS, NUMERALS, STOP_PAIRS, STOP_WORDS } from './stop-words';

/**
 * Scripts written without spaces between words, or with endings glued on (Hangul): pairs of characters serve
 * as terms.
 */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';

/**
 * In this order: a run of an unspaced script; a number, with its separators; a word, with apostrophes inside.
 */
const TERM = new RegExp(
  `([${UNSPACED}ー]+)|(\\p{N}+(?:[.,]\\p{N}+)*)(?!(?![${UNSPACED}])[\\p{L}\\p{N}])|((?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+(?:['’](?:(?![${UNSPACED}])\\p{L})+)*)`,
  'gu',
);

/** Two Hiragana are nearly always Japanese grammar; content words are written in Kanji and Katakana. */
const HIRAGANA_PAIR = /^\p{Script=Hiragana}{2}$/u;

/**
 * The terms of a text in the order of the text, repeats included: English and other spaced words in lower
 * case without stop words and plural endings, numbers, and pairs of neighbouring characters for Chinese,
 * Japanese, Korean and Thai (in Chinese retrieval pairs do about as well as segmented words: Nie et al. 2000,
 * doi 10.1145/355214.355235). `characters` adds every single character of those scripts as well.
 */
export function termsOf(text: string, { characters = false } = {}): string[] {
  const terms: string[] = [];
  let afterNumber = -1;
  for (const match of text.normalize('NFKC').toLowerCase().matchAll(TERM)) {
    const [whole, run, number, word] = match;
    const unit = match.index === afterNumber && COUNTERS.has(whole.charAt(0));
    afterNumber = number ? match.index + whole.length : -1;
    if (run) addPairs(unit ? run.slice(1) : run, terms, characters);
    else if (number) terms.push(number.replaceAll(',', ''));
    else if (word) {
      const straight = word.replaceAll('’', "'");
      if (!STOP_WORDS.has(straight)) terms.push(singular(straight.replace(/'s?$/, '')));
    }
  }
  return terms;
}

function addPairs(run: string, terms: string[], characters: boolean): void {
  let previous = '';
  let paired = false;
  for (const character of `${run} `) {
    if (character === ' ' || FUNCTION_CHARACTERS.has(character)) {
      // A character alone between two function characters is a word of its own: 书 in 我的书.
      if (previous && !paired && !characters && !COUNTERS.has(previous)) terms.push(previous);
      previous = '';
      paired = false;
      continue;
    }
    if (characters) terms.push(character);
    if (previous) {
      paired = true;
      const pair = previous + character;
      if (!STOP_PAIRS.has(pair) && !isQuantity(previous, character) && !HIRAGANA_PAIR.test(pair))
        terms.push(pair);
    }
    previous = character;
  }
}

/** 三十, 九座, 两年: how many, not what. Numbers in digits are kept, because years and sums tell texts apart. */
function isQuantity(first: string, second: string): boolean {
  return NUMERALS.has(first) && (NUMERALS.has(second) || COUNTERS.has(second));
}

/**
 * Plural endings off, nothing else: the S stemmer of Harman 1991, "How effective is suffixing?", JASIS 42(1).
 */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (word.endsWith('ies')) return /[ea]ies$/.test(word) ? word : `${word.slice(0, -3)}y`;
  if (word.endsWith('es')) return /[aeo]es$/.test(word) ? word : word.slice(0, -1);
  return /[us]s$/.test(word) ? word : word.slice(0, -1);
}
