/** Which files of a folder are left out: those that its `.gitignore` files name, as git does it, and what nobody reads. */

import ignore, { type Ignore } from 'ignore';

/** Folders of version control and of what programs download, make or remember for themselves. */
const unwantedFolders = new Set(
  [
    ['.git', '.svn', '.hg', '.jj', 'CVS', '__MACOSX', '$RECYCLE.BIN', 'System Volume Information'],
    ['node_modules', 'bower_components', '__pycache__', '.venv', '.tox', '.mypy_cache', '.pytest_cache'],
    ['.ruff_cache', '.ipynb_checkpoints', '.gradle', '.terraform', '.next', '.nuxt', '.svelte-kit', '.turbo'],
    ['.parcel-cache', '.yarn', '.pnpm-store', '.Trash', '.Trashes', '.Spotlight-V100', '.fseventsd', '.idea'],
    ['.vs', '.obsidian', '.dart_tool', '.eggs', '.cache'],
  ].flat(),
);
/** What systems and office programs leave beside the files of people, and lists that package managers write. */
const unwantedFile =
  /^(\.DS_Store|\._.*|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r|~\$.*|\.~lock\..*#|\.localized|.*\.(js|mjs|cjs|css)\.map|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|composer\.lock|Gemfile\.lock|Podfile\.lock|pubspec\.lock|mix\.lock|flake\.lock|go\.sum)$/i;

/** What is left out; `names` are the highest folders and files that are, folders with a `/` behind. */
export interface IgnoredFiles {
  files: number;
  names: string[];
}

/** Whether the text of this file must be known before a folder can be planned. */
export const isIgnoreList = (path: string): boolean => /(^|\/)\.gitignore$/.test(path);

/** Whether a folder of this name is never looked into, whatever is in it. */
export const isUnwantedFolder = (name: string): boolean => unwantedFolders.has(name);

interface Folder<File> {
  /** With a `/` behind; empty for the folder itself. */
  path: string;
  folders: Map<string, Folder<File>>;
  files: { name: string; file: File }[];
}

/** Folders inside folders that are told apart; systems allow paths of 4,096 bytes. */
const deepestLevel = 200;

/** A list with the folder that it holds for. */
interface List {
  base: string;
  rules: Ignore;
}

/** Linear in the number of files: a folder that is left out is counted and not looked into. */
export function withoutIgnored<File extends { path: string }>(
  files: readonly File[],
  lists: readonly { path: string; text: string }[],
): { kept: File[]; ignored: IgnoredFiles } {
  const byFolder = new Map(
    lists.map(({ path, text }) => [path.slice(0, path.lastIndexOf('/') + 1), text] as const),
  );
  const kept: File[] = [];
  const ignored: IgnoredFiles = { files: 0, names: [] };
  const stack: { folder: Folder<File>; rules: List[] }[] = [{ folder: treeOf(files), rules: [] }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { folder } = next;
    const text = byFolder.get(folder.path);
    // The nearest list has the last word.
    const rules =
      text === undefined ? next.rules : [{ base: folder.path, rules: listOf(text) }, ...next.rules];
    for (const { name, file } of folder.files) {
      const isTooDeep = name.includes('/');
      if (isTooDeep || !(unwantedFile.test(name) || isIgnored(rules, folder.path + name))) kept.push(file);
      else {
        ignored.files++;
        ignored.names.push(folder.path + name);
      }
    }
    for (const [name, inner] of folder.folders) {
      if (isUnwantedFolder(name) || isIgnored(rules, inner.path)) {
        ignored.files += countFiles(inner);
        ignored.names.push(inner.path);
        continue;
      }
      // A list that ignores this folder was overruled by a nearer one: it says nothing about what is inside.
      const holding = rules.filter(({ base, rules: one }) => !one.ignores(inner.path.slice(base.length)));
      stack.push({ folder: inner, rules: holding.length === rules.length ? rules : holding });
    }
  }
  return { kept, ignored };
}

function isIgnored(rules: readonly List[], path: string): boolean {
  for (const { base, rules: one } of rules) {
    const { ignored, unignored } = one.test(path.slice(base.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** Git tells small letters from large ones unless a computer cannot. */
const listOf = (text: string): Ignore =>
  ignore({ ignorecase: false, allowRelativePaths: true }).add(
    text
      .replace(/^\ufeff/, '')
      .split(/\r?\n/)
      .filter((rule) => !isCostly(rule)),
  );

/** Rules become regular expressions; with many stars in a name they would try all ways to divide a path between them. */
const isCostly = (rule: string): boolean =>
  rule.length > 1_000 ||
  (rule.match(/\*\*+/g)?.length ?? 0) > 3 ||
  rule.split('/').some((name) => (name.match(/\*+/g)?.length ?? 0) > 3);

function treeOf<File extends { path: string }>(files: readonly File[]): Folder<File> {
  const top: Folder<File> = { path: '', folders: new Map(), files: [] };
  for (const file of files) {
    const names = file.path.split('/');
    // Below the deepest level the rest of a path is one name: an archive can invent paths of any depth.
    const name = names.splice(Math.min(names.length - 1, deepestLevel)).join('/');
    let folder = top;
    for (const part of names) {
      let inner = folder.folders.get(part);
      if (!inner) {
        inner = { path: `${folder.path}${part}/`, folders: new Map(), files: [] };
        folder.folders.set(part, inner);
      }
      folder = inner;
    }
    folder.files.push({ name, file });
  }
  return top;
}

function countFiles(folder: Folder<unknown>): number {
  let count = 0;
  const stack = [folder];
  for (let next = stack.pop(); next; next = stack.pop()) {
    count += next.files.length;
    for (const inner of next.folders.values()) stack.push(inner);
  }
  return count;
}
