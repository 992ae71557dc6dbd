import { liveQuery, type Observable } from 'dexie';
import type { MeasuredSource } from '../context/compose';
import { type Database, database, type SourceRecord } from './database';
import { isReading, usedSources } from './drafts';
import type { FileRecord } from './records';

/** What is said of a kept file. */
export type KeptFile = Pick<FileRecord, 'id' | 'name' | 'size'>;

/** What was removed together, for undo. Their bytes stay on the disk as long as somebody holds this. */
export interface RemovedFiles {
  files: FileRecord[];
  sources: SourceRecord[];
}

/** Files as they were handed over, each kept once by its bytes. */
export interface FileStore {
  /** Keeps a file; the same bytes once more stay as they are, under the name that they had first. */
  put(record: FileRecord): Promise<void>;
  get(hash: string): Promise<FileRecord | undefined>;
  /** The source that was read from these bytes and is attached to a draft. */
  attachedFrom(draftId: string, hash: string): Promise<MeasuredSource | undefined>;
  /** Files that no question, answer or draft uses. `withoutChats`: none that is not written now. */
  unused(withoutChats?: boolean): Promise<KeptFile[]>;
  /** Removes files for good, with texts that were kept for their sake alone. */
  remove(hashes: readonly string[]): Promise<RemovedFiles>;
  putBack(removed: RemovedFiles): Promise<void>;
  /** Removes what nothing leads to any more: its row was taken away, or its reading came to nothing. */
  sweep(now?: number): Promise<void>;
}

/** Milliseconds in which a file may be on its way: kept, and in no list that is on the disk. */
const onItsWay = 60 * 60 * 1_000;

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
        const read = await db.sources.where(hashIndex).equals(hash).primaryKeys();
        const record = await db.sources.get(read.find((id) => attached.includes(id)) ?? '');
        if (!record) return undefined;
        const { id: _, ...entry } = record;
        return entry;
      }),

    unused: (withoutChats = false) =>
      db.transaction('r', [db.files, db.sources, db.turns, db.answers, db.drafts], async () => {
        const used = withoutChats ? await attachedOnly(db) : await usedSources(db);
        return describe(db, await unusedOf(db, await db.files.toCollection().primaryKeys(), used));
      }),

    remove: (hashes) =>
      db.transaction(
        'rw',
        [db.files, db.sources, db.turns, db.answers, db.drafts, db.table('ocrPages')],
        async () => {
          const found = await db.files.bulkGet([...hashes]);
          const files = found.flatMap((file) => file ?? []);
          const used = await usedSources(db);
          const ids = await db.sources.where(hashIndex).anyOf(hashes).primaryKeys();
          const gone = ids.filter((id) => !used.has(id));
          const sources = (await db.sources.bulkGet(gone)).flatMap((source) => source ?? []);
          await db.sources.bulkDelete(gone);
          await db.files.bulkDelete([...hashes]);
          // What was recognised in its pictures is as private as the file.
          for (const hash of hashes) await db.table('ocrPages').where('id').startsWith(hash).delete();
          return { files, sources };
        },
      ),

    putBack: ({ files, sources }) =>
      db.transaction('rw', db.files, db.sources, async () => {
        await db.files.bulkPut(files);
        const here = new Set(
          await db.sources
            .where('id')
            .anyOf(sources.map(({ id }) => id))
            .primaryKeys(),
        );
        await db.sources.bulkAdd(sources.filter(({ id }) => !here.has(id)));
      }),

    sweep: (now = Date.now()) =>
      db.transaction('rw', db.files, db.sources, db.drafts, async () => {
        const hashes = await db.files.toCollection().primaryKeys();
        if (hashes.length === 0) return;
        const named = new Set((await db.sources.orderBy(hashIndex).uniqueKeys()).map(String));
        const waiting = await waitingHashes(db);
        const loose = hashes.filter((hash) => !named.has(hash) && !waiting.has(hash));
        const old = (await db.files.bulkGet(loose)).flatMap((file) =>
          file && file.addedAt < now - onItsWay ? file.id : [],
        );
        await db.files.bulkDelete(old);
      }),
  };
}

/** Stands in database.ts under this name. */
const hashIndex = 'source.file.hash';

export const fileStore = createFileStore();

/** Files that nothing uses, again after each change in any window. */
export const watchUnusedFiles = (store = fileStore): Observable<KeptFile[]> =>
  liveQuery(() => store.unused());

/** Which of these files nothing uses. `used`: the ids of sources that are used. */
async function unusedOf(
  db: Database,
  hashes: readonly string[],
  used: ReadonlySet<string>,
): Promise<string[]> {
  const waiting = await waitingHashes(db);
  const unused: string[] = [];
  for (const hash of hashes) {
    if (waiting.has(hash)) continue;
    const ids = await db.sources.where(hashIndex).equals(hash).primaryKeys();
    if (!ids.some((id) => used.has(id))) unused.push(hash);
  }
  return unused;
}

/** Kept files among these that nothing uses now: what a chat that has just been removed leaves behind. */
export async function leftBehind(db: Database, hashes: readonly string[]): Promise<KeptFile[]> {
  const kept = await db.files
    .where('id')
    .anyOf([...new Set(hashes)])
    .primaryKeys();
  return kept.length === 0 ? [] : describe(db, await unusedOf(db, kept, await usedSources(db)));
}

/** Ids of sources among these whose files are kept: they stay with them, used or not. */
export async function sourcesOfFiles(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const kept = await db.files.toCollection().primaryKeys();
  if (kept.length === 0) return new Set();
  const all = new Set(await db.sources.where(hashIndex).anyOf(kept).primaryKeys());
  return new Set(ids.filter((id) => all.has(id)));
}

async function describe(db: Database, hashes: readonly string[]): Promise<KeptFile[]> {
  const files = await db.files.bulkGet([...hashes]);
  return files.flatMap((file) => (file ? { id: file.id, name: file.name, size: file.size } : []));
}

/** Hashes of files that were still to be read when the panel was closed. */
async function waitingHashes(db: Database): Promise<Set<string>> {
  const hashes = new Set<string>();
  await db.drafts.each(({ waiting = [] }) => {
    for (const { key } of waiting) if (key.startsWith('file:')) hashes.add(key.slice('file:'.length));
  });
  return hashes;
}

/** Sources of the question that is written now in a chat that has not begun, and of texts that are read in tabs. */
async function attachedOnly(db: Database): Promise<Set<string>> {
  const ids = new Set<string>();
  await db.drafts.each(({ id, attached = [] }) => {
    if (id === 'new' || isReading(id)) for (const one of attached) ids.add(one);
  });
  return ids;
}
