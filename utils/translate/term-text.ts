/** How terms are compared: without what typography and the beginning of a sentence change. */

/** Scripts that write words without spaces between them. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
const hangul = /\p{Script=Hangul}/u;
const latin = /\p{Script=Latin}/u;
const inWord = /[\p{L}\p{N}\p{M}_]/u;

/**
 * One form of letters, one kind of apostrophe, one space wherever white space parts words, and one line feed wherever
 * it parts lines.
 */
export const plainTerm = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[’ʼ＇]/g, "'")
    .replace(/[\u00ad\u200b\u2060]/g, '')
    .replace(/\s+/g, (space) => (/[\n\r\u2028\u2029]/.test(space) ? '\n' : ' '));

/** In lower case, and lines run on; as many code units as before, so that places in it are places in the text. */
export function lowered(text: string): string {
  const line = text.replace(/\n/g, ' ');
  const lower = line.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(line, (character) => {
    const small = character.toLowerCase();
    return small.length === character.length ? small : character;
  }).join('');
}

/** What all spellings of one term have in common. */
export const foldedTerm = (source: string): string => lowered(plainTerm(source.trim()));

/** The character that ends before a place in a text, or begins at it; a space where there is none. */
function before(text: string, at: number): string {
  const one = text[at - 1] ?? ' ';
  return /[\udc00-\udfff]/.test(one) ? (text[at - 2] ?? '') + one : one;
}
const after = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0x20);

/** A letter of a script with spaces: beside a term it makes it a part of a longer word. */
const isPart = (character: string): boolean => inWord.test(character) && !unspaced.test(character);

/** What a term asks of the text around it. */
export interface Edges {
  /** No letter may stand before it, or after it. */
  start: boolean;
  end: boolean;
  /** English endings may follow. */
  endings: readonly string[];
}

/**
 * Edges of a term. Scripts without spaces have none, and Korean words are followed by particles at once. Endings are
 * those that English spelling gives the word: `cap` has `caps`, and no `capes`.
 */
export function edgesOf(source: string, wholeWord: boolean): Edges {
  const last = before(source, source.length);
  const end = wholeWord && isPart(last) && !hangul.test(last);
  const hisses = /(?:[sxz]|[cs]h)$/i.test(source);
  const plurals = hisses ? ["es'", 'es'] : /o$/i.test(source) ? ["es'", "s'", 'es', 's'] : ["s'", 's'];
  return {
    start: wholeWord && isPart(after(source, 0)),
    end,
    endings: end && latin.test(last) ? [...plurals, "'s", "'"] : [],
  };
}

/** Whether a term with these edges may begin at a place in a text. */
export const mayBegin = (text: string, at: number, { start }: Edges): boolean =>
  !start || !isPart(before(text, at));

/** Where a term that was found up to `at` ends, with its plural or possessive; undefined inside a longer word. */
export function endOf(text: string, at: number, { end, endings }: Edges): number | undefined {
  if (!end) return at;
  const here = text.slice(at, at + 3).toLowerCase();
  const ending = endings.find((some) => here.startsWith(some) && !isPart(after(text, at + some.length)));
  if (ending) return at + ending.length;
  return isPart(after(text, at)) ? undefined : at;
}

/** Characters before a word that are looked at to tell whether a sentence begins with it. */
const lookedBack = 12;
const sentenceEnd =
  /(?:^|\n|[.!?:;…。！？：；]['")\]»”’*_]*)\s*(?:(?:¶\d+|\[\d+\]|#+|\d+[.)])\s*)?['"([«“‘*_•–—-]*\s*$/u;

/** Whether a sentence, a heading or an item of a list begins at a place. */
export const isSentenceStart = (text: string, at: number): boolean =>
  sentenceEnd.test(at > lookedBack ? `x${text.slice(at - lookedBack, at)}` : text.slice(0, at));
