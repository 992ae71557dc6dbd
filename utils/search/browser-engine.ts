/** The engine that the browser is set to, whichever it is: asked in a tab of ours, its page read like any other's. */

import { askInTab, runInTab } from '../browser/engine-tab';
import { closeOwnTab, giveOwnTab, openOwnTab } from '../browser/own-tab';
import { tabOf } from '../browser/tabs';
import { AppError } from '../errors';
import { type Collected, collectResults, engineNameOf, judgeResults, rulesFor } from './result-list';
import type { ResultList } from './types';

/** What is done with tabs. Given in tests. */
export interface EngineDoor {
  open(signal?: AbortSignal): Promise<number>;
  ask(text: string, tabId: number): Promise<void>;
  /** Where a tab is, or undefined when it is gone. */
  look(tabId: number): Promise<{ url?: string; loading: boolean } | undefined>;
  collect(tabId: number, address: string): Promise<Collected | undefined>;
  close(tabId: number, options?: { evenInFront?: boolean }): Promise<void>;
  /** It is the user's from here on. */
  give?(tabId: number): Promise<void>;
  wait(milliseconds: number): Promise<void>;
  now(): number;
}

export const browserDoor: EngineDoor = {
  open: openOwnTab,
  ask: askInTab,
  look: tabOf,
  collect: (tabId, address) => runInTab(tabId, collectResults, [rulesFor(address)]),
  close: (tabId, options) => closeOwnTab(tabId, { ...options, atOnce: true }),
  give: giveOwnTab,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  now: Date.now,
};

/** Milliseconds for the engine's page, from the question to a list that no longer changes. */
const patience = 20_000;
/** Milliseconds between two looks. */
const interval = 250;
/** Milliseconds after which a page that does not answer a look is looked at again: a dialog may hold it. */
const lookTime = 3_000;
/** Milliseconds for which a page must look the same before it is believed. In a hidden tab, timers tick once a second. */
const settled = { hits: 300, captcha: 800, consent: 800, empty: 1_500, changed: 4_000 };
/** Characters from which on a page says something. */
const fewest = 20;

/** The tab that waits for the user, whose it is, and the query that was asked in it. */
let waiting: { query: string; tabId: number; engineName: string } | undefined;

/** What the engine has answered, and where. The tab is still open. */
export interface TabAnswer {
  list: ResultList;
  engineName: string;
  tabId: number;
}

const isWaiting = ({ kind }: ResultList) => kind === 'captcha' || kind === 'consent';

/**
 * Asks the browser's engine and reads its page. Every way out but a captcha or a question for consent closes the tab.
 * While such a tab waits for the user the engine is not asked again; once they have answered there, it is read as it is.
 * @throws AppError search-engine-down, search-slow
 */
export async function askBrowserEngine(
  query: string,
  { signal, door = browserDoor }: { signal?: AbortSignal; door?: EngineDoor } = {},
): Promise<TabAnswer> {
  signal?.throwIfAborted();
  const before = await readWaiting({ signal, door });
  if (before && (isWaiting(before.list) || before.query === query)) return before;
  const tabId = await door.open(signal);
  try {
    await door.ask(query, tabId);
    const answer = await readTab(tabId, { signal, door });
    if (!isWaiting(answer.list)) await door.close(tabId);
    return answer;
  } catch (error) {
    await door.close(tabId);
    signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new AppError('search-engine-down', { engine: 'browser', status: 0 }, error);
  }
}

/** What the tab shows by now that waits for the user; undefined when there is none, or they have gone elsewhere in it. */
async function readWaiting({
  signal,
  door,
}: {
  signal?: AbortSignal;
  door: EngineDoor;
}): Promise<(TabAnswer & { query: string }) | undefined> {
  const kept = waiting;
  const tab = kept && (await door.look(kept.tabId));
  if (!tab || engineNameOf(tab.url ?? '') !== kept.engineName) {
    waiting = undefined;
    return undefined;
  }
  const answer = await readTab(kept.tabId, { signal, door }).catch(() => undefined);
  signal?.throwIfAborted();
  if (answer && isWaiting(answer.list)) return { ...answer, query: kept.query };
  waiting = undefined;
  await door.close(kept.tabId, { evenInFront: true });
  return answer && { ...answer, query: kept.query };
}

