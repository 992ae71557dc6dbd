/**
 * Tabs of our own, in the background: opened without sound behind the one in front, never brought to the front by us,
 * never more than two at once, and closed whatever happens. A tab that the user has come to see is theirs from then on.
 */

import { browser } from 'wxt/browser';
import { ownTabs } from '../store/own-tabs';
import { createSlots } from './slots';

const slots = createSlots(2);

interface Held {
  /** Gives the place to the next one. */
  leave: () => void;
  /** Ends the sign of life. */
  die: () => void;
}

/** The tabs of this page, by their ids. */
const held = new Map<number, Held>();

/** Held while a tab is in use: a tab in the list without one was left behind by a panel that is gone. */
const lockOf = (id: number) => `own-tab:${id}`;

const forever = () => new AbortController().signal;

/** Opens an empty tab of ours and returns its id, once fewer than two are open. `closeOwnTab` belongs in a `finally`. */
export async function openOwnTab(signal: AbortSignal = forever()): Promise<number> {
  const leave = await slots.take(signal);
  try {
    // At the end of the strip, where it moves nothing. When it is closed in front, the one before comes back.
    const tabs = await browser.tabs.query({ currentWindow: true });
    const opener = tabs.find(({ active }) => active)?.id;
    const { id } = await browser.tabs.create({
      active: false,
      url: 'about:blank',
      openerTabId: opener,
      index: tabs.length,
    });
    if (id === undefined) throw new Error('The browser opened no tab');
    const life = Promise.withResolvers<void>();
    void globalThis.navigator?.locks?.request(lockOf(id), () => life.promise);
    held.set(id, { leave, die: life.resolve });
    await Promise.all([ownTabs.add(id), browser.tabs.update(id, { muted: true }).catch(() => {})]);
    watch();
    return id;
  } catch (error) {
    leave();
    throw error;
  }
}

/**
 * Closes a tab of ours. One that the user has come to see stays, unless `evenInFront`. `atOnce` does not end the page
 * first: where a page that has ended is looked at, the browser loads it again, and a search engine is asked twice.
 */
export async function closeOwnTab(
  id: number,
  { evenInFront = false, atOnce = false }: { evenInFront?: boolean; atOnce?: boolean } = {},
): Promise<void> {
  const tab = await browser.tabs.get(id).catch(() => undefined);
  if (tab && (evenInFront || !tab.active)) await close(id, atOnce);
  else if (tab) await browser.tabs.update(id, { muted: false }).catch(() => {});
  await letGo(id);
}

/** From here on a tab of ours is the user's, who has to do something in it; another may be opened. */
export async function giveOwnTab(id: number): Promise<void> {
  await browser.tabs.update(id, { muted: false }).catch(() => {});
  await letGo(id);
}

async function letGo(id: number): Promise<void> {
  const tab = held.get(id);
  held.delete(id);
  tab?.leave();
  await ownTabs.remove(id);
  tab?.die();
}

/**
 * Ends the page first: closing alone would ask it, and a page that wants to be asked is brought to the front by the
 * browser with its question, while one that shows a dialog does not answer.
 */
async function close(id: number, atOnce: boolean): Promise<void> {
  let current = id;
  if (!atOnce && !import.meta.env.FIREFOX) {
    const empty = await browser.tabs.discard(id).catch(() => undefined);
    current = empty?.id ?? id;
  }
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await browser.tabs.remove(current);
    } catch (error) {
      // While the user drags a tab the browser lets nobody change any.
      if (!/cannot be edited|dragging/i.test(String(error))) return;
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  }
}

let isWatching = false;

/** Closes what is open when this page goes. What it has no time for is closed when the next panel starts. */
function watch(): void {
  if (isWatching) return;
  isWatching = true;
  globalThis.addEventListener?.('pagehide', () => {
    for (const id of held.keys()) void browser.tabs.remove(id).catch(() => {});
  });
}

/** Closes tabs that a panel left behind which is gone. Tabs of other panels that read are left alone. */
export async function sweepOwnTabs(): Promise<void> {
  const { locks } = globalThis.navigator ?? {};
  if (!locks) return;
  for (const id of await ownTabs.read()) {
    if (held.has(id)) continue;
    await locks.request(lockOf(id), { ifAvailable: true }, async (lock) => {
      if (lock) await closeOwnTab(id);
    });
  }
}
