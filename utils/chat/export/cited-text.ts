/** The text of an answer for use elsewhere: citations become links to their passages, nothing loads by itself. */

import {
  type CheckedMark,
  checkCitations,
  findQuote,
  indexOf,
  passageAddress,
  plainPassage,
} from '../../citations';
import { answerParts } from '../../compare';
import type { Source } from '../../source';
import { inParentheses } from './addresses';
import { comparisonIn, comparisonMarkdown, writtenComparison } from './comparison-text';

/** A place in a source that an answer names. */
export interface CitedPlace {
  source: Source;
  paragraph: number;
  /** The words of the passage without marks of Markdown. */
  words: string;
  /** Leads to the words on the page; undefined for what has no address on the web. */
  address?: string;
}

export interface CitedText {
  text: string;
  places: CitedPlace[];
  /** A long source is still being looked through; see `watchChecks`. */
  isPending: boolean;
}

interface Range {
  start: number;
  end: number;
}

/**
 * Markdown of an answer with working citations. `sources` in the order of their numbers; `missing` is what stands
 * behind a citation that leads nowhere, or whose quotation is not there. Code stays as it is.
 */
export function citedText(text: string, sources: Source[], missing: string): CitedText {
  const cited: CitedText = { text: '', places: [], isPending: false };
  const parts = answerParts(text).map(({ text: part, comparison }) => {
    if (comparison !== undefined) return linkComparison(comparison, sources, cited) || part;
    let linked = '';
    for (const { text: piece, isCode } of splitFences(part)) {
      if (isCode) linked += piece;
      else for (const block of splitBlocks(piece)) linked += linkBlock(block, sources, missing, cited);
    }
    return linked;
  });
  cited.text = parts.join('\n');
  return cited;
}

/** A comparison as a table whose citations lead to their passages. */
function linkComparison(block: string, sources: Source[], cited: CitedText): string {
  const written = writtenComparison(comparisonIn(block, sources), sources);
  if (written.isPending) cited.isPending = true;
  for (const { cells } of written.rows) {
    for (const [place, { paragraph, address }] of cells.entries()) {
      const source = written.columns[place]?.source;
      const passage = source && paragraph !== undefined ? indexOf(source).passage(paragraph) : undefined;
      if (!source || paragraph === undefined || passage === undefined) continue;
      cited.places.push({ source, paragraph, words: plainPassage(passage), ...(address ? { address } : {}) });
    }
  }
  return comparisonMarkdown(written, sources.length, true);
}

/**
 * Models make links of citations, which lead wherever the model says. What such a link says stays; its citation leads
 * to the passage.
 */
function withoutOwnLinks(block: string): string {
  const code = codeRanges(block);
  return block.replace(
    /\[([^[\]\n]{0,500}¶[^[\]\n]{0,500})\]\([^\s)]{0,4000}(?:\s[^)]{0,400})?\)/g,
    (whole, words: string, at: number) => (isIn(code, at) ? whole : words),
  );
}

function linkBlock(written: string, sources: Source[], missing: string, cited: CitedText): string {
  const block = withoutOwnLinks(written);
  const code = codeRanges(block);
  const links = [...block.matchAll(/\]\([^\s)]{0,4000}(?:\s[^)]{0,400})?\)/g)].map(({ index, 0: whole }) => ({
    start: index,
    end: index + whole.length,
  }));
  let linked = '';
  let last = 0;
  for (const mark of checkCitations(block, sources, { isQuotation: /^\s*>/.test(block) })) {
    if (isIn(code, mark.start) || isIn(links, mark.start)) continue;
    linked += harmless(block, last, mark.start, code);
    last = mark.end;
    if (mark.verdict.state === 'pending') cited.isPending = true;
    const places = mark.verdict.state === 'missing' ? [] : placesOf(mark, sources[mark.document - 1]);
    const [place] = places;
    cited.places.push(...places);
    if (!place) linked += `~~${mark.mark}~~ (${missing})`;
    else linked += place.address ? `[${mark.mark}](${place.address})` : mark.mark;
  }
  return linked + harmless(block, last, block.length, code);
}

/** Tells a cited passage from every other. */
export const citedKey = ({ source, paragraph }: CitedPlace): string => `${source.id} ${paragraph}`;

/** The passages that a citation names: one, or those of a run. */
export function placesOf(
  mark: Pick<CheckedMark, 'paragraph' | 'last' | 'verdict'>,
  source: Source | undefined,
): CitedPlace[] {
  const { paragraph, last = paragraph, verdict } = mark;
  const places: CitedPlace[] = [];
  for (let number = paragraph; source && number <= last; number++) {
    const passage = indexOf(source).passage(number);
    if (passage === undefined) continue;
    const words = plainPassage(passage);
    const quoted = 'words' in verdict ? verdict.words : [];
    const span = quoted.flatMap((quote) => findQuote(words, quote) ?? [])[0];
    const page = source.segments.find((segment) => segment.number === number)?.page;
    const isOnWeb = /^https?:/i.test(source.url ?? '');
    const address = isOnWeb ? inParentheses(passageAddress(source, { passage, page, span })) : undefined;
    places.push({ source, paragraph: number, words, ...(address ? { address } : {}) });
  }
  return places;
}

/** Whether a place lies in one of these ranges, which stand in their order. */
function isIn(ranges: Range[], place: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle] as Range;
    if (place < range.start) high = middle - 1;
    else if (place >= range.end) low = middle + 1;
    else return true;
  }
  return false;
}

/** Pictures that would be fetched become links, and markup becomes the text that the panel shows. */
function harmless(block: string, from: number, to: number, code: Range[]): string {
  return block
    .slice(from, to)
    .replace(/!(?=\[)|<(?=[a-z/!?])/gi, (sign, at: number) => (isIn(code, from + at) ? sign : `\\${sign}`));
}

/** Fenced code and what stands between. */
function splitFences(text: string): { text: string; isCode: boolean }[] {
  const pieces: { text: string; isCode: boolean }[] = [];
  let fence: string | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const mark = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
    const closes = fence !== undefined && mark?.startsWith(fence) && /^[ \t>]*[`~]+\s*$/.test(line);
    const isCode = fence !== undefined || mark !== undefined;
    const before = pieces.at(-1);
    if (before?.isCode === isCode) before.text += line;
    else pieces.push({ text: line, isCode });
    if (fence === undefined) fence = mark;
    else if (closes) fence = undefined;
  }
  return pieces;
}

/** Blocks as quotations are looked for in: paragraphs, headings, single items of a list, rows of a table. */
const splitBlocks = (text: string) =>
  text.split(/(?<=\n[ \t]*\n)(?![ \t]*\n)|(?<=\n)(?=[ \t]*(?:[-*+] |\d{1,9}[.)] |#{1,6} |\|))/);

/** Code within a line: from a run of backticks to the next of the same length. Linear in the length of the block. */
function codeRanges(block: string): Range[] {
  const runs = [...block.matchAll(/`+/g)].map(({ index, 0: run }) => ({ index, length: run.length }));
  const next = new Map<number, number>();
  const closedBy = runs.map(() => -1);
  for (let at = runs.length - 1; at >= 0; at--) {
    const { length } = runs[at] as Range & { length: number; index: number };
    closedBy[at] = next.get(length) ?? -1;
    next.set(length, at);
  }
  const ranges: Range[] = [];
  for (let at = 0; at < runs.length; at++) {
    const close = closedBy[at] ?? -1;
    if (close < 0) continue;
    const [first, last] = [runs[at], runs[close]];
    if (first && last) ranges.push({ start: first.index, end: last.index + last.length });
    at = close;
  }
  return ranges;
}
