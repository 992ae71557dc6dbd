/**
 * What a request from outside the panel brings, under its id, until a panel has put it where it belongs. A small
 * database of its own, opened without the library of the other one: the background script writes here, it is read at
 * every event of the browser, and the library would be most of it.
 */

import type { Source } from '../source';
import type { DraftRecord } from './records';

export interface Brought {
  /** Words that are to be translated. */
  text?: string;
  /** What was selected. */
  source?: Source;
  image?: NonNullable<DraftRecord['images']>[number];
}

interface InboxRecord extends Brought {
  id: string;
  /** Milliseconds since the epoch. */
  broughtAt: number;
}

export interface Inbox {
  write(id: string, brought: Brought): Promise<void>;
  /** Nothing where nothing was brought, or where it has been removed. */
  read(id: string): Promise<Brought>;
  remove(id: string): Promise<void>;
  /** Removes what was brought before this time, in milliseconds since the epoch. */
  removeOlder(time: number): Promise<void>;
  clear(): Promise<void>;
}

const storeName = 'brought';

export function createInbox(name = 'wholemoon-inbox', now = Date.now): Inbox {
  /** Opened for one piece of work, so that a connection that was left open is in nobody's way. */
  const using = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName, { keyPath: 'id' });
    const database = await outcomeOf(opening);
    try {
      const transaction = database.transaction(storeName, mode);
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      const [result] = await Promise.all([outcomeOf(work(transaction.objectStore(storeName))), done]);
      return result;
    } finally {
      database.close();
    }
  };

  return {
    async write(id, brought) {
      const record: InboxRecord = { ...brought, id, broughtAt: now() };
      await using('readwrite', (store) => store.put(record));
    },
    async read(id) {
      const record: InboxRecord | undefined = await using('readonly', (store) => store.get(id));
      if (!record) return {};
      const { id: _, broughtAt: __, ...brought } = record;
      return brought;
    },
    remove: (id) => using('readwrite', (store) => store.delete(id)),
    async removeOlder(time) {
      const all: InboxRecord[] = await using('readonly', (store) => store.getAll());
      for (const { id, broughtAt } of all) if (broughtAt < time) await this.remove(id);
    },
    clear: () => using('readwrite', (store) => store.clear()),
  };
}

const outcomeOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const inbox = createInbox();
