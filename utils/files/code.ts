import { AppError } from '../errors';
import type { FileNote, Passage } from '../source';
import { languageOf } from './code-languages';
import { endingOf } from './detect';
import { documentReading } from './document/reading';
import { decodeText } from './encoding';
import { fenced } from './file-reading';
import { isText } from './plain-text';
import { codeChunks, countLines, withLineFeeds } from './text-chunks';
import type { ReadFile } from './types';

/** Reads a program, a file of data or of settings: to the letter, in passages that know their line. */
export const readCode: ReadFile = async (bytes, { name }) => {
  if (bytes.length === 0) throw new AppError('file-empty', { name });
  if (!isText(bytes)) throw new AppError('file-kind', { name, kind: endingOf(name) || 'none' });
  const { text, notes } = decodeCode(bytes);
  if (text.trim() === '') throw new AppError('file-nothing', { name });
  const passages = codePassages(text, languageOf(name, text)?.language);
  return documentReading({ name, passages, notes, units: { lines: countLines(text) } });
};

/** The text of a file with `\n` at its line ends, and a note where its encoding had to be found out. */
export function decodeCode(bytes: Uint8Array): { text: string; notes: FileNote[] } {
  const { text, encoding, isGuess } = decodeText(bytes);
  return { text: withLineFeeds(text), notes: isGuess ? [{ what: 'decoded', sample: encoding }] : [] };
}

/** Code in fenced passages. Without their fences and joined with `\n` they are the text, but for its last line end. */
export const codePassages = (text: string, language = ''): Passage[] =>
  codeChunks(text).map((chunk) => ({
    text: fenced(chunk.text, language),
    kind: 'code',
    place: { line: chunk.line },
  }));
