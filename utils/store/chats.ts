import { liveQuery, type Observable } from 'dexie';
import type { MeasuredSource } from '../context/compose';
import type { Source } from '../source';
import { type Database, database } from './database';
import { attachedSources, editsOf, keepFacts, usedSources } from './drafts';
import type { KeptFile } from './files';
import { isWholeSource, mendedAnswer, mendedChat, mendedTurn } from './mended';
import type {
  AnswerRecord,
  ChatRecord,
  DraftRecord,
  JournalRecord,
  SourceHeader,
  TurnRecord,
} from './records';

/** Everything of one chat: the turns of all branches by their place, each with its answers, oldest first. */
export interface StoredChat {
  chat: ChatRecord;
  turns: TurnRecord[];
  answers: AnswerRecord[];
  sources: MeasuredSource[];
  /** What was typed and not sent, where the chat was removed with it. */
  draft?: DraftRecord;
  /** Earlier questions that were being written anew. */
  edits?: DraftRecord[];
  /** Of a chat that was removed: the files that only it used. They stay, with their texts. */
  files?: KeptFile[];
}

export interface ChatStore {
  saveTurn(
    chat: ChatRecord,
    turn: TurnRecord,
    sources: MeasuredSource[],
    rest?: Pick<StoredChat, 'turns' | 'answers' | 'sources'>,
  ): Promise<void>;
  saveBranch(chatId: string, branch: Record<string, string>): Promise<void>;
  saveAnswer(answer: AnswerRecord): Promise<void>;
  appendToJournal(piece: JournalRecord): Promise<void>;
  keepFound(answer: AnswerRecord, sources: MeasuredSource[]): Promise<SourceHeader[]>;
  settleAnswer(answer: AnswerRecord): Promise<void>;
  loadChat(id: string): Promise<StoredChat | undefined>;
  loadAnswer(id: string): Promise<AnswerRecord | undefined>;
  watchChat(id: string): Observable<{ turns: string[]; answers: string[] }>;
  listChats(limit: number): Promise<ChatRecord[]>;
  findChatOfPage(url: string): Promise<ChatRecord | undefined>;
  removeChat(id: string): Promise<StoredChat | undefined>;
  restoreChat(stored: StoredChat): Promise<void>;
}

