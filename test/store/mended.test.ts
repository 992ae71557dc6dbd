import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createChatStore } from '@/utils/store/chats';
import { openDatabase } from '@/utils/store/database';
import { mendedAnswer, mendedChat, mendedTurn } from '@/utils/store/mended';
import { aChat, anAnswer, aSending, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';

describe('a damaged chat', () => {
  it('is opened with what can be read of it, and can be deleted', async () => {
    const db = openDatabase('mended');
    const store = createChatStore(db);
    const entry = await measuredSource(['The tide turns.']);
    await store.saveTurn(aChat(), aTurn({ sourceIds: [entry.source.id] }), [entry]);
    await store.saveAnswer(anAnswer({ text: 'Kept.' }));
    await db.turns.bulkPut([
      aTurn({ id: 'turn-2', position: 1, sourceIds: undefined, question: undefined, headers: 3 } as never),
      { id: 'turn-3', chatId: 'chat-1' } as never,
    ]);
    await db.answers.put({
      id: 'answer-2',
      chatId: 'chat-1',
      turnId: 'turn-2',
      text: 7,
      sendings: [null],
    } as never);
    await db.sources.update(entry.source.id, { source: { ...entry.source, segments: undefined } } as never);
    const stored = await store.loadChat('chat-1');
    expect(stored?.turns.map(({ id, question }) => [id, question])).toEqual([
      ['turn-1', 'What is it?'],
      ['turn-2', ''],
      ['turn-3', ''],
    ]);
    expect(stored?.answers.map(({ text }) => text).sort()).toEqual(['', 'Kept.']);
    expect(stored?.sources).toEqual([]);
    await store.removeChat('chat-1');
    expect(await Promise.all([db.chats, db.turns, db.answers].map((table) => table.count()))).toEqual([
      0, 0, 0,
    ]);
  });

  it('leaves whole records as they are, to the object', () => {
    const [chat, turn] = [aChat(), aTurn({ images: [], headers: [] })];
    const answer = anAnswer({ sendings: [aSending()], passes: { plan: [], notes: [] } });
    expect(mendedChat(chat)).toBe(chat);
    expect(mendedTurn(turn)).toBe(turn);
    expect(mendedAnswer(answer)).toBe(answer);
  });

  it('keeps what is whole of a damaged answer: notes of passes cost money', () => {
    const passes = { plan: [], notes: ['Read once.'] };
    const trouble = { code: 'interrupted' as const, facts: {} };
    const damaged = { ...anAnswer({ passes, trouble }), model: 7 } as never;
    expect(mendedAnswer(damaged)).toMatchObject({ model: '?', passes, trouble });
    expect(mendedAnswer({ ...anAnswer(), model: 7, passes: 'none' } as never).passes).toBeUndefined();
  });
});
