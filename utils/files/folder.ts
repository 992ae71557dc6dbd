import { AppError } from '../errors';
import type { FileNote, Gap, Passage } from '../source';
import { documentReading } from './document/reading';
import { namesSample } from './file-reading';
import { readPart } from './folder/part';
import { oneLine, type TreeEntry, treePassages } from './folder/tree';
import { isProgramName, type ListedFile } from './folder-plan';
import { addGaps } from './gaps';
import type { IgnoredFiles } from './git-ignored';
import { insideContext, mergedNotes, type Unread } from './inside';
import type { FileContext, FileReading } from './types';

/** A file of a folder, by its path below it. */
export interface FolderFile {
  path: string;
  /** Bytes. */
  size: number;
  bytes: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** `name` is that of the folder. The rest is what `planFolder` says of files that are not among those to be read. */
export interface FolderContext extends FileContext {
  ignored?: IgnoredFiles;
  /** Files that are sources of their own; the tree names them. */
  apart?: readonly ListedFile[];
  /** Files that are read as documents and not as texts, by their paths: in archives nothing is a source of its own. */
  documents?: ReadonlySet<string>;
}

/**
 * Reads what `planFolder` says is to be read as one: the tree of the folder, then every file with its path, in the
 * order given. What is no text, too large or damaged is named and does not stop the rest.
 * @throws AppError file-nothing when there is no text in any of them, file-too-large when there is far too much
 */
export type ReadFolder = (files: readonly FolderFile[], context: FolderContext) => Promise<FileReading>;

/** Bytes of one file of text: twice the longest novel. What is larger is data or a record of machines. */
const largestPart = 8 * 2 ** 20;
/** Bytes of all texts together: twelve million tokens, more than any model takes. */
const largestWhole = 48 * 2 ** 20;

/** Why a file was not read, as the tree says it; undefined where there is nothing to miss. */
const remarks: Record<Unread, string> = {
  picture: 'not read: picture',
  kind: 'not read: no text',
  empty: 'empty',
  blank: 'no text in it',
  locked: 'not read: locked',
  broken: 'not read: damaged',
  deep: 'not read: too deep inside',
  large: 'not read: too large',
};

export async function readFolder(files: readonly FolderFile[], context: FolderContext): Promise<FileReading> {
  const { name, signal, onProgress, ignored, apart = [], documents } = context;
  const inside = insideContext(context);
  const passages: Passage[] = [];
  const gaps: Gap[] = [];
  const notes: FileNote[] = [];
  const tree: TreeEntry[] = [];
  const unread: Record<'binary-files' | 'unread-files', string[]> = {
    'binary-files': [],
    'unread-files': [],
  };
  let read = 0;
  /** Of all files; not known where some of them have none. */
  let lines: number | undefined = 0;
  let length = 0;
  let large = 0;
  const miss = (path: string, size: number, why: Unread) => {
    if (why === 'large') large = Math.max(large, size);
    tree.push({ path, size, remark: remarks[why] });
    if (why === 'picture' || why === 'kind') unread['binary-files'].push(path);
    else if (why !== 'empty' && why !== 'blank') unread['unread-files'].push(path);
  };
  const isProgram = files.some(({ path }) => isProgramName(path));
  for (const [index, { path, size, bytes }] of files.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ done: index, total: files.length, unit: 'files' });
    const isDocument = documents?.has(path) || (!isProgram && isPage(path));
    const isTooLarge = size > largestPart && !isDocument;
    const content = isTooLarge ? undefined : await bytesOf(bytes);
    // What an archive says of its files may be a lie.
    if (content === undefined || (content.length > largestPart && !isDocument)) {
      miss(path, content?.length ?? size, isTooLarge || content ? 'large' : 'broken');
      continue;
    }
    const part = await readPart(content, path, { isDocument, context: inside });
    if ('why' in part) {
      miss(path, size, part.why);
      continue;
    }
    read++;
    lines = lines === undefined || part.lines === undefined ? undefined : lines + part.lines;
    length += part.passages.reduce((sum, { text }) => sum + text.length, 0);
    if (length > largestWhole) throw tooLarge(name, sizeOf(files), largestWhole);
    tree.push({ path, size });
    passages.push({ text: `## ${oneLine(path)}`, kind: 'heading', place: { path } });
    for (const passage of part.passages) passages.push(passage);
    addGaps(gaps, part.gaps);
    notes.push(...part.notes);
  }
  onProgress?.({ done: files.length, total: files.length, unit: 'files' });
  if (read === 0 && large > 0) throw tooLarge(name, large, largestPart);
  if (read === 0) throw new AppError('file-nothing', { name });
  for (const { path, size } of apart) tree.push({ path, size, remark: 'a source of its own' });
  for (const path of ignored?.names ?? []) tree.push({ path, remark: 'left out' });
  for (const why of ['binary-files', 'unread-files'] as const)
    addGaps(gaps, [{ why, size: unread[why].length, sample: namesSample(unread[why]) }]);
  if (ignored)
    addGaps(gaps, [{ why: 'ignored-files', size: ignored.files, sample: namesSample(ignored.names) }]);
  return documentReading({
    name,
    passages: [...treePassages(name, tree), ...passages],
    gaps,
    notes: mergedNotes(notes),
    units: { files: read, ...(lines ? { lines } : {}) },
  });
}

/** A page is the text of a program where there is one, and else what it says. */
const isPage = (path: string) => /\.x?html?$/i.test(path);

/** A file that has gone since the folder was dropped does not stop the others. */
async function bytesOf(read: FolderFile['bytes']): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code !== 'file-bomb') return undefined;
    throw error;
  }
}

const sizeOf = (files: readonly FolderFile[]) => files.reduce((sum, { size }) => sum + size, 0);

/** Never says that something as large as the limit is too large. */
function tooLarge(name: string, bytes: number, limit: number): AppError {
  const [megabytes, most] = [Math.round(bytes / 2 ** 20), limit / 2 ** 20];
  return new AppError('file-too-large', { name, megabytes: Math.max(megabytes, most + 1), limit: most });
}
