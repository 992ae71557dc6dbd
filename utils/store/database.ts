/** What survives. With `inbox.ts` the only place that opens IndexedDB; lives in the extension's own origin, which no page can read. */

import { Dexie, type EntityTable } from 'dexie';
import type { MeasuredSource } from '../context/compose';
import type { Term } from '../translate/types';
import type {
  AnswerRecord,
  ChatRecord,
  DraftRecord,
  FileRecord,
  JournalRecord,
  KeyRecord,
  PromptRecord,
  SpendingRecord,
  TurnRecord,
} from './records';
import type { TranslationRecord } from './translations';

export interface SourceRecord extends MeasuredSource {
  id: string;
}

export interface Database extends Dexie {
  sources: EntityTable<SourceRecord, 'id'>;
  chats: EntityTable<ChatRecord, 'id'>;
  turns: EntityTable<TurnRecord, 'id'>;
  answers: EntityTable<AnswerRecord, 'id'>;
  journal: EntityTable<JournalRecord, 'sequence'>;
  keys: EntityTable<KeyRecord, 'providerId'>;
  drafts: EntityTable<DraftRecord, 'id'>;
  spending: EntityTable<SpendingRecord, 'sequence'>;
  prompts: EntityTable<PromptRecord, 'id'>;
  translations: EntityTable<TranslationRecord, 'key'>;
  terms: EntityTable<Term, 'id'>;
  files: EntityTable<FileRecord, 'id'>;
}

/** Opens (and upgrades) a database. Versions are only ever added below, never edited. */
export function openDatabase(name = 'wholemoon'): Database {
  const database = new Dexie(name) as Database;
  database.version(1).stores({
    sources: 'id',
    chats: 'id, updatedAt, *urls',
    turns: 'id, chatId',
    answers: 'id, chatId, turnId',
    journal: '++sequence, answerId',
    keys: 'providerId',
    drafts: 'id',
  });
  database.version(2).stores({ spending: '++sequence, chatId, month' });
  database.version(3).stores({ prompts: 'id' });
  // To find what still uses a source without reading every question.
  database.version(4).stores({ turns: 'id, chatId, *sourceIds' });
  // To list what was read without loading the texts: all that is said of a source stands in the keys.
  database.version(5).stores({
    sources: 'id, [source.readAt+source.kind+source.title+source.words+tokens], [source.readAt+source.url]',
  });
  database.version(6).stores({ translations: 'key, usedAt' });
  database.version(7).stores({ terms: 'id, [lang+place]' });
  // The same for answers, which name what was found for them.
  database.version(8).stores({ answers: 'id, chatId, turnId, *sourceIds' });
  // Files as they were handed over, and which sources were read from one.
  database.version(9).stores({
    files: 'id',
    sources:
      'id, [source.readAt+source.kind+source.title+source.words+tokens], [source.readAt+source.url], source.file.hash',
  });
  // Data for reading the words in pictures, and what was recognised.
  database.version(10).stores({ ocrLanguages: 'code', ocrPages: 'id, readAt' });
  return database;
}

export const database = openDatabase();
