import { breathe } from './slices';

/** Code units that are encoded at once. A browser takes some milliseconds for them, where the text is no plain Latin. */
const slice = 2 ** 18;

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;

/**
 * A text in UTF-8. A long one is encoded in slices, with a turn of the event loop before each: a book at once would hold
 * the page for as long as a person notices.
 */
export async function bytesOf(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  if (text.length <= slice) return encoder.encode(text);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let start = 0; start < text.length; ) {
    await breathe();
    let end = Math.min(text.length, start + slice);
    // A pair of code units is one character; what stands alone stays alone.
    if (end < text.length && isHigh(text.charCodeAt(end - 1))) end++;
    const piece = encoder.encode(text.slice(start, end));
    pieces.push(piece);
    length += piece.length;
    start = end;
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
