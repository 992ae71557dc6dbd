import type { Passage } from '../source';
import { documentReading } from './document/reading';
import { markdownBlocks } from './markdown/blocks';
import { textOfFile } from './text';
import { cutAtLines } from './text/lines';
import { countLines } from './text-chunks';
import type { ReadFile } from './types';

/** A block of more characters, a table or listing of thousands of lines, is several passages. */
const longestBlock = 6_000;

/** Reads Markdown to the letter, a passage for each of its blocks, which knows its line. */
export const readMarkdown: ReadFile = async (bytes, { name }) => {
  const { text, notes } = textOfFile(bytes, name);
  const passages: Passage[] = [];
  for (const { kind, ...block } of markdownBlocks(text)) {
    for (const { start, end, line } of cutAtLines(text, block, longestBlock))
      passages.push({ text: text.slice(start, end), kind, place: { line } });
  }
  return documentReading({ name, passages, notes, units: { lines: countLines(text) } });
};
