import { liveQuery, type Observable } from 'dexie';
import type { MeasuredSource } from '../context/compose';
import type { SourceKind } from '../source';
import { type Database, database } from './database';
import { isWholeSource } from './mended';

/** What a list says of a source that was read earlier, without its text. */
export interface KeptSource {
  id: string;
  kind: SourceKind;
  title: string;
  /** Absent for what has no address, as pasted texts have none. */
  url?: string;
  tokens: number;
  words: number;
  /** Milliseconds since the epoch. */
  readAt: number;
}

export interface RecentSources {
  /** `known` is what was listed before: of what is among it nothing is read again. */
  list(limit: number, known?: readonly KeptSource[]): Promise<KeptSource[]>;
  load(id: string): Promise<MeasuredSource | undefined>;
}

/** Sources that are on disk because a chat or a draft names them. */
export function createRecentSources(db: Database = database): RecentSources {
  return {
    /**
     * The sources that were read last, newest first. Everything said of them stands in the keys of two indexes, so no
     * text is loaded, however many there are. What is on disk under an id never changes, so of what is known already
     * the id is enough: the browser hands out ten thousand of those at once, and keys one after the other.
     */
    async list(limit, known = []) {
      return db.transaction('r', db.sources, async () => {
        const all = await db.sources.orderBy(headerIndex).primaryKeys();
        const ids = limit < all.length ? all.slice(-limit) : all;
        const there = new Map(known.map((source) => [source.id, source]));
        const first = ids.findIndex((id) => !there.has(id));
        if (first >= 0)
          for (const source of await headersFrom(db, all.length - ids.length + first))
            if (!there.has(source.id)) there.set(source.id, source);
        return ids.toReversed().flatMap((id) => there.get(id) ?? []);
      });
    },

    /** One of them with its text, or undefined when it is gone or damaged. */
    async load(id) {
      const record = await db.sources.get(id);
      if (!record || !isWholeSource(record)) return undefined;
      const { id: _, ...entry } = record;
      return entry;
    },
  };
}

/** What is said of the sources from a place in their order on, the oldest first. */
async function headersFrom(db: Database, place: number): Promise<KeptSource[]> {
  const found: KeptSource[] = [];
  await db.sources
    .orderBy(headerIndex)
    .offset(place)
    .eachKey((key, { primaryKey }) => {
      const [readAt, kind, title, words, tokens] = key as unknown as HeaderKey;
      found.push({ id: primaryKey, kind, title, words, tokens, readAt });
    });
  const [oldest] = found;
  if (!oldest) return [];
  const urls = new Map<string, string>();
  await db.sources
    .where(addressIndex)
    .between([oldest.readAt, ''], [Number.POSITIVE_INFINITY, []], true, true)
    .eachKey((key, { primaryKey }) => {
      urls.set(primaryKey, (key as unknown as [number, string])[1]);
    });
  return found.map((source) => {
    const url = urls.get(source.id);
    return url === undefined ? source : { ...source, url };
  });
}

type HeaderKey = [readAt: number, kind: SourceKind, title: string, words: number, tokens: number];

/** Both stand in database.ts under these names; the parts of the first are those of `HeaderKey`. */
const headerIndex = '[source.readAt+source.kind+source.title+source.words+tokens]';
const addressIndex = '[source.readAt+source.url]';

export const recentSources = createRecentSources();

/** The sources read last, again after each change in any window, of which only what is new is read. */
export function watchRecentSources(limit: number, store = recentSources): Observable<KeptSource[]> {
  let known: KeptSource[] = [];
  return liveQuery(async () => {
    known = await store.list(limit, known);
    return known;
  });
}
