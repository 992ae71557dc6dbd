import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ChatList,
  createChatList,
  keepLeftovers,
  watchAllChats,
  watchChatRecord,
} from '@/utils/store/chat-list';
import { type ChatStore, createChatStore } from '@/utils/store/chats';
import { type Database, openDatabase } from '@/utils/store/database';
import { createDraftStore } from '@/utils/store/drafts';
import { aChat, anAnswer, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';

let count = 0;
let db: Database;
let store: ChatStore;
let list: ChatList;
beforeEach(() => {
  db = openDatabase(`list-${count++}`);
  store = createChatStore(db);
  list = createChatList(db);
});
afterEach(() => vi.unstubAllGlobals());

async function keep(id: string, passages: string[] = ['The tide turns.']) {
  const entry = await measuredSource(passages);
  await store.saveTurn(
    aChat({ id, updatedAt: ++count }),
    aTurn({ id: `turn-${id}`, chatId: id, sourceIds: [entry.source.id] }),
    [entry],
  );
  await store.saveAnswer(anAnswer({ id: `answer-${id}`, turnId: `turn-${id}`, chatId: id }));
  await store.appendToJournal({ answerId: `answer-${id}`, text: 'x', thinking: '' });
  await db.drafts.put({ id, text: 'half' });
}
const counts = () =>
  Promise.all(
    [db.chats, db.turns, db.answers, db.journal, db.sources, db.drafts].map((table) => table.count()),
  );

describe('the list of chats', () => {
  it('has every chat, newest first, and damaged ones with what can be read of them', async () => {
    await db.chats.bulkPut([aChat({ id: 'old', updatedAt: 1 }), aChat({ id: 'new', updatedAt: 2 })]);
    await db.chats.bulkPut([
      { id: 'bad', title: 7, urls: [3, 'https://example.org/'] },
      { id: 'worse' },
    ] as never[]);
    expect(await list.all()).toEqual([
      aChat({ id: 'new', updatedAt: 2 }),
      aChat({ id: 'old', updatedAt: 1 }),
      { id: 'bad', title: '', createdAt: 0, updatedAt: 0, urls: ['https://example.org/'] },
      { id: 'worse', title: '', createdAt: 0, updatedAt: 0, urls: [] },
    ]);
  });

  it('tells whoever watches about another title', async () => {
    await keep('a');
    const titles: (string | undefined)[] = [];
    const subscription = watchChatRecord('a', db).subscribe((chat) => void titles.push(chat?.title));
    await expect.poll(() => titles).toEqual(['A chat']);
    await list.rename('a', '  <b>Tide</b>\n mills ');
    await expect.poll(() => titles.at(-1)).toBe('<b>Tide</b> mills');
    await list.rename('a', ' \n ');
    expect((await list.all())[0]?.title).toBe('<b>Tide</b> mills');
    await store.removeChat('a');
    await expect.poll(() => titles.at(-1)).toBeUndefined();
    subscription.unsubscribe();
  });

  it('does not bring a chat back by giving it a title', async () => {
    await list.rename('gone', 'Here again');
    expect(await list.all()).toEqual([]);
  });
});

describe('deleting all chats', () => {
  it('empties the list at once, and gives all of it back on undo', async () => {
    for (const id of ['a', 'b', 'c']) await keep(id, [`Text of ${id}.`]);
    const before = await store.loadChat('b');
    const all: string[][] = [];
    const subscription = watchAllChats(list).subscribe((chats) => void all.push(chats.map(({ id }) => id)));
    await expect.poll(() => all.at(-1)).toEqual(['c', 'b', 'a']);
    const taken = await list.takeAllOff();
    await expect.poll(() => all.at(-1)).toEqual([]);
    expect(await store.loadChat('b')).toBeUndefined();
    expect(await store.findChatOfPage('https://example.org/page')).toBeUndefined();
    await list.putBack(taken);
    await expect.poll(() => all.at(-1)).toEqual(['c', 'b', 'a']);
    expect(await store.loadChat('b')).toEqual(before);
    subscription.unsubscribe();
  });

  it('removes every word of them for good when it is not undone', async () => {
    for (const id of ['a', 'b']) await keep(id, [`Text of ${id}.`]);
    await db.drafts.put({ id: 'new', text: 'typed since' });
    await list.takeAllOff();
    await keep('kept', ['Text of b.']);
    await list.removeLeftovers();
    expect(await counts()).toEqual([1, 1, 1, 1, 1, 2]);
    expect((await store.loadChat('kept'))?.sources).toHaveLength(1);
    expect((await db.drafts.toCollection().primaryKeys()).sort()).toEqual(['kept', 'new']);
  });

  it('removes what requests from outside the panel brought to versions that kept it among the drafts', async () => {
    const brought = await measuredSource(['Selected words.']);
    await createDraftStore(db).writeSources('inbox:request', { attached: [brought], leftOut: [], added: [] });
    await list.removeLeftovers();
    expect(await db.drafts.count()).toBe(0);
    expect(await db.sources.count()).toBe(0);
  });

  it('removes nothing while it can be undone in any window', async () => {
    const held = new Set<object>();
    const request = async (
      _: string,
      options: { ifAvailable?: boolean },
      work: (lock?: object) => unknown,
    ) => {
      if (options.ifAvailable) return work(held.size > 0 ? undefined : {});
      const lock = {};
      held.add(lock);
      await work(lock);
      held.delete(lock);
    };
    vi.stubGlobal('navigator', { locks: { request } });
    await keep('a');
    const release = keepLeftovers();
    await list.takeAllOff();
    await list.removeLeftovers();
    expect(await counts()).toEqual([0, 1, 1, 1, 1, 1]);
    release();
    await expect.poll(() => held.size).toBe(0);
    await list.removeLeftovers();
    expect(await counts()).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('leaves a chat as it is that was begun again meanwhile', async () => {
    await keep('a');
    const taken = await list.takeAllOff();
    await db.chats.put(aChat({ id: 'a', title: 'Again' }));
    await list.putBack(taken);
    expect((await list.all()).map(({ title }) => title)).toEqual(['Again']);
  });

  it('does not read the texts to remove them', async () => {
    for (const id of ['a', 'b']) await keep(id, [`Text of ${id}.`]);
    const reads = vi.fn((record: unknown) => record);
    db.sources.hook('reading', reads as never);
    await list.takeAllOff();
    await list.removeLeftovers();
    expect(reads).not.toHaveBeenCalled();
    expect(await db.sources.count()).toBe(0);
  });
});
