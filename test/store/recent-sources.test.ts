import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '@/utils/store/database';
import { createDraftStore } from '@/utils/store/drafts';
import { createRecentSources, type KeptSource, watchRecentSources } from '@/utils/store/recent-sources';
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

  const record = (entry: Awaited<ReturnType<typeof read>>, readAt: number) => {
    const id = `source-${readAt}`;
    return { ...entry, id, source: { ...entry.source, id, readAt, title: `Page ${readAt}` } };
  };

  it('is read at the cost of what is new, among ten thousand', async () => {
    const { db, recent } = begin();
    const entry = await read('A page', 0, 'https://a.test/');
    const records = Array.from({ length: 10_000 }, (_, at) => record(entry, at));
    await db.sources.bulkAdd(records);
    const known = records
      .map(({ id, source, tokens }) => {
        const { kind, title, url, words, readAt } = source;
        return { id, kind, title, url, words, readAt, tokens };
      })
      .toReversed();
    const steps = vi.spyOn(IDBCursor.prototype, 'continue');
    expect(await recent.list(10_000, known)).toEqual(known);
    await db.sources.delete('source-9998');
    await db.sources.bulkAdd([record(entry, 20_000), record(entry, 9_996.5)]);
    const list = await recent.list(10_000, known);
    expect(steps.mock.calls.length).toBeLessThan(50);
    expect(list.slice(0, 5).map(({ readAt }) => readAt)).toEqual([20_000, 9_999, 9_997, 9_996.5, 9_996]);
    expect(list[0]).toMatchObject({ id: 'source-20000', title: 'Page 20000', url: 'https://a.test/' });
    // One more is there than the list has room for: the oldest gives way.
    expect(list).toHaveLength(10_000);
    expect(list.at(-1)?.readAt).toBe(1);
    steps.mockRestore();
  });

  it('is followed: what is new, what is gone, and what has a place again', async () => {
    const { db, recent } = begin();
    const entry = await read('A page', 0, 'https://a.test/');
    await db.sources.bulkAdd([1, 2, 3, 4].map((at) => record(entry, at)));
    let list: KeptSource[] = [];
    const following = watchRecentSources(3, recent).subscribe((newer) => {
      list = newer;
    });
    const seen = (...readAt: number[]) =>
      vi.waitFor(() => expect(list.map((source) => source.readAt)).toEqual(readAt));
    await seen(4, 3, 2);
    const [first] = list;
    await db.sources.add(record(entry, 5));
    await seen(5, 4, 3);
    expect(list[1]).toBe(first);
    await db.sources.bulkDelete(['source-5', 'source-3']);
    await seen(4, 2, 1);
    expect(list).toEqual(await recent.list(3));
    following.unsubscribe();
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
