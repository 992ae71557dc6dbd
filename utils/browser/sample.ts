/** The article that comes with the extension, for the first summary. */

import { browser } from 'wxt/browser';

/** Where it is in the language of the interface: there is one in Chinese, and one in English for all others. */
export const sampleUrl = (languageTag: string): string =>
  browser.runtime.getURL(/^zh\b/.test(languageTag) ? '/sample/zh.html' : '/sample/en.html');

/** Words of it, as the reader counts them; a test holds the numbers to the articles. */
export const sampleWords = (languageTag: string): number => (/^zh\b/.test(languageTag) ? 11_018 : 9_652);

export const isSample = (url: string | undefined): boolean =>
  url?.startsWith(browser.runtime.getURL('/sample/' as '/welcome.html')) ?? false;

/** The document of a page of ours in a tab. Pages of one extension share a process, and so their documents. */
export function sampleDocument(tabId: number): Document | undefined {
  const [view] = browser.extension.getViews({ tabId }) as Window[];
  return view && isSample(view.location.href) ? view.document : undefined;
}

/** Milliseconds after which a page of our own is there or never will be. */
const patience = 10_000;

/** Opens it in a tab in front. Resolves with the tab when it shows the article, or undefined when it never does. */
export async function openSample(languageTag: string, windowId: number): Promise<number | undefined> {
  const { id } = await browser.tabs.create({ url: sampleUrl(languageTag), windowId });
  if (id === undefined) return undefined;
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    const { url, status } = await browser.tabs.get(id);
    if (status === 'complete' && isSample(url)) return id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}
