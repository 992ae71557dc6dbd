/** What happens to a file of the user, from the moment in which it is handed over until it is a source. */

import type { Slots } from '../browser/slots';
import type { MeasuredSource } from '../context/compose';
import { AppError } from '../errors';
import type { FileChoices } from '../source';
import { type FileStore, fileStore } from '../store/files';
import type { IntakeDoors } from './file-intake';
import type { Base } from './gathered-items';
import { readImage } from './images';
import { type FileReaders, fileReaders, type KeptFile, keepFile, readKept, typeOfFile } from './read-dropped';

export interface TakeFileOptions {
  /** What stays the same of its row; what becomes known of the file is written into it. */
  base: Base;
  /** Absent for what was kept before the panel was closed. */
  file?: File;
  signal: AbortSignal;
  password?: string;
  /** One after the other. */
  inOrder: Slots;
  copying: Slots;
  doors: IntakeDoors;
}

export interface FileWork {
  /** Takes one file: a picture goes with the question as it is, everything else is kept and read. */
  takeFile(options: TakeFileOptions): Promise<void>;
  /**
   * Reads the bytes that are kept of a source once more, otherwise than before.
   * @throws AppError file-gone and those of readers
   */
  readAgain(
    entry: MeasuredSource,
    choices: FileChoices,
    options?: { signal?: AbortSignal },
  ): Promise<MeasuredSource>;
}

export function createFileWork({
  store = fileStore,
  readers = fileReaders,
}: {
  store?: FileStore;
  readers?: FileReaders;
} = {}): FileWork {
  /** Its bytes, from now on also on the disk, where closing the panel does not take them from it. */
  const keep = async ({ base, file, signal, copying }: TakeFileOptions): Promise<KeptFile> => {
    const name = base.title ?? '';
    const hash = base.file?.hash;
    if (hash === undefined && file) {
      const free = await copying.take(signal);
      try {
        const kept = await keepFile(file, name, { store });
        base.file = { name, size: kept.bytes.size, ...base.file, hash: kept.hash };
        base.key = `file:${kept.hash}`;
        return kept;
      } finally {
        free();
      }
    }
    const record = await store.get(hash ?? '');
    if (!record) throw new AppError('file-gone', { name });
    const { id, bytes, size } = record;
    const type = await typeOfFile(bytes, name);
    base.file = { name, size, hash: id, ...(type && { type }) };
    return { hash: id, bytes };
  };

  return {
    async takeFile(options) {
      const { base, file, signal, doors, password } = options;
      if (doors.find(base.id)?.status !== 'queued') doors.put({ ...base, status: 'queued' });
      if (file && (await takePicture(options, file))) return;
      const kept = await keep(options);
      signal.throwIfAborted();
      // The list knows now under which name it is kept.
      doors.put({ ...base, status: 'queued' });
      const free = await doors.slots.take(signal);
      try {
        signal.throwIfAborted();
        doors.put({ ...base, status: 'reading' });
        const entry = await readKept(kept, base.title ?? '', {
          signal,
          password,
          onProgress: (progress) => signal.aborted || doors.put({ ...base, status: 'reading', progress }),
          readers,
        });
        if (!signal.aborted) await doors.arrive({ ...base, status: 'ready', entry });
      } finally {
        free();
      }
    },

    async readAgain({ source: { title, file } }, choices, { signal } = {}) {
      const record = file && (await store.get(file.hash));
      if (!record) throw new AppError('file-gone', { name: file?.name ?? title });
      return readKept({ hash: file.hash, bytes: record.bytes }, file.name, {
        choices: { ...file.choices, ...choices },
        signal,
        readers,
      });
    },
  };
}

/** A picture stands in the question as it is, in the order of dropping. False for what is none. */
async function takePicture({ base, signal, inOrder, doors }: TakeFileOptions, file: File): Promise<boolean> {
  const free = await inOrder.take(signal);
  try {
    const name = base.title ?? '';
    const type = await typeOfFile(file, name);
    base.file = { name, size: file.size, ...(type && { type }) };
    // What says that it is a picture, and is of no kind that is known, is told what pictures may be.
    const isPicture = type === 'picture' || (!type && file.type.startsWith('image/'));
    if (!isPicture) return false;
    const image = await readImage(file, name);
    if (!signal.aborted) doors.put({ ...base, kind: 'picture', status: 'picture', image });
    return true;
  } finally {
    free();
  }
}
