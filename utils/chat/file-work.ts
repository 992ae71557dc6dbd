/** What happens to a file of the user, from the moment in which it is handed over until it is a source. */

import type { ReadLinkOptions } from '../browser/read-link';
import type { Slots } from '../browser/slots';
import type { MeasuredSource } from '../context/compose';
import { AppError } from '../errors';
import type { FileChoices, Source } from '../source';
import { type FileStore, fileStore } from '../store/files';
import { readPictureFile } from './convert-picture';
import type { IntakeDoors } from './file-intake';
import { type TakeFolderOptions, takeFolder } from './folder-work';
import type { Base } from './gathered-items';
import {
  type FileReaders,
  fileReaders,
  type KeptFile,
  keepFile,
  measured,
  readKept,
  typeOfFile,
} from './read-dropped';

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
  takeFolder(options: TakeFolderOptions): Promise<void>;
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
  link = async (url, options) => (await import('../browser/read-link')).readLink(url, options),
}: {
  store?: FileStore;
  readers?: FileReaders;
  link?: (url: string, options: Pick<ReadLinkOptions, 'choices' | 'signal'>) => Promise<Source>;
} = {}): FileWork {
  /** What is being read, by draft and hash, and what becomes of it. */
  const underWay = new Map<string, Promise<MeasuredSource | undefined>>();

  /** Its bytes, from now on also on the disk, where closing the panel does not take them from it. */
  const keep = async ({ base, file, signal, copying }: TakeFileOptions): Promise<KeptFile> => {
    const name = base.title ?? '';
    const hash = base.file?.hash;
    if (hash === undefined && file) {
      const free = await copying.take(signal);
      try {
        const kept = await keepFile(file, name, { store });
        base.file = { name, size: kept.bytes.size, ...base.file, hash: kept.hash };
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

  /** What was read of these bytes before, for this chat or its next question. */
  const readBefore = async ({ base, doors }: TakeFileOptions, hash: string) =>
    doors.sources(base.id).find(({ source }) => source.file?.hash === hash) ??
    (await store.attachedFrom(doors.draftOf(base.id), hash));

  /** Something that is the same as what is there already is one more way by which that came. */
  const arriveAs = async ({ base, signal, doors }: TakeFileOptions, entry: MeasuredSource) => {
    if (signal.aborted) return;
    const { title = entry.source.title } = base;
    const { file } = entry.source;
    // Whichever of the two is first in the order gives its name.
    const own = entry.source.kind === 'file' && file ? { title, file: { ...file, name: title } } : {};
    const named = { ...entry, source: { ...entry.source, ...own } };
    await doors.arrive({ ...base, key: `${base.key} ${base.place}`, status: 'ready', entry: named });
  };

  const read = async (options: TakeFileOptions, kept: KeptFile): Promise<MeasuredSource | undefined> => {
    const { base, signal, doors, password } = options;
    doors.update({ ...base, status: 'queued' });
    const free = await doors.slots.take(signal);
    try {
      signal.throwIfAborted();
      doors.update({ ...base, status: 'reading' });
      const entry = await readKept(kept, base.title ?? '', {
        signal,
        password,
        onProgress: (progress) => signal.aborted || doors.update({ ...base, status: 'reading', progress }),
        readers,
      });
      if (signal.aborted) return undefined;
      await doors.arrive({ ...base, status: 'ready', entry });
      return entry;
    } finally {
      free();
    }
  };

  return {
    async takeFile(options) {
      const { base, file, signal, doors } = options;
      if (doors.find(base.id)?.status !== 'queued') doors.update({ ...base, status: 'queued' });
      if (file && (await takePicture(options, file))) return;
      const kept = await keep(options);
      signal.throwIfAborted();
      base.key = `file:${kept.hash}`;
      const name = `${doors.draftOf(base.id)} ${kept.hash}`;
      // One that was dropped twice at once waits for the first; where that comes to nothing, it is read itself.
      for (let first = underWay.get(name); first; first = underWay.get(name)) {
        const entry = await first.catch(() => undefined);
        signal.throwIfAborted();
        if (entry) return arriveAs(options, entry);
      }
      const work = (async () => {
        const entry = await readBefore(options, kept.hash);
        signal.throwIfAborted();
        if (!entry) return read(options, kept);
        // It was attached when the panel was closed, before the list could say so.
        if (file) await arriveAs(options, entry);
        else doors.take(base.id);
        return entry;
      })();
      underWay.set(name, work);
      try {
        await work;
      } finally {
        if (underWay.get(name) === work) underWay.delete(name);
      }
    },

    async takeFolder(options) {
      const { base, signal, doors } = options;
      const entry = await takeFolder(options, readers);
      if (entry && !signal.aborted) await doors.arrive({ ...base, status: 'ready', entry });
    },

    async readAgain({ source: { kind, title, url, file } }, choices, { signal } = {}) {
      const all = { ...file?.choices, ...choices };
      const record = file && (await store.get(file.hash));
      // Of what a search found no bytes are kept.
      if (!record && url) return measured(await link(url, { choices: all, signal }));
      if (!record) throw new AppError('file-gone', { name: file?.name ?? title });
      const kept = { hash: file.hash, bytes: record.bytes };
      const { source, ...measure } = await readKept(kept, file.name, { choices: all, signal, readers });
      return { source: { ...source, kind, title, ...(url && { url }) }, ...measure };
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
    const image = await readPictureFile(file, name);
    if (!signal.aborted) doors.put({ ...base, kind: 'picture', status: 'picture', image });
    return true;
  } finally {
    free();
  }
}
