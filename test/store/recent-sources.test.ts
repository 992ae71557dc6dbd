import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '@/utils/store/database';
import { createDraftStore } from '@/utils/store/drafts';
import { createRecentSources } from '@/utils/store/recent-sources';
import { measuredSource } from '../fixtures/sources';

let count = 0;
const begin = () => {
  const db = openDatabase(`recent-sources-${count++}`);
  return { db, drafts: createDraftStore(db), recent: createRecentSources(db) };
};
const read = async (words: string, readAt: number, url?: string) => {
  const { source, ...rest } = await measuredSource([words], { title: words, url });
  return { source: { ...source, readAt }, ...rest };
};

describe('what was read earlier', () => {
  it('is listed newest first, with title, address, size and kind, and found again with its text', async () => {
    const { drafts, recent } = begin();
    const old = await read('The old tide', 1_000, 'https://a.test/old');
    const pasted = await read('望舒 pasted', 3_000);
    const page = await read('The page', 2_000, 'https://a.test/page');
    await drafts.writeSources('new', { attached: [old, pasted, page], leftOut: [], added: [] });
    const list = await recent.list(10);
    expect(list.map(({ title, url, readAt }) => [title, url, readAt])).toEqual([
      ['望舒 pasted', undefined, 3_000],
      ['The page', 'https://a.test/page', 2_000],
      ['The old tide', 'https://a.test/old', 1_000],
    ]);
    expect(list[1]).toMatchObject({ kind: 'tab', tokens: page.tokens, words: page.source.words });
    expect(await recent.list(2)).toHaveLength(2);
    expect(await recent.load(page.source.id)).toEqual(page);
  });

  it('is no longer listed when it is gone', async () => {
    const { drafts, recent } = begin();
    const page = await read('The page', 2_000, 'https://a.test/page');
    await drafts.writeSources('new', { attached: [page], leftOut: [], added: [] });
    await drafts.writeSources('new', { attached: [], leftOut: [], added: [] });
    expect(await recent.list(10)).toEqual([]);
    expect(await recent.load(page.source.id)).toBeUndefined();
  });

  it('loads no text for the list', async () => {
    const { db, drafts, recent } = begin();
    const attached = await Promise.all(Array.from({ length: 50 }, (_, at) => read(`Words ${at}`, at)));
    await drafts.writeSources('new', { attached, leftOut: [], added: [] });
    let loaded = 0;
    db.sources.hook('reading', (record) => {
      loaded++;
      return record;
    });
    expect(await recent.list(50)).toHaveLength(50);
    expect(loaded).toBe(0);
  });

  it('is listed too when it was kept before there was such a list', async () => {
    const name = `recent-sources-${count++}`;
    const { Dexie } = await import('dexie');
    const before = new Dexie(name);
    before
      .version(4)
      .stores({ sources: 'id', chats: 'id, updatedAt, *urls', turns: 'id, chatId, *sourceIds' });
    const page = await read('The page', 2_000, 'https://a.test/page');
    await before.table('sources').add({ id: page.source.id, ...page });
    before.close();
    const recent = createRecentSources(openDatabase(name));
    expect(await recent.list(10)).toMatchObject([{ id: page.source.id, url: 'https://a.test/page' }]);
  });
});
