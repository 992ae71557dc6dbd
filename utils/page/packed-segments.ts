import type { PassageKind, Segment } from '../source';
import { stride } from './select/steps';

/**
 * The passages of a reading as one string, for its way out of the page: two hundred thousand objects hold the page up
 * for a second while the browser copies them, and a string of the same content not at all. Each passage is the letter
 * of its kind and the length of its text; where it begins follows from those before it, see `numberPassages`.
 */
const letters: Record<PassageKind, string> = {
  text: 't',
  heading: 'h',
  'list-item': 'l',
  code: 'c',
  table: 'g',
  quote: 'q',
};
const kinds = new Map(Object.entries(letters).map(([kind, letter]) => [letter, kind as PassageKind]));

/** Passages numbered from 1 without gaps. Yields now and then, for pauses. */
export function* packSegments(segments: readonly Segment[]): Generator<void, string> {
  const pieces: string[] = [];
  for (const { number, start, end, kind } of segments) {
    if (number % stride === 0) yield;
    pieces.push(letters[kind], String(end - start));
  }
  return pieces.join('');
}

export function unpackSegments(packed: string): Segment[] {
  const segments: Segment[] = [];
  let before = 0;
  for (const [, letter = '', length] of packed.matchAll(/([a-z])(\d+)/g)) {
    const number = segments.length + 1;
    const start = before + `¶${number} `.length;
    const end = start + Number(length);
    segments.push({ number, start, end, kind: kinds.get(letter) ?? 'text' });
    before = end + 2;
  }
  return segments;
}
