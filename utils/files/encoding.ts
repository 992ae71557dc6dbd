/**
 * Bytes of a text file -> text. What a file says of its encoding counts when it holds; else the encoding is found out:
 * byte order marks, valid UTF-8, zero bytes of UTF-16, escapes of ISO-2022-JP, and for old encodings which of them
 * makes the most plausible text (see `encoding/plausible.ts`).
 */

import { mostPlausible } from './encoding/plausible';

export interface DecodedText {
  text: string;
  /** As the encoding standard names it, in the letters in which people know it: `UTF-8`, `GB18030`, `Shift_JIS`. */
  encoding: string;
  /** Neither a mark in the bytes nor a declaration said so, and it is not UTF-8: the user may want to know. */
  isGuess: boolean;
  /** Places that are no text in this encoding; a replacement character stands in each. */
  damaged: number;
}

export interface DecodeOptions {
  /** What a server, a meta element or an XML declaration says. */
  declared?: string;
}

const names: Record<string, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  gb18030: 'GB18030',
  gbk: 'GBK',
  big5: 'Big5',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'euc-kr': 'EUC-KR',
  'iso-2022-jp': 'ISO-2022-JP',
  ibm866: 'IBM866',
  'koi8-r': 'KOI8-R',
  macintosh: 'Macintosh',
};

/** Decodes a text file whole. Linear in its length. Line ends and everything else stay as they are, the mark at the beginning goes. */
export function decodeText(bytes: Uint8Array, { declared }: DecodeOptions = {}): DecodedText {
  const marked = byMark(bytes);
  if (marked) return marked;
  const said = declared && decoderFor(declared);
  if (said && !isAscii(bytes)) {
    const text = said.decode(bytes);
    const damaged = damagedIn(text);
    // A declaration that is wrong shows at once; UTF-8 is never valid by chance.
    if (damaged === 0) {
      const utf8 = said.encoding === 'utf-8' ? text : validUtf8(bytes);
      return utf8 === undefined
        ? { text, encoding: nameOf(said.encoding), isGuess: false, damaged }
        : { text: utf8, encoding: 'UTF-8', isGuess: false, damaged };
    }
  }
  return byLooks(bytes);
}

function byLooks(bytes: Uint8Array): DecodedText {
  const wide = wideOrder(bytes);
  if (wide) return decodeAs(wide, bytes, true);
  if (hasJapaneseEscapes(bytes)) return decodeAs('iso-2022-jp', bytes, true);
  const utf8 = validUtf8(bytes);
  if (utf8 !== undefined) return { text: utf8, encoding: 'UTF-8', isGuess: false, damaged: 0 };
  const guess = mostPlausible(bytes);
  return decodeAs(guess, bytes, guess !== 'utf-8');
}

function decodeAs(encoding: string, bytes: Uint8Array, isGuess: boolean): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, encoding: nameOf(encoding), isGuess, damaged: damagedIn(text) };
}

const nameOf = (encoding: string): string => names[encoding] ?? encoding;

function decoderFor(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label.trim());
  } catch {
    return undefined;
  }
}

function byMark(bytes: Uint8Array): DecodedText | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0)
    return { text: decodeUtf32(bytes, true), encoding: 'UTF-32', isGuess: false, damaged: 0 };
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff)
    return { text: decodeUtf32(bytes, false), encoding: 'UTF-32', isGuess: false, damaged: 0 };
  if (first === 0xff && second === 0xfe) return decodeAs('utf-16le', bytes, false);
  if (first === 0xfe && second === 0xff) return decodeAs('utf-16be', bytes, false);
  if (first === 0xef && second === 0xbb && third === 0xbf) return decodeAs('utf-8', bytes, false);
  return undefined;
}

/** TextDecoder does not know it; some statistics programs write it. */
function decodeUtf32(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  let piece = '';
  for (let at = 4; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, isLittle);
    piece += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    if (piece.length > 65_536) {
      pieces.push(piece);
      piece = '';
    }
  }
  return pieces.join('') + piece;
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f || byte === 0) return false;
  return true;
}

/** The text when all of it is UTF-8; a letter that the end of the file cuts through does not make it anything else. */
function validUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function damagedIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
}

/** Bytes looked at to tell two-byte text without a mark. */
const wideSample = 65_536;

/** UTF-16 without a mark: spaces, digits and line ends have a zero on one side, and always the same. */
function wideOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const end = Math.min(bytes.length, wideSample) & ~1;
  let evenZeros = 0;
  let oddZeros = 0;
  let little = 0;
  let big = 0;
  for (let at = 0; at < end; at += 2) {
    const first = bytes[at] as number;
    const second = bytes[at + 1] as number;
    if (first === 0) evenZeros++;
    if (second === 0) oddZeros++;
    if (second === 0 && isWritten(first)) little++;
    if (first === 0 && isWritten(second)) big++;
  }
  // One pair in fifty: even text without spaces has line ends, commas or digits.
  const least = Math.max(1, end / 100);
  if (little >= least && little > evenZeros * 20 && little * 2 > oddZeros) return 'utf-16le';
  if (big >= least && big > oddZeros * 20 && big * 2 > evenZeros) return 'utf-16be';
  return undefined;
}

const isWritten = (byte: number): boolean =>
  byte >= 0x20 ? byte < 0x7f : byte === 9 || byte === 10 || byte === 13;

/** ISO-2022-JP is ASCII with escapes between which letters are pairs of bytes. */
function hasJapaneseEscapes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at !== -1; at = bytes.indexOf(0x1b, at + 1)) {
    const [sign, set] = [bytes[at + 1], bytes[at + 2]];
    if (sign === 0x24 && (set === 0x42 || set === 0x40)) return isSevenBit(bytes);
  }
  return false;
}

function isSevenBit(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}
