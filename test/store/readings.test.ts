import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { chatList } from '@/utils/store/chat-list';
import { database } from '@/utils/store/database';
import { readings } from '@/utils/store/readings';
import { measuredSource } from '../fixtures/sources';

beforeEach(async () => {
  fakeBrowser.reset();
  await Promise.all(database.tables.map((table) => table.clear()));
});

const place = { passage: 3, lang: 'zh-Hans', display: 'both', at: 1 } as const;

describe('a source that is read in two languages', () => {
  it('is opened where its reader was', async () => {
    await readings.keepPlace('a', place);
    await Promise.all([
      readings.keepPlace('a', { ...place, passage: 9, at: 2 }),
      readings.keepPlace('b', { ...place, display: 'translation', at: 3 }),
    ]);
    expect(await readings.place('a')).toMatchObject({ passage: 9 });
    expect(await readings.place('b')).toMatchObject({ display: 'translation' });
    expect(await readings.place('c')).toBeUndefined();
  });

  it('keeps its text for a tab, until thirty others were read after it', async () => {
    const entry = await measuredSource(['Words that stay.']);
    const { id } = entry.source;
    await readings.keepSource(entry);
    await readings.keepPlace(id, place);
    await chatList.removeLeftovers();
    expect(await readings.source(id)).toEqual(entry);
    for (let other = 0; other < 30; other++)
      await readings.keepPlace(`other ${other}`, { ...place, at: 10 + other });
    expect(await readings.place(id)).toBeUndefined();
    expect(await readings.source(id)).toBeUndefined();
  });

  it.each([7, ['a'], { a: 3 }, { a: { ...place, display: 'all' } }, { a: { ...place, passage: 'x' } }, null])(
    'is at its beginning where what is kept is none: %j',
    async (value) => {
      await fakeBrowser.storage.local.set({ readings: value });
      expect(await readings.place('a')).toBeUndefined();
    },
  );
});
