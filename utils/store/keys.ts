import { type Database, database } from './database';

/**
 * API keys, in the extension's own IndexedDB and nowhere else. `storage.local` can be read by content scripts,
 * and Firefox has no way to forbid it.
 */
export const createKeyStore = (db: Database = database) => ({
  read: async (providerId: string): Promise<string | undefined> => (await db.keys.get(providerId))?.key,
  write: async (providerId: string, key: string): Promise<void> => {
    if (key) await db.keys.put({ providerId, key });
    else await db.keys.delete(providerId);
  },
});

export const keyStore = createKeyStore();
