/**
 * Which old encoding makes the most plausible text of some bytes. Each candidate decodes the lines that have bytes
 * beyond ASCII, and every character costs about as many bits as it would take to say it in a text of that language:
 * frequent letters few, rare ideographs many, what is no character at all more than anything. The cheapest text wins.
 * The figures are logarithms of shares in ordinary texts, rounded.
 */

import {
  alphabets,
  commonHan,
  commonHangul,
  commonKanji,
  commonTraditional,
  latinLetters,
} from './common-letters';

/** Bytes beyond ASCII looked at: far more than the choice needs. */
const sampleBytes = 65_536;

const bits = {
  /** Letters, digits and separators alike. */
  ascii: 5,
  /** One of a thousand ideographs that make up nine tenths of a text. */
  commonIdeograph: 10.5,
  /** One of thousands that are learnt at school. */
  schoolIdeograph: 15,
  commonHangul: 8.5,
  schoolHangul: 14,
  hiragana: 7,
  katakana: 8,
  halfWidthKatakana: 9,
  widePunctuation: 9,
  /** Characters that stand in dictionaries only. */
  rare: 22,
  none: 40,
  /** A letter with an accent, among letters without. */
  latin: 9,
  rareLatin: 12,
  typographic: 9.5,
  symbol: 14,
  /** Two alphabets in one word, a capital after a small letter, the end of a word within it. */
  odd: 6,
};

interface Candidate {
  encoding: string;
  /** What it costs that a file has this encoding at all. */
  rarity: number;
  cost: (text: string) => number;
}

const candidates: Candidate[] = [
  { encoding: 'windows-1252', rarity: 0, cost: costOfLatin(latinLetters['windows-1252'] ?? '') },
  { encoding: 'gb18030', rarity: 0, cost: costOfWide(commonHan, isSchoolHan) },
  { encoding: 'big5', rarity: 2, cost: costOfWide(commonTraditional, isSchoolTraditional) },
  { encoding: 'shift_jis', rarity: 2, cost: costOfWide(commonKanji, isSchoolKanji) },
  {
    encoding: 'euc-kr',
    rarity: 5,
    cost: costOfWide(commonHangul, isSchoolHangul, bits.commonHangul, bits.schoolHangul),
  },
  { encoding: 'euc-jp', rarity: 8, cost: costOfWide(commonKanji, isSchoolKanji) },
  { encoding: 'macintosh', rarity: 8, cost: costOfLatin(latinLetters.macintosh ?? '') },
  { encoding: 'windows-1250', rarity: 4, cost: costOfLatin(latinLetters['windows-1250'] ?? '') },
  { encoding: 'windows-1254', rarity: 4, cost: costOfLatin(latinLetters['windows-1254'] ?? '') },
  ...alphabets.map(({ encoding, rarity, letters }) => ({ encoding, rarity, cost: costOfAlphabet(letters) })),
  // Mostly valid, with a few bytes that are damaged.
  { encoding: 'utf-8', rarity: 0, cost: costOfDamaged },
];

/** The label for TextDecoder of the most plausible encoding of bytes that are not UTF-8 throughout. */
export function mostPlausible(bytes: Uint8Array): string {
  const sample = sampleOf(bytes);
  let best = 'windows-1252';
  let least = Number.POSITIVE_INFINITY;
  for (const { encoding, rarity, cost } of candidates) {
    const result = rarity + cost(new TextDecoder(encoding).decode(sample));
    if (result < least) {
      best = encoding;
      least = result;
    }
  }
  return best;
}

/** Lines with bytes beyond ASCII. No encoding here has a line end inside a character. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(sampleBytes);
  let length = 0;
  for (let at = 0; at < bytes.length && length < sampleBytes; ) {
    if ((bytes[at] as number) < 0x80) {
      at++;
      continue;
    }
    const start = bytes.lastIndexOf(0x0a, at) + 1;
    const next = bytes.indexOf(0x0a, at);
    const end = next === -1 ? bytes.length : next + 1;
    const part = bytes.subarray(start, Math.min(end, start + sampleBytes - length));
    // Of a line that is longer than the sample, what is around its first letter beyond ASCII.
    const taken =
      at - start < part.length ? part : bytes.subarray(at, Math.min(end, at + sampleBytes - length));
    sample.set(taken, length);
    length += taken.length;
    at = end;
  }
  // A pair that the end of the sample cuts through would count as damage.
  return sample.subarray(0, length === sampleBytes ? length - 1 : length);
}

/** The characters that an encoding has at these lead bytes: its list of everyday characters comes first. */
function everyday(encoding: string, from: number, to: number, trails: [number, number][]): Set<string> {
  const decoder = new TextDecoder(encoding);
  const list = new Set<string>();
  for (let lead = from; lead <= to; lead++)
    for (const [first, last] of trails)
      for (let trail = first; trail <= last; trail++) {
        const character = decoder.decode(Uint8Array.of(lead, trail));
        if (character.length === 1 && character !== '\ufffd') list.add(character);
      }
  return list;
}

const lists = new Map<string, Set<string>>();

function isListed(name: string, make: () => Set<string>, character: string): boolean {
  let list = lists.get(name);
  if (!list) {
    list = make();
    lists.set(name, list);
  }
  return list.has(character);
}

