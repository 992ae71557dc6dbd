import { AppError } from '../../errors';
import { markInvisibleCharacters } from '../../page/invisible-characters';
import { type FileNote, type Gap, numberPassages, type Passage, scriptLanguage } from '../../source';
import type { FileReading } from '../types';

export interface DocumentParts {
  name: string;
  passages: Passage[];
  gaps?: Gap[];
  notes?: FileNote[];
  units?: FileReading['file']['units'];
  /** BCP 47, as the document says; what its letters say counts more. */
  lang?: string;
}

/**
 * A document as a reading. In its passages no line looks like a mark, and characters that nobody sees and that carry
 * something stand there as marks that everybody sees.
 * @throws AppError file-nothing where there are no words
 */
export function documentReading({
  name,
  passages,
  gaps = [],
  notes = [],
  units = {},
  lang,
}: DocumentParts): FileReading {
  let invisible = 0;
  const clean = passages.flatMap((passage) => {
    const { text, count } = markInvisibleCharacters(passage.text);
    invisible += count;
    return text.trim() === '' ? [] : { ...passage, text: withoutMarks(text) };
  });
  const numbered = numberPassages(clean);
  if (numbered.segments.length === 0) throw new AppError('file-nothing', { name });
  const language = scriptLanguage(clean.map(({ text }) => text.slice(0, sample)).join('\n')) ?? lang;
  const all: Gap[] = [...gaps, { why: 'invisible-characters', size: invisible }];
  return {
    title: name,
    ...(language ? { lang: language } : {}),
    ...numbered,
    gaps: all.filter(({ size }) => size > 0),
    file: { units, notes: notes.filter(({ size }) => size !== 0) },
  };
}

/** Characters of each passage by which the script of a document is told. */
const sample = 200;

/** No line in a passage may begin like the mark of one, whatever ends the line before it. */
export const withoutMarks = (text: string): string =>
  text.includes('¶') ? text.replace(/([\n\r\v\f\u0085\u2028\u2029])(?=¶\d)/g, '$1 ') : text;
