/** The door to the browser: tabs. */

import { browser } from 'wxt/browser';

export interface TabInfo {
  id: number;
  windowId: number;
  /** Known only for tabs that the extension may read. */
  url?: string;
  title?: string;
  loading: boolean;
}

interface BrowserTab {
  id?: number;
  windowId?: number;
  url?: string;
  title?: string;
  status?: string;
}

const infoOf = (tab: BrowserTab | undefined): TabInfo | undefined =>
  tab?.id === undefined || tab.windowId === undefined
    ? undefined
    : {
        id: tab.id,
        windowId: tab.windowId,
        url: tab.url || undefined,
        title: tab.title || undefined,
        loading: tab.status === 'loading',
      };

/** The tab in front in a window, or undefined when the window has none. */
export async function activeTab(windowId: number): Promise<TabInfo | undefined> {
  const [tab] = await browser.tabs.query({ active: true, windowId });
  return infoOf(tab);
}

/** The tab in front in the window that was used last. */
export async function frontTab(): Promise<TabInfo | undefined> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return infoOf(tab);
}

/** A tab by its id, or undefined when it is gone. */
export const tabOf = async (tabId: number): Promise<TabInfo | undefined> =>
  infoOf(await browser.tabs.get(tabId).catch(() => undefined));

/** Brings a tab to the front. */
export async function showTab(tabId: number): Promise<void> {
  await browser.tabs.update(tabId, { active: true });
}

/** Brings a tab to the front, and its window with it. */
export async function goToTab(tabId: number): Promise<void> {
  const tab = await browser.tabs.update(tabId, { active: true });
  if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
}

export async function currentWindowId(): Promise<number> {
  const { id } = await browser.windows.getCurrent();
  return id ?? browser.windows.WINDOW_ID_NONE;
}

/** Calls `listener` when another tab comes to the front, or the front tab of the window (or `tabId`) loads something. */
export function watchActiveTab(
  windowId: number,
  listener: (change: 'activated' | 'loading' | 'complete' | 'moved') => void,
  tabId?: number,
) {
  const activated = (info: { windowId: number }) =>
    tabId === undefined && info.windowId === windowId && listener('activated');
  const updated = (
    id: number,
    change: { status?: string; url?: string },
    tab: { active: boolean; windowId?: number; status?: string },
  ) => {
    if (tabId === undefined ? !tab.active || tab.windowId !== windowId : id !== tabId) return;
    if (change.status === 'loading' || change.status === 'complete') listener(change.status);
    // An address that changes without loading: a single-page app went to another page.
    else if (change.url !== undefined && tab.status === 'complete') listener('moved');
  };
  browser.tabs.onActivated.addListener(activated);
  browser.tabs.onUpdated.addListener(updated);
  return () => {
    browser.tabs.onActivated.removeListener(activated);
    browser.tabs.onUpdated.removeListener(updated);
  };
}

/** Opens an address in a new tab, without telling it where the link stood. */
export async function openTab(url: string): Promise<void> {
  await browser.tabs.create({ url });
}

/** Loads a tab that the browser had put away. */
export async function wakeTab(tabId: number): Promise<void> {
  await browser.tabs.reload(tabId);
}
