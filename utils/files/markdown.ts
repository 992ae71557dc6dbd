import type { Passage } from '../source';
import { documentReading } from './document/reading';
import { textOfFile } from './text';
import { countLines, markdownChunks } from './text-chunks';
import type { ReadFile } from './types';

/** Reads Markdown to the letter, a passage for each of its blocks, which knows its line. */
export const readMarkdown: ReadFile = async (bytes, { name }) => {
  const { text, notes } = textOfFile(bytes, name);
  const passages = markdownChunks(text).map(({ line, ...chunk }): Passage => ({ ...chunk, place: { line } }));
  return documentReading({ name, passages, notes, units: { lines: countLines(text) } });
};
