/** What lies in a zip archive, by the list at its end, without unpacking anything. */

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 &&
  bytes[1] === 0x4b &&
  ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/** Entries that are looked at: what says of an Office file that it is one is among its first. */
const mostNames = 20_000;

/** The paths in the archive, or undefined where its list cannot be found (APPNOTE 4.3.12, 4.3.16). */
export function zipNames(bytes: Uint8Array): string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The end record is 22 bytes, and a comment of up to 65,535 bytes may follow it.
  const first = Math.max(0, bytes.length - 22 - 65_535);
  for (let at = bytes.length - 22; at >= first; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const names = namesFrom(bytes, view, view.getUint32(at + 16, true));
    if (names.length > 0 || view.getUint16(at + 10, true) === 0) return names;
  }
  return undefined;
}

function namesFrom(bytes: Uint8Array, view: DataView, start: number): string[] {
  const decoder = new TextDecoder();
  const names: string[] = [];
  for (let at = start; at + 46 <= bytes.length && names.length < mostNames; ) {
    if (view.getUint32(at, true) !== 0x02014b50) break;
    const length = view.getUint16(at + 28, true);
    names.push(decoder.decode(bytes.subarray(at + 46, at + 46 + length)).replaceAll('\\', '/'));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}

/** What the archive says it is: EPUB and OpenDocument begin with an entry `mimetype` that is not packed. */
export function zipType(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 38 || view.getUint16(8, true) !== 0) return '';
  const length = view.getUint16(26, true);
  const start = 30 + length + view.getUint16(28, true);
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  return text(30, 30 + length) === 'mimetype'
    ? text(start, start + Math.min(100, view.getUint32(18, true)))
    : '';
}
