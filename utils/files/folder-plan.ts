/**
 * What a dropped folder becomes, decided by names and sizes alone, before anything is read: one source with its tree
 * on top, files of their own, or both. Light enough for the panel; a zip archive is planned the same way.
 */

import { languageOfName } from './code-languages';
import { type IgnoredFiles, withoutIgnored } from './git-ignored';
import { fileKinds } from './kinds';
import type { FileFamily, FileKind } from './types';

/** A file of a folder as its listing says. `path` is below the folder, with `/` between the names. */
export interface ListedFile {
  path: string;
  /** Bytes. */
  size: number;
}

export interface FolderPlan<File extends ListedFile> {
  /** Read together as one source with the tree on top: hand them to the reader of folders. */
  asOne: File[];
  /** Each becomes a source of its own, as if it had been dropped by itself; in the order of the folder. */
  asFiles: File[];
  ignored: IgnoredFiles;
  /** Set when there are more files than are read, those that are ignored not counted; then nothing is to be read. */
  tooMany?: { files: number; limit: number };
}

/** Files of one folder that are read; as many entries as an archive may have. */
export const mostFiles = 10_000;
/** Documents beside a program that become sources of their own; of more it is certain that nobody wants so many rows. */
const mostBeside = 100;

/**
 * Plans a folder. `lists` are the texts of its `.gitignore` files, which hold for the folders that they are in.
 * Linear in the number of files: a folder that is ignored is not looked into.
 */
export function planFolder<File extends ListedFile>(
  files: readonly File[],
  lists: readonly { path: string; text: string }[] = [],
): FolderPlan<File> {
  const { kept, ignored } = withoutIgnored(files, lists);
  if (kept.length > mostFiles)
    return { asOne: [], asFiles: [], ignored, tooMany: { files: kept.length, limit: mostFiles } };
  kept.sort((a, b) => byTree(a.path, b.path));
  const isOwn = ownFiles(
    kept,
    files.some(({ path }) => marksProgram.test(path)),
  );
  return { asOne: kept.filter((file) => !isOwn(file)), asFiles: kept.filter(isOwn), ignored };
}

/** What stands on top of the folder of a program. */
const marksProgram =
  /^(\.git\/|\.gitignore$|package\.json$|pyproject\.toml$|setup\.py$|requirements\.txt$|Cargo\.toml$|go\.mod$|pom\.xml$|build\.gradle|CMakeLists\.txt$|Makefile$|Gemfile$|composer\.json$|[^/]+\.(sln|xcodeproj\/))/;

/** Which files become sources of their own. */
function ownFiles<File extends ListedFile>(
  files: readonly File[],
  isMarked: boolean,
): (file: File) => boolean {
  const count: Record<Family, number> = {
    program: 0,
    text: 0,
    document: 0,
    table: 0,
    archive: 0,
    picture: 0,
    other: 0,
  };
  for (const { path } of files) count[familyOf(path)]++;
  const documents = count.document + count.table + count.archive;
  const isDocument = ({ path }: File) => familyOf(path) === 'document';
  // A program with its manual, its icons and its tables of data: the text is one source.
  if (isMarked || (count.program > 0 && count.program >= documents))
    return count.document > mostBeside ? () => false : isDocument;
  // Pictures are what a folder of scans is about, and only belong to notes that are written in Markdown.
  const hasNotes = files.some(({ path }) => /\.(md|markdown|mdx|html?|tex)$/i.test(path));
  const pictures = hasNotes ? 0 : count.picture;
  // Résumés, invoices: each is asked about by its name, and so is whatever lies among them.
  if (documents + pictures > 0 && documents + pictures >= count.text + count.program) return () => true;
  // Hundreds of notes or messages belong together; the documents among them have places of their own to cite.
  return ({ path }) => ['document', 'table', 'archive'].includes(familyOf(path));
}

/** `other`: of a kind that is not read, as far as its name tells. */
type Family = 'program' | 'text' | 'document' | 'table' | 'archive' | 'picture' | 'other';

const familyOfKind: Partial<Record<FileFamily, Family>> = {
  pdf: 'document',
  document: 'document',
  slides: 'document',
  book: 'document',
  sheet: 'document',
  picture: 'picture',
  mail: 'text',
  code: 'program',
  text: 'text',
  folder: 'archive',
};
const kindOfEnding = new Map<string, FileKind>(
  fileKinds.flatMap((kind: FileKind) => kind.extensions.map((ending) => [ending, kind] as const)),
);
const picture = /\.(png|jpe?g|jfif|webp|gif|heic|heif|avif|bmp|tiff?)$/i;
/** Documents that are not read: a row of their own says so, and what to do. */
const closed = /\.(doc|dot|ppt|pps|pages|numbers|wps|wpd|mobi|azw3?|djvu|fb2|xps|vsdx?|msg|et|dps|one)$/i;

function familyOf(path: string): Family {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const kind = name.includes('.')
    ? kindOfEnding.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase())
    : undefined;
  // A page of a folder is a text among texts: programs and notes have them, and nobody drops fifty by themselves.
  if (kind?.id === 'html') return 'text';
  if (kind?.id === 'table') return 'table';
  if (kind) return familyOfKind[kind.family] ?? 'other';
  if (picture.test(name)) return 'picture';
  if (closed.test(name)) return 'document';
  const language = languageOfName(name);
  if (language) return language.isProgram ? 'program' : 'text';
  return name.includes('.') ? 'other' : 'text';
}

/** Whether its name says that a file is a program. */
export const isProgramName = (path: string): boolean => familyOf(path) === 'program';

/** The order of a tree: what a folder holds stands together, its files before its folders. */
export function byTree(a: string, b: string): number {
  const [ones, others] = [a.split('/'), b.split('/')];
  for (let depth = 0; ; depth++) {
    const [one, other] = [ones[depth], others[depth]];
    if (one === undefined || other === undefined) return ones.length - others.length;
    if (one === other) continue;
    const isFile = depth === ones.length - 1;
    if (isFile !== (depth === others.length - 1)) return isFile ? -1 : 1;
    return names.compare(one, other) || (one < other ? -1 : 1);
  }
}

/** `chapter-2` before `chapter-10`, whatever language the computer speaks. */
const names = new Intl.Collator('en', { numeric: true });
