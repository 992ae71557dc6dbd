import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { createInbox, type Inbox } from '@/utils/store/inbox';
import { removeUndelivered } from '@/utils/store/inboxes';
import { measuredSource } from '../fixtures/sources';

const hour = 60 * 60 * 1000;
let number = 0;
let time: number;
let box: Inbox;
beforeEach(() => {
  time = 1_000 * hour;
  box = createInbox(`inboxes-${number++}`, () => time);
});

/** Locks of a browser with one panel, or with others that are open already. */
const locks = (isOthersOpen: boolean) =>
  ({
    request: async (_: string, { ifAvailable }: LockOptions, work: (lock: unknown) => Promise<void>) => {
      // What is held without a condition is held until the panel goes.
      if (ifAvailable) await work(isOthersOpen ? null : {});
    },
  }) as unknown as LockManager;

const startAfter = (hours: number, isOthersOpen = false) => {
  time += hours * hour;
  return removeUndelivered({ box, now: () => time, locks: locks(isOthersOpen) });
};

it('gives what was brought as often as it is asked, until it is removed', async () => {
  const { source } = await measuredSource(['Selected words.']);
  await box.write('words', { text: 'Two\n\nparagraphs 潮' });
  await box.write('selection', { source });
  for (let turn = 0; turn < 2; turn++) {
    expect(await box.read('words')).toEqual({ text: 'Two\n\nparagraphs 潮' });
    expect(await box.read('selection')).toEqual({ source });
  }
  await box.remove('words');
  await box.remove('nothing');
  expect(await box.read('words')).toEqual({});
  expect(await box.read('selection')).toEqual({ source });
  await box.clear();
  expect(await box.read('selection')).toEqual({});
});

it('removes what no panel took once a day has passed, and nothing younger', async () => {
  await box.write('old', { text: 'Lost.' });
  time += hour;
  const image = { type: 'image', mediaType: 'image/png', data: 'AAAA', name: 'a.png' } as const;
  await box.write('young', { image });
  await startAfter(23);
  expect(await box.read('old')).toEqual({ text: 'Lost.' });
  await startAfter(0.5);
  expect(await box.read('old')).toEqual({});
  expect(await box.read('young')).toEqual({ image });
  await startAfter(1);
  expect(await box.read('young')).toEqual({});
});

it('touches nothing while another panel is open: what was brought may be waiting there', async () => {
  await box.write('waiting', { text: 'brought' });
  await startAfter(1_000, true);
  expect(await box.read('waiting')).toEqual({ text: 'brought' });
  await startAfter(0);
  expect(await box.read('waiting')).toEqual({});
});
