/** The tree of a folder as text: what there is, how large, and what was not read and why. */

import type { Passage } from '../../source';
import { fenced } from '../file-reading';
import { byTree } from '../folder-plan';

export interface TreeEntry {
  /** Below the folder; of a folder that is not looked into, with a `/` behind. */
  path: string;
  /** Bytes; absent where nobody counted. */
  size?: number;
  /** What happened to it, where it was not read as usual. */
  remark?: string;
}

/** Lines of a tree in one passage: few enough to be cited. */
const mostLines = 120;

/** The tree in passages, in its own order. */
export function treePassages(name: string, entries: readonly TreeEntry[]): Passage[] {
  const sorted = [...entries].sort((a, b) => byTree(a.path, b.path));
  const lines: string[] = [`${oneLine(name)}/`];
  let open: string[] = [];
  for (const { path, size, remark } of sorted) {
    const isFolder = path.endsWith('/');
    const names = (isFolder ? path.slice(0, -1) : path).split('/');
    const last = names.pop() ?? '';
    let same = 0;
    while (same < names.length && names[same] === open[same]) same++;
    for (let depth = same; depth < names.length; depth++)
      lines.push(`${indent(depth)}${oneLine(names[depth] ?? '')}/`);
    open = names;
    const said = [size === undefined ? '' : sizeText(size), remark ?? ''].filter(Boolean).join(', ');
    lines.push(`${indent(names.length)}${oneLine(last)}${isFolder ? '/' : ''}${said ? ` (${said})` : ''}`);
  }
  const passages: Passage[] = [];
  for (let at = 0; at < lines.length; at += mostLines)
    passages.push({ text: fenced(lines.slice(at, at + mostLines).join('\n')), kind: 'code' });
  return passages;
}

/** Folders deeper than this are told by their names and not by their indentation. */
const deepestIndent = 40;
const indent = (depth: number) => '  '.repeat(Math.min(depth + 1, deepestIndent));

/** A name may hold anything, also line ends. */
export const oneLine = (name: string): string => name.replace(/[\s\u0085]+/g, ' ');

export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB'];
  let value = bytes / 1_000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ${units[unit]}`;
}
