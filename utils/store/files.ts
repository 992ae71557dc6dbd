import { type Database, database } from './database';
import type { FileRecord } from './records';

/** Files as they were handed over, each kept once by its bytes. */
export interface FileStore {
  /** Keeps a file; the same bytes once more stay as they are, under the name that they had first. */
  put(record: FileRecord): Promise<void>;
  get(hash: string): Promise<FileRecord | undefined>;
  /** The source that was read from these bytes and is attached to a draft. */
  attachedAs(draftId: string, hash: string): Promise<string | undefined>;
  isAttached(draftId: string, sourceId: string): Promise<boolean>;
}

export function createFileStore(db: Database = database): FileStore {
  return {
    put: (record) =>
      db.transaction('rw', db.files, async () => {
        const known = await db.files.where('id').equals(record.id).count();
        if (known === 0) await db.files.add(record);
      }),
    get: (hash) => db.files.get(hash),
    attachedAs: (draftId, hash) =>
      db.transaction('r', db.drafts, db.sources, async () => {
        const { attached = [] } = (await db.drafts.get(draftId)) ?? {};
        if (attached.length === 0) return undefined;
        const read = await db.sources.where('source.file.hash').equals(hash).primaryKeys();
        return read.find((id) => attached.includes(id));
      }),
    isAttached: async (draftId, sourceId) =>
      (await db.drafts.get(draftId))?.attached?.includes(sourceId) ?? false,
  };
}

export const fileStore = createFileStore();
