import { liveQuery, type Observable } from 'dexie';
import { type Database, database } from './database';
import { chatOfDraft, isReading, usedSources } from './drafts';
import { leftBehind, sourcesOfFiles } from './files';
import { mendedChat } from './mended';
import type { ChatRecord } from './records';

/**
 * Held while a deletion can be taken back. What has no chat any more is removed for good only when nobody holds it:
 * in another window the user may still press Undo.
 */
const undoLock = 'deletion-can-be-undone';

export interface ChatList {
  all(): Promise<ChatRecord[]>;
  rename(id: string, title: string): Promise<void>;
  takeAllOff(): Promise<ChatRecord[]>;
  putBack(chats: ChatRecord[]): Promise<void>;
  removeLeftovers(): Promise<void>;
}

/** Chats as a list: without what was asked and answered in them. */
export function createChatList(db: Database = database): ChatList {
  return {
    /** Every chat, newest first. A damaged record is listed with what of it can be read, so that it can be deleted. */
    async all() {
      const chats = (await db.chats.toArray()).map(mendedChat);
      return chats.sort((one, other) => other.updatedAt - one.updatedAt);
    },

    /** Gives a chat another title. White space is folded; an empty title changes nothing. */
    async rename(id, title) {
      const folded = title.replace(/\s+/g, ' ').trim();
      if (folded) await db.chats.update(id, { title: folded });
    },

    /**
     * Takes every chat off the list and returns the list, for undo. Their texts stay on the disk, where nothing
     * leads to them, until `removeLeftovers`: they may be too much to hold in memory.
     */
    async takeAllOff() {
      return db.transaction('rw', db.chats, async () => {
        const chats = await db.chats.toArray();
        await db.chats.clear();
        return chats;
      });
    },

    /** Puts chats back on the list; one that is there again meanwhile stays as it is. */
    async putBack(chats) {
      await db.transaction('rw', db.chats, async () => {
        const here = new Set(await db.chats.toCollection().primaryKeys());
        await db.chats.bulkAdd(chats.filter(({ id }) => !here.has(id)));
      });
    },

    /**
     * Removes questions, answers, sources and drafts that have no chat any more, a chat at a time. Does nothing while
     * a deletion can still be undone in any window.
     */
    async removeLeftovers() {
      await unlessUndoable(async () => {
        const chats = new Set(await db.chats.toCollection().primaryKeys());
        const named = [
          ...(await db.turns.orderBy('chatId').uniqueKeys()),
          ...(await db.answers.orderBy('chatId').uniqueKeys()),
        ].map(String);
        for (const id of new Set(named)) if (!chats.has(id)) await removeRemains(db, id);
        await removeUnused(db);
      });
    },
  };
}

export const chatList = createChatList();

/** Every chat, newest first, again after each change in any window. */
export const watchAllChats = (list = chatList): Observable<ChatRecord[]> => liveQuery(() => list.all());

/** One chat, again after each change in any window; undefined when it is gone. */
export const watchChatRecord = (id: string, db: Database = database): Observable<ChatRecord | undefined> =>
  liveQuery(async () => {
    const chat = await db.chats.get(id);
    return chat && mendedChat(chat);
  });

/** Keeps leftovers until the returned function is called. */
export function keepLeftovers(): () => void {
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  void globalThis.navigator?.locks?.request(undoLock, { mode: 'shared' }, () => until);
  return release;
}

async function unlessUndoable(work: () => Promise<void>): Promise<void> {
  const { locks } = globalThis.navigator ?? {};
  if (!locks) return work();
  await locks.request(undoLock, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}

async function removeRemains(db: Database, chatId: string): Promise<void> {
  await db.transaction('rw', db.chats, db.turns, db.answers, db.journal, async () => {
    // It may have come back since the list was read.
    if (await db.chats.get(chatId)) return;
    const answers = await db.answers.where('chatId').equals(chatId).primaryKeys();
    await db.journal.where('answerId').anyOf(answers).delete();
    await db.answers.bulkDelete(answers);
    await db.turns.where('chatId').equals(chatId).delete();
  });
}

/** Names alone are read, never the texts. */
async function removeUnused(db: Database): Promise<void> {
  await db.transaction('rw', [db.chats, db.turns, db.answers, db.sources, db.drafts, db.files], async () => {
    const chats = new Set(await db.chats.toCollection().primaryKeys());
    const drafts = await db.drafts.toCollection().primaryKeys();
    await db.drafts.bulkDelete(
      drafts.filter((id) => id !== 'new' && !isReading(id) && !chats.has(chatOfDraft(id))),
    );
    const used = await usedSources(db);
    const loose = (await db.sources.toCollection().primaryKeys()).filter((id) => !used.has(id));
    const withFiles = await sourcesOfFiles(db, loose);
    await db.sources.bulkDelete(loose.filter((id) => !withFiles.has(id)));
    for (const { id } of await leftBehind(db, await db.files.toCollection().primaryKeys()))
      await db.files.update(id, { stays: true });
  });
}
