import { browser } from 'wxt/browser';

/** Chromium gives a tab another number when it puts it away; these are the numbers that changed since we look. */
const replaced = new Map<number, number>();

browser.tabs.onReplaced?.addListener((added, removed) => replaced.set(removed, added));

/** The number by which a tab goes now. */
export function currentTabId(tabId: number): number {
  let id = tabId;
  for (let next = replaced.get(id); next !== undefined && next !== tabId; next = replaced.get(id)) id = next;
  return id;
}
