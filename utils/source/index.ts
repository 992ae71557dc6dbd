/**
 * The noun of the program. Everything a model may read (a page, a file, a search result, an earlier chat)
 * is a Source: whole, numbered, with an account of what could not be read. No function anywhere shortens one.
 */

import type { FileFacts } from './file-facts';
import { bytesOf } from './text-bytes';
import { countWords } from './words';

export type { FileChoices, FileFacts, FileNote, FileUnit } from './file-facts';
export { countWords, scriptLanguage } from './words';

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
  /** Where in a file without pages it begins. */
  place?: Place;
}

/** Where in a file a passage begins, in the file's own units; what does not apply is absent. Numbers count from 1. */
export interface Place {
  /** Of a folder, an archive or a mail: the path of the file inside it. */
  path?: string;
  sheet?: string;
  /** The cells that the passage holds, as `A2:F41`. */
  cells?: string;
  chapter?: number;
  slide?: number;
  /** A cell of a notebook. */
  notebookCell?: number;
  line?: number;
  /** Of subtitles, as `00:12:03`. */
  time?: string;
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
 * - `pictures`: pictures in a file, which are not in its text (`size` counts them)
 * - `hidden-sheets`: sheets that a workbook hides (`size` counts them, `sample` has their names)
 * - `hidden-rows`: rows and columns with something in them that a sheet hides (`size` counts them, `sample` names them)
 * - `charts`: charts and drawings of a workbook or a document
 * - `macros`: programs in a file; they are never run and not read
 * - `embedded-files`: files inside a file: objects, media, attachments of a kind that is not read
 * - `deleted-text`: text that tracked changes have deleted
 * - `binary-files`: files of a folder that are no text (`sample` has their names)
 * - `ignored-files`: files of a folder that its `.gitignore` names, and what every such list names
 * - `unread-files`: files of a folder, an archive or a mail that could not be read
 * - `unread-parts`: parts of a file that are damaged or of an unknown kind
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
  | 'unread-pages'
  | 'pictures'
  | 'hidden-sheets'
  | 'hidden-rows'
  | 'charts'
  | 'macros'
  | 'embedded-files'
  | 'deleted-text'
  | 'binary-files'
  | 'ignored-files'
  | 'unread-files'
  | 'unread-parts';

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
   * of the source begins, the mark says so: `¶12 [page 3] `, and so it does for places: `¶12 [Q3!A2:F41] `.
   */
  text: string;
  segments: Segment[];
  gaps: Gap[];
  coverage?: Coverage;
  /** Words of the text alone, and of everything on the page, when the reader had a choice. */
  choices?: { article: number; everything: number };
  /** How many pages it has, where it has pages. */
  pages?: number;
  /** Set when it was read from a file. */
  file?: FileFacts;
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
  /** Where in a file without pages it begins. */
  place?: Place;
}

/** Hexadecimal SHA-256 of a text. */
export async function sourceId(text: string, crypto: Crypto = globalThis.crypto): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await bytesOf(text));
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
  const blocks: string[] = [];
  let pieces: string[] = [];
  let inPieces = 0;
  const segments: Segment[] = [];
  let offset = 0;
  let characters = 0;
  let words = 0;
  let before = '';
  for (const [index, passage] of passages.entries()) {
    yield;
    const number = numbers?.[index] ?? index + 1;
    // A model that knows where pages begin can name the page; the words of the passage stay as they are.
    const place = placeMark(passage);
    const mark = place && place !== before ? `¶${number} [${place}] ` : `¶${number} `;
    before = place;
    const start = offset + mark.length;
    const end = start + passage.text.length;
    segments.push({
      number,
      start,
      end,
      kind: passage.kind,
      ...(passage.page === undefined ? {} : { page: passage.page }),
      ...(passage.place === undefined ? {} : { place: passage.place }),
    });
    pieces.push(index === 0 ? mark : `\n\n${mark}`, passage.text);
    inPieces += passage.text.length;
    // So that no step has to join a book out of its passages.
    if (inPieces > blockSize) {
      blocks.push(pieces.join(''));
      pieces = [];
      inPieces = 0;
    }
    offset = end + 2;
    characters += passage.text.length;
    // The address in [words](address) is no words of the text.
    const { text } = passage;
    words += countWords(text.includes('](') ? text.replace(/\]\([^()\s]*\)/g, ']') : text);
  }
  return { text: blocks.join('') + pieces.join(''), segments, characters, words };
}

/** Characters of passages that are joined at once. */
const blockSize = 2 ** 17;

/** The place of a passage as its mark tells it to the model; empty where it has none. */
export function placeMark({ page, place }: Pick<Passage, 'page' | 'place'>): string {
  if (!place) return page === undefined ? '' : `page ${page}`;
  const { path, sheet, cells, chapter, slide, notebookCell, line, time } = place;
  const parts = [
    path,
    // As spreadsheets write it.
    sheet === undefined ? cells : [sheetName(sheet), cells].filter(Boolean).join('!'),
    chapter && `chapter ${chapter}`,
    page && `page ${page}`,
    slide && `slide ${slide}`,
    notebookCell && `cell ${notebookCell}`,
    line && `line ${line}`,
    time,
  ];
  // Names come from the file: nothing in them may look like the end of the mark.
  return parts.filter(Boolean).join(', ').replace(/\s+/g, ' ').replaceAll('[', '(').replaceAll(']', ')');
}

/** The name of a sheet in front of cells: `Q3`, `'Costs 2026'`. */
const sheetName = (name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) ? name : `'${name.replaceAll("'", "''")}'`;

/** The words of passage ¶`number` to the letter, or undefined when the source has no such passage. */
export function passageText(source: Pick<Source, 'text' | 'segments'>, number: number): string | undefined {
  const expected = source.segments[number - 1];
  // A page that grew and was read again keeps its numbers, so new passages between old ones are out of order.
  const segment =
    expected?.number === number ? expected : source.segments.find((one) => one.number === number);
  return segment && source.text.slice(segment.start, segment.end);
}
