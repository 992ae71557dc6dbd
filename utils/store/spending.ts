import { liveQuery, type Observable } from 'dexie';
import { type Database, database } from './database';
import type { SpendingRecord } from './records';

/** `2026-11` of a moment, by the clock of this computer. */
export function monthOf(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

/** The chat under which checks and tests stand, which belong to none. */
export const noChat = '';

/** What was paid to vendors, one record per sending. The sums are made by whoever shows them. */
export const createSpendingStore = (db: Database = database) => ({
  record: async (entry: Omit<SpendingRecord, 'sequence'>): Promise<void> => {
    await db.spending.add(entry);
  },
  ofChat: (chatId: string): Promise<SpendingRecord[]> => db.spending.where('chatId').equals(chatId).toArray(),
  /** This month's when not said. */
  ofMonth: (month = monthOf(Date.now())): Promise<SpendingRecord[]> =>
    db.spending.where('month').equals(month).toArray(),
});

export const spendingStore = createSpendingStore();

/** This month's records, again after each change. */
export const watchMonth = (
  month = monthOf(Date.now()),
  store = spendingStore,
): Observable<SpendingRecord[]> => liveQuery(() => store.ofMonth(month));

/** A chat's records, again after each change. */
export const watchChatSpending = (chatId: string, store = spendingStore): Observable<SpendingRecord[]> =>
  liveQuery(() => store.ofChat(chatId));
