/** What was picked before the panel was closed -> what can be read of it now. */

import { isSamePage } from '../browser/read-picked-tab';
import { isSensitive } from '../browser/sensitive';
import { type ListedTab, listTabs } from '../browser/tab-list';
import type { WaitingPick } from '../store/records';
import type { Candidate } from './gathered';

/**
 * The candidates under whose keys they were picked, each with its place in the order of picking. A tab is the one that
 * it was, or, after the browser was started again, one that shows the same page; a tab that is gone is told of when it
 * is read.
 */
export async function candidatesOf(
  waiting: readonly WaitingPick[],
  tabs: () => Promise<ListedTab[]> = listTabs,
): Promise<[Candidate, place: number][]> {
  const open = waiting.some(({ key }) => key.startsWith('tab:')) ? await tabs() : [];
  const taken = new Set<ListedTab>();
  // First of all each has its own tab: a closed one does not take that of another pick.
  const own = new Map(waiting.map((pick) => [pick, ownTab(pick, open)]));
  for (const tab of own.values()) if (tab) taken.add(tab);
  return waiting.flatMap((pick): [Candidate, number][] => {
    const candidate = candidateOf(pick, own.get(pick), open, taken);
    return candidate ? [[candidate, pick.place]] : [];
  });
}

const isThere = (tab: ListedTab, url: string | undefined) => !url || !tab.url || isSamePage(tab.url, url);

const sameTab = (key: string, open: ListedTab[]) =>
  open.find(({ id, firstId }) => key === `tab:${firstId}` || key === `tab:${id}`);

/** The tab that was picked, where it still shows the page. */
function ownTab({ key, url }: WaitingPick, open: ListedTab[]): ListedTab | undefined {
  const tab = sameTab(key, open);
  return tab && isThere(tab, url) ? tab : undefined;
}

function candidateOf(
  { key, title, url }: WaitingPick,
  own: ListedTab | undefined,
  open: ListedTab[],
  taken: Set<ListedTab>,
): Candidate | undefined {
  const at = key.indexOf(':');
  const name = key.slice(at + 1);
  switch (key.slice(0, at)) {
    case 'tab': {
      const free = open.filter((tab) => !taken.has(tab));
      const tab =
        own ??
        (url ? free.find((other) => other.url && isThere(other, url)) : undefined) ??
        sameTab(key, free);
      if (tab) taken.add(tab);
      return {
        kind: 'tab',
        key: tab ? `tab:${tab.firstId}` : key,
        title,
        ...(url && { url }),
        // No tab has this number: reading it says that it is closed.
        tabId: tab?.id ?? -1,
        windowId: tab?.windowId ?? -1,
        isFront: false,
        isAsleep: tab?.isAsleep ?? false,
        isSensitive: isSensitive(url),
      };
    }
    case 'bookmarks':
      return { kind: 'bookmark', key, title, url: name, isSensitive: isSensitive(name) };
    case 'history':
      return { kind: 'history', key, title, url: name, isSensitive: isSensitive(name) };
    case 'source':
      return { kind: 'source', key, title, ...(url && { url }), id: name, tokens: 0, words: 0, readAt: 0 };
    case 'chat':
      return { kind: 'chat', key, title, chatId: name, updatedAt: 0 };
    default:
      return undefined;
  }
}
