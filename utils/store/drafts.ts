import type { MeasuredSource } from '../context/compose';
import { type Database, database, type SourceRecord } from './database';
import type { DraftRecord, PickRecord, WaitingPick } from './records';

/** What the user chose about the sources of the next question. */
export interface SourceChoices {
  /** Sources that are in no turn yet, in their order. */
  attached: MeasuredSource[];
  /** Ids of sources and addresses of pages that stay out. */
  leftOut: string[];
  /** Addresses of pages that come into a chat about something else. */
  added: string[];
  /** How what is attached came to be picked, and when. */
  picks?: PickRecord[];
  /** Ids of sources that stay in the request, and that the next questions are not about. */
  aside?: string[];
}

/** The draft of an earlier question that is written anew: it belongs to its chat. */
export const draftOfEdit = (chatId: string, turnId: string): string => `${editsOf(chatId)}${turnId}`;

/** How the drafts of a chat's earlier questions begin. */
export const editsOf = (chatId: string): string => `${chatId} `;

/** How the drafts begin that keep the text of a source which is read in a tab of its own. */
const reading = 'reading:';

export const readingOf = (sourceId: string): string => `${reading}${sourceId}`;

export const isReading = (id: string): boolean => id.startsWith(reading);

/** The chat of a draft. */
export const chatOfDraft = (id: string): string => id.split(' ', 1)[0] ?? id;

/** Questions that are typed and not sent yet, with all that goes with them, one per chat (`new` before it exists). */
export const createDraftStore = (db: Database = database) => ({
  read: async (id: string): Promise<Required<Pick<DraftRecord, 'text' | 'images'>>> => {
    const draft = await db.drafts.get(id);
    return { text: draft?.text ?? '', images: draft?.images ?? [] };
  },
  write: (id: string, text: string, images: NonNullable<DraftRecord['images']> = []): Promise<void> =>
    db.transaction('rw', db.drafts, async () => keep(db, { ...(await db.drafts.get(id)), id, text, images })),

  async readSources(id: string): Promise<SourceChoices> {
    const draft = await db.drafts.get(id);
    return {
      attached: await attachedSources(db, draft),
      leftOut: draft?.leftOut ?? [],
      added: draft?.added ?? [],
      ...(draft?.picks && { picks: draft.picks }),
      ...(draft?.aside && { aside: draft.aside }),
    };
  },
  /** Keeps the choices, with the texts of what is attached. A text that nothing names any more goes. */
  writeSources: (
    id: string,
    { attached, leftOut, added, picks = [], aside = [] }: SourceChoices,
  ): Promise<void> =>
    db.transaction('rw', [db.drafts, db.sources, db.turns, db.answers, db.files], async () => {
      const before = await db.drafts.get(id);
      const ids = attached.map(({ source }) => source.id);
      const kept = new Set(await db.sources.where('id').anyOf(ids).primaryKeys());
      const known = new Set(before?.attached);
      for (const entry of attached) {
        const { id: own, file } = entry.source;
        if (file && kept.has(own) && !known.has(own)) await keepFacts(db, await db.sources.get(own), entry);
      }
      await db.sources.bulkAdd(
        attached
          .filter(({ source }) => !kept.has(source.id))
          .map((entry) => ({ id: entry.source.id, ...entry })),
      );
      const alive = picks.filter((pick) => ids.includes(pick.id));
      await keep(db, { text: '', ...before, id, attached: ids, picks: alive, leftOut, added, aside });
      const gone = (before?.attached ?? []).filter((old) => !ids.includes(old));
      if (gone.length === 0) return;
      const used = await usedSources(db);
      const loose = gone.filter((old) => !used.has(old));
      const stay = await sourcesThatStay(db, loose);
      await db.sources.bulkDelete(loose.filter((old) => !stay.has(old)));
    }),

  /** What was picked for a draft and has not been read, in the order of picking. */
  readWaiting: async (id: string): Promise<WaitingPick[]> => (await db.drafts.get(id))?.waiting ?? [],
  writeWaiting: (id: string, waiting: WaitingPick[]): Promise<void> =>
    db.transaction('rw', db.drafts, async () => {
      const before = await db.drafts.get(id);
      if (before || waiting.length > 0) await keep(db, { text: '', ...before, id, waiting });
    }),

  /** Forgets what was left out and added; what is attached stays. */
  forgetChoices: (id: string): Promise<void> =>
    db.transaction('rw', db.drafts, async () => {
      const draft = await db.drafts.get(id);
      if (draft) await keep(db, { ...draft, leftOut: [], added: [] });
    }),
});

/** An empty draft is none. */
async function keep(db: Database, { id, text, ...rest }: DraftRecord): Promise<void> {
  const lists = Object.fromEntries(Object.entries(rest).filter(([, list]) => list && list.length > 0));
  if (text || Object.keys(lists).length > 0) await db.drafts.put({ id, text, ...lists });
  else await db.drafts.delete(id);
}

/** The sources that are attached to a draft, as far as they are still there. */
export async function attachedSources(
  db: Database,
  draft: DraftRecord | undefined,
): Promise<MeasuredSource[]> {
  const records = await db.sources.bulkGet(draft?.attached ?? []);
  return records.flatMap((record) => {
    if (!record) return [];
    const { id: _, ...entry } = record;
    return [entry];
  });
}

/** Ids among these whose files stayed when their chats were deleted. */
async function sourcesThatStay(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const stay = new Set<string>();
  for (const record of await db.sources.bulkGet([...ids])) {
    const hash = record?.source.file?.hash;
    if (record && hash && (await db.files.get(hash))?.stays) stay.add(record.id);
  }
  return stay;
}

/**
 * What is known of the file that a text was read from, where the text was kept before without it, or as it was read
 * with other choices.
 */
export async function keepFacts(
  db: Database,
  kept: SourceRecord | undefined,
  { source: { id, file } }: MeasuredSource,
): Promise<void> {
  const known = kept?.source.file;
  if (!kept || !file || (known && known.hash !== file.hash)) return;
  if (JSON.stringify(known) !== JSON.stringify(file)) await db.sources.update(id, { 'source.file': file });
}

/** Ids of all sources that a turn, an answer or a draft names. */
export async function usedSources(db: Database): Promise<Set<string>> {
  // Of turns and answers the names alone are read: they have pictures and long texts in them.
  const used = new Set(
    [
      ...(await db.turns.orderBy('sourceIds').uniqueKeys()),
      ...(await db.answers.orderBy('sourceIds').uniqueKeys()),
    ].map(String),
  );
  await db.drafts.each(({ attached = [] }) => {
    for (const id of attached) used.add(id);
  });
  return used;
}

export const draftStore = createDraftStore();