const high: [number, number][] = [[0xa1, 0xfe]];

// GB 2312 level 1 (3,755), Big5 level 1 (5,401), JIS X 0208 level 1 (2,965), KS X 1001 Hangul (2,350).
function isSchoolHan(character: string): boolean {
  return isListed('han', () => everyday('gbk', 0xb0, 0xd7, high), character);
}
function isSchoolTraditional(character: string): boolean {
  return isListed('traditional', () => everyday('big5', 0xa4, 0xc6, [[0x40, 0x7e], ...high]), character);
}
function isSchoolKanji(character: string): boolean {
  return isListed('kanji', () => everyday('euc-jp', 0xb0, 0xcf, high), character);
}
function isSchoolHangul(character: string): boolean {
  return isListed('hangul', () => everyday('euc-kr', 0xb0, 0xc8, high), character);
}

const widePunctuation =
  /[、。「」『』《》〈〉【】（），．：；！？“”‘’—…·￥％－～\u3000０-９Ａ-Ｚａ-ｚ①-⑳㎡℃°×±]/u;

function costOfWide(
  common: Set<string>,
  isSchool: (character: string) => boolean,
  commonBits = bits.commonIdeograph,
  schoolBits = bits.schoolIdeograph,
) {
  const isJapanese = common === commonKanji;
  const costs = new Map<string, number>();
  const costOf = (character: string): number => {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) return bits.ascii;
    if (common.has(character)) return commonBits;
    if (isSchool(character)) return schoolBits;
    if (widePunctuation.test(character)) return bits.widePunctuation;
    if (isJapanese && code >= 0x3041 && code <= 0x3093) return bits.hiragana;
    if (isJapanese && code >= 0x30a1 && code <= 0x30fc) return bits.katakana;
    if (isJapanese && code >= 0xff61 && code <= 0xff9f) return bits.halfWidthKatakana;
    return code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff) || code < 0xa0 ? bits.none : bits.rare;
  };
  return (text: string): number => {
    let sum = 0;
    for (const character of text) {
      let cost = costs.get(character);
      if (cost === undefined) {
        cost = costOf(character);
        costs.set(character, cost);
      }
      sum += cost;
    }
    return sum;
  };
}

const isLetter = (character: string) => /\p{L}/u.test(character);
const isHigh = (character: string) => character.charCodeAt(0) >= 0x80;
const typographic = /[\u00a0“”‘’„–—…•«»€£¥§°©®™·×±²³¼½¾№]/u;
const isOddCase = (before: string, character: string) => /\p{Lu}/u.test(character) && /\p{Ll}/u.test(before);

/** Every character with the ones beside it. */
function sumOver(text: string, costOf: (character: string, before: string, after: string) => number): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    sum += isHigh(character) ? costOf(character, text[at - 1] ?? ' ', text[at + 1] ?? ' ') : bits.ascii;
  }
  return sum;
}

/** What is no letter of the language. */
function costOfOther(character: string, before: string, after: string): number {
  const code = character.charCodeAt(0);
  if (code === 0xfffd || code < 0xa0) return bits.none;
  const isInWord = isLetter(before) && isLetter(after);
  if (typographic.test(character)) return bits.typographic + (isInWord && character !== '’' ? bits.odd : 0);
  return bits.symbol + (isInWord ? bits.odd : 0);
}

/** A Latin word has few letters beyond ASCII, and seldom two of them together. */
function costOfLatin(letters: string) {
  const common = new Set(letters);
  return (text: string) =>
    sumOver(text, (character, before, after) => {
      if (!isLetter(character)) return costOfOther(character, before, after);
      const known = common.has(character) ? bits.latin : bits.rareLatin;
      return (
        known + (isHigh(before) && isLetter(before) ? 2 : 0) + (isOddCase(before, character) ? bits.odd : 0)
      );
    });
}

/** Letters in the order of their frequency: the first twelve make up two thirds of a text. */
function costOfAlphabet(letters: string) {
  const costs = new Map(
    [...letters].map((letter, index) => [letter, index < 12 ? 4.2 : index < 24 ? 5.7 : 8]),
  );
  return (text: string) =>
    sumOver(text, (character, before, after) => {
      const small = costs.get(character);
      const cost = small ?? costs.get(character.toLowerCase());
      if (cost === undefined && !/[\p{L}\p{M}]/u.test(character))
        return costOfOther(character, before, after);
      let sum = cost === undefined ? bits.rareLatin : small === undefined ? cost + 3 : cost;
      if (/[a-z]/i.test(before)) sum += bits.odd;
      if (/[a-z]/i.test(after)) sum += bits.odd;
      if (isOddCase(before, character)) sum += bits.odd;
      // Words of one letter are words, but few.
      if (!isLetter(before) && !isLetter(after)) sum += 4;
      // Hebrew letters of this form end a word.
      if (/[ךםןףץ]/.test(before) && isLetter(character)) sum += bits.odd;
      return sum;
    });
}

/** UTF-8 with a few damaged places is UTF-8: its pairs are not there by chance. */
function costOfDamaged(text: string): number {
  let good = 0;
  let bad = 0;
  for (const character of text) {
    if (character === '\ufffd') bad++;
    else if (isHigh(character)) good++;
  }
  return good > bad * 4 ? 0 : Number.POSITIVE_INFINITY;
}
