/**
 * Looks up quotes in a source. A cited passage is folded when it is asked for; the whole source only when words are
 * not where they should be, and then, when it is long, in slices beside other work.
 */

import type { Segment, Source } from '../source';
import { findParts, readings } from './find-quote';
import { type Folded, fold, foldInto, mayCutAt } from './fold';

/** Characters that are folded at once without being felt, some ten milliseconds on a slow machine. */
const atOnce = 200_000;
/** Characters folded between two pauses: half a frame. */
const slice = 60_000;

type Later = (work: () => void) => void;
const nextTurn: Later = (work) => void setTimeout(work, 0);

export interface SourceIndex {
  passage(paragraph: number): string | undefined;
  /** Whether the words stand in this passage. `pending`: not known yet; listeners hear when it is. */
  stands(paragraph: number, quote: string): boolean | 'pending';
  /**
   * The number of the first passage where the words stand, or undefined; may begin in one passage and end in the next.
   * `many`: parts of them stand in so many places that nothing can be said.
   */
  find(quote: string): number | undefined | 'pending' | 'many';
}

type Text = Pick<Source, 'text' | 'segments'>;

const indexes = new WeakMap<Text, SourceIndex>();
const listeners = new Set<() => void>();
let version = 0;

/** Calls `listener` when a check that was pending can be made. */
export function watchChecks(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
/** Changes when a check that was pending can be made. */
export const checksVersion = (): number => version;

/** Says that a check that was pending can be made. */
export function announceChecks(): void {
  version++;
  for (const listener of listeners) listener();
}

/** The index of a source, made once. */
export function indexOf(source: Text): SourceIndex {
  let index = indexes.get(source);
  if (!index) {
    index = createIndex(source);
    indexes.set(source, index);
  }
  return index;
}

/** Places of a part of a quotation that are looked at; words that stand in more of them say nothing. */
const mostPlaces = 200;

export function createIndex({ text, segments }: Text, later: Later = nextTurn): SourceIndex {
  const passages = new Map<number, Folded>();
  const answers = new Map<string, boolean>();
  const places = new Map<string, number | undefined | 'many'>();
  let numbers: Map<number, Segment> | undefined;
  /** Where each passage begins in `whole`, in the order of `segments`. */
  let begins: number[] = [];
  let whole: string | undefined;
  let isFolding = false;

  const segmentOf = (number: number): Segment | undefined => {
    const expected = segments[number - 1];
    if (expected?.number === number) return expected;
    // Passages of a page that grew are out of order.
    numbers ??= new Map(segments.map((segment) => [segment.number, segment]));
    return numbers.get(number);
  };
  const passage = (number: number) => {
    const segment = segmentOf(number);
    return segment && text.slice(segment.start, segment.end);
  };
  const foldedPassage = (number: number, words: string): Folded => {
    const folded = passages.get(number) ?? fold(words);
    passages.set(number, folded);
    return folded;
  };

  const finish = (pieces: string[]) => {
    whole = pieces.join('');
    isFolding = false;
  };
  function* foldWhole(): Generator<void, string[]> {
    const pieces: string[] = [];
    begins = [];
    let length = 0;
    let done = 0;
    for (const { start, end } of segments) {
      begins.push(length);
      for (let at = start; at < end; ) {
        const next = cut(at, end);
        const piece = foldInto(text, at, next);
        pieces.push(piece);
        length += piece.length;
        done += next - at;
        at = next;
        if (done >= slice) {
          done = 0;
          yield;
        }
      }
    }
    return pieces;
  }
  const cut = (from: number, end: number): number => {
    let at = Math.min(end, from + slice);
    // A place without a space for this long is cut where it comes.
    for (let steps = 0; at < end && !mayCutAt(text, at) && steps < 200; steps++) at++;
    if (at < end && /[\udc00-\udfff]/.test(text[at] ?? '')) at++;
    return at;
  };
  const ready = (): string | undefined => {
    if (whole !== undefined || isFolding) return whole;
    const work = foldWhole();
    const run = () => {
      const step = work.next();
      if (!step.done) return later(run);
      finish(step.value);
      announceChecks();
    };
    if (text.length <= atOnce) {
      let step = work.next();
      while (!step.done) step = work.next();
      finish(step.value);
    } else {
      isFolding = true;
      later(run);
    }
    return whole;
  };

  /** The position in `segments` of the passage with this unit of the whole folded text. */
  const segmentAt = (unit: number): number => {
    let low = 0;
    let high = begins.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((begins[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  const search = (letters: string, quote: string): number | undefined | 'many' => {
    let gaveUp = false;
    for (const parts of readings(quote)) {
      // The longest part stands in the fewest places.
      const anchor = parts.reduce((one, other) => (other.length > one.length ? other : one), '');
      let tries = 0;
      for (let at = letters.indexOf(anchor); at !== -1; at = letters.indexOf(anchor, at + 1)) {
        if (++tries > mostPlaces) {
          gaveUp = true;
          break;
        }
        const position = segmentAt(at);
        const lastPosition = segmentAt(at + anchor.length - 1);
        const segment = segments[position];
        const last = segments[lastPosition];
        if (!segment || !last) continue;
        if (position === lastPosition) {
          const words = text.slice(segment.start, segment.end);
          if (words.length <= atOnce) {
            if (findParts(words, foldedPassage(segment.number, words), parts)) return segment.number;
            continue;
          }
        }
        // A quote over the end of a passage, or within one that is too long to fold at once.
        if (parts.length === 1) return segment.number;
      }
    }
    return gaveUp ? 'many' : undefined;
  };

  return {
    passage,
    stands(paragraph, quote) {
      const key = `${paragraph}:${quote}`;
      const known = answers.get(key);
      if (known !== undefined) return known;
      const words = passage(paragraph);
      if (words === undefined) return false;
      if (words.length > atOnce) {
        const letters = ready();
        if (letters === undefined) return 'pending';
        const position = segments.findIndex(({ number }) => number === paragraph);
        const own = letters.slice(begins[position], begins[position + 1]);
        const isThere = readings(quote).some((parts) => followEachOther(own, parts));
        answers.set(key, isThere);
        return isThere;
      }
      const folded = foldedPassage(paragraph, words);
      const isThere = readings(quote).some((parts) => findParts(words, folded, parts) !== undefined);
      answers.set(key, isThere);
      return isThere;
    },
    find(quote) {
      if (places.has(quote)) return places.get(quote);
      const letters = ready();
      if (letters === undefined) return 'pending';
      const place = search(letters, quote);
      places.set(quote, place);
      return place;
    },
  };
}

function followEachOther(letters: string, parts: string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = letters.indexOf(part, from);
    from = at + part.length;
    return at !== -1;
  });
}
