import { type Database, database } from './database';

/** Questions that are typed and not sent yet, one per chat (`new` before a chat exists). */
export const createDraftStore = (db: Database = database) => ({
  read: async (id: string): Promise<string> => (await db.drafts.get(id))?.text ?? '',
  write: async (id: string, text: string): Promise<void> => {
    if (text) await db.drafts.put({ id, text });
    else await db.drafts.delete(id);
  },
});

export const draftStore = createDraftStore();
