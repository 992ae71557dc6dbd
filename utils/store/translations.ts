/** Translations that were made and paid for: a page that is opened again costs nothing. */

import { type Database, database } from './database';

/** A translation, by the hash of all that it was made of. */
export interface TranslationRecord {
  key: string;
  text: string;
  /** When it was last used, in milliseconds since the epoch. */
  usedAt: number;
}

/** Translations that are kept; of more those go that were not used for longest. Some 40 MB. */
const mostKept = 100_000;
/** How many more there may be before they are looked through. */
const spare = 5_000;

export const createTranslationStore = (db: Database = database, now: () => number = Date.now) => ({
  async read(keys: readonly string[]): Promise<(string | undefined)[]> {
    const records = await db.translations.bulkGet([...keys]);
    const used = records.flatMap((record) => (record ? [{ ...record, usedAt: now() }] : []));
    // That they were used is worth no waiting, and no failure.
    if (used.length > 0) void db.translations.bulkPut(used).catch(() => {});
    return records.map((record) => (typeof record?.text === 'string' ? record.text : undefined));
  },

  async write(entries: readonly { key: string; text: string }[]): Promise<void> {
    await db.translations.bulkPut(entries.map((entry) => ({ ...entry, usedAt: now() })));
    const count = await db.translations.count();
    if (count <= mostKept + spare) return;
    const oldest = await db.translations
      .orderBy('usedAt')
      .limit(count - mostKept)
      .primaryKeys();
    await db.translations.bulkDelete(oldest);
  },
});

export const translationStore = createTranslationStore();
