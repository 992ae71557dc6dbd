/** What a request from outside the panel brought and no panel ever took: it goes, a day after it was first met. */

import { storage } from 'wxt/utils/storage';
import { type Database, database } from './database';
import { inboxOf, usedSources } from './drafts';

/** When each inbox was first met at the start of a session, in milliseconds since 1970; drafts have no time. */
const met = storage.defineItem<Record<string, number>>('local:inboxesMet', { fallback: {} });

/**
 * Set once a session has looked. Requests live no longer than the session in which they were made: those from before
 * it will never be taken, while one of this session may be waiting in an open panel, for however long.
 */
const looked = storage.defineItem<boolean>('session:inboxesLooked', { fallback: false });

/** Milliseconds. */
const day = 24 * 60 * 60 * 1000;

/**
 * Removes inboxes that were met more than a day ago, with the texts that nothing else names. Called by the first panel
 * of a session; later calls do nothing.
 */
export async function removeUndelivered({
  db = database,
  now = Date.now,
}: {
  db?: Database;
  now?: () => number;
} = {}): Promise<void> {
  if (await looked.getValue()) return;
  await looked.setValue(true);
  const before = await met.getValue();
  const metAt = (id: string) => (Object.hasOwn(before, id) ? Number(before[id]) : now());
  const inboxes = await db.transaction('rw', db.drafts, db.sources, db.turns, async () => {
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
