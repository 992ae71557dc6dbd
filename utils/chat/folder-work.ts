/** What happens to a folder of the user: planned by its names, then read as one source, or its files each for itself. */

import type { MeasuredSource } from '../context/compose';
import { AppError } from '../errors';
import { type ListedFile, planFolder } from '../files/folder-plan';
import { isIgnoreList, isUnwantedFolder } from '../files/git-ignored';
import { baseOfFile, type IntakeDoors, type PickedFile } from './file-intake';
import type { Base } from './gathered-items';
import { type FileReaders, readFolderWhole } from './read-dropped';

export interface TakeFolderOptions {
  base: Base;
  files: readonly PickedFile[];
  /** The places of its files in the order of picking, after its own. */
  places: readonly number[];
  signal: AbortSignal;
  /** Takes files as if they had been dropped. */
  add: (files: readonly (readonly [base: Base, file: File])[]) => void;
  doors: IntakeDoors;
}

type Part = ListedFile & { file: File };

/**
 * Reads what of a folder is one text, and hands on the files that are sources of their own. Its row goes where nothing
 * is left for it.
 * @throws AppError folder-too-large, file-nothing, those of readers
 */
export async function takeFolder(
  options: TakeFolderOptions,
  readers: FileReaders,
): Promise<MeasuredSource | undefined> {
  const { base, files, signal, doors } = options;
  const name = base.title ?? '';
  if (files.length === 0) throw new AppError(base.file?.size === 0 ? 'file-nothing' : 'file-gone', { name });
  const parts = files.map(
    ({ file, path = file.name }): Part => ({ path: belowTop(path), size: file.size, file }),
  );
  const { asOne, asFiles, ignored, tooMany } = planFolder(parts, await ignoreLists(parts));
  signal.throwIfAborted();
  if (tooMany) throw new AppError('folder-too-large', { name, ...tooMany });
  if (asOne.length + asFiles.length === 0) throw new AppError('file-nothing', { name });
  options.add(ownRows(asFiles, options.places));
  if (asOne.length === 0) {
    doors.take(base.id);
    return undefined;
  }
  const free = await doors.slots.take(signal);
  try {
    signal.throwIfAborted();
    const size = asOne.reduce((sum, part) => sum + part.size, 0);
    base.file = { name, size, type: 'folder' };
    doors.update({ ...base, status: 'reading' });
    const apart = asFiles.map(({ path, size: own }) => ({ path, size: own }));
    return await readFolderWhole(
      name,
      { files: asOne.map(({ path, file }) => ({ path, file })), ignored, apart },
      {
        signal,
        readers,
        onProgress: (progress) => signal.aborted || doors.update({ ...base, status: 'reading', progress }),
      },
    );
  } finally {
    free();
  }
}

/** The path without the name of the folder, with which it begins. */
const belowTop = (path: string) => path.slice(path.indexOf('/') + 1);

/** The texts of all `.gitignore` files, but of those in folders that are never looked into. */
async function ignoreLists(parts: readonly Part[]): Promise<{ path: string; text: string }[]> {
  const lists = parts.filter(({ path }) => isIgnoreList(path) && !path.split('/').some(isUnwantedFolder));
  return Promise.all(
    lists.map(async ({ path, file }) => ({ path, text: await file.text().catch(() => '') })),
  );
}

/** Files that become sources of their own, by their names; where two have the same, by their paths. */
function ownRows(files: readonly Part[], places: readonly number[]): (readonly [Base, File])[] {
  const counts = new Map<string, number>();
  for (const { file } of files) counts.set(file.name, (counts.get(file.name) ?? 0) + 1);
  return files.map(({ path, size, file }, index) => {
    const name = (counts.get(file.name) ?? 0) > 1 ? path : file.name;
    return [baseOfFile(name, size, places[index]), file];
  });
}
