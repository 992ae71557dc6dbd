import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ChatStore, createChatStore, pageAddress, watchChats } from '@/utils/store/chats';
import { type Database, openDatabase } from '@/utils/store/database';
import type { ChatRecord } from '@/utils/store/records';
import { aChat, anAnswer, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';

let count = 0;
let db: Database;
let store: ChatStore;

beforeEach(() => {
  db = openDatabase(`chats-${count++}`);
  store = createChatStore(db);
});

const page = () => measuredSource(['The tide turns.', '潮水转了。']);
const streaming = { state: 'streaming', reason: undefined } as const;

async function journal(answerId: string, ...texts: string[]) {
  for (const text of texts) await store.appendToJournal({ answerId, text, thinking: `(${text})` });
}

describe('a chat', () => {
  it('comes back as it was kept', async () => {
    const entry = await page();
    const turn = aTurn({ sourceIds: [entry.source.id] });
    const answer = anAnswer({ text: 'At six. ¶1' });
    await store.saveTurn(aChat(), turn, [entry]);
    await store.saveAnswer(answer);
    expect(await store.loadChat('chat-1')).toEqual({
      chat: aChat(),
      turns: [turn],
      answers: [answer],
      sources: [entry],
    });
  });

  it('keeps the question when nothing else followed', async () => {
    await store.saveTurn(aChat(), aTurn(), []);
    expect(await store.loadChat('chat-1')).toMatchObject({
      turns: [{ question: 'What is it?' }],
      answers: [],
    });
  });

  it('has its turns in their order and its answers by age', async () => {
    for (const position of [2, 0, 1]) {
      await store.saveTurn(aChat(), aTurn({ id: `turn-${position}`, position }), []);
    }
    await store.saveAnswer(anAnswer({ id: 'newer', createdAt: 3_000 }));
    await store.saveAnswer(anAnswer({ id: 'older', createdAt: 2_000 }));
    const stored = await store.loadChat('chat-1');
    expect(stored?.turns.map(({ id }) => id)).toEqual(['turn-0', 'turn-1', 'turn-2']);
    expect(stored?.answers.map(({ id }) => id)).toEqual(['older', 'newer']);
  });

  it('does not know a chat that is not there', async () => {
    expect(await store.loadChat('missing')).toBeUndefined();
    expect(await store.removeChat('missing')).toBeUndefined();
  });

  it('keeps a source once, however many chats use it', async () => {
    const entry = await page();
    const sourceIds = [entry.source.id];
    await store.saveTurn(aChat(), aTurn({ sourceIds }), [entry]);
    await store.saveTurn(aChat({ id: 'chat-2' }), aTurn({ id: 'turn-2', chatId: 'chat-2', sourceIds }), [
      entry,
    ]);
    expect(await db.sources.count()).toBe(1);
    expect((await store.loadChat('chat-2'))?.sources).toEqual([entry]);
  });

  it('keeps the title and the address under which it read a text', async () => {
    const first = await measuredSource(['The same text.'], { title: 'First', url: 'https://example.org/1' });
    const gaps = [{ why: 'frame' as const, size: 1 }];
    const second = await measuredSource(['The same text.'], {
      title: 'Second',
      url: 'https://example.org/2',
      gaps,
    });
    const sourceIds = [first.source.id];
    await store.saveTurn(aChat(), aTurn({ sourceIds }), [first]);
    await store.saveTurn(aChat({ id: 'chat-2' }), aTurn({ id: 'turn-2', chatId: 'chat-2', sourceIds }), [
      second,
    ]);
    expect(await db.sources.count()).toBe(1);
    expect((await store.loadChat('chat-1'))?.sources[0]?.source).toMatchObject({ title: 'First', gaps: [] });
    expect((await store.loadChat('chat-2'))?.sources[0]?.source).toMatchObject({
      title: 'Second',
      url: 'https://example.org/2',
      gaps,
    });
  });

  it('survives closing the database', async () => {
    const entry = await page();
    await store.saveTurn(aChat(), aTurn({ sourceIds: [entry.source.id] }), [entry]);
    db.close();
    const again = createChatStore(openDatabase(db.name));
    expect((await again.loadChat('chat-1'))?.sources).toEqual([entry]);
  });
});

describe('an answer that streams', () => {
  it('is folded together from its journal when it is loaded', async () => {
    await store.saveTurn(aChat(), aTurn(), []);
    await store.saveAnswer(anAnswer({ ...streaming, text: 'Kept. ', thinking: 'Hm. ' }));
    await journal('answer-1', 'One', ' two', ' three');
    await journal('another', 'not mine');
    const [answer] = (await store.loadChat('chat-1'))?.answers ?? [];
    expect(answer).toMatchObject({
      text: 'Kept. One two three',
      thinking: 'Hm. (One)( two)( three)',
      state: 'streaming',
    });
    // Reading changes nothing: a second reading finds the same.
    expect((await store.loadChat('chat-1'))?.answers[0]).toEqual(answer);
  });

  it('has no journal any more once it is settled', async () => {
    await store.saveTurn(aChat(), aTurn(), []);
    await store.saveAnswer(anAnswer(streaming));
    await journal('answer-1', 'One', ' two');
    await journal('another', 'stays');
    await store.settleAnswer(anAnswer({ text: 'One two' }));
    expect((await store.loadChat('chat-1'))?.answers[0]?.text).toBe('One two');
    expect((await db.journal.toArray()).map(({ text }) => text)).toEqual(['stays']);
  });

  it('moves its chat to the top of the list when it is settled', async () => {
    await store.saveTurn(aChat(), aTurn(), []);
    const before = Date.now();
    await store.settleAnswer(anAnswer());
    expect((await store.loadChat('chat-1'))?.chat.updatedAt).toBeGreaterThanOrEqual(before);
  });

  it('does not bring a chat back that was removed meanwhile', async () => {
    await store.saveTurn(aChat(), aTurn(), []);
    await store.saveAnswer(anAnswer(streaming));
    await store.removeChat('chat-1');
    await store.settleAnswer(anAnswer({ text: 'Too late' }));
    expect(await store.listChats(10)).toEqual([]);
    expect(await store.loadChat('chat-1')).toBeUndefined();
    expect(await db.answers.count()).toBe(0);
  });
});

describe('removing a chat', () => {
  it('removes all of it and gives it back for an undo', async () => {
    const entry = await page();
    const turn = aTurn({ sourceIds: [entry.source.id] });
    await store.saveTurn(aChat(), turn, [entry]);
    await store.saveAnswer(anAnswer({ ...streaming, text: 'Kept. ' }));
    await journal('answer-1', 'One');
    await db.drafts.put({ id: 'chat-1', text: 'half a question' });
    const removed = await store.removeChat('chat-1');
    const counts = await Promise.all(
      [db.chats, db.turns, db.answers, db.journal, db.sources, db.drafts].map((table) => table.count()),
    );
    expect(counts).toEqual([0, 0, 0, 0, 0, 0]);

    await store.restoreChat(removed ?? expect.fail('Nothing was removed'));
    const restored = await store.loadChat('chat-1');
    expect(restored).toMatchObject({ chat: aChat(), turns: [turn], sources: [entry] });
    expect(restored?.answers[0]?.text).toBe('Kept. One');
  });

  it('keeps the sources that another chat uses', async () => {
    const [shared, own] = await Promise.all([page(), measuredSource(['Only here.'])]);
    const ids = [shared.source.id, own.source.id];
    await store.saveTurn(aChat(), aTurn({ sourceIds: ids }), [shared, own]);
    await store.saveTurn(
      aChat({ id: 'chat-2' }),
      aTurn({ id: 'turn-2', chatId: 'chat-2', sourceIds: [shared.source.id] }),
      [shared],
    );
    await store.removeChat('chat-1');
    expect((await db.sources.toArray()).map(({ id }) => id)).toEqual([shared.source.id]);
    expect((await store.loadChat('chat-2'))?.sources).toEqual([shared]);
  });

  it('leaves other chats alone', async () => {
    await store.saveTurn(aChat(), aTurn(), []);
    await store.saveTurn(aChat({ id: 'chat-2' }), aTurn({ id: 'turn-2', chatId: 'chat-2' }), []);
    await store.saveAnswer(anAnswer({ id: 'answer-2', turnId: 'turn-2', chatId: 'chat-2', ...streaming }));
    await journal('answer-2', 'stays');
    await store.removeChat('chat-1');
    const other = await store.loadChat('chat-2');
    expect(other?.turns).toHaveLength(1);
    expect(other?.answers[0]?.text).toBe('stays');
  });
});

describe('finding chats', () => {
  const keep = (...chats: Partial<ChatRecord>[]) => db.chats.bulkPut(chats.map((chat) => aChat(chat)));

  it('lists the latest first, as many as asked for', async () => {
    await keep({ id: 'a', updatedAt: 2 }, { id: 'b', updatedAt: 3 }, { id: 'c', updatedAt: 1 });
    expect((await store.listChats(2)).map(({ id }) => id)).toEqual(['b', 'a']);
    expect((await store.listChats(10)).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  it('finds the latest chat of a page, wherever the page is scrolled', async () => {
    const urls = ['https://example.org/a?q=1'];
    await keep(
      { id: 'old', urls, updatedAt: 1 },
      { id: 'new', urls: ['https://example.org/b', ...urls], updatedAt: 2 },
      { id: 'other', urls: ['https://example.org/a?q=2'], updatedAt: 3 },
    );
    expect((await store.findChatOfPage('https://example.org/a?q=1#part'))?.id).toBe('new');
    expect((await store.findChatOfPage('https://example.org/b'))?.id).toBe('new');
    expect(await store.findChatOfPage('https://example.org/a')).toBeUndefined();
  });

  it('tells whoever watches the list about every change', async () => {
    const seen: string[][] = [];
    const subscription = watchChats(10, store).subscribe(
      (chats) => void seen.push(chats.map(({ id }) => id)),
    );
    await expect.poll(() => seen).toEqual([[]]);
    await keep({ id: 'a' });
    await expect.poll(() => seen.at(-1)).toEqual(['a']);
    await store.removeChat('a');
    await expect.poll(() => seen.at(-1)).toEqual([]);
    subscription.unsubscribe();
  });
});

describe('a removal that is undone', () => {
  it('gives back what was typed and not sent', async () => {
    await store.saveTurn(aChat({ id: 'a' }), aTurn({ chatId: 'a' }), []);
    await db.drafts.put({ id: 'a', text: 'half a question' });
    const removed = await store.removeChat('a');
    expect(await db.drafts.get('a')).toBeUndefined();
    if (removed) await store.restoreChat(removed);
    expect((await db.drafts.get('a'))?.text).toBe('half a question');
  });

  it('leaves a text that another chat has under the title it has there', async () => {
    const one = await measuredSource(['Same.'], { title: 'First title' });
    const two = { ...one, source: { ...one.source, title: 'Second title' } };
    const sourceIds = [one.source.id];
    await store.saveTurn(aChat({ id: 'a' }), aTurn({ id: 'turn-a', chatId: 'a', sourceIds }), [one]);
    await store.saveTurn(aChat({ id: 'b' }), aTurn({ id: 'turn-b', chatId: 'b', sourceIds }), [two]);
    const removed = await store.removeChat('b');
    if (removed) await store.restoreChat(removed);
    const titleIn = async (id: string) => (await store.loadChat(id))?.sources[0]?.source.title;
    expect([await titleIn('a'), await titleIn('b')]).toEqual(['First title', 'Second title']);
  });
});

describe('pageAddress', () => {
  it.each([
    ['https://example.org/a#part', 'https://example.org/a'],
    ['https://example.org/a?q=1#x#y', 'https://example.org/a?q=1'],
    ['https://example.org/a', 'https://example.org/a'],
    ['', ''],
  ])('of %j is %j', (url, address) => {
    expect(pageAddress(url)).toBe(address);
  });
});
