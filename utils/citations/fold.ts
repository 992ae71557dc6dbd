/**
 * Text without its typography: what remains when spaces, quotation marks, hyphenation, widths, ligatures and the marks
 * of Markdown are taken away. Two texts with the same words have the same folded text, however they were set.
 * What changes the meaning stays: every letter with its accents, every digit, the point in 1.5, the minus in -5, signs
 * such as % and €.
 */

/** Folded text with the way back: unit `n` of `text` stands in the original from `starts[n]` to before `ends[n]`. */
export interface Folded {
  text: string;
  starts: number[];
  ends: number[];
}

/** Signs that stay; all other marks and symbols are typography. */
const meaningful = /[\p{L}\p{N}\p{M}\p{Sc}%‰°+=<±×÷≤≥≠≈@]/u;
/** Vowel marks that Arabic and Hebrew are written with or without, the long line of Arabic, and invisible joiners. */
const optional = /[\u064b-\u065f\u0670\u0640\u0591-\u05c7\p{Join_Control}\p{Variation_Selector}]/gu;
/** A base with what belongs to it, so that it is composed before it is compared. */
const cluster = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|[\s\S][\p{M}\p{Join_Control}\uff9e\uff9f]*/uy;
const joining = /[\p{M}\p{Join_Control}\uff9e\uff9f]/u;
/** Not words of the text: the address of a link, a line break in a cell, the number of a note. */
const skipped = /\]\((?:[^()\s]|\([^()\s]*\))*\)|<br ?\/?>|\[\^?\d{1,3}\]/y;
const skipStarts = new Set([0x3c, 0x5b, 0x5d]); // < [ ]
const digit = /\p{Nd}/u;
/** Kept between two digits; a hyphen of any kind counts as one. */
const inNumbers = new Map(
  [...'.,:/-']
    .map((mark) => [mark, mark] as const)
    .concat([...'‐‑‒–−'].map((mark) => [mark, '-']))
    .concat([['⁄', '/']]),
);
const minus = new Set([...'-‐‑–−']);

/** What single characters become, found out when they are met; longer clusters are composed each time. */
const known = new Map<string, string>();

function foldedCluster(characters: string): string {
  const seen = known.get(characters);
  if (seen !== undefined) return seen;
  const composed = characters.normalize('NFKC').toLowerCase().replace(optional, '').replaceAll('ς', 'σ');
  let result = '';
  for (const character of composed) if (meaningful.test(character)) result += character;
  if (characters.length <= 2) known.set(characters, result);
  return result;
}

const isDigit = (character: string | undefined) => character !== undefined && digit.test(character);
/** Whether a character may join the one before it, found out when it is met: 0 not known, 1 no, 2 yes. */
const joins = new Uint8Array(0x10000);

function mayJoin(code: number): boolean {
  // Halves of pairs and Hangul letters are looked at more closely.
  if (joins[code] === 0)
    joins[code] =
      /[\p{M}\p{Join_Control}\uff9e\uff9f\u1100-\u11ff\ua960-\ua97f\ud7b0-\udfff]/u.test(
        String.fromCharCode(code),
      ) ||
      (code >= 0xd800 && code < 0xe000)
        ? 2
        : 1;
  return joins[code] === 2;
}

/** A character with what belongs to it. */
function clusterAt(text: string, at: number): string {
  const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0x20;
  if (!mayJoin(next) && !mayJoin(text.charCodeAt(at))) return text[at] as string;
  cluster.lastIndex = at;
  return cluster.exec(text)?.[0] ?? (text[at] as string);
}

/** The letters and digits of ASCII, and the space. */
const isPlain = (code: number) =>
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x20 ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x30 && code <= 0x39);

/**
 * Folds `text` from `from` to before `to`, looking at what stands around it. With `places` the way back is noted.
 * Linear in the length of the text.
 */
export function foldInto(
  text: string,
  from: number,
  to: number,
  places?: Pick<Folded, 'starts' | 'ends'>,
): string {
  let folded = '';
  for (let at = from; at < to; ) {
    const code = text.charCodeAt(at);
    const start = at;
    let result: string;
    // Most of most texts: plain letters, digits and spaces, with nothing that joins them.
    if (isPlain(code) && (text.charCodeAt(at + 1) || 0) < 0x80) {
      at++;
      if (code === 0x20) continue;
      result = code < 0x5b && code > 0x40 ? String.fromCharCode(code + 0x20) : (text[start] as string);
    } else {
      if (skipStarts.has(code)) {
        skipped.lastIndex = at;
        const match = skipped.exec(text);
        if (match) {
          at += match[0].length;
          continue;
        }
      }
      const characters = clusterAt(text, at);
      at += characters.length;
      result = foldedCluster(characters) || foldedMark(text, start, characters);
    }
    if (result === '') continue;
    folded += result;
    if (places) {
      for (let unit = 0; unit < result.length; unit++) {
        places.starts.push(start);
        places.ends.push(at);
      }
    }
  }
  return folded;
}

/** A mark inside a number, or the minus before one; all other marks are nothing. */
function foldedMark(text: string, at: number, mark: string): string {
  const plain = mark.normalize('NFKC');
  const kept = inNumbers.get(plain);
  if (kept === undefined || !isDigit(text[at + mark.length])) return '';
  const before = text[at - 1];
  if (isDigit(before)) return kept;
  return minus.has(plain) && (before === undefined || /[\s(（:]/.test(before)) ? '-' : '';
}

/** Folds a whole text and notes the way back. */
export function fold(text: string): Folded {
  const places = { starts: [], ends: [] };
  return { text: foldInto(text, 0, text.length, places), ...places };
}

/** Whether a text may be cut here for folding in pieces without changing the result. */
export const mayCutAt = (text: string, at: number): boolean =>
  /[\n ]/.test(text[at - 1] ?? '') && !joining.test(text[at] ?? '') && text[at] !== '¶';

/** Scripts that separate words by spaces; a quote from these begins and ends at words. */
const spacedLetter =
  /(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{N}]/u;

/** Whether the words from `start` to before `end` stand there as words: not the end of another, not part of a number. */
export function isWhole(text: string, start: number, end: number): boolean {
  const before = text[start - 1] ?? '';
  const after = text[end] ?? '';
  const first = text[start] ?? '';
  const last = text[end - 1] ?? '';
  if (spacedLetter.test(before) && spacedLetter.test(first)) return false;
  if (spacedLetter.test(after) && spacedLetter.test(last)) return false;
  if (isDigit(first)) {
    if (inNumbers.has(before) && isDigit(text[start - 2])) return false;
    if (minus.has(before) && /[\s(（:]|^$/.test(text[start - 2] ?? '')) return false;
  }
  return !(isDigit(last) && inNumbers.has(after) && isDigit(text[end + 1]));
}
