import type { Page } from 'puppeteer-core';
import type { AnswerRecord, ChatRecord, TurnRecord } from '@/utils/store/records';

export interface Seed {
  chat: ChatRecord;
  turns: TurnRecord[];
  answers: AnswerRecord[];
  sources?: { id: string; [field: string]: unknown }[];
}

/**
 * Puts records of a chat into the database, as an earlier day would have left them. `page` is one of the extension that
 * opens the database.
 */
export async function seedChat(page: Page, { chat, turns, answers, sources = [] }: Seed): Promise<void> {
  await page.evaluate(
    async (stores: Record<string, unknown[]>) => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      // To open it before the extension has made it would make an empty one.
      while (!(await indexedDB.databases()).some(({ name }) => name === 'wholemoon'))
        await new Promise((resolve) => setTimeout(resolve, 50));
      const database = await settled(indexedDB.open('wholemoon'));
      const transaction = database.transaction(Object.keys(stores), 'readwrite');
      for (const [name, records] of Object.entries(stores))
        for (const record of records) transaction.objectStore(name).put(record);
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      database.close();
    },
    { chats: [chat], turns, answers, sources } as unknown as Record<string, unknown[]>,
  );
}
