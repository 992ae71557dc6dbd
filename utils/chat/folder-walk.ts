/** A folder as it was dropped: its files with their paths. */

import type { PickedFile } from './file-intake';

export interface WalkOptions {
  signal?: AbortSignal;
  /** Called with the files found so far. */
  onProgress?: (files: number) => void;
}

/**
 * Every file below a folder, each with its path, which begins with the name of the folder. What the system lists and
 * does not hand over is in it all the same: its reading fails, and the row says so.
 */
export async function filesBelow(
  folder: FileSystemDirectoryEntry,
  { signal, onProgress }: WalkOptions = {},
): Promise<PickedFile[]> {
  const found: PickedFile[] = [];
  // The nearest folder first, in the order in which the system lists them; a link to a folder above is never followed
  // by the browser.
  const waiting: { entry: FileSystemDirectoryEntry; path: string }[] = [{ entry: folder, path: folder.name }];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { path } = next;
    const reader = next.entry.createReader();
    // A browser gives so many entries at a time, and an empty list at the end.
    for (;;) {
      signal?.throwIfAborted();
      const batch = await new Promise<FileSystemEntry[]>((resolve) =>
        reader.readEntries(resolve, () => resolve([])),
      );
      if (batch.length === 0) break;
      for (const entry of batch)
        if (entry.isDirectory)
          waiting.push({ entry: entry as FileSystemDirectoryEntry, path: `${path}/${entry.name}` });
      const files = batch.filter((entry) => entry.isFile);
      const read = await Promise.all(files.map((entry) => fileOf(entry as FileSystemFileEntry)));
      for (const file of read) found.push({ file, path: `${path}/${file.name}` });
      onProgress?.(found.length);
    }
  }
  return found;
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve) => entry.file(resolve, (error) => resolve(new UnreadFile(entry.name, error))));

/** A file that the system names and does not give. */
class UnreadFile extends File {
  readonly #why: unknown;
  constructor(name: string, why: unknown) {
    super([], name);
    this.#why = why;
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.reject(this.#why);
  }
  override stream(): ReturnType<File['stream']> {
    throw this.#why;
  }
}

/** Files that an input for folders gives, by the folders that they are in; one input may give several. */
export function byFolder(files: readonly File[]): [name: string, files: PickedFile[]][] {
  const picked = files.map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  return [...Map.groupBy(picked, ({ path }) => path.split('/', 1)[0] ?? '')];
}
