/**
 * What is searched for, as patterns that run over texts as they are. Nothing is folded or copied, so that hundreds of
 * megabytes can be gone through and every hit lies where it stands.
 */

/** Characters that make no difference: accents set apart, soft hyphens, and what has no width. */
const ignorable = /[\p{Mn}\u00ad\u200b-\u200d\u2060\ufeff]/u;
const anyIgnorable = '[\\p{Mn}\\u00ad\\u200b-\\u200d\\u2060\\ufeff]*';

/** Scripts that are written without spaces: one that stands there all the same (a line of a PDF ended) does not part words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Signs that people type in one way and texts have in several. */
const alike = ["'’‘ʼ＇", '"“”„«»＂', '-‐‑‒–—−－', '~～〜'];

/** What fonts draw as one character: texts taken from PDFs are full of them. */
const ligatures: [string, string][] = [
  ['ffi', 'ﬃ'],
  ['ffl', 'ﬄ'],
  ['ff', 'ﬀ'],
  ['fi', 'ﬁ'],
  ['fl', 'ﬂ'],
];

/**
 * One pattern for each thing that has to be found: words, or what stands between quotation marks. Case, width of
 * characters, accents where none was typed, kinds of spaces and of quotation marks make no difference. Empty when
 * there is nothing to search for.
 */
export function termsOf(query: string): RegExp[] {
  const folded = foldWidth(query.normalize('NFC'));
  const words = [...folded.matchAll(/["“”„「『«]([^"“”„「」『』«»]+)["“”」』»]|(\S+)/gu)].map(
    ([, phrase, word]) => phrase ?? word ?? '',
  );
  const patterns = words.flatMap((word) => patternOf(word.trim()) || []);
  return [...new Set(patterns)].map((pattern) => new RegExp(pattern, 'giu'));
}

/** Full-width letters and signs, half-width Kana and ligatures as what they stand for; all else as it is. */
const foldWidth = (text: string): string =>
  text.replace(/[\ufb00-\ufb06\uff01-\uffee]+/g, (run) => run.normalize('NFKC')).replaceAll('\u3000', ' ');

function patternOf(word: string): string {
  const characters = [...word].filter((character) => !ignorable.test(character));
  let pattern = '';
  for (let index = 0; index < characters.length; ) {
    const character = characters[index] as string;
    if (/\s/.test(character)) {
      pattern += '\\s+';
      while (/\s/.test(characters[index] ?? '')) index++;
      continue;
    }
    const before = characters[index - 1];
    // Spaces do not part what is written without them, nor such writing from letters beside it.
    const joins = before !== undefined && !/\s/.test(before);
    if (joins && (unspaced.test(before) || unspaced.test(character))) pattern += '\\s*';
    const rest = characters
      .slice(index, index + 3)
      .join('')
      .toLowerCase();
    const [letters, ligature] = ligatures.find(([start]) => rest.startsWith(start)) ?? ['', ''];
    if (ligature) {
      pattern += `(?:${[...letters].map(oneOf).join('')}|${ligature}${anyIgnorable})`;
      index += letters.length;
    } else {
      pattern += oneOf(character);
      index++;
    }
  }
  return pattern;
}

/** A pattern for one character in all the ways in which it is written. */
function oneOf(character: string): string {
  const composed = [character, ...(accented().get(character.toLowerCase()) ?? [])];
  const kin = alike.find((signs) => signs.includes(character));
  const code = character.codePointAt(0) ?? 0;
  const wide = code > 0x20 && code < 0x7f ? String.fromCodePoint(code + 0xfee0) : '';
  const set = [...composed, ...(kin ?? ''), wide, halfWidth().get(character) ?? ''].join('');
  const decomposed = character.normalize('NFD');
  const parts = [`[${[...new Set(set)].map(escaped).join('')}]`];
  if (decomposed !== character) {
    const pieces = [...decomposed];
    parts.push(pieces.map(escaped).join(''));
    const narrow = pieces.map((piece) => halfWidth().get(piece) ?? '').join('');
    if (narrow.length === pieces.length) parts.push([...narrow].map(escaped).join(''));
  }
  return (parts.length > 1 ? `(?:${parts.join('|')})` : parts.join('')) + anyIgnorable;
}

/** As a code point, so that no character is a sign of the pattern language. */
const escaped = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Letters with accents by the letter without. */
const accented = once(() => {
  const found = new Map<string, string[]>();
  for (const [from, to] of [
    [0xc0, 0x24f],
    [0x1e00, 0x1eff],
  ] as const) {
    for (let code = from; code <= to; code++) {
      const letter = String.fromCharCode(code);
      const [base = ''] = letter.normalize('NFD');
      if (base === letter || letter !== letter.toLowerCase() || !/[a-z]/.test(base)) continue;
      found.set(base, [...(found.get(base) ?? []), letter]);
    }
  }
  return found;
});

/** Half-width forms of Kana and Hangul, and of the marks that make a voiced sound of one, by the full-width form. */
const halfWidth = once(() => {
  const found = new Map([
    ['\u3099', '\uff9e'],
    ['\u309a', '\uff9f'],
  ]);
  for (let code = 0xff61; code < 0xffdd; code++) {
    const narrow = String.fromCharCode(code);
    const wide = narrow.normalize('NFKC');
    if (wide !== narrow && !found.has(wide)) found.set(wide, narrow);
  }
  return found;
});

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
