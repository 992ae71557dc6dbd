/** Text files as passages: to the letter, cut where a reader would pause. Linear, however long lines are. */

import type { PassageKind } from '../source';
import { markdownBlocks } from './markdown/blocks';
import { cutAtLines } from './text/lines';

/** A passage of a text file, without its last line end. */
export interface Chunk {
  text: string;
  /** The line on which it begins, from 1. */
  line: number;
  kind: PassageKind;
}

/** Characters at which a passage of code ends with the next function, with the next empty line, and with the next line. */
const [enough, much, most] = [800, 2_400, 3_600];

/** Line ends as `\n`. A lone `\r` ends lines only where nothing else does, as on old Macs. */
export function withLineFeeds(text: string): string {
  if (!text.includes('\r')) return text;
  return text.includes('\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\r', '\n');
}

export const countLines = (text: string): number => {
  let count = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
};

interface Block {
  start: number;
  end: number;
  line: number;
  lines: number;
  /** It begins at the margin, as functions do and what is inside them does not. */
  isTop: boolean;
}

/**
 * Code in pieces that give back the text when they are joined with `\n`; the last line end of the text is dropped.
 * They end before what begins at the margin, else at empty lines, else at line ends. Lines are never cut.
 */
export function codeChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let open: Block | undefined;
  const close = () => {
    if (open) chunks.push({ text: text.slice(open.start, open.end), line: open.line, kind: 'code' });
    open = undefined;
  };
  for (const block of blocksOf(text)) {
    const length = open ? open.end - open.start : 0;
    const together: number = length + block.end - block.start;
    if (open && (together > much || (length >= enough && block.isTop))) close();
    if (block.end - block.start > most) {
      close();
      for (const part of partsOf(text, block)) chunks.push({ ...part, kind: 'code' });
    } else if (open) open.end = block.end;
    else open = { ...block };
  }
  close();
  return chunks;
}

/** Lines up to and with the empty lines behind them. */
function* blocksOf(text: string): Generator<Block> {
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  let open: Block | undefined;
  let wasEmpty = false;
  let line = 1;
  for (let start = 0; start <= end && text !== ''; line++) {
    const found = text.indexOf('\n', start);
    const lineEnd = found === -1 ? end : Math.min(found, end);
    const isEmpty = isBlank(text, start, lineEnd);
    if (open && wasEmpty && !isEmpty) {
      yield open;
      open = undefined;
    }
    if (open) {
      open.end = lineEnd;
      open.lines++;
    } else open = { start, end: lineEnd, line, lines: 1, isTop: /[^\s)\]}]/.test(text[start] ?? '') };
    wasEmpty = isEmpty;
    start = lineEnd + 1;
  }
  if (open) yield open;
}

/** A block without empty lines, in parts of whole lines. */
function partsOf(text: string, block: Block): { text: string; line: number }[] {
  const parts: { text: string; line: number }[] = [];
  let { start, line } = block;
  let lines = 0;
  for (let at = start; at <= block.end; ) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? block.end : Math.min(found, block.end);
    if (at > start && end - start > much) {
      parts.push({ text: text.slice(start, at - 1), line });
      start = at;
      line += lines;
      lines = 0;
    }
    lines++;
    at = end + 1;
  }
  parts.push({ text: text.slice(start, block.end), line });
  return parts;
}

/** Looks at no more of a line than its indentation. */
function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 13 && code !== 12) return false;
  }
  return true;
}

/** A block of Markdown with more characters than this, a table or a listing of thousands of lines, is several passages. */
const longestBlock = 6_000;

/** Markdown in its blocks, to the letter. */
export function markdownChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  for (const { kind, ...block } of markdownBlocks(text))
    for (const { start, end, line } of cutAtLines(text, block, longestBlock))
      chunks.push({ text: text.slice(start, end), line, kind });
  return chunks;
}
