/** What reading pictures keeps: data of languages that the user had fetched or chose, and words that were recognised. */

import type { Table } from 'dexie';
import { type Database, database } from './database';

/** Data of a language, as they came: packed or not. */
export interface OcrLanguageRecord {
  /** Tesseract's name for it; of a file that the user chose, the name of the file. */
  code: string;
  data: Blob;
  /** Bytes. */
  size: number;
  addedAt: number;
  /** The user chose a file. */
  own?: boolean;
}

/** The words of one page that took seconds to recognise. They come from the page alone, so they can always go. */
export interface OcrPageRecord {
  /** Hash of the file, languages and number of the page. */
  id: string;
  /** As `PageText` of a PDF, in points. */
  page: unknown;
  /** 0 to 100. */
  confidence: number;
  readAt: number;
}

/** Pages kept: about 20 kB each. The oldest go. */
const mostPages = 2_000;

export function createOcrStore(db: Database = database, limit = mostPages) {
  const languages = db.table('ocrLanguages') as Table<OcrLanguageRecord, string>;
  const pages = db.table('ocrPages') as Table<OcrPageRecord, string>;
  const idOf = (hash: string, codes: readonly string[], number: number) =>
    `${hash} ${[...codes].sort().join('+')} ${number}`;
  return {
    /** What is there, without the data themselves. */
    listLanguages: async (): Promise<Omit<OcrLanguageRecord, 'data'>[]> =>
      (await languages.toArray()).map(({ data: _, ...rest }) => rest),
    readLanguage: async (code: string): Promise<Blob | undefined> => (await languages.get(code))?.data,
    writeLanguage: async (record: OcrLanguageRecord): Promise<void> => {
      await languages.put(record);
    },
    deleteLanguage: (code: string): Promise<void> => languages.delete(code),

    /** Words of pages of this file that were recognised, in whichever languages; the newest of a page comes last. */
    readPages: (hash: string): Promise<OcrPageRecord[]> =>
      pages.where('id').startsWith(`${hash} `).sortBy('readAt'),
    /** Whether words of any page are kept: most users have none. */
    hasPages: async (): Promise<boolean> => (await pages.count()) > 0,
    /** Numbers of the pages of a file that were recognised in these languages. */
    async knownPages(hash: string, codes: readonly string[]): Promise<Set<number>> {
      const ids = await pages
        .where('id')
        .startsWith(idOf(hash, codes, Number.NaN).replace('NaN', ''))
        .primaryKeys();
      return new Set(ids.map((id) => Number(id.split(' ').at(-1))));
    },
    async writePage(
      hash: string,
      codes: readonly string[],
      number: number,
      record: Omit<OcrPageRecord, 'id' | 'readAt'>,
    ): Promise<void> {
      await pages.put({ ...record, id: idOf(hash, codes, number), readAt: Date.now() });
      const over = (await pages.count()) - limit;
      if (over > 0) await pages.bulkDelete(await pages.orderBy('readAt').limit(over).primaryKeys());
    },
    /** Forgets what was recognised in a file. */
    forgetPages: async (hash: string): Promise<void> => {
      await pages.where('id').startsWith(`${hash} `).delete();
    },
  };
}

export type OcrStore = ReturnType<typeof createOcrStore>;

export const ocrStore = createOcrStore();
