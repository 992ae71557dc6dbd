import { type Database, database } from './database';
import type { DraftRecord } from './records';

/** Questions that are typed and not sent yet, with their pictures, one per chat (`new` before a chat exists). */
export const createDraftStore = (db: Database = database) => ({
  read: async (id: string): Promise<Required<Pick<DraftRecord, 'text' | 'images'>>> => {
    const draft = await db.drafts.get(id);
    return { text: draft?.text ?? '', images: draft?.images ?? [] };
  },
  write: async (id: string, text: string, images: NonNullable<DraftRecord['images']> = []): Promise<void> => {
    if (text || images.length > 0) await db.drafts.put({ id, text, ...(images.length > 0 && { images }) });
    else await db.drafts.delete(id);
  },
});

export const draftStore = createDraftStore();
