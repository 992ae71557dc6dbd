import { browser } from 'wxt/browser';
import { ownTabs } from '../store/own-tabs';

export interface OpenTab {
  tabId: number;
  title: string;
  url: string;
}

/** A tab of the user's that shows an address, as far as the browser lets us know where tabs are. */
export async function findOpenTab(isThere: (url: string) => boolean): Promise<OpenTab | undefined> {
  const [tabs, own] = await Promise.all([browser.tabs.query({}), ownTabs.read()]);
  for (const { id, url, title = '', discarded, status } of tabs) {
    if (id === undefined || !url || discarded || status !== 'complete' || own.includes(id)) continue;
    if (isThere(url)) return { tabId: id, title, url };
  }
  return undefined;
}
