/** Tabs that we have opened for reading and not closed yet. They outlive the panel that opened them, this list too. */

import { storage } from 'wxt/utils/storage';

const item = storage.defineItem<number[]>('session:ownTabs', { fallback: [] });

/** Several panels write the list: each has it for itself. */
const alone = <T>(work: () => Promise<T>): Promise<T> => {
  const { locks } = globalThis.navigator ?? {};
  return locks ? (locks.request('ownTabs', work) as Promise<T>) : work();
};

const read = async (): Promise<number[]> => {
  const list: unknown = await item.getValue();
  return Array.isArray(list) ? list.filter((id): id is number => Number.isInteger(id)) : [];
};

export const ownTabs = {
  read,
  add: (id: number): Promise<void> => alone(async () => item.setValue([...(await read()), id])),
  remove: (id: number): Promise<void> =>
    alone(async () => {
      const list = await read();
      if (list.includes(id)) await item.setValue(list.filter((other) => other !== id));
    }),
};
