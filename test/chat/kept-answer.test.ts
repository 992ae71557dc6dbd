import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { followKeptAnswer, type KeptAnswerState } from '@/utils/chat/kept-answer';
import { type ChatStore, createChatStore } from '@/utils/store/chats';
import { type Database, openDatabase } from '@/utils/store/database';
import { followAnswer } from '@/utils/store/follow-answer';
import { aChat, anAnswer, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';

/** One answer, followed from a page of its own. */

let count = 0;
let db: Database;
let store: ChatStore;

beforeEach(() => {
  db = openDatabase(`kept-${count++}`);
  store = createChatStore(db);
});

const followed = (id = 'answer-1') =>
  followKeptAnswer(id, { store, follow: (name) => followAnswer(name, db) });
type Followed = ReturnType<typeof followed>;
const seen = (kept: Followed, is: (state: KeptAnswerState) => unknown) =>
  expect.poll(() => is(kept.get()), { timeout: 3_000, interval: 10 });
const textOf = (state: KeptAnswerState) => (state.status === 'ready' ? state.answer.text : state.status);

async function keep(answer = anAnswer({ text: 'At six. ¶1' })) {
  const entry = await measuredSource(['The tide turns.']);
  await store.saveTurn(aChat(), aTurn({ sourceIds: [entry.source.id] }), [entry]);
  await store.saveAnswer(answer);
  return entry;
}

describe('a kept answer', () => {
  it('comes with its chat, its question and its sources', async () => {
    const entry = await keep();
    const kept = followed();
    await seen(kept, ({ status }) => status).toBe('ready');
    expect(kept.get()).toMatchObject({
      chat: { id: 'chat-1' },
      turn: { id: 'turn-1' },
      answer: { text: 'At six. ¶1' },
      sources: [{ source: { id: entry.source.id } }],
    });
    kept.close();
  });

  it('grows while it streams elsewhere, reads each piece once, and ends with what was settled', async () => {
    const streaming = anAnswer({ text: 'One', state: 'streaming', reason: undefined });
    await keep(streaming);
    const stores: ChatStore = store;
    // Somebody streams it: nothing is settled from here.
    const quiet = { ...stores, settleAnswer: async () => {} };
    const kept = followKeptAnswer('answer-1', { store: quiet, follow: (name) => followAnswer(name, db) });
    await seen(kept, textOf).toBe('One');
    let text = 'One';
    for (const piece of [' two', ' three', ' four']) {
      await store.appendToJournal({ answerId: 'other', text: 'not this', thinking: '' });
      await store.appendToJournal({ answerId: 'answer-1', text: piece, thinking: '' });
      text += piece;
      await seen(kept, textOf).toBe(text);
    }
    await store.settleAnswer({ ...streaming, text: `${text}.`, state: 'ended', reason: 'stop' });
    await seen(kept, textOf).toBe('One two three four.');
    // Gone on with from there.
    await store.saveAnswer({ ...streaming, text: `${text}.` });
    await store.appendToJournal({ answerId: 'answer-1', text: ' More.', thinking: '' });
    await seen(kept, textOf).toBe('One two three four. More.');
    kept.close();
  });

  it('is gone with its chat and comes back with it', async () => {
    await keep();
    const kept = followed();
    await seen(kept, ({ status }) => status).toBe('ready');
    const removed = await store.removeChat('chat-1');
    await seen(kept, ({ status }) => status).toBe('gone');
    if (removed) await store.restoreChat(removed);
    await seen(kept, textOf).toBe('At six. ¶1');
    kept.close();
  });

  it('that never was is gone', async () => {
    for (const id of ['nothing', '']) {
      const kept = followed(id);
      await seen(kept, ({ status }) => status).toBe('gone');
      kept.close();
    }
  });

  it('without its chat is gone, and nothing is thrown', async () => {
    await store.saveAnswer(anAnswer());
    const kept = followed();
    await seen(kept, ({ status }) => status).toBe('gone');
    kept.close();
  });
});
