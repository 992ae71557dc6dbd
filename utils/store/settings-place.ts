import { storage } from 'wxt/utils/storage';

/**
 * Where in the settings somebody is to be led, as the id of an element: left before the page is opened, since the
 * browser opens it without an address of ours, or shows the one that is open already.
 */
const item = storage.defineItem<string | null>('session:settingsPlace', { fallback: null });

export const settingsPlace = {
  leave: (place: string): Promise<void> => item.setValue(place),

  /** The place that was left, once. */
  async take(): Promise<string | undefined> {
    const place = await item.getValue();
    if (place) await item.setValue(null);
    return place ?? undefined;
  },

  watch: (listener: () => void): (() => void) => item.watch((place) => place && listener()),
};
