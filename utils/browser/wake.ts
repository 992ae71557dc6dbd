import { browser } from 'wxt/browser';
import { AppError } from '../errors';

/** Milliseconds between two looks at a tab that is loading. */
const interval = 250;

/**
 * Loads a tab that the browser has put away, where it is. A page that takes longer is left to whoever reads it.
 * @throws AppError tab-closed
 */
export async function loadInBackground(
  tabId: number,
  { signal, timeout }: { signal?: AbortSignal; timeout: number },
): Promise<void> {
  await browser.tabs.reload(tabId);
  for (const deadline = Date.now() + timeout; Date.now() < deadline; ) {
    signal?.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, interval));
    const tab = await browser.tabs.get(tabId).catch(() => undefined);
    if (!tab) throw new AppError('tab-closed');
    if (tab.status === 'complete' && !tab.discarded) return;
  }
}
