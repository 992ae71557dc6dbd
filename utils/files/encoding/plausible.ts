/**
 * Which old encoding makes the most plausible text of some bytes: each candidate decodes the lines that have bytes
 * beyond ASCII, and every character counts for or against it. Letters that a language uses all the time count most,
 * those of its school list less; signs inside words, capitals after small letters, rare ideographs and what is no
 * character at all count against it.
 */

import { commonHan, commonHangul, commonTraditional, letters } from './common-letters';

/** Bytes beyond ASCII looked at: far more than the choice needs. */
const sampleBytes = 65_536;

interface Candidate {
  encoding: string;
  score: (text: string) => number;
}

const candidates: Candidate[] = [
  { encoding: 'gb18030', score: (text) => scoreWide(text, commonHan, isSchoolHan) },
  { encoding: 'big5', score: (text) => scoreWide(text, commonTraditional, isSchoolTraditional) },
  { encoding: 'shift_jis', score: (text) => scoreWide(text, kana, isSchoolKanji) },
  { encoding: 'euc-jp', score: (text) => scoreWide(text, kana, isSchoolKanji) },
  { encoding: 'euc-kr', score: (text) => scoreWide(text, commonHangul, isSchoolHangul) },
  // Where two are equal, the first wins: it is the one that more files have.
  ...Object.entries(letters).map(([encoding, common]) => ({
    encoding,
    score: (text: string) => scoreNarrow(text, common),
  })),
  // Mostly valid, with a few bytes that are damaged.
  { encoding: 'utf-8', score: scoreDamaged },
];

/** The label for TextDecoder of the most plausible encoding of bytes that are not UTF-8 throughout. */
export function mostPlausible(bytes: Uint8Array): string {
  const sample = sampleOf(bytes);
  let best = 'windows-1252';
  let most = Number.NEGATIVE_INFINITY;
  for (const { encoding, score } of candidates) {
    const result = score(new TextDecoder(encoding).decode(sample));
    if (result > most) {
      best = encoding;
      most = result;
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

const kana = new Set<string>();
for (let code = 0x3041; code <= 0x3093; code++) kana.add(String.fromCharCode(code));
for (let code = 0x30a1; code <= 0x30fc; code++) kana.add(String.fromCharCode(code));

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

const lazily = (make: () => Set<string>) => {
  let list: Set<string> | undefined;
  return (character: string): boolean => {
    list ??= make();
    return list.has(character);
  };
};

// GB 2312 level 1 (3,755), Big5 level 1 (5,401), JIS X 0208 level 1 (2,965), KS X 1001 Hangul (2,350).
const isSchoolHan = lazily(() => everyday('gbk', 0xb0, 0xd7, [[0xa1, 0xfe]]));
const isSchoolTraditional = lazily(() =>
  everyday('big5', 0xa4, 0xc6, [
    [0x40, 0x7e],
    [0xa1, 0xfe],
  ]),
);
const isSchoolKanji = lazily(() => everyday('euc-jp', 0xb0, 0xcf, [[0xa1, 0xfe]]));
const isSchoolHangul = lazily(() => everyday('euc-kr', 0xb0, 0xc8, [[0xa1, 0xfe]]));

/** Points of one character for each byte of it, so that encodings of one and of two bytes can be compared. */
function scoreWide(text: string, common: Set<string>, isSchool: (character: string) => boolean): number {
  let score = 0;
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) continue;
    // Half-width Katakana are one byte in Shift_JIS, and what most wrong guesses consist of.
    if (code >= 0xff61 && code <= 0xff9f) {
      bytes += 1;
      score += 0.1;
      continue;
    }
    bytes += 2;
    if (common.has(character)) score += 4;
    else if (isSchool(character)) score += 2;
    else if (
      /[、。「」『』《》〈〉【】（），．：；！？“”‘’—…·￥％－～　０-９Ａ-Ｚａ-ｚ①-⑳㎡℃°×±]/u.test(character)
    )
      score += 2;
    else if (code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff)) score -= 10;
    else score -= 1;
  }
  return bytes === 0 ? Number.NEGATIVE_INFINITY : score / bytes;
}

const typographic = /[ “”‘’„–—…•«»€£¥§°©®™·×±²³¼½¾№]/u;

function scoreNarrow(text: string, common: Set<string>): number {
  let score = 0;
  let count = 0;
  let before = ' ';
  const isForeign = !common.has('ç') && !common.has('č');
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    const code = character.charCodeAt(0);
    if (code >= 0x80) {
      count++;
      const isInWord = /[\p{L}]/u.test(before) && /\p{L}/u.test(text[at + 1] ?? ' ');
      if (code === 0xfffd || (code >= 0x80 && code < 0xa0)) score -= 10;
      else if (common.has(character)) {
        // A Latin word has few letters beyond ASCII next to each other; other alphabets have nothing else.
        const isAlone = before.charCodeAt(0) < 0x80;
        score += isForeign ? (isAlone && /[a-z]/i.test(before) ? -1 : 1.3) : isAlone ? 1.5 : -0.5;
      } else if (/\p{L}/u.test(character)) score += before.charCodeAt(0) < 0x80 ? 0.3 : -1;
      else if (/\p{M}/u.test(character)) score += isForeign ? 1 : -1;
      else if (typographic.test(character)) score += isInWord && character !== '’' ? -1 : 1.5;
      else score -= 1;
      if (/\p{Lu}/u.test(character) && /\p{Ll}/u.test(before)) score -= 2;
      // Hebrew letters of this form end a word.
      if (/[ךםןףץ]/.test(before) && /\p{L}/u.test(character)) score -= 2;
    }
    before = character;
  }
  return count === 0 ? Number.NEGATIVE_INFINITY : score / count;
}

/** UTF-8 with a few damaged places is UTF-8: its pairs are not there by chance. */
function scoreDamaged(text: string): number {
  let good = 0;
  let bad = 0;
  for (const character of text) {
    if (character === '\ufffd') bad++;
    else if (character.charCodeAt(0) >= 0x80) good++;
  }
  return good > bad * 4 ? 3 : Number.NEGATIVE_INFINITY;
}
