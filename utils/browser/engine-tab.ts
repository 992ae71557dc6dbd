/** The door to the browser's own search engine: asked in a tab of ours that stays in the background. */

import { browser } from 'wxt/browser';

/** Opens an empty tab behind the one in front, without sound. */
export async function openEngineTab(): Promise<number> {
  // When it is closed while it is in front, the tab that was there before comes back.
  const [front] = await browser.tabs.query({ active: true, currentWindow: true });
  const { id } = await browser.tabs.create({ active: false, url: 'about:blank', openerTabId: front?.id });
  if (id === undefined) throw new Error('The browser opened no tab');
  await browser.tabs.update(id, { muted: true }).catch(() => {});
  return id;
}

/** Asks the engine that the browser is set to, as its address bar does. The answer loads in the tab. */
export async function askInTab(text: string, tabId: number): Promise<void> {
  await browser.search.query({ text, tabId });
}

/** Closes a tab of ours. One that the user has come to see is theirs now, and stays unless `evenInFront`. */
export async function closeEngineTab(
  tabId: number,
  { evenInFront = false }: { evenInFront?: boolean } = {},
): Promise<void> {
  const tab = await browser.tabs.get(tabId).catch(() => undefined);
  if (!tab || (tab.active && !evenInFront)) return;
  await browser.tabs.remove(tabId).catch(() => {});
}

/**
 * What a function of ours returns from inside the page in a tab, in the extension's own world. The function can use
 * nothing but its arguments and the page. Undefined when the page went away meanwhile.
 * @throws whatever the browser says about pages that it lets nobody touch
 */
export async function runInTab<Value, Arguments extends unknown[]>(
  tabId: number,
  func: (...args: Arguments) => Value,
  args: Arguments,
): Promise<Awaited<Value> | undefined> {
  const [frame] = await browser.scripting.executeScript({
    target: { tabId },
    func,
    args,
    injectImmediately: true,
  });
  return (frame?.result ?? undefined) as Awaited<Value> | undefined;
}
