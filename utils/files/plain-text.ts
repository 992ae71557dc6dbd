/** Telling text in any encoding from bytes that are none. */

/** Characters that say what a text is: everything that declares a kind stands here. */
const openingSize = 2_048;

/**
 * Whether bytes are text: in UTF-8, in UTF-16 with or without its mark, or in an encoding in which letters have the
 * upper half of the bytes, as GBK, Shift-JIS and the Western ones. Control characters are what text does not have.
 */
export function isText(bytes: Uint8Array): boolean {
  if (wideOf(bytes)) return true;
  let controls = 0;
  for (const byte of bytes) if (isControl[byte]) controls++;
  return controls <= bytes.length / 400;
}

/** Bytes that no text has, but for tab, line feed, form feed, carriage return and escape, which encodings switch with. */
const isControl = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 9 || byte === 11 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127 ? 1 : 0,
);

/** UTF-16 is told by its mark, or by the zeros that Latin letters, line ends and spaces have in it on one side. */
function wideOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  let lowZeros = 0;
  let highZeros = 0;
  let others = 0;
  const length = Math.min(bytes.length, 1 << 20) & ~1;
  for (let at = 0; at < length; at += 2) {
    const [low = 0, high = 0] = [bytes[at], bytes[at + 1]];
    if (low === 0) lowZeros++;
    if (high === 0) highZeros++;
    if ((low === 0 && isControl[high]) || (high === 0 && isControl[low])) others++;
  }
  const pairs = length / 2;
  if (pairs < 2 || others > pairs / 400) return undefined;
  if (highZeros > pairs / 20 && lowZeros < highZeros / 50) return 'utf-16le';
  return lowZeros > pairs / 20 && highZeros < lowZeros / 50 ? 'utf-16be' : undefined;
}

/** The beginning of a text, as far as its markup is readable in any encoding; white space before it is gone. */
export function opening(bytes: Uint8Array): string {
  const wide = wideOf(bytes);
  const head = bytes.subarray(0, openingSize * (wide ? 2 : 1));
  return new TextDecoder(wide ?? 'windows-1252')
    .decode(head)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
}

/** Whether a text begins as a page of the web does. */
export const isHtml = (start: string): boolean =>
  /^(<\?xml[^>]*\?>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype\s+html|<html|<head[\s>]|<body[\s>])/i.test(start);
