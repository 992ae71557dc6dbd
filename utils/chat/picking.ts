/** Everything that can be picked for the next question, as it is now: the list behind the picker. */

import { type ListedLink, listBookmarks, listHistory } from '../browser/link-lists';
import { everySite, hasPermission, watchPermissions } from '../browser/permissions';
import {
  type ListedTab,
  type ListPermission,
  listTabGroups,
  listTabs,
  mayList,
  mayReadFiles,
  requestList,
  type TabGroup,
  watchTabs,
} from '../browser/tab-list';
import { currentWindowId } from '../browser/tabs';
import { watchAllChats } from '../store/chat-list';
import { type KeptSource, watchRecentSources } from '../store/recent-sources';
import type { ChatRecord } from '../store/records';
import { settings } from '../store/settings';
import type { Candidate } from './gathered';
import { type CandidateGroup, groupsOf, type Listed } from './picking-groups';
import { createState, type State } from './state';

export type { Candidate, CandidateGroup };

export interface PickingState {
  /** What can be picked and matches the search; a group without such is not there. */
  groups: CandidateGroup[];
  /** What the browser does not show us before the user allows it. */
  lacks: ListPermission[];
  /** `loading` until the tabs are there; the rest may come after them. */
  status: 'loading' | 'ready';
}

export interface Picking extends State<PickingState> {
  /** Shows only what has all these words in its title or address. */
  search(text: string): void;
  /** Asks the browser to show these. Must be called first thing in a click handler. False when the user says no. */
  allow(what: ListPermission): Promise<boolean>;
  close(): void;
}

/** What the list is made of; each has a default that asks the browser and the disk. */
export interface PickingDoors {
  windowId?: () => Promise<number>;
  tabs?: () => Promise<ListedTab[]>;
  tabGroups?: () => Promise<TabGroup[]>;
  bookmarks?: () => Promise<ListedLink[]>;
  history?: () => Promise<ListedLink[]>;
  may?: (what: ListPermission) => Promise<boolean>;
  mayFiles?: () => Promise<boolean>;
  seesEverySite?: () => Promise<boolean>;
  request?: (what: ListPermission) => Promise<boolean>;
  watchTabs?: (listener: () => void) => () => void;
  watchPermissions?: (listener: () => void) => () => void;
  sources?: (listener: (sources: KeptSource[]) => void) => () => void;
  chats?: (listener: (chats: ChatRecord[]) => void) => () => void;
  neverRead?: () => Promise<string[]>;
  watchNeverRead?: (listener: () => void) => () => void;
}

/** Milliseconds after a change in the tabs until they are looked at again: closing a window is many changes. */
const restlessness = 60;

/** Sources that were read earlier, of which the list knows. */
const mostSources = 10_000;

const nothing: Listed = {
  tabs: [],
  tabGroups: [],
  bookmarks: [],
  history: [],
  sources: [],
  chats: [],
  neverRead: [],
  windowId: -1,
  mayFiles: false,
};

/** Begins to list; the list lives until it is closed. */
export function createPicking(doors: PickingDoors = {}): Picking {
  const {
    windowId = currentWindowId,
    tabs = listTabs,
    tabGroups = listTabGroups,
    bookmarks = listBookmarks,
    history = listHistory,
    may = mayList,
    mayFiles = mayReadFiles,
    seesEverySite = () => hasPermission(everySite),
    request = requestList,
    sources = (listener) => subscribed(watchRecentSources(mostSources), listener),
    chats = (listener) => subscribed(watchAllChats(), listener),
    neverRead = () => settings.neverRead.read(),
    watchNeverRead = (listener) => settings.neverRead.watch(listener),
  } = doors;
  const state = createState<PickingState>({ groups: [], lacks: [], status: 'loading' });
  let listed = nothing;
  let lacks: ListPermission[] = [];
  let query = '';
  let isReady = false;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = () => {
    if (isClosed) return;
    const groups = groupsOf(listed, query, state.get().groups);
    state.set({ groups, lacks, status: isReady ? 'ready' : 'loading' });
  };
  const take = (change: Partial<Listed>) => {
    listed = { ...listed, ...change };
    if (isReady) show();
  };
  const without = (what: ListPermission) => lacks.filter((one) => one !== what);

  const lookAtTabs = async () => {
    const [own, open, groups, isAllowed, isEverySite, files, barred] = await Promise.all([
      windowId(),
      tabs(),
      tabGroups().catch(() => []),
      may('tabs'),
      seesEverySite(),
      mayFiles().catch(() => false),
      neverRead(),
    ]);
    // Who may read every site sees what every site is called; what has no name then is a page of the browser.
    const isNameless = !isAllowed && !isEverySite && open.some(({ url }) => url === undefined);
    lacks = [...(isNameless ? (['tabs'] as const) : []), ...without('tabs')];
    isReady = true;
    take({
      windowId: own,
      tabs: open,
      tabGroups: groups,
      mayFiles: files,
      neverRead: barred,
    });
  };
  const lookAtLinks = async (what: 'bookmarks' | 'history', list: () => Promise<ListedLink[]>) => {
    const isAllowed = await may(what).catch(() => false);
    const links = isAllowed ? await list().catch(() => []) : [];
    lacks = isAllowed ? without(what) : order([...without(what), what]);
    take({ [what]: links });
  };
  const lookAtAll = () => {
    void lookAtTabs().catch((error) => console.error(error));
    void lookAtLinks('bookmarks', bookmarks);
    void lookAtLinks('history', history);
  };
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void lookAtTabs().catch((error) => console.error(error));
    }, restlessness);
  };

  lookAtAll();
  let stopTabs = (doors.watchTabs ?? watchTabs)(soon);
  const stops = [
    () => stopTabs(),
    (doors.watchPermissions ?? watchPermissions)(() => {
      // With the permission comes the part of the browser's interface that tells of groups.
      stopTabs();
      stopTabs = (doors.watchTabs ?? watchTabs)(soon);
      lookAtAll();
    }),
    watchNeverRead(soon),
    sources((list) => take({ sources: list })),
    chats((list) => take({ chats: list })),
  ];

  return {
    ...state,
    search(text) {
      query = text;
      show();
    },
    allow: (what) => request(what),
    close() {
      isClosed = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}

const order = (what: ListPermission[]): ListPermission[] =>
  (['tabs', 'bookmarks', 'history'] as const).filter((one) => what.includes(one));

/** Listens to something live until the function that comes back is called. A failing disk leaves the list empty. */
function subscribed<T>(
  source: {
    subscribe(observer: { next: (value: T) => void; error: (error: unknown) => void }): {
      unsubscribe(): void;
    };
  },
  listener: (value: T) => void,
): () => void {
  const subscription = source.subscribe({ next: listener, error: (error) => console.error(error) });
  return () => subscription.unsubscribe();
}
