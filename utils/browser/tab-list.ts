/** The door to the browser: all open tabs, their windows and groups, and the permissions to see them. */

import { browser } from 'wxt/browser';
import { firstTabId, followReplacedTabs } from './replaced-tabs';
import { isSample } from './sample';

/** A tab as a list shows it. Without leave to see it, address and title are unknown. */
export interface ListedTab {
  id: number;
  /** The number under which it was first seen: the browser may change `id` when it puts the tab away. */
  firstId: number;
  windowId: number;
  /** The tab group it is in. */
  groupId?: number;
  url?: string;
  title?: string;
  /** In front in its window. */
  isActive: boolean;
  /** Put away by the browser, or frozen: it does not answer until it is loaded. */
  isAsleep: boolean;
}

/** What the browser calls a group of tabs, and its colour as a word, e.g. `blue`. */
export interface TabGroup {
  id: number;
  title: string;
  color: string;
}

interface TabGroupsApi {
  query(filter: object): Promise<{ id: number; title?: string; color?: string }[]>;
  onCreated: ChangeEvent;
  onRemoved: ChangeEvent;
  onUpdated: ChangeEvent;
  onMoved: ChangeEvent;
}

interface ChangeEvent {
  addListener(listener: () => void): void;
  removeListener(listener: () => void): void;
}

/** There only with its permission, and not in every browser. */
const tabGroups = () => (browser as unknown as { tabGroups?: TabGroupsApi }).tabGroups;

/**
 * All tabs of normal windows, window by window, from left to right. Those of private windows are never among them
 * outside a private window, nor others inside one.
 */
export async function listTabs(): Promise<ListedTab[]> {
  followReplacedTabs();
  const isPrivate = browser.extension.inIncognitoContext;
  const ours = browser.runtime.getURL('/' as '/welcome.html');
  const tabs = await browser.tabs.query({ windowType: 'normal' });
  return tabs.flatMap((tab) => {
    if (tab.id === undefined || tab.windowId === undefined || tab.incognito !== isPrivate) return [];
    // The panel, the settings and what else is ours is nothing to read, but for the sample.
    if (tab.url?.startsWith(ours) && !isSample(tab.url)) return [];
    const { groupId = -1, frozen } = tab as { groupId?: number; frozen?: boolean };
    return [
      {
        id: tab.id,
        firstId: firstTabId(tab.id),
        windowId: tab.windowId,
        ...(groupId >= 0 && { groupId }),
        url: tab.url || undefined,
        title: tab.title || undefined,
        isActive: tab.active,
        isAsleep: tab.discarded === true || tab.status === 'unloaded' || frozen === true,
      },
    ];
  });
}

/** The groups of tabs; none where the browser has no groups or has not let us see them. */
export async function listTabGroups(): Promise<TabGroup[]> {
  const groups = (await tabGroups()?.query({})) ?? [];
  return groups.map(({ id, title = '', color = 'grey' }) => ({ id, title, color }));
}

/** Calls `listener` whenever a tab or a group is opened, closed, moved, renamed, put away or loaded. */
export function watchTabs(listener: () => void): () => void {
  const { tabs } = browser;
  const groups = tabGroups();
  const events = [
    tabs.onCreated,
    tabs.onRemoved,
    tabs.onMoved,
    tabs.onAttached,
    tabs.onDetached,
    tabs.onReplaced,
    tabs.onActivated,
    tabs.onUpdated,
    ...(groups ? [groups.onCreated, groups.onRemoved, groups.onUpdated, groups.onMoved] : []),
  ].filter((event) => event !== undefined) as unknown as ChangeEvent[];
  for (const event of events) event.addListener(listener);
  return () => {
    for (const event of events) event.removeListener(listener);
  };
}

/** What a list of things to read may need leave for, besides leave to read them. */
export type ListPermission = 'tabs' | 'bookmarks' | 'history';

/** What is asked for together: who may see the tabs may see their groups. */
const asked = { tabs: ['tabs', 'tabGroups'], bookmarks: ['bookmarks'], history: ['history'] } as const;

/** Whether the browser lets us see these. */
export const mayList = (what: ListPermission): Promise<boolean> =>
  browser.permissions.contains({ permissions: [what] });

/** Asks the user. Must be called first thing in a click handler. False when the user says no. */
export const requestList = (what: ListPermission): Promise<boolean> =>
  browser.permissions.request({ permissions: [...asked[what]] } as Parameters<
    typeof browser.permissions.request
  >[0]);

/** Whether files that tabs show may be read: the browser has a switch of its own for that. */
export const mayReadFiles = (): Promise<boolean> => browser.extension.isAllowedFileSchemeAccess();
