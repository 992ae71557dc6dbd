import { numberPassages, type Passage, passageText, type Reading } from '../source';

/** Fewer old passages than this share that are still there: it is another page, and numbering starts anew. */
const leastShare = 0.3;

/**
 * A page that is read again keeps the numbers of the passages it still has, so that what was cited as ¶12 stays ¶12.
 * New passages get the numbers after the last one, wherever they stand.
 *
 * Passages that are unique on both sides are matched by the longest increasing run of their old positions (the idea of
 * patience diff), then equal neighbours of matched ones follow. O(n log n).
 */
export function continueNumbers<T extends Reading>(
  before: Pick<Reading, 'text' | 'segments'>,
  reading: T,
): T {
  const old = before.segments.map(({ number }) => passageText(before, number) ?? '');
  const passages: Passage[] = reading.segments.map(({ number, kind }) => ({
    text: passageText(reading, number) ?? '',
    kind,
  }));
  const matches = match(
    old,
    passages.map(({ text }) => text),
  );
  if (matches.filter((index) => index >= 0).length < old.length * leastShare) return reading;
  let next = before.segments.reduce((last, { number }) => Math.max(last, number), 0) + 1;
  const numbers = matches.map((index) => (index >= 0 ? (before.segments[index]?.number ?? next++) : next++));
  return { ...reading, ...numberPassages(passages, numbers) };
}

/** For every new passage the position of the old one it is, or -1. Positions increase. */
function match(old: string[], fresh: string[]): number[] {
  const result = new Array<number>(fresh.length).fill(-1);
  const places = uniquePlaces(old);
  const freshPlaces = uniquePlaces(fresh);
  const candidates: { at: number; old: number }[] = [];
  fresh.forEach((text, at) => {
    const place = places.get(text);
    if (place !== undefined && place >= 0 && freshPlaces.get(text) === at)
      candidates.push({ at, old: place });
  });
  for (const { at, old: place } of longestIncreasing(candidates)) result[at] = place;

  const taken = new Set(result.filter((place) => place >= 0));
  const extend = (at: number, from: number | undefined, step: 1 | -1) => {
    if (from === undefined || from < 0 || result[at] !== -1) return;
    const place = from + step;
    if (place < 0 || taken.has(place) || old[place] !== fresh[at]) return;
    result[at] = place;
    taken.add(place);
  };
  // The start of the page is an anchor too.
  if (fresh.length > 0 && old[0] === fresh[0] && !taken.has(0) && result[0] === -1) {
    result[0] = 0;
    taken.add(0);
  }
  for (let at = 1; at < fresh.length; at++) extend(at, result[at - 1], 1);
  for (let at = fresh.length - 2; at >= 0; at--) extend(at, result[at + 1], -1);
  return result;
}

/** Each text's position, -1 for one that occurs twice. */
function uniquePlaces(texts: string[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [index, text] of texts.entries()) places.set(text, places.has(text) ? -1 : index);
  return places;
}

function longestIncreasing(pairs: { at: number; old: number }[]): { at: number; old: number }[] {
  const tails: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  pairs.forEach((pair, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.old ?? 0) < pair.old) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const run: { at: number; old: number }[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) run.push(pair);
  }
  return run.reverse();
}