/** Chats on disk. */
export function createChatStore(db: Database = database): ChatStore {
  return {
    /**
     * Stores the question before anything is sent, so that it cannot be lost. Sources are stored once, by hash. `rest`
     * is what is on screen of the chat: one that was deleted in another window comes back whole, not in pieces.
     */
    async saveTurn(chat, turn, sources, rest = { turns: [], answers: [], sources: [] }) {
      await db.transaction('rw', db.chats, db.turns, db.answers, db.sources, async () => {
        const known = await db.chats.get(chat.id);
        const missing = known ? [] : rest.sources;
        if (!known) {
          await db.turns.bulkPut(rest.turns);
          await db.answers.bulkPut(rest.answers);
        }
        // Another window may have given it another name, or other pages.
        const urls = [...new Set([...(known?.urls ?? []), ...chat.urls])];
        await db.chats.put({ ...chat, ...(known && { title: known.title }), urls });
        const headers = await keepTexts(db, new Set([...sources, ...missing]));
        await db.turns.put(headers.length > 0 ? { ...turn, headers } : turn);
      });
    },

    /** Remembers which branch is on screen. That is no change to the chat: it keeps its place in the list. */
    async saveBranch(chatId, branch) {
      await db.chats.update(chatId, { branch });
    },

    async saveAnswer(answer) {
      await db.answers.put(answer);
    },

    /** One small write per flush: the cost of keeping an answer stays linear in its length. */
    async appendToJournal(piece) {
      await db.journal.add(piece);
    },

    /**
     * Keeps an answer that is being written as it is, with the texts that were found for it. Resolves with the names
     * under which the chat knows those that are kept under others.
     */
    async keepFound(answer, sources) {
      return db.transaction('rw', db.chats, db.answers, db.sources, async () => {
        // A chat that was deleted meanwhile does not come back in pieces.
        if (!(await db.chats.get(answer.chatId))) return [];
        const others =
          answer.headers?.filter(({ id }) => !sources.some(({ source }) => source.id === id)) ?? [];
        const headers = [...others, ...(await keepTexts(db, sources))];
        await db.answers.put(headers.length > 0 ? { ...answer, headers } : answer);
        return headers;
      });
    },

    /** Writes the whole answer and removes its journal, in one transaction. */
    async settleAnswer(answer) {
      await db.transaction('rw', db.answers, db.journal, db.chats, async () => {
        await db.journal.where('answerId').equals(answer.id).delete();
        // A chat that was deleted meanwhile does not come back in pieces.
        if (!(await db.chats.get(answer.chatId))) return;
        await db.chats.update(answer.chatId, { updatedAt: Date.now() });
        await db.answers.put(answer);
      });
    },

    async loadChat(id) {
      return db.transaction('r', db.chats, db.turns, db.answers, db.journal, db.sources, async () => {
        const kept = await db.chats.get(id);
        if (!kept) return undefined;
        const chat = mendedChat(kept);
        const turns = (await db.turns.where('chatId').equals(id).sortBy('position')).map(mendedTurn);
        const answers = (await db.answers.where('chatId').equals(id).sortBy('createdAt')).map(mendedAnswer);
        for (const answer of answers) {
          if (answer.state !== 'streaming') continue;
          const pieces = await db.journal.where('answerId').equals(answer.id).sortBy('sequence');
          answer.text += pieces.map((piece) => piece.text).join('');
          answer.thinking += pieces.map((piece) => piece.thinking).join('');
        }
        const ids = [...new Set([...turns, ...answers].flatMap(({ sourceIds = [] }) => sourceIds))];
        const headers = new Map(
          [...answers, ...turns]
            .flatMap((record) => record.headers ?? [])
            .map((header) => [header.id, header]),
        );
        const records = await db.sources.bulkGet(ids);
        const sources = records.flatMap((entry) =>
          entry && isWholeSource(entry)
            ? [
                {
                  source: { ...entry.source, ...headers.get(entry.id) },
                  tokens: entry.tokens,
                  ...(entry.han === undefined
                    ? {}
                    : { han: entry.han, hangul: entry.hangul ?? 0, dense: entry.dense ?? 0 }),
                },
              ]
            : [],
        );
        return { chat, turns, answers, sources };
      });
    },

    async loadAnswer(id) {
      return db.answers.get(id);
    },

    /** The names of a chat's questions and answers, again when one is added, in whichever window. */
    watchChat(id) {
      return liveQuery(() =>
        db.transaction('r', db.turns, db.answers, async () => ({
          turns: await db.turns.where('chatId').equals(id).primaryKeys(),
          answers: await db.answers.where('chatId').equals(id).primaryKeys(),
        })),
      );
    },

    async listChats(limit) {
      return (await db.chats.orderBy('updatedAt').reverse().limit(limit).toArray()).map(mendedChat);
    },

    async findChatOfPage(url) {
      const chats = await db.chats.where('urls').equals(pageAddress(url)).sortBy('updatedAt');
      return chats.at(-1);
    },

    /**
     * Removes a chat and the sources that no other chat uses; returns what was removed, for undo. Files that only it
     * used stay: whether they go is asked.
     */
    async removeChat(id) {
      const stored = await this.loadChat(id);
      if (!stored) return undefined;
      // No part of opening the panel. A transaction does not wait for what is loaded in it.
      const { leftBehind, sourcesOfFiles } = await import('./files');
      await db.transaction(
        'rw',
        [db.chats, db.turns, db.answers, db.journal, db.sources, db.drafts, db.files],
        async () => {
          await db.chats.delete(id);
          await db.turns.where('chatId').equals(id).delete();
          await db.answers.where('chatId').equals(id).delete();
          await db.journal
            .where('answerId')
            .anyOf(stored.answers.map((answer) => answer.id))
            .delete();
          const draft = await db.drafts.get(id);
          if (draft) stored.draft = draft;
          const edits = await db.drafts.where('id').startsWith(editsOf(id)).toArray();
          if (edits.length > 0) stored.edits = edits;
          await db.drafts.bulkDelete([id, ...edits.map((entry) => entry.id)]);
          stored.sources.push(...(await attachedSources(db, draft)));
          const hashes = stored.sources.flatMap(({ source }) => source.file?.hash ?? []);
          const files = await leftBehind(db, hashes);
          if (files.length > 0) stored.files = files;
          for (const file of files) await db.files.update(file.id, { stays: true });
          const ids = stored.sources.map((entry) => entry.source.id);
          const [used, withFiles] = [await usedSources(db), await sourcesOfFiles(db, ids)];
          await db.sources.bulkDelete(ids.filter((key) => !used.has(key) && !withFiles.has(key)));
        },
      );
      return stored;
    },

    async restoreChat({ chat, turns, answers, sources, draft, edits = [], files = [] }) {
      const tables = [db.chats, db.turns, db.answers, db.sources, db.drafts, db.files];
      await db.transaction('rw', tables, async () => {
        await db.chats.put(chat);
        await db.turns.bulkPut(turns);
        await db.answers.bulkPut(answers);
        // What another chat still has is there, under the title and address that it has for it.
        const kept = await db.sources.bulkGet(sources.map(({ source }) => source.id));
        const missing = sources.filter((_, index) => kept[index] === undefined);
        await db.sources.bulkAdd(missing.map((entry) => ({ id: entry.source.id, ...entry })));
        await db.drafts.bulkPut(draft ? [draft, ...edits] : edits);
        for (const { id } of files) await db.files.update(id, { stays: false });
      });
    },
  };
}

export const chatStore = createChatStore();

/** The latest chats, again after each change. */
export const watchChats = (limit: number, store = chatStore): Observable<ChatRecord[]> =>
  liveQuery(() => store.listChats(limit));

/** Stores texts that are not there yet, once, by hash. Gives the names of those that are there under others. */
async function keepTexts(db: Database, sources: Iterable<MeasuredSource>): Promise<SourceHeader[]> {
  const headers: SourceHeader[] = [];
  for (const entry of sources) {
    const kept = await db.sources.get(entry.source.id);
    if (kept) await keepFacts(db, kept, entry);
    if (!kept) await db.sources.add({ id: entry.source.id, ...entry });
    else if (!sameHeader(kept.source, entry.source)) headers.push(headerOf(entry.source));
  }
  return headers;
}

const headerOf = ({ id, kind, title, url, lang, gaps }: Source): SourceHeader => ({
  id,
  kind,
  title,
  url,
  lang,
  gaps,
});

const sameHeader = (one: Source, other: Source): boolean =>
  JSON.stringify(headerOf(one)) === JSON.stringify(headerOf(other));

/** A page's address without its fragment: the same page scrolled elsewhere is the same page. */
export const pageAddress = (url: string): string => url.split('#', 1)[0] ?? url;
