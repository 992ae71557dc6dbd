/** What was spent, in sums: the records of utils/store/spending.ts added up, one sum for each currency. */

import { type Money, sumMoney } from '../context/money';
import { monthOf, spendingStore } from '../store/spending';

/** What a chat has cost. */
export const spentInChat = async (chatId: string, store = spendingStore): Promise<Money[]> =>
  sumMoney((await store.ofChat(chatId)).map(({ cost }) => cost));

/** What a month has cost (`2026-11`), this one when not said. Chats that were deleted count. */
export const spentInMonth = async (month = monthOf(Date.now()), store = spendingStore): Promise<Money[]> =>
  sumMoney((await store.ofMonth(month)).map(({ cost }) => cost));
