import type { MeasuredSource } from '../context/compose';
import { type Database, database } from './database';
import type { FileRecord } from './records';

/** Files as they were handed over, each kept once by its bytes. */
export interface FileStore {
  /** Keeps a file; the same bytes once more stay as they are, under the name that they had first. */
  put(record: FileRecord): Promise<void>;
  get(hash: string): Promise<FileRecord | undefined>;
  /** The source that was read from these bytes and is attached to a draft. */
  attachedFrom(draftId: string, hash: string): Promise<MeasuredSource | undefined>;
}

export function createFileStore(db: Database = database): FileStore {
  return {
    put: (record) =>
      db.transaction('rw', db.files, async () => {
        const known = await db.files.where('id').equals(record.id).count();
        if (known === 0) await db.files.add(record);
      }),
    get: (hash) => db.files.get(hash),
    attachedFrom: (draftId, hash) =>
      db.transaction('r', db.drafts, db.sources, async () => {
        const { attached = [] } = (await db.drafts.get(draftId)) ?? {};
        if (attached.length === 0) return undefined;
        const read = await db.sources.where('source.file.hash').equals(hash).primaryKeys();
        const record = await db.sources.get(read.find((id) => attached.includes(id)) ?? '');
        if (!record) return undefined;
        const { id: _, ...entry } = record;
        return entry;
      }),
  };
}

export const fileStore = createFileStore();
