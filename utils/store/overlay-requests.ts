import { storage } from 'wxt/utils/storage';

/** What a frame in a page is there for. It waits under a name that is good once, for a frame of the same tab. */
export interface OverlayRequest {
  id: string;
  view: 'selection' | 'page';
  tabId: number;
  windowId: number;
  /** Of the bar: takes the translation out again where one stands in the page. */
  toggles?: boolean;
  /** Milliseconds since the epoch. */
  askedAt: number;
}

const item = storage.defineItem<OverlayRequest[]>('session:overlayRequests', { fallback: [] });

/** A frame that has not come within this time (milliseconds) does not come. */
const lifetime = 15_000;

/** Requests are left and taken by several pages at once: each has the list for itself. */
const alone = <T>(work: () => Promise<T>): Promise<T> => {
  const { locks } = globalThis.navigator ?? {};
  return locks ? (locks.request('overlayRequests', work) as Promise<T>) : work();
};

const waiting = async (now: () => number): Promise<OverlayRequest[]> => {
  const list: unknown = await item.getValue();
  return Array.isArray(list) ? list.filter(({ askedAt }) => now() - askedAt < lifetime) : [];
};

export const overlayRequests = {
  leave: (request: OverlayRequest, now = Date.now): Promise<void> =>
    alone(async () => item.setValue([...(await waiting(now)), request])),

  /**
   * Takes the request of this name, once, and only for the tab that it was made for: a page that puts our frame into
   * itself gets nothing.
   */
  take: (id: string, tabId: number, now = Date.now): Promise<OverlayRequest | undefined> =>
    alone(async () => {
      const list = await waiting(now);
      const taken = list.find((request) => request.id === id && request.tabId === tabId);
      if (taken) await item.setValue(list.filter((request) => request !== taken));
      return taken;
    }),
};
