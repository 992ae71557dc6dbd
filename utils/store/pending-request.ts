import { storage } from 'wxt/utils/storage';

/**
 * What the user asked for outside the panel (toolbar, shortcut, context menu). A message would be lost, because
 * the panel may not exist yet; this waits in session storage until the panel of that window takes it.
 */
export interface PendingRequest {
  action: 'read' | 'summarize';
  tabId: number;
  windowId: number;
  askedAt: number;
}

const item = storage.defineItem<PendingRequest | null>('session:pendingRequest', { fallback: null });

/** A request nobody took within this time (milliseconds) is forgotten: its panel never opened. */
const lifetime = 30_000;

export const pendingRequest = {
  leave: (request: PendingRequest): Promise<void> => item.setValue(request),

  /** Takes the request of this window, if there is one. */
  async take(windowId: number): Promise<PendingRequest | undefined> {
    const request = await item.getValue();
    if (request?.windowId !== windowId) return undefined;
    await item.setValue(null);
    return Date.now() - request.askedAt < lifetime ? request : undefined;
  },

  watch: (listener: () => void): (() => void) => item.watch((request) => request && listener()),
};
