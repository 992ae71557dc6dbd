/** How many bytes of XML may stand before the end of its declaration. */
const declarationLength = 256;

/**
 * XML, or other text of a package, as a string: by its byte order mark, by the zero bytes of UTF-16, by its
 * declaration, else as UTF-8. Bytes that mean nothing in it become U+FFFD. Takes one piece of bytes or several.
 */
export function decodeMarkup(bytes: Uint8Array | Iterable<Uint8Array>): string {
  const pieces: string[] = [];
  let decoder: TextDecoder | undefined;
  for (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
    if (piece.length === 0) continue;
    decoder ??= new TextDecoder(encodingOf(piece));
    pieces.push(decoder.decode(piece, { stream: true }));
  }
  if (decoder) pieces.push(decoder.decode());
  return pieces.join('');
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  if (first === 0x3c && second === 0) return 'utf-16le';
  const head = String.fromCharCode(...bytes.subarray(0, declarationLength));
  const label = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
  // What could be read up to here is no UTF-16, whatever it says.
  if (!label || /^(?:utf-?16|ucs-?2|iso-10646-ucs-2)/i.test(label)) return 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return 'utf-8';
  }
}
