/** A file of a folder: text to the letter, documents by their readers. */

import type { FileNote, Gap, Passage } from '../../source';
import { codePassages, decodeCode } from '../code';
import { languageOf } from '../code-languages';
import { detectFile } from '../detect';
import { readInside, type Unread } from '../inside';
import { isText } from '../plain-text';
import { plainPassages } from '../text/plain';
import { countLines, markdownChunks } from '../text-chunks';
import type { FileContext } from '../types';

/** `lines` is absent where a file is no text of lines. */
export type Part =
  | { passages: Passage[]; gaps: Gap[]; notes: FileNote[]; lines?: number | undefined }
  | { why: Unread };

/** Languages in which people write for people, but for Markdown. */
const prose = new Set(['rst', 'asciidoc', 'org', 'latex', 'log', undefined]);
/** Text files that say more when they are read than to the letter. */
const explained: readonly unknown[] = ['notebook', 'mail', 'subtitles'];

/** Text that is read to the letter wherever it lies. */
const plain: readonly unknown[] = ['code', 'text', 'markdown'];

export interface PartOptions {
  /** Pages and tables are to be read as what they are, as if each lay there by itself, and not as texts among texts. */
  isDocument: boolean;
  /** As `insideContext` makes it. */
  context: FileContext;
  mediaType?: string;
}

/** Reads a file of a folder, an archive or a mail. Its passages have its path. @throws AppError file-bomb */
export async function readPart(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  { isDocument, context, mediaType }: PartOptions,
): Promise<Part> {
  if (bytes.length === 0) return { why: 'empty' };
  const name = path.slice(path.lastIndexOf('/') + 1);
  const { type } = detectFile(bytes, name, mediaType);
  const isPlain = isText(bytes) && type !== 'pdf' && type !== 'rich-text';
  if ((isDocument && !plain.includes(type)) || explained.includes(type)) {
    const inside = await readInside(bytes, path, context, mediaType);
    if ('passages' in inside) return { ...inside, lines: inside.units.lines };
    // A notebook that is broken is still a text.
    if (!isPlain || (inside.why !== 'broken' && inside.why !== 'kind')) return inside;
  }
  if (!isPlain) return { why: type === 'picture' ? 'picture' : 'kind' };
  const { text, notes } = decodeCode(bytes);
  if (text.trim() === '') return { why: 'blank' };
  const language = languageOf(path, text)?.language;
  const passages = passagesOfText(text, language);
  return {
    passages: passages.map((passage) => ({ ...passage, place: { path, ...passage.place } })),
    gaps: [],
    notes,
    lines: countLines(text),
  };
}

function passagesOfText(text: string, language: string | undefined): Passage[] {
  if (language === 'markdown')
    return markdownChunks(text).map(({ line, ...chunk }) => ({ ...chunk, place: { line } }));
  if (!prose.has(language)) return codePassages(text, language);
  return plainPassages(text, { isLog: language === 'log', isNumbered: true });
}
