/**
 * The noun of the program. Everything a model may read (a page, a file, a search result, an earlier chat)
 * is a Source: whole, numbered, with an account of what could not be read. No function anywhere shortens one.
 */

export type SourceKind = 'tab' | 'selection' | 'link' | 'search' | 'file' | 'chat';

export type PassageKind = 'text' | 'heading' | 'list-item' | 'quote' | 'code' | 'table';

/** One numbered passage; numbers are unique and mostly in order. `start` and `end` are offsets (UTF-16 units) into `Source.text`, the ¶ mark excluded. */
export interface Segment {
  number: number;
  start: number;
  end: number;
  kind: PassageKind;
  /** The page on which it begins, from 1, where the source has pages. */
  page?: number;
}

/**
 * Why something on the page is not in the text:
 * - `furniture`: navigation, header, footer, sidebars, link lists around the article
 * - `page-tools`: line numbers and buttons of code, edit links, signs that link a heading or a note to its place
 * - `outside-article`: readable text that the article extraction left out
 * - `hidden`: text that the page does not show (closed menus, variants for other screens)
 * - `concealed`: text that is drawn so that nobody sees it (no size, off the screen, in the colour of its background)
 * - `still-loading`: the page had not finished loading when it was read
 * - `frame`: embedded pages from other sites (`size` counts frames)
 * - `not-loaded`: entries of a list that the page loads only on demand (`size` counts them, 0 when unknown)
 * - `undrawn-lines`: lines that an editor of code draws only when they are scrolled to (`size` counts editors, `sample`
 *   has the numbers of the lines that are there)
 * - `transcript`: the words spoken in a video, which the page gives only when its transcript is open
 * - `export`: a document that its site draws and hands out as text only on request
 * - `too-large`: the end of a page with more parts than a browser can walk in reasonable time
 * - `invisible-characters`: characters that make no mark on the screen; visible marks stand in their place
 * - `scanned-pages`: pages of a file that are pictures without text
 * - `stopped-pages`: pages of a file that were still to come when the user stopped
 * - `unread-pages`: pages of a file that could not be read, or not in time
 */
export type GapCode =
  | 'furniture'
  | 'page-tools'
  | 'outside-article'
  | 'hidden'
  | 'concealed'
  | 'still-loading'
  | 'frame'
  | 'not-loaded'
  | 'undrawn-lines'
  | 'transcript'
  | 'export'
  | 'too-large'
  | 'invisible-characters'
  | 'scanned-pages'
  | 'stopped-pages'
  | 'unread-pages';

/** What could not be read or was left out, shown to the user. `size` is in characters, or counts frames or pages. */
export interface Gap {
  why: GapCode;
  size: number;
  /** The first words of what is missing, or the numbers of the pages, so that the user can judge it. */
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
  /**
   * The whole text as Markdown; every passage starts with its mark, `¶12 `, and a blank line ends it. Where a page
   * of the source begins, the mark says so: `¶12 [page 3] `.
   */
  text: string;
  segments: Segment[];
  gaps: Gap[];
  coverage?: Coverage;
  /** Words of the text alone, and of everything on the page, when the reader had a choice. */
  choices?: { article: number; everything: number };
  /** How many pages it has, where it has pages. */
  pages?: number;
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
  /** The page on which it begins, from 1, where the source has pages. */
  page?: number;
}

/** Hexadecimal SHA-256 of a text. */
export async function sourceId(text: string, crypto: Crypto = globalThis.crypto): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Numbers passages from ¶1, or with the numbers given, and joins them into one text. Passages are kept to the letter.
 */
export function numberPassages(passages: Passage[], numbers?: number[]): NumberedText {
  const steps = numberInSteps(passages, numbers);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export type NumberedText = Pick<Reading, 'text' | 'segments' | 'characters' | 'words'>;

/** The same, stopping after every passage, so that a page can be let breathe between them. */
export function* numberInSteps(passages: Passage[], numbers?: number[]): Generator<void, NumberedText> {
  const pieces: string[] = [];
  const segments: Segment[] = [];
  let offset = 0;
  let characters = 0;
  let words = 0;
  let page: number | undefined;
  for (const [index, passage] of passages.entries()) {
    yield;
    const number = numbers?.[index] ?? index + 1;
    // A model that knows where pages begin can name the page; the words of the passage stay as they are.
    const isNewPage = passage.page !== undefined && passage.page !== page;
    const mark = isNewPage ? `¶${number} [page ${passage.page}] ` : `¶${number} `;
    page = passage.page;
    const start = offset + mark.length;
    const end = start + passage.text.length;
    segments.push({
      number,
      start,
      end,
      kind: passage.kind,
      ...(passage.page === undefined ? {} : { page: passage.page }),
    });
    pieces.push(mark, passage.text, '\n\n');
    offset = end + 2;
    characters += passage.text.length;
    // The address in [words](address) is no words of the text.
    const { text } = passage;
    words += countWords(text.includes('](') ? text.replace(/\]\([^()\s]*\)/g, ']') : text);
  }
  return { text: pieces.slice(0, -1).join(''), segments, characters, words };
}

/** The words of passage ¶`number` to the letter, or undefined when the source has no such passage. */
export function passageText(source: Pick<Source, 'text' | 'segments'>, number: number): string | undefined {
  const expected = source.segments[number - 1];
  // A page that grew and was read again keeps its numbers, so new passages between old ones are out of order.
  const segment =
    expected?.number === number ? expected : source.segments.find((one) => one.number === number);
  return segment && source.text.slice(segment.start, segment.end);
}

const denseLetter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const wordLetter = /[\p{L}\p{N}]/u;
const wordPart = /[\p{M}'’_-]/u;

/** What a code unit is, found out when it is met: a character that counts, a letter, a part of words, none of these. */
const [unknown, dense, letter, part, other] = [0, 1, 2, 3, 4];
const kinds = new Uint8Array(65_536);

function kindOf(character: string): number {
  if (denseLetter.test(character)) return dense;
  if (wordLetter.test(character)) return letter;
  return wordPart.test(character) ? part : other;
}

/** Han, Kana and Hangul characters count one each; any other run of letters and digits counts one. */
export function countWords(text: string): number {
  let count = 0;
  let inWord = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    let kind = kinds[code];
    // Beyond the basic plane a character is a pair.
    if (code >= 0xd800 && code < 0xe000) {
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
      kind = kindOf(character);
      index += character.length - 1;
    } else if (kind === unknown) {
      kind = kindOf(String.fromCharCode(code));
      kinds[code] = kind;
    }
    if (kind === dense || (kind === letter && !inWord)) count++;
    inWord = kind === letter || (kind === part && inWord);
  }
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
