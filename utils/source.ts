/**
 * The noun of the program. Everything a model may read (a page, a file, a search result, an earlier chat)
 * is a Source: whole, numbered, with an account of what could not be read. No function anywhere shortens one.
 */

export type SourceKind = 'tab' | 'selection' | 'link' | 'search' | 'file' | 'chat';

export type PassageKind = 'text' | 'heading' | 'list-item' | 'quote' | 'code' | 'table';

/** One numbered passage. `start` and `end` are offsets (UTF-16 units) into `Source.text`, the ¶ mark excluded. */
export interface Segment {
  number: number;
  start: number;
  end: number;
  kind: PassageKind;
}

/**
 * Why something on the page is not in the text:
 * - `furniture`: navigation, header, footer, sidebars, link lists around the article
 * - `outside-article`: readable text that the article extraction left out
 * - `hidden`: text that nobody can see on the page
 * - `still-loading`: the page had not finished loading when it was read
 * - `frame`: an embedded page from another site
 */
export type GapCode = 'furniture' | 'outside-article' | 'hidden' | 'still-loading' | 'frame';

/** What could not be read or was left out, shown to the user. `size` is in characters, or a count for frames. */
export interface Gap {
  why: GapCode;
  size: number;
  /** The first words of what is missing, so that the user can judge it. */
  sample?: string;
}

/** Characters of prose visible on the page, and how many of them are in the text. White space is not counted. */
export interface Coverage {
  visible: number;
  read: number;
}

/** A document before it gets its identity: what a reader (page, file, search) returns. */
export interface Reading {
  kind: SourceKind;
  title: string;
  url?: string;
  /** BCP 47 tag of the text's language, when known. */
  lang?: string;
  /** The whole text as Markdown; every passage starts with its mark, `¶12 `, and a blank line ends it. */
  text: string;
  segments: Segment[];
  gaps: Gap[];
  coverage?: Coverage;
  /** Length of all passages together, without the ¶ marks, in UTF-16 units. */
  characters: number;
  /** Latin words plus Han, Kana and Hangul characters, the way word processors count mixed text. */
  words: number;
}

/** A document with its identity. Equal texts have equal ids, so a page asked about ten times is stored once. */
export interface Source extends Reading {
  id: string;
  /** Milliseconds since the epoch. */
  readAt: number;
}

export interface Passage {
  text: string;
  kind: PassageKind;
}

/** Hexadecimal SHA-256 of a text. */
export async function sourceId(text: string, crypto: Crypto = globalThis.crypto): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Numbers passages from ¶1 and joins them into one text. Passages are kept to the letter. */
export function numberPassages(
  passages: Passage[],
): Pick<Reading, 'text' | 'segments' | 'characters' | 'words'> {
  const pieces: string[] = [];
  const segments: Segment[] = [];
  let offset = 0;
  let characters = 0;
  let words = 0;
  for (const [index, passage] of passages.entries()) {
    const mark = `¶${index + 1} `;
    const start = offset + mark.length;
    const end = start + passage.text.length;
    segments.push({ number: index + 1, start, end, kind: passage.kind });
    pieces.push(mark, passage.text, '\n\n');
    offset = end + 2;
    characters += passage.text.length;
    // The address in [words](address) is no words of the text.
    words += countWords(passage.text.replace(/\]\([^()\s]*\)/g, ']'));
  }
  return { text: pieces.slice(0, -1).join(''), segments, characters, words };
}

/** The words of passage ¶`number` to the letter, or undefined when the source has no such passage. */
export function passageText(source: Pick<Source, 'text' | 'segments'>, number: number): string | undefined {
  const segment = source.segments[number - 1];
  return segment && source.text.slice(segment.start, segment.end);
}

/** Han, Kana and Hangul characters count one each; any other run of letters and digits counts one. */
export function countWords(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[\p{L}\p{N}](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}\p{M}'’_-])*/gu,
  ))
    count++;
  return count;
}

/** Characters looked at to tell a script: enough for certainty, little enough to ask at every drawing. */
const scriptSample = 2_000;

/**
 * `zh`, `ja` or `ko` when the letters at the beginning of a text are mostly of that script, else undefined.
 * Han glyphs differ between these languages, so every text is drawn with its own.
 */
export function scriptLanguage(text: string): 'zh' | 'ja' | 'ko' | undefined {
  const sample = text.slice(0, scriptSample);
  const count = (pattern: RegExp) => sample.match(pattern)?.length ?? 0;
  const letters = count(/\p{L}/gu) || 1;
  if (count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) / letters > 0.1) return 'ja';
  if (count(/\p{Script=Hangul}/gu) / letters > 0.3) return 'ko';
  if (count(/\p{Script=Han}/gu) / letters > 0.3) return 'zh';
  return undefined;
}
