import { storage } from 'wxt/utils/storage';
import { type Database, database } from './database';

/** The name under which the key of a search engine is kept, beside those of providers. */
export const searchKeyId = (engineId: string): string => `search:${engineId}`;

export const isSearchKey = (id: string): boolean => id.startsWith('search:');

/** Keys that are forgotten when the browser closes. In memory, and out of reach of content scripts. */
const temporary = storage.defineItem<Record<string, string>>('session:temporaryKeys', { fallback: {} });

/**
 * API keys, in the extension's own IndexedDB, or in session memory where the user wants them forgotten, and nowhere
 * else. `storage.local` can be read by content scripts, and Firefox has no way to forbid it.
 */
export const createKeyStore = (db: Database = database, memory: typeof temporary = temporary) => {
  const forget = async (providerId: string): Promise<void> => {
    const { [providerId]: gone, ...others } = await memory.getValue();
    if (gone !== undefined) await memory.setValue(others);
  };
  return {
    read: async (providerId: string): Promise<string | undefined> =>
      (await memory.getValue())[providerId] ?? (await db.keys.get(providerId))?.key,

    /** Keeps a key in one of the two places and removes it from the other; an empty key is removed from both. */
    write: async (
      providerId: string,
      key: string,
      { untilBrowserCloses = false }: { untilBrowserCloses?: boolean } = {},
    ): Promise<void> => {
      if (key && untilBrowserCloses) {
        await memory.setValue({ ...(await memory.getValue()), [providerId]: key });
        await db.keys.delete(providerId);
        return;
      }
      if (key) await db.keys.put({ providerId, key });
      else await db.keys.delete(providerId);
      await forget(providerId);
    },

    /** Whether the key is forgotten when the browser closes. */
    isTemporary: async (providerId: string): Promise<boolean> =>
      (await memory.getValue())[providerId] !== undefined,
  };
};

export const keyStore = createKeyStore();
