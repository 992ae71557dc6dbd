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

/** Locks of a browser with one panel, or with others that are open already. */
const locks = (isOthersOpen: boolean) =>
  ({
    request: async (_: string, { ifAvailable }: LockOptions, work: (lock: unknown) => Promise<void>) => {
      // What is held without a condition is held until the panel goes.
      if (ifAvailable) await work(isOthersOpen ? null : {});
    },
  }) as unknown as LockManager;

const startAt = (time: number, isOthersOpen = false) =>
  removeUndelivered({ db, now: () => time, locks: locks(isOthersOpen) });
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

it('touches nothing while another panel is open: what was brought may be waiting there', async () => {
  await createDraftStore(db).write(inboxOf('waiting'), 'brought');
  await startAt(0);
  await startAt(1_000 * hour, true);
  expect(await draftsLeft()).toEqual([inboxOf('waiting')]);
  await startAt(1_000 * hour);
  expect(await draftsLeft()).toEqual([]);
});

it('leaves nothing behind where there is nothing to remove', async () => {
  await startAt(0);
  expect(await fakeBrowser.storage.local.get()).toEqual({});
  expect(await fakeBrowser.storage.session.get()).toEqual({});
});
