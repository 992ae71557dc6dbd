/** Sources that are read in two languages: where their reader was, and their texts for a tab that shows nothing else. */

import { storage } from 'wxt/utils/storage';
import type { MeasuredSource } from '../context/compose';
import { type createDraftStore, draftStore, readingOf } from './drafts';
import { recentSources } from './recent-sources';

export interface ReadingPlace {
  /** ¶ at the top of the screen. */
  passage: number;
  /** BCP 47 tag of the translation. */
  lang: string;
  display: 'both' | 'translation' | 'original';
  /** Milliseconds since the epoch. */
  at: number;
}

/** Sources whose places are remembered; the text of older ones goes unless a chat has it. */
const mostReadings = 30;

const places = storage.defineItem<Record<string, ReadingPlace>>('local:readings', { fallback: {} });

const isPlace = (value: unknown): value is ReadingPlace => {
  const place = value as Partial<ReadingPlace> | null;
  return (
    typeof place === 'object' &&
    place !== null &&
    Number.isInteger(place.passage) &&
    typeof place.lang === 'string' &&
    ['both', 'translation', 'original'].includes(place.display ?? '') &&
    Number.isFinite(place.at)
  );
};

async function all(): Promise<Record<string, ReadingPlace>> {
  const value: unknown = await places.getValue();
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, place]) => isPlace(place)));
}

/** One after the other: two quick changes must not lose each other. */
let writing: Promise<unknown> = Promise.resolve();
const next = <T>(work: () => Promise<T>): Promise<T> => {
  const result = writing.catch(() => {}).then(work);
  writing = result;
  return result;
};

export function createReadings(drafts: ReturnType<typeof createDraftStore> = draftStore) {
  return {
    place: async (id: string): Promise<ReadingPlace | undefined> => (await all())[id],

    /** Remembers where a source is read. The places of the sources read longest ago are forgotten. */
    keepPlace: (id: string, place: ReadingPlace): Promise<void> =>
      next(async () => {
        const entries = Object.entries({ ...(await all()), [id]: place }).sort(([, a], [, b]) => b.at - a.at);
        await places.setValue(Object.fromEntries(entries.slice(0, mostReadings)));
        for (const [old] of entries.slice(mostReadings))
          await drafts.writeSources(readingOf(old), { attached: [], leftOut: [], added: [] });
      }),

    /** Keeps the text of a source, so that a tab can show it whenever it is opened again. */
    keepSource: (entry: MeasuredSource): Promise<void> =>
      drafts.writeSources(readingOf(entry.source.id), { attached: [entry], leftOut: [], added: [] }),

    /** The source, or undefined when it is gone. */
    source: (id: string): Promise<MeasuredSource | undefined> => recentSources.load(id),
  };
}

export const readings = createReadings();
