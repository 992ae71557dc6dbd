/** Mail that says nothing of its encoding, as old programs write it, in the encoding that it has. */

import { decodeText } from '../encoding';

/**
 * The message in UTF-8 where its bytes are of another encoding and it does not say which. Of a message whose parts say
 * theirs, only the headers.
 */
export function inUtf8(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const end = endOfHeaders(bytes);
  if (!isUtf8(bytes)) {
    const isSaid = /charset\s*=/i.test(new TextDecoder('windows-1252').decode(bytes));
    if (!isSaid) return encoded(bytes);
  }
  const headers = bytes.subarray(0, end);
  if (isUtf8(headers)) return bytes;
  const clean = encoded(headers);
  const whole = new Uint8Array(clean.length + bytes.length - end);
  whole.set(clean);
  whole.set(bytes.subarray(end), clean.length);
  return whole;
}

const encoded = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(decodeText(bytes).text);

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Where the empty line after the headers begins. */
function endOfHeaders(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    const next = bytes[at + 1] === 13 ? at + 2 : at + 1;
    if (bytes[next] === 10) return at + 1;
  }
  return bytes.length;
}
