/**
 * Zip archives, which is what most documents are inside. Only what is asked for is unpacked, in small pieces that
 * are counted as they come out; what a file says about its sizes is never trusted. An archive is never written to a disk.
 */

import { Inflate } from 'fflate';
import { AppError } from '../errors';
import { checksumOf } from './archive/checksum';
import { isCompound, isEncryptedCompound } from './archive/compound';
import { type DirectoryEntry, packedBytes, readDirectory } from './archive/directory';
import { ArchiveBudget, type ArchiveLimits } from './archive/limits';
import { safePath } from './archive/names';
import { decodeMarkup } from './markup';

export { ArchiveBudget, type ArchiveLimits, archiveLimits } from './archive/limits';

export interface ArchiveEntry {
  /** Below the archive, with `/` between its parts; unique in the archive. */
  path: string;
  /** The bytes that it claims to be; may be a lie. */
  size: number;
  isDirectory: boolean;
  isEncrypted: boolean;
  /** Its name is not as it is written: it led out of the archive, or stood there twice. */
  isRenamed: boolean;
}

export interface Archive {
  /** In the order of the archive. */
  entries: readonly ArchiveEntry[];
  /** Names that stand in it more than once; the second entry of `a.txt` has the path `a (2).txt`. */
  duplicates: readonly string[];
  has(path: string): boolean;
  /**
   * The bytes of an entry, undefined where there is none. Letters of the path may be large or small.
   * @throws AppError file-bomb, file-locked, file-broken
   */
  read(path: string): Uint8Array<ArrayBuffer> | undefined;
  /** The same as it comes out, so that it need not be in memory twice. */
  chunks(path: string): Generator<Uint8Array<ArrayBuffer>>;
  /** An entry as text, by its byte order mark or the declaration of XML, else as UTF-8. */
  text(path: string): string | undefined;
}

export interface ArchiveOptions {
  /** Its name, for messages. */
  name: string;
  signal?: AbortSignal;
  limits?: Partial<ArchiveLimits>;
  /** Of the archive or mail that this one was found in. */
  budget?: ArchiveBudget;
}

/** Packed bytes that are handed on at once. At the utmost about a thousand times as many come out. */
const step = 8 * 1024;

/**
 * Opens an archive and reads its list of entries.
 * @throws AppError file-empty, file-locked (also for Office files with a password, which are no archives at all),
 * file-broken, folder-too-large
 */
export function openArchive(bytes: Uint8Array, { name, signal, limits, budget }: ArchiveOptions): Archive {
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  if (isCompound(bytes)) {
    // Office wraps a locked document into the container of its old formats.
    throw new AppError(isEncryptedCompound(bytes) ? 'file-locked' : 'file-broken', { name });
  }
  const counted = budget ?? new ArchiveBudget(limits);
  const found = readDirectory(bytes, name, (count) => counted.takeEntries(count, name));
  const { entries, duplicates, byPath } = listOf(found);
  /** What has come out of each entry, so that reading it twice counts once. */
  const taken = new Map<DirectoryEntry, number>();

  function find(path: string): DirectoryEntry | undefined {
    const clean = safePath(path);
    return byPath.get(clean) ?? byPath.get(clean.toLowerCase());
  }

  function* unpack(entry: DirectoryEntry): Generator<Uint8Array<ArrayBuffer>> {
    if (entry.isEncrypted) throw new AppError('file-locked', { name });
    const packed = packedBytes(bytes, entry);
    if (!packed || (entry.method !== 0 && entry.method !== 8)) throw new AppError('file-broken', { name });
    if (!taken.has(entry)) counted.refuse(entry.size, packed.length, name);
    let produced = 0;
    let checksum = 0;
    for (const piece of entry.method === 0 ? [new Uint8Array(packed)] : inflated(packed, name)) {
      signal?.throwIfAborted();
      const before = produced;
      produced += piece.length;
      const counts = Math.max(0, produced - Math.max(before, taken.get(entry) ?? 0));
      if (counts > 0) taken.set(entry, produced);
      counted.take(counts, produced, packed.length, name);
      checksum = checksumOf(piece, checksum);
      yield piece;
    }
    if (checksum !== entry.checksum) throw new AppError('file-broken', { name });
  }

  return {
    entries,
    duplicates,
    has: (path) => find(path) !== undefined,
    *chunks(path) {
      const entry = find(path);
      if (entry) yield* unpack(entry);
    },
    read(path) {
      const entry = find(path);
      return entry && joined([...unpack(entry)]);
    },
    text(path) {
      const entry = find(path);
      return entry && decodeMarkup(unpack(entry));
    },
  };
}

function listOf(found: DirectoryEntry[]) {
  const entries: ArchiveEntry[] = [];
  const duplicates = new Set<string>();
  const byPath = new Map<string, DirectoryEntry>();
  /** How often a name has been met: the next number is known without counting again. */
  const counts = new Map<string, number>();
  for (const entry of found) {
    const clean = safePath(entry.name);
    if (clean === '') continue;
    let path = clean;
    while (byPath.has(path) && !entry.isDirectory) {
      duplicates.add(clean);
      const count = (counts.get(clean) ?? 1) + 1;
      counts.set(clean, count);
      path = numbered(clean, count);
    }
    if (!byPath.has(path)) byPath.set(path, entry);
    entries.push({
      path,
      size: entry.size,
      isDirectory: entry.isDirectory,
      isEncrypted: entry.isEncrypted,
      isRenamed: path !== (entry.isDirectory ? entry.name.replace(/\/$/, '') : entry.name),
    });
  }
  for (const [path, entry] of [...byPath]) {
    const small = path.toLowerCase();
    if (!byPath.has(small)) byPath.set(small, entry);
  }
  return { entries, duplicates: [...duplicates], byPath };
}

const numbered = (path: string, count: number) => path.replace(/(\.[^./]*)?$/, ` (${count})$1`);

/** What comes out of packed bytes, piece by piece. */
function* inflated(packed: Uint8Array, name: string): Generator<Uint8Array<ArrayBuffer>> {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  const inflate = new Inflate((piece) => {
    if (piece.length > 0) pieces.push(piece as Uint8Array<ArrayBuffer>);
  });
  for (let at = 0; at === 0 || at < packed.length; at += step) {
    const end = Math.min(at + step, packed.length);
    try {
      inflate.push(packed.subarray(at, end), end === packed.length);
    } catch (error) {
      throw new AppError('file-broken', { name }, error);
    }
    const ready = pieces;
    pieces = [];
    yield* ready;
  }
}

function joined(pieces: Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
