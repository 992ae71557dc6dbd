/**
 * Remembers, in the page that was read, which elements every passage came from. The content scripts of one page share
 * a world, so a citation finds its place even when its words stand there several times, and a translation its block.
 */

import { stride } from './select/steps';

interface World {
  wholemoonPlaces?: Map<string, WeakRef<Element>[][]>;
}

/**
 * Keeps the places of a reading. Elements that the page throws away are not held back. Yields now and then, for pauses.
 */
export function* rememberPlaces(
  passages: Iterable<string>,
  elements: Element[][],
  world: World = globalThis as World,
): Generator<void> {
  const places = new Map<string, WeakRef<Element>[][]>();
  let index = 0;
  for (const words of passages) {
    if (index % stride === 0) yield;
    const key = fingerprint(words);
    const entry = places.get(key) ?? [];
    entry.push((elements[index] ?? []).map((element) => new WeakRef(element)));
    places.set(key, entry);
    index++;
  }
  world.wholemoonPlaces = places;
}

/**
 * The elements on the page that a passage came from: of each place where a passage has exactly these words, those that
 * are still there.
 */
export function placesOf(words: string, world: World = globalThis as World): Element[][] {
  const entries = world.wholemoonPlaces?.get(fingerprint(words)) ?? [];
  return entries
    .map((entry) => entry.map((reference) => reference.deref()).filter((element) => element?.isConnected))
    .filter((entry): entry is Element[] => entry.length > 0);
}

/** FNV-1a, 32 bits, and the length. A chance collision does no harm: whoever asks compares the words. */
function fingerprint(words: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < words.length; index++) {
    hash = Math.imul(hash ^ words.charCodeAt(index), 0x01000193);
  }
  return `${hash >>> 0}:${words.length}`;
}
