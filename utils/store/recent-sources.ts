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
  list(limit: number): Promise<KeptSource[]>;
  load(id: string): Promise<MeasuredSource | undefined>;
}

/** Sources that are on disk because a chat or a draft names them. */
export function createRecentSources(db: Database = database): RecentSources {
  return {
    /**
     * The sources that were read last, newest first. Everything said of them stands in the keys of two indexes, so no
     * text is loaded, however many there are.
     */
    async list(limit) {
      return db.transaction('r', db.sources, async () => {
        const kept: KeptSource[] = [];
        await db.sources
          .orderBy(headerIndex)
          .reverse()
          .limit(limit)
          .eachKey((key, { primaryKey }) => {
            const [readAt, kind, title, words, tokens] = key as unknown as HeaderKey;
            kept.push({ id: primaryKey, kind, title, words, tokens, readAt });
          });
        const oldest = kept.at(-1)?.readAt;
        if (oldest === undefined) return [];
        const urls = new Map<string, string>();
        await db.sources
          .where(addressIndex)
          .between([oldest, ''], [Number.POSITIVE_INFINITY, []], true, true)
          .eachKey((key, { primaryKey }) => {
            urls.set(primaryKey, (key as unknown as [number, string])[1]);
          });
        return kept.map((source) => {
          const url = urls.get(source.id);
          return url === undefined ? source : { ...source, url };
        });
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

type HeaderKey = [readAt: number, kind: SourceKind, title: string, words: number, tokens: number];

/** Both stand in database.ts under these names; the parts of the first are those of `HeaderKey`. */
const headerIndex = '[source.readAt+source.kind+source.title+source.words+tokens]';
const addressIndex = '[source.readAt+source.url]';

export const recentSources = createRecentSources();

/** The sources read last, again after each change in any window. */
export const watchRecentSources = (limit: number, store = recentSources): Observable<KeptSource[]> =>
  liveQuery(() => store.list(limit));
