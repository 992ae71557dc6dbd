import type { FlatPage } from '../flat-page';
import { heading, make, type Piece, textOf } from './build';

/** One line of a transcript. `seconds` from the beginning; `time` and `words` are pieces for the page. */
export interface TranscriptLine {
  seconds: number;
  /** As the page writes it; made from the seconds when it is missing. */
  time?: string;
  words: Piece[];
}

export interface Chapter {
  seconds: number;
  title: Node | string;
}

/** A passage of a transcript covers about this many seconds: a paragraph of speech. */
const passageSeconds = 60;

/** Lines joined into passages of about a minute, each after its time, with a heading where a chapter begins. */
export function addTranscript(
  page: FlatPage,
  content: Element,
  lines: TranscriptLine[],
  chapters: Chapter[],
): void {
  let next = 0;
  let passage: HTMLElement | undefined;
  let begun = 0;
  for (const line of lines) {
    let chapter: Chapter | undefined;
    for (; next < chapters.length && line.seconds >= (chapters[next]?.seconds ?? 0); next++)
      chapter = chapters[next];
    if (chapter) content.append(heading(page, 3, chapter.title));
    if (!passage || chapter || line.seconds - begun >= passageSeconds || line.seconds < begun) {
      passage = make(page, 'p', `[${line.time || clock(line.seconds)}]`);
      begun = line.seconds;
      content.append(passage);
    }
    // Chinese and Japanese have no blanks between words, so none may come in where two lines meet.
    const words = line.words.filter((piece): piece is Node | string => !!piece);
    passage.append(isWide(passage, words[0]) ? '' : ' ', ...words);
  }
}

const wide = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/;

function isWide(passage: Element, words: Node | string = ''): boolean {
  const before = textOf(passage.lastChild).at(-1) ?? '';
  const after = (typeof words === 'string' ? words.trim() : textOf(words))[0] ?? '';
  return wide.test(before) && wide.test(after);
}

/** `75` is `1:15`, `3675` is `1:01:15`. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** `1:15` is 75, `1:01:15` is 3675; undefined when it is no time. */
export function secondsOf(time: string): number | undefined {
  const match = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})$/.exec(time.trim());
  return match ? Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]) : undefined;
}

/**
 * Chapters as a description lists them: lines that begin with a time, three or more, rising from 0:00. Sites take
 * their chapters from the same lines.
 */
export function chaptersIn(description: string): Chapter[] {
  const chapters: Chapter[] = [];
  for (const line of description.split('\n')) {
    const match = /^\W{0,4}((?:\d{1,2}:)?\d{1,2}:\d{2})\)?\]?\s*[-–—:|·.]?\s*(\S.*)$/.exec(line.trim());
    const seconds = secondsOf(match?.[1] ?? '');
    if (seconds === undefined || !match?.[2] || seconds <= (chapters.at(-1)?.seconds ?? -1)) continue;
    chapters.push({ seconds, title: match[2] });
  }
  return chapters.length >= 3 && chapters[0]?.seconds === 0 ? chapters : [];
}

/** Lines of a caption file as YouTube sends it: JSON (`fmt=json3`) or one of its two XML forms. Empty when it is none. */
export function captionLines(text: string): TranscriptLine[] {
  return text.trimStart().startsWith('{') ? jsonLines(text) : xmlLines(text);
}

interface CaptionFile {
  events?: { tStartMs?: number; segs?: { utf8?: string }[] }[];
}

function jsonLines(text: string): TranscriptLine[] {
  let file: CaptionFile | null;
  try {
    file = JSON.parse(text) as CaptionFile | null;
  } catch {
    return [];
  }
  if (!Array.isArray(file?.events)) return [];
  return file.events.flatMap((event) => {
    const pieces = Array.isArray(event?.segs) ? event.segs : [];
    return lineOf(Number(event?.tStartMs) / 1000, pieces.map((piece) => String(piece?.utf8 ?? '')).join(''));
  });
}

function xmlLines(text: string): TranscriptLine[] {
  if (!/^\s*</.test(text)) return [];
  const parser = new DOMParser();
  const file = parser.parseFromString(text, 'text/xml');
  return [...file.querySelectorAll('text[start], p[t]')].flatMap((element) => {
    const seconds = element.hasAttribute('start')
      ? Number(element.getAttribute('start'))
      : Number(element.getAttribute('t')) / 1000;
    // The older form escapes its text twice.
    const words = parser.parseFromString(element.textContent ?? '', 'text/html').body.textContent ?? '';
    return lineOf(seconds, words);
  });
}

function lineOf(seconds: number, text: string): TranscriptLine[] {
  const words = text.replace(/[\s\u200b]+/g, ' ').trim();
  return words && seconds >= 0 ? [{ seconds, words: [words] }] : [];
}
