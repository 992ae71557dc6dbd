/** Messages of a mailbox file (RFC 4155), by its lines. Works on bytes: every message has encodings of its own. */

const newline = 10;
const from = [70, 114, 111, 109, 32]; // `From `

const startsWithFrom = (bytes: Uint8Array, at: number): boolean =>
  from.every((code, index) => bytes[at + index] === code);

/** Whether a file holds messages one after the other. */
export const isMailbox = (bytes: Uint8Array): boolean => startsWithFrom(bytes, 0);

/** Bytes of a line that begins a message: an address and a date. */
const longestStart = 400;

/**
 * The messages, without the lines that begin them. A line counts as such when it has a date and nothing or an empty
 * line before it: what only looks like one in a text stays where it is.
 */
export function splitMailbox(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const starts: { line: number; body: number }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(newline, at);
    const next = end === -1 ? bytes.length : end + 1;
    if (
      startsWithFrom(bytes, at) &&
      isAfterGap(bytes, at) &&
      hasDate(bytes.subarray(at, Math.min(next, at + longestStart)))
    )
      starts.push({ line: at, body: next });
    at = next;
  }
  const messages = starts.map(({ body }, index) =>
    bytes.slice(body, starts[index + 1]?.line ?? bytes.length),
  );
  return messages.map(withoutEscapes);
}

function isAfterGap(bytes: Uint8Array, at: number): boolean {
  if (at === 0) return true;
  const before = bytes[at - 2] === 13 ? at - 3 : at - 2;
  return bytes[at - 1] === newline && (before < 0 || bytes[before] === newline);
}

const hasDate = (line: Uint8Array): boolean =>
  /\d{1,2}:\d{2}|\b(19|20)\d{2}\b/.test(String.fromCharCode(...line));

/** Lines that began with `From ` have a `>` in front in a mailbox, and those that had one have two. */
function withoutEscapes(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const escapes: number[] = [];
  for (let at = bytes.indexOf(62); at !== -1; at = bytes.indexOf(62, at + 1)) {
    if (at > 0 && bytes[at - 1] !== newline) continue;
    let end = at;
    while (bytes[end] === 62) end++;
    if (startsWithFrom(bytes, end)) escapes.push(at);
    at = end - 1;
  }
  if (escapes.length === 0) return bytes;
  const clean = new Uint8Array(bytes.length - escapes.length);
  let from = 0;
  let to = 0;
  for (const until of [...escapes, bytes.length]) {
    clean.set(bytes.subarray(from, until), to);
    to += until - from;
    from = until + 1;
  }
  return clean;
}