/** Milliseconds between two looks at the tab in which the user has something to do. */
const leisure = 1_000;

/**
 * Waits until the tab that waits for the user shows something else: they have shown that they are a person, or agreed.
 * False when there is no such tab, and once it is gone.
 */
export async function whenAnswered(
  signal: AbortSignal,
  { door = browserDoor }: { door?: EngineDoor } = {},
): Promise<boolean> {
  const kept = waiting;
  while (kept && waiting === kept) {
    await door.wait(leisure);
    const tab = signal.aborted ? undefined : await door.look(kept.tabId);
    if (!tab) return false;
    // On its way, or where nothing of ours may look.
    if (tab.loading || engineNameOf(tab.url ?? '') !== kept.engineName) continue;
    const collected = await Promise.race([
      door.collect(kept.tabId, tab.url ?? '').catch(() => undefined),
      door.wait(lookTime).then(() => undefined),
    ]);
    if (!collected || collected.words.length < fewest) continue;
    const { kind } = judgeResults(collected, tab.url ?? '');
    if (kind === 'hits' || kind === 'empty') return true;
  }
  return false;
}

/** Keeps a tab for the user, until they have answered in it or `signal` ends it. */
export function keepTab(
  kept: { query: string; tabId: number; engineName: string },
  { signal, door = browserDoor }: { signal?: AbortSignal; door?: EngineDoor } = {},
): void {
  if (waiting?.tabId === kept.tabId) return;
  waiting = kept;
  void door.give?.(kept.tabId);
  signal?.addEventListener(
    'abort',
    () => {
      // In front it stays, and what it says when the query is asked again still counts.
      if (waiting === kept) void door.close(kept.tabId);
    },
    { once: true },
  );
}

async function readTab(
  tabId: number,
  { signal, door }: { signal?: AbortSignal; door: EngineDoor },
): Promise<TabAnswer> {
  const begun = door.now();
  let latest: { sign: string; since: number } | undefined;
  let engineName = 'browser';
  while (door.now() - begun < patience) {
    await door.wait(interval);
    signal?.throwIfAborted();
    const tab = await door.look(tabId);
    if (!tab) throw new AppError('search-engine-down', { engine: engineName, status: 0 });
    if (!tab.url || !/^https?:/.test(tab.url)) continue;
    engineName = engineNameOf(tab.url);
    const collected = await Promise.race([
      door.collect(tabId, tab.url).catch((error: unknown) => refusal(error, tab.loading, engineName)),
      door.wait(lookTime).then(() => undefined),
    ]);
    if (!collected) continue;
    const list = judgeResults(collected, tab.url);
    const count = list.kind === 'hits' ? list.hits.length : 0;
    const sign = `${tab.url} ${list.kind} ${count}`;
    if (latest?.sign !== sign) latest = { sign, since: door.now() };
    // A page without words has not begun, and one that is still loading has not ended.
    if (list.kind !== 'hits' && (tab.loading || collected.words.length < fewest)) continue;
    const needed = tab.loading ? settled.hits * 5 : settled[list.kind];
    if (door.now() - latest.since >= needed) return { list, engineName, tabId };
  }
  throw new AppError('search-slow', { engine: engineName, seconds: patience / 1_000 });
}

/** A page that may not be touched while it loads may be touched when it is there; one that has loaded never. */
function refusal(error: unknown, loading: boolean, engine: string): undefined {
  if (loading) return undefined;
  throw new AppError('search-engine-down', { engine, status: 0 }, error);
}
