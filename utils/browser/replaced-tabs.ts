import { browser } from 'wxt/browser';

/** Chromium may give a tab another number when it puts it away; these are the numbers that changed since we look. */
const later = new Map<number, number>();
const earlier = new Map<number, number>();
let isFollowing = false;

/** Follows the numbers of tabs from now on. */
export function followReplacedTabs(): void {
  if (isFollowing) return;
  isFollowing = true;
  browser.tabs.onReplaced?.addListener((added, removed) => {
    later.set(removed, added);
    earlier.set(added, removed);
  });
}

/** The number by which a tab goes now. */
export const currentTabId = (tabId: number): number => along(later, tabId);

/** The number under which a tab was first seen: it stays the same however often the browser renames the tab. */
export const firstTabId = (tabId: number): number => along(earlier, tabId);

function along(steps: ReadonlyMap<number, number>, tabId: number): number {
  let id = tabId;
  for (let next = steps.get(id); next !== undefined && next !== tabId; next = steps.get(id)) id = next;
  return id;
}
