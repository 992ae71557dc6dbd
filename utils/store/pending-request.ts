import { storage } from 'wxt/utils/storage';

/** What was asked for. Small by design: a selection, and a picture that is its own address, wait in the inbox. */
export type Wish =
  | { action: 'read' }
  | { action: 'summarize' }
  /** The page, side by side, in the panel: it lets no frame of ours in. `toggles`: a translation that is there is undone. */
  | { action: 'translate-page'; toggles?: boolean }
  /**
   * A question typed into the address bar, about the page in front. With `chatId` it is one of that chat;
   * `isSearch`: it is looked up on the web first.
   */
  | { action: 'ask'; question: string; chatId?: string; isSearch?: boolean }
  /** The selected text is in the inbox under the request's id; without one the browser gave none, or `neverRead` is
   *  the site that is on the user's list. */
  | { action: 'selection'; isCut?: boolean; neverRead?: string }
  /** The words are in the inbox under the request's id; none where the browser gave none. */
  | { action: 'translate' }
  /** A chat that was made elsewhere and is to be shown. */
  | { action: 'chat'; chatId: string }
  | { action: 'link'; url: string }
  /** Without an address the picture is in the inbox under the request's id. */
  | { action: 'picture'; url?: string; frameId: number };

/**
 * What the user asked for outside the panel (toolbar, shortcut, context menu, address bar). A message would be lost,
 * because the panel may not exist yet; this waits in session storage until the panel of that window takes it.
 */
export type PendingRequest = Wish & {
  id: string;
  tabId: number;
  windowId: number;
  /** Milliseconds since the epoch. */
  askedAt: number;
};

const item = storage.defineItem<PendingRequest[] | null>('session:pendingRequest', { fallback: null });

/** A request nobody took within this time (milliseconds) is forgotten: its panel never opened. */
const lifetime = 30_000;

/** Requests are left and taken by several pages at once: each has the list for itself. */
const alone = <T>(work: () => Promise<T>): Promise<T> => {
  const { locks } = globalThis.navigator ?? {};
  return locks ? (locks.request('pendingRequest', work) as Promise<T>) : work();
};

/** What an older version left, or a broken write, is no list. */
const waiting = async (): Promise<PendingRequest[]> => {
  const list: unknown = await item.getValue();
  return Array.isArray(list) ? list : [];
};

export const pendingRequest = {
  leave: (request: PendingRequest): Promise<void> =>
    alone(async () => item.setValue([...(await waiting()), request])),

  /**
   * Takes the oldest request of this window, if there is one. Those that are too old go as well. It is handed to `keep`
   * before it goes from here.
   */
  take: (
    windowId: number,
    now = Date.now,
    keep?: (request: PendingRequest) => Promise<void>,
  ): Promise<PendingRequest | undefined> =>
    alone(async () => {
      const all = await waiting();
      const list = all.filter(({ askedAt }) => now() - askedAt < lifetime);
      const taken = list.find((request) => request.windowId === windowId);
      if (taken) await keep?.(taken);
      const rest = list.filter((request) => request !== taken);
      // Panels of other windows watch: a change that is none would send them looking for ever.
      if (rest.length < all.length) await item.setValue(rest.length > 0 ? rest : null);
      return taken;
    }),

  /** Whether nobody has taken it yet. */
  isWaiting: async (id: string): Promise<boolean> => (await waiting()).some((request) => request.id === id),

  watch: (listener: () => void): (() => void) => item.watch((list) => list && listener()),
};

/** Milliseconds in which the same request again is a double click. */
const doubleClick = 1_200;

/** The same wish for the same page a moment ago. */
export function isRepeat(last: PendingRequest | undefined, next: PendingRequest): boolean {
  if (!last || next.action === 'read' || next.askedAt - last.askedAt > doubleClick) return false;
  const wish = ({ id: _, askedAt: __, ...rest }: PendingRequest) => JSON.stringify(rest);
  return wish(last) === wish(next);
}
