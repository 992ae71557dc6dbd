import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Database, openDatabase } from '@/utils/store/database';
import { createDraftStore, inboxOf } from '@/utils/store/drafts';
import { removeUndelivered } from '@/utils/store/inboxes';
import { measuredSource } from '../fixtures/sources';

const hour = 60 * 60 * 1000;
let number = 0;
let db: Database;
beforeEach(() => {
  fakeBrowser.reset();
  db = openDatabase(`inboxes-${number++}`);
});

/** A browser that was closed and opened again. */
const startAt = async (time: number) => {
  await fakeBrowser.storage.session.clear();
  await removeUndelivered({ db, now: () => time });
};
const draftsLeft = () => db.drafts.toCollection().primaryKeys();

it('removes what no panel took once a day has passed since it was met, and nothing younger', async () => {
  const drafts = createDraftStore(db);
  const [lost, shared] = await Promise.all([measuredSource(['Lost.']), measuredSource(['Shared.'])]);
  const choices = { leftOut: [], added: [] };
  await drafts.writeSources(inboxOf('old'), { attached: [lost, shared], ...choices });
  await drafts.writeSources('new', { attached: [shared], ...choices });
  await drafts.write('chat-1', 'half a question');

  await startAt(0);
  await drafts.write(inboxOf('young'), '', [
    { type: 'image', mediaType: 'image/png', data: 'AAAA', name: 'a.png' },
  ]);
  await startAt(24 * hour);
  expect(await draftsLeft()).toEqual(['chat-1', inboxOf('old'), inboxOf('young'), 'new']);
  await startAt(25 * hour);
  expect(await draftsLeft()).toEqual(['chat-1', inboxOf('young'), 'new']);
  expect(await db.sources.toCollection().primaryKeys()).toEqual([shared.source.id]);
  await startAt(49 * hour);
  expect(await draftsLeft()).toEqual(['chat-1', 'new']);
});

it('looks once in a session: a request of this one may still wait in an open panel', async () => {
  await createDraftStore(db).write(inboxOf('waiting'), 'brought');
  await startAt(0);
  await removeUndelivered({ db, now: () => 1_000 * hour });
  expect(await draftsLeft()).toEqual([inboxOf('waiting')]);
});
