/** Zip archives: files that are sent together. They are read like a folder, with the documents that lie in them. */

import { AppError } from '../errors';
import { ArchiveBudget, openArchive } from './archive';
import { safely } from './archive/safely';
import { decodeText } from './encoding';
import { readFolder } from './folder';
import { byTree, planFolder } from './folder-plan';
import { isIgnoreList } from './git-ignored';
import type { FileContext, FileReading } from './types';

/**
 * Reads an archive as one source. Paths do not name a folder that holds everything.
 * @throws AppError folder-too-large, file-bomb, file-locked when everything in it is locked
 */
export async function readArchive(
  bytes: Uint8Array<ArrayBuffer>,
  context: FileContext,
): Promise<FileReading> {
  const { name, signal } = context;
  const budget = context.budget ?? new ArchiveBudget();
  const archive = openArchive(bytes, { name, signal, budget });
  const entries = archive.entries.filter(({ isDirectory }) => !isDirectory);
  if (entries.length === 0) throw new AppError('file-nothing', { name });
  if (entries.every(({ isEncrypted }) => isEncrypted)) throw new AppError('file-locked', { name });
  const top = commonFolder(entries.map(({ path }) => path));
  const files = entries.map((entry) => ({ path: entry.path.slice(top.length), size: entry.size, entry }));
  const lists = files
    .filter(({ path, size }) => isIgnoreList(path) && size < largestList)
    .flatMap(({ path, entry }) => {
      const list = safely(() => archive.read(entry.path));
      return list ? { path, text: decodeText(list).text } : [];
    });
  const { asOne, asFiles, ignored, tooMany } = planFolder(files, lists);
  if (tooMany) throw new AppError('folder-too-large', { name, ...tooMany });
  const all = [...asOne, ...asFiles].sort((a, b) => byTree(a.path, b.path));
  return readFolder(
    all.map(({ path, size, entry }) => ({
      path,
      size,
      async bytes() {
        const content = archive.read(entry.path);
        if (!content) throw new AppError('file-broken', { name: path });
        return content;
      },
    })),
    {
      ...context,
      budget,
      ignored,
      documents: new Set([...asFiles, ...asOne.filter(isArchive)].map(({ path }) => path)),
    },
  );
}

const isArchive = ({ path }: { path: string }) => /\.zip$/i.test(path);

/** Bytes of a `.gitignore`; what is larger is none. */
const largestList = 2 ** 20;

/** The folder that all files lie in, with its `/`, as programs pack it. Empty where there is none. */
function commonFolder(paths: readonly string[]): string {
  const [first = ''] = paths;
  const folder = first.slice(0, first.indexOf('/') + 1);
  return folder !== '' && paths.every((path) => path.startsWith(folder)) ? folder : '';
}
