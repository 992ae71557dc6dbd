import { AppError } from '../../errors';
import { decodeNames } from './names';

/** An entry as the central directory describes it; nothing of it is to be trusted. */
export interface DirectoryEntry {
  /** As it is written in the archive. */
  name: string;
  method: number;
  checksum: number;
  packed: number;
  /** Bytes that it claims to be. */
  size: number;
  isEncrypted: boolean;
  isDirectory: boolean;
  /** Where its local header begins. */
  offset: number;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locatorSignature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;

interface Directory {
  offset: number;
  size: number;
  /** Bytes that stand before the archive: programs that unpack themselves, mail headers. */
  shift: number;
}

/**
 * The entries of a zip archive, by its central directory. Reads only this, however large the file.
 * @param limit more entries than this are refused by `onCount`, before they are read
 * @throws AppError file-broken where there is no directory, or it ends early
 */
export function readDirectory(
  bytes: Uint8Array,
  name: string,
  onCount: (count: number) => void,
): DirectoryEntry[] {
  const broken = () => new AppError('file-broken', { name });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = findDirectory(view);
  if (!directory) throw broken();
  const entries: (DirectoryEntry & { raw: Uint8Array; isUtf8: boolean; unicode?: string })[] = [];
  let at = directory.offset;
  const end = Math.min(at + directory.size, view.byteLength);
  while (at + 46 <= end && view.getUint32(at, true) === entrySignature) {
    const flags = view.getUint16(at + 8, true);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > view.byteLength) throw broken();
    const raw = bytes.subarray(at + 46, at + 46 + nameLength);
    const extra = readExtra(view, at + 46 + nameLength, extraLength, {
      size: view.getUint32(at + 24, true),
      packed: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    entries.push({
      name: '',
      raw,
      isUtf8: (flags & 0x800) !== 0,
      unicode: extra.unicode,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed: extra.packed,
      size: extra.size,
      isEncrypted: (flags & 1) !== 0,
      isDirectory: raw.at(-1) === 0x2f,
      offset: extra.offset + directory.shift,
    });
    onCount(1);
    at = next;
  }
  // An archive that holds nothing is not damaged; one whose list cannot be read is.
  if (entries.length === 0 && directory.size > 0) throw broken();
  const names = decodeNames(entries.map(({ raw, isUtf8, unicode }) => ({ raw, isUtf8, unicode })));
  return entries.map(({ raw: _, isUtf8: __, unicode: ___, ...entry }, index) => ({
    ...entry,
    name: names[index] ?? '',
  }));
}

function findDirectory(view: DataView): Directory | undefined {
  const last = view.byteLength - endLength;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    const size = view.getUint32(at + 12, true);
    const offset = view.getUint32(at + 16, true);
    const large = findLarge(view, at);
    if (large) return large;
    // The directory stands right before its end; where it says that it is may be off by what stands before the archive.
    const start = at - size;
    if (start < 0) continue;
    const isThere = size === 0 || view.getUint32(start, true) === entrySignature;
    if (isThere) return { offset: start, size, shift: start - offset };
    if (offset + 4 <= at && view.getUint32(offset, true) === entrySignature)
      return { offset, size: Math.min(size, at - offset), shift: 0 };
  }
  return undefined;
}

/** The directory of a zip64 archive, whose sizes and counts may be larger than four bytes hold. */
function findLarge(view: DataView, end: number): Directory | undefined {
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== locatorSignature) return undefined;
  const said = Number(view.getBigUint64(locator + 8, true));
  // With something before the archive the record is where it ends, not where it says.
  for (const at of [said, locator - 56]) {
    if (at < 0 || at + 56 > view.byteLength || view.getUint32(at, true) !== end64Signature) continue;
    const size = Number(view.getBigUint64(at + 40, true));
    const offset = Number(view.getBigUint64(at + 48, true));
    const start = at - size;
    if (start >= 0 && start + 4 <= view.byteLength && view.getUint32(start, true) === entrySignature)
      return { offset: start, size, shift: start - offset };
    if (offset + 4 <= view.byteLength) return { offset, size, shift: 0 };
  }
  return undefined;
}

interface Extra {
  size: number;
  packed: number;
  offset: number;
  unicode?: string;
}

/** The large numbers of zip64 and the name in Unicode, where an entry has them. */
function readExtra(view: DataView, start: number, length: number, known: Extra): Extra {
  const result = { ...known };
  for (let at = start; at + 4 <= start + length; ) {
    const id = view.getUint16(at, true);
    const fieldEnd = at + 4 + view.getUint16(at + 2, true);
    if (fieldEnd > start + length) break;
    if (id === 0x0001) {
      let value = at + 4;
      for (const key of ['size', 'packed', 'offset'] as const) {
        if (known[key] !== 0xffffffff || value + 8 > fieldEnd) continue;
        result[key] = Number(view.getBigUint64(value, true));
        value += 8;
      }
    } else if (id === 0x7075 && fieldEnd - at > 9 && view.getUint8(at + 4) === 1) {
      const bytes = new Uint8Array(view.buffer, view.byteOffset + at + 9, fieldEnd - at - 9);
      result.unicode = new TextDecoder().decode(bytes);
    }
    at = fieldEnd;
  }
  return result;
}

/**
 * The packed bytes of an entry; undefined where its local header is not there or its bytes are not all there.
 */
export function packedBytes(bytes: Uint8Array, entry: DirectoryEntry): Uint8Array | undefined {
  const { offset, packed } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!(offset >= 0) || offset + 30 > view.byteLength || view.getUint32(offset, true) !== localSignature)
    return undefined;
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  return start + packed <= bytes.length ? bytes.subarray(start, start + packed) : undefined;
}
