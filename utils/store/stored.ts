import { liveQuery, type Observable } from 'dexie';
import { type Database, database } from './database';

/** How much of what is kept on this computer. */
export interface StoredCounts {
  chats: number;
  sources: number;
  drafts: number;
  prompts: number;
  keys: number;
  pictures: number;
  /** Of all glossaries. */
  terms: number;
  /** Passages that were translated. */
  translations: number;
  files: number;
  /** Of all files. */
  fileBytes: number;
}

/** Counts everything that is kept. Keys that are forgotten when the browser closes are not on this computer. */
export async function countStored(db: Database = database): Promise<StoredCounts> {
  const [chats, sources, drafts, prompts, keys, terms, translations] = await Promise.all(
    [db.chats, db.sources, db.drafts, db.prompts, db.keys, db.terms, db.translations].map((table) =>
      table.count(),
    ),
  );
  let pictures = 0;
  const add = ({ images = [] }: { images?: unknown[] }) => {
    pictures += images.length;
  };
  await db.turns.each(add);
  await db.drafts.each(add);
  let files = 0;
  let fileBytes = 0;
  await db.files.each(({ size }) => {
    files++;
    fileBytes += size;
  });
  return {
    chats: chats ?? 0,
    sources: sources ?? 0,
    drafts: drafts ?? 0,
    prompts: prompts ?? 0,
    keys: keys ?? 0,
    pictures,
    terms: terms ?? 0,
    translations: translations ?? 0,
    files,
    fileBytes,
  };
}

/** The same, again after each change. */
export const watchStored = (db: Database = database): Observable<StoredCounts> =>
  liveQuery(() => countStored(db));
