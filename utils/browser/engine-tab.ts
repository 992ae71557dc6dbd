/** The door to the browser's own search engine: asked in a tab of ours that stays in the background. */

import { browser } from 'wxt/browser';

/** Asks the engine that the browser is set to, as its address bar does. The answer loads in the tab. */
export async function askInTab(text: string, tabId: number): Promise<void> {
  await browser.search.query({ text, tabId });
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
