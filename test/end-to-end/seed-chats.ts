import type { Page } from 'puppeteer-core';

/** A chat of one question, as it is put on the disk without being asked. */
export interface SeededChat {
  id: string;
  title: string;
  /** Milliseconds since 1970. */
  time: number;
  urls?: string[];
  question?: string;
  answer?: string;
  /** Passages of its one source. */
  passages?: string[];
  cost?: number;
}

/** Puts chats into the database of the extension, from one of its own pages. Passages are numbered from ¶1. */
export const seedChats = (page: Page, chats: SeededChat[]): Promise<void> =>
  page.evaluate(async (list) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open('wholemoon');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const tables = ['chats', 'turns', 'answers', 'sources', 'spending'];
    const transaction = database.transaction(tables, 'readwrite');
    const put = (table: string, record: unknown) => transaction.objectStore(table).put(record);
    for (const { id, title, time, urls = [], question = 'What?', answer = 'That.', passages, cost } of list) {
      put('chats', { id, title, createdAt: time, updatedAt: time, urls });
      const sourceIds = passages ? [`source-${id}`] : [];
      put('turns', {
        id: `turn-${id}`,
        chatId: id,
        position: 0,
        task: 'answer',
        question,
        instructions: '',
        sourceIds,
        askedAt: time,
      });
      put('answers', {
        id: `answer-${id}`,
        turnId: `turn-${id}`,
        chatId: id,
        createdAt: time,
        provider: 'custom',
        providerName: 'Example',
        model: 'test-model',
        text: answer,
        thinking: '',
        state: 'ended',
        reason: 'stop',
        sendings: [],
      });
      if (cost)
        put('spending', {
          chatId: id,
          month: '2026-11',
          providerId: 'custom',
          model: 'test-model',
          cost: { currency: 'USD', amount: cost, exact: true },
          input: 1,
          output: 1,
        });
      if (!passages) continue;
      const segments = [];
      let text = '';
      for (const [index, passage] of passages.entries()) {
        const start = text.length + `¶${index + 1} `.length;
        segments.push({ number: index + 1, start, end: start + passage.length, kind: 'text' });
        text += `¶${index + 1} ${passage}${index < passages.length - 1 ? '\n\n' : ''}`;
      }
      const source = {
        id: `source-${id}`,
        kind: 'tab',
        title,
        url: urls[0],
        lang: 'en',
        gaps: [],
        readAt: time,
        text,
        segments,
        characters: text.length,
        words: text.split(' ').length,
      };
      put('sources', { id: `source-${id}`, source, tokens: 10 });
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
    });
    database.close();
  }, chats);
