/** Whether pages that were read say something else by now, also where their tabs are not in front. */

import { isSamePage } from '../browser/read-picked-tab';
import { type Growth, growthOf, type ReadTabOptions, readTab } from '../browser/read-tab';
import { isSensitive } from '../browser/sensitive';
import { createSlots } from '../browser/slots';
import { type ListedTab, listTabs } from '../browser/tab-list';
import type { MeasuredSource } from '../context/compose';
import type { Source } from '../source';
import { pageAddress } from '../store/chats';
import { type Change, changeSince, isEverything } from './changed-since';
import { mayHaveGrown } from './page-growth';
import { createState, type State } from './state';

/** What a page says by now, beside what was read of it. */
export interface PageChange extends Change {
  /** The page as it was when it was looked at last; nothing has been sent of it. */
  now: Source;
  /** The key under which its tab is picked. */
  key: string;
}

/** By the ids of the sources that have changed. */
export interface PageChanges extends State<ReadonlyMap<string, PageChange>> {
  /** What goes with the next question, in the order of its numbers; and the page in front, which is watched already. */
  watch(entries: readonly MeasuredSource[], front?: { tabId: number; source: Source }): void;
  close(): void;
}

/** What is looked at and read; each has a default that asks the browser. */
export interface PageChangesDoors {
  tabs?: () => Promise<ListedTab[]>;
  growth?: (tabId: number) => Promise<Growth | undefined>;
  read?: (tabId: number, options: ReadTabOptions) => Promise<Source>;
  now?: () => number;
}

/** Milliseconds between two looks at the counters of all pages, which cost next to nothing. */
const interval = 3_000;
/** Milliseconds until a page is read again, doubled each time that it said the same or did not answer. */
const firstRest = 6_000;
/** Pages that are read at the same time: nobody waits for them. */
const atOnce = 2;

/** What is known of a page that is watched. */
interface Watched {
  /** The newest reading of it. */
  latest: Source;
  rest: number;
  quietUntil: number;
  /** The source that `latest` was compared with, and what came of it. */
  compared?: { to: string; latest: string; change?: Change };
}

/**
 * Watches from now on, until it is closed. Only tabs that are open, awake and readable are looked at; none is brought
 * to the front, woken or asked for. What a page says is compared here and goes nowhere.
 */
export function createPageChanges({
  tabs = listTabs,
  growth = growthOf,
  read = readTab,
  now = Date.now,
}: PageChangesDoors = {}): PageChanges {
  const state = createState<ReadonlyMap<string, PageChange>>(new Map());
  const controller = new AbortController();
  const { signal } = controller;
  const slots = createSlots(atOnce);
  const known = new Map<string, Watched>();
  let entries: readonly MeasuredSource[] = [];
  let front: { tabId: number; source: Source } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> | undefined;

  const say = (id: string, change: PageChange | undefined) => {
    const before = state.get().get(id);
    if (before === change || (before && change && before.now === change.now)) return;
    const next = new Map(state.get());
    if (change) next.set(id, change);
    else next.delete(id);
    state.set(next);
  };

  const lookAt = async ({ source }: MeasuredSource, address: string, tab: ListedTab) => {
    const page = known.get(address) ?? { latest: source, rest: firstRest, quietUntil: 0 };
    known.set(address, page);
    if (source.readAt > page.latest.readAt) page.latest = source;
    if (front?.tabId === tab.id) {
      if (pageAddress(front.source.url ?? '') === address) page.latest = front.source;
    } else if (now() >= page.quietUntil) {
      const grown = await growth(tab.id);
      if (!grown || mayHaveGrown(grown, page.latest)) await readAgain(page, source, address, tab.id);
    }
    if (signal.aborted) return;
    const { latest, compared } = page;
    if (compared?.to !== source.id || compared.latest !== latest.id)
      page.compared = {
        to: source.id,
        latest: latest.id,
        change: changeSince([{ source, tokens: 0 }], latest),
      };
    const change = page.compared?.change;
    say(source.id, change && { ...change, now: latest, key: `tab:${tab.firstId}` });
  };
  const readAgain = async (page: Watched, source: Source, address: string, tabId: number) => {
    page.quietUntil = now() + page.rest;
    page.rest *= 2;
    const mode = isEverything(source) ? 'everything' : 'article';
    const newer = await read(tabId, { mode, signal });
    // It may have gone elsewhere meanwhile.
    if (signal.aborted || !newer.url || pageAddress(newer.url) !== address) return;
    if (newer.id !== page.latest.id) page.rest = firstRest;
    page.quietUntil = now() + page.rest;
    page.latest = newer;
  };

  const look = async () => {
    const latest = latestOf(entries);
    const open = latest.size > 0 ? openAt(await tabs(), latest) : [];
    await Promise.all(
      open.map(async ([entry, address, tab]) => {
        const free = await slots.take(signal);
        // A page that does not answer, or that may not be read any more, has nothing to tell.
        await lookAt(entry, address, tab).catch(() => {});
        free();
      }),
    );
  };
  const begin = () => {
    clearTimeout(timer);
    if (signal.aborted || looking) return;
    looking = look()
      .catch(() => {})
      .finally(() => {
        looking = undefined;
        if (!signal.aborted) timer = setTimeout(begin, interval);
      });
  };

  return {
    ...state,
    watch(next, inFront) {
      entries = next;
      front = inFront;
      // Of a page that was read again the newer reading is the one that may have changed.
      const ids = new Set([...latestOf(entries).values()].map(({ source }) => source.id));
      const kept = [...state.get()].filter(([id]) => ids.has(id));
      if (kept.length < state.get().size) state.set(new Map(kept));
      begin();
    },
    close() {
      controller.abort();
      clearTimeout(timer);
    },
  };
}

/** Of each page what was read of it last. Files do not change under the eyes of their readers; texts have no page. */
function latestOf(entries: readonly MeasuredSource[]): Map<string, MeasuredSource> {
  const latest = new Map<string, MeasuredSource>();
  for (const entry of entries) {
    const { kind, url, pages } = entry.source;
    // What may be private is read when its user says so, and not by itself.
    if (kind === 'tab' && url && pages === undefined && !isSensitive(url))
      latest.set(pageAddress(url), entry);
  }
  return latest;
}

/** The pages that are open and awake. Of several tabs at one address the one counts whose whole address is the same. */
function openAt(
  tabs: ListedTab[],
  latest: ReadonlyMap<string, MeasuredSource>,
): [MeasuredSource, string, ListedTab][] {
  const open = new Map<string, [MeasuredSource, string, ListedTab]>();
  for (const tab of tabs) {
    const address = tab.url && pageAddress(tab.url);
    const entry = address ? latest.get(address) : undefined;
    if (!entry || !address || tab.isAsleep || !isSamePage(tab.url ?? '', entry.source.url ?? '')) continue;
    if (!open.has(address) || tab.url === entry.source.url) open.set(address, [entry, address, tab]);
  }
  return [...open.values()];
}
