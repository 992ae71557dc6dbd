/** Questions about characters that decide how pieces of text are joined. */

const wide =
  /[\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Han, Kana and full-width characters, which are written without spaces between them. Hangul has spaces. */
export const isWide = (character: string | undefined) => character !== undefined && wide.test(character);

export const isRightToLeft = (text: string) => rightToLeft.test(text);

/** Characters without white space, in UTF-16 units: the measure of gaps. */
export const sizeOf = (text: string) => text.length - (text.match(/\s/g)?.length ?? 0);

/** The first and the last character as a code point, where half a surrogate pair would say nothing. */
export const firstCharacter = (text: string): string | undefined => {
  const code = text.codePointAt(0);
  return code === undefined ? undefined : String.fromCodePoint(code);
};
export const lastCharacter = (text: string): string | undefined => {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xdc00 && last <= 0xdfff ? text.slice(-2) : text.slice(-1) || undefined;
};

/**
 * The character that a glyph stands for, as it is typed: presentation forms of Arabic letters, of marks in vertical
 * writing and Latin ligatures (ﬁ) become letters and marks; what no text can carry becomes nothing. Other compatibility characters (², ①) keep their form.
 */
export function cleanGlyph(unicode: string): string {
  if (/^[ -~]$/.test(unicode)) return unicode;
  if (/[\ufb00-\ufdff\ufe10-\ufe1f\ufe31-\ufe4f\ufe70-\ufefc]/.test(unicode)) {
    const letters = unicode.normalize('NFKC');
    // Several letters in one glyph stand in the order of the eye, like glyphs, until their line is put in order.
    return isRightToLeft(letters) ? Array.from(letters).reverse().join('') : letters;
  }
  return unicode
    .replace(/[\t\n\r\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\p{Cc}\ufeff\ufffe\uffff]/gu, '')
    .toWellFormed();
}

/** Whether most of a text is characters of private use or of none, as when a font does not say what its glyphs mean. */
export function isGibberish(text: string): boolean {
  const letters = sizeOf(text);
  const unknown = text.match(/[\ue000-\uf8ff\ufffd]/g)?.length ?? 0;
  return letters > 0 && unknown > letters / 2;
}
