import { storage } from 'wxt/utils/storage';

/** Where the bar in a page stands, in shares (0 to 1) of the room that the window leaves it, from its left and its top. */
export interface BarPlace {
  x: number;
  y: number;
}

const item = storage.defineItem<BarPlace | null>('local:barPlace', { fallback: null });

const isShare = (value: unknown): boolean =>
  Number.isFinite(value) && Number(value) >= 0 && Number(value) <= 1;

/** The place to which the bar was moved last, on whatever page. */
export const barPlace = {
  read: async (): Promise<BarPlace | undefined> => {
    const kept = await item.getValue();
    return kept && isShare(kept.x) && isShare(kept.y) ? kept : undefined;
  },
  write: ({ x, y }: BarPlace): Promise<void> => item.setValue({ x, y }),
};
