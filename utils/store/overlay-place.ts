import { storage } from 'wxt/utils/storage';

const sides = ['below', 'above', 'start', 'end'] as const;

const item = storage.defineItem<string>('local:bubbleSide', { fallback: '' });

/** The side of the selection to which the bubble was dragged last. */
export const overlayPlace = {
  read: async (): Promise<(typeof sides)[number] | undefined> => {
    const kept = await item.getValue();
    return sides.find((side) => side === kept);
  },
  write: (side: (typeof sides)[number]): Promise<void> => item.setValue(side),
};

const said = storage.defineItem<string[]>('session:saidCached', { fallback: [] });

/** Pages of which it is remembered that something was said. */
const mostPages = 100;

/** True the first time in a session for an address. */
export async function isFirstTime(address: string): Promise<boolean> {
  const list: unknown = await said.getValue();
  const known = Array.isArray(list) ? list : [];
  if (known.includes(address)) return false;
  await said.setValue([...known, address].slice(-mostPages));
  return true;
}
