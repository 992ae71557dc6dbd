import { AppError } from '../errors';
import type { Passage } from '../source';
import { decodeCode } from './code';
import { endingOf } from './detect';
import { documentReading } from './document/reading';
import { isText } from './plain-text';
import { plainPassages } from './text/plain';
import { countLines } from './text-chunks';
import type { ReadFile } from './types';

/** Reads a text without structure, to the letter: in paragraphs where blank lines part them, else in lines. */
export const readText: ReadFile = async (bytes, { name }) => {
  const { text, notes } = textOfFile(bytes, name);
  const passages: Passage[] = plainPassages(text, { isLog: /^(?:log|out|err)$/.test(endingOf(name)) });
  return documentReading({ name, passages, notes, units: { lines: countLines(text) } });
};

/**
 * The text of a file in any encoding, with line feeds at its line ends.
 * @throws AppError file-empty, file-kind for what is no text, file-nothing
 */
export function textOfFile(bytes: Uint8Array, name: string): ReturnType<typeof decodeCode> {
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  if (!isText(bytes)) throw new AppError('file-kind', { name, kind: endingOf(name) || 'none' });
  const decoded = decodeCode(bytes);
  if (decoded.text.trim() === '') throw new AppError('file-nothing', { name });
  return decoded;
}
