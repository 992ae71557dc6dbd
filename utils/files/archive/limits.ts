import { AppError } from '../../errors';

/**
 * How much may come out of an archive. What a file claims about itself counts for nothing: bytes are counted as they
 * come out.
 */
export interface ArchiveLimits {
  /**
   * Bytes that may come out of everything that is read. XML of 400 MB is a book of sixty million words or a sheet
   * that Excel could not hold; decoded it still fits into one string of a browser (512 MiB characters).
   */
  total: number;
  /** So many times its packed size may come out of an entry: deflate reaches 1,032, XML of real files 10 to 60. */
  ratio: number;
  /** Below so many bytes the ratio does not matter: small files of little variety are packed very tightly. */
  free: number;
  /** Archives inside archives: a mail in a zip in a zip. */
  depth: number;
  /** Entries of all archives together; the list of names alone takes a few hundred bytes for each. */
  entries: number;
}

export const archiveLimits: Readonly<ArchiveLimits> = {
  total: 400 * 2 ** 20,
  ratio: 200,
  free: 32 * 2 ** 20,
  depth: 3,
  entries: 250_000,
};

/** What is left of the limits, shared by an archive and the archives in it. */
export class ArchiveBudget {
  readonly limits: Readonly<ArchiveLimits>;
  private bytes = 0;
  private entries = 0;

  constructor(limits: Partial<ArchiveLimits> = {}) {
    this.limits = { ...archiveLimits, ...limits };
  }

  /** @throws AppError folder-too-large */
  takeEntries(count: number, name: string): void {
    this.entries += count;
    const limit = this.limits.entries;
    if (this.entries > limit) throw new AppError('folder-too-large', { name, files: this.entries, limit });
  }

  /**
   * Counts bytes that came out of an entry.
   * @param produced all bytes that have come out of it so far
   * @param packed its bytes in the archive
   * @throws AppError file-bomb
   */
  take(bytes: number, produced: number, packed: number, name: string): void {
    this.bytes += bytes;
    const { total, ratio, free } = this.limits;
    if (this.bytes > total) throw this.bomb(name, this.bytes);
    if (produced > free && produced > ratio * Math.max(packed, 1)) throw this.bomb(name, produced);
  }

  /**
   * Refuses an entry by what it claims to be, before any of it comes out. A claim is believed only when it is a
   * confession: one that is small says nothing.
   * @throws AppError file-bomb
   */
  refuse(claimed: number, packed: number, name: string): void {
    const { total, ratio, free } = this.limits;
    const isTooMuch = this.bytes + claimed > total;
    if (isTooMuch || (claimed > free && claimed > ratio * Math.max(packed, 1)))
      throw this.bomb(name, claimed);
  }

  private bomb(name: string, bytes: number): AppError {
    return new AppError('file-bomb', { name, megabytes: Math.max(1, Math.floor(bytes / 2 ** 20)) });
  }
}
