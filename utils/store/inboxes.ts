/** What a request from outside the panel brought and no panel ever took: it goes, a day after it was first met. */

import { storage } from 'wxt/utils/storage';
import { type Database, database } from './database';
import { inboxOf, usedSources } from './drafts';

/** When each inbox was first met by a panel that started, in milliseconds since 1970; drafts have no time. */
const met = storage.defineItem<Record<string, number>>('local:inboxesMet', { fallback: {} });

/** Held by every open panel: a request may be waiting in one, for however long, and what it brought with it. */
const openPanels = 'open-panels';

/** Milliseconds. */
const day = 24 * 60 * 60 * 1000;

interface Options {
  db?: Database;
  now?: () => number;
  locks?: LockManager;
}

/**
 * Removes inboxes that were met more than a day ago, with the texts that nothing else names, unless another panel is
 * open. Called by each panel as it starts.
 */
export async function removeUndelivered({
  locks = globalThis.navigator?.locks,
  ...options
}: Options = {}): Promise<void> {
  if (!locks) return remove(options);
  await locks.request(openPanels, { ifAvailable: true }, async (lock) => {
    if (lock) await remove(options);
  });
  // Until the page goes.
  void locks.request(openPanels, { mode: 'shared' }, () => new Promise(() => {}));
}

async function remove({ db = database, now = Date.now }: Omit<Options, 'locks'>): Promise<void> {
  const before = await met.getValue();
  const metAt = (id: string) => (Object.hasOwn(before, id) ? Number(before[id]) : now());
  const inboxes = await db.transaction('rw', db.drafts, db.sources, db.turns, db.answers, async () => {
    const all = await db.drafts.where('id').startsWith(inboxOf('')).toArray();
    const old = all.filter(({ id }) => now() - metAt(id) > day);
    await db.drafts.bulkDelete(old.map(({ id }) => id));
    const texts = old.flatMap(({ attached = [] }) => attached);
    if (texts.length > 0) {
      const used = await usedSources(db);
      await db.sources.bulkDelete(texts.filter((id) => !used.has(id)));
    }
    return all.filter((draft) => !old.includes(draft));
  });
  if (inboxes.length > 0 || Object.keys(before).length > 0)
    await met.setValue(Object.fromEntries(inboxes.map(({ id }) => [id, metAt(id)])));
}
