/** Raised and lowered text, so that 10⁶ does not become 106 and 1st does not become 1^st. */

const ordinal = /^(?:st|nd|rd|th|er|ers|re|ère|e|ème|eme|o|os|a|as|º|ª|r|ra|te|de)$/i;
const trademark = /^(?:tm|sm|™|℠|®|©)$/i;
/** Characters that Unicode has as subscripts. NFKC, which searches apply, makes plain digits of them again. */
const lowered: Record<string, string> = {
  '+': '₊',
  '-': '₋',
  '−': '₋',
  '=': '₌',
};

/** The form of `<sup>` text. `before` is what stands before it: a number, a variable, a word. */
export function superscript(text: string, before: string): string {
  if (text === '' || trademark.test(text)) return text;
  const isAfterNumber = /\d[\s.]?$/.test(before);
  if (/^[\d+\-−–.,]+$/.test(text)) return `^${text}`;
  if (/^\p{L}+$/u.test(text)) {
    if (isAfterNumber && ordinal.test(text)) return text;
    const isAfterVariable = isAfterNumber || /(?:^|[^\p{L}])\p{L}$|[)\]]$/u.test(before);
    if (text.length === 1 && isAfterVariable) return `^${text}`;
    return text.length > 3 ? ` ${text}` : text;
  }
  if (/^[^\p{L}\d]+$/u.test(text)) return text;
  return /\s/.test(text) && !/[+\-−/=*]/.test(text) ? ` ${text}` : `^(${text})`;
}

/** The form of `<sub>` text: H₂O, log₂, x_i, a_(ij+1). */
export function subscript(text: string): string {
  if (text === '') return '';
  if (/^[\d+\-−=]+$/.test(text))
    return text.replace(/[\d+\-−=]/g, (sign) => lowered[sign] ?? String.fromCodePoint(0x2080 + Number(sign)));
  if (/\s/.test(text) && text.length > 12) return ` ${text}`;
  return /^[\p{L}\p{N}]+$/u.test(text) ? `_${text}` : `_(${text})`;
}
