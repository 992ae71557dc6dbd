import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { compareBackup, readBackup, restoreBackup } from '@/utils/store/backup';
import { createChatStore } from '@/utils/store/chats';
import { type Database, openDatabase } from '@/utils/store/database';
import { createDraftStore, draftOfEdit } from '@/utils/store/drafts';
import { exportChat } from '@/utils/store/export-chat';
import { settings } from '@/utils/store/settings';
import { aChat, anAnswer, aSending, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';

let count = 0;
let db: Database;
beforeEach(() => {
  fakeBrowser.reset();
  db = openDatabase(`export-${count++}`);
});

async function fill(id: string, passages: string[]) {
  const store = createChatStore(db);
  const entry = await measuredSource(passages, { gaps: [{ why: 'frame', size: 2 }] });
  await store.saveTurn(aChat({ id }), aTurn({ id: `turn-${id}`, chatId: id, sourceIds: [entry.source.id] }), [
    entry,
  ]);
  // A branch, and two versions of an answer.
  await db.turns.add(aTurn({ id: `other-${id}`, chatId: id, question: 'Or what?', parentId: null }));
  for (const version of [1, 2]) {
    await store.saveAnswer(
      anAnswer({
        id: `answer-${version}-${id}`,
        chatId: id,
        turnId: `turn-${id}`,
        createdAt: version,
        text: `Version ${version} ¶1`,
        thinking: 'Hm.',
        sendings: [
          aSending({
            requestHash: 'abc',
            usage: { input: 10, output: 2 },
            cost: { currency: 'USD', amount: 0.1, exact: true },
          }),
        ],
      }),
    );
  }
  await db.journal.add({ answerId: `answer-2-${id}`, text: ' more', thinking: '' });
  await db.drafts.put({ id, text: 'half a question' });
  await db.spending.add({
    chatId: id,
    month: '2026-11',
    providerId: 'openai',
    model: 'gpt',
    cost: { currency: 'USD', amount: 0.1, exact: true },
    input: 10,
    output: 2,
  });
}

/** Records of one chat, without the numbers that a database gives. */
async function recordsOf(from: Database, id: string) {
  const answers = await from.answers.where('chatId').equals(id).toArray();
  const plain = <T extends { sequence?: number }>(list: T[]) => list.map(({ sequence: _, ...rest }) => rest);
  return {
    chat: await from.chats.get(id),
    turns: await from.turns.where('chatId').equals(id).toArray(),
    answers,
    journal: plain(
      await from.journal
        .where('answerId')
        .anyOf(answers.map((answer) => answer.id))
        .toArray(),
    ),
    sources: (await createChatStore(from).loadChat(id))?.sources,
    draft: await from.drafts.get(id),
    spending: plain(await from.spending.where('chatId').equals(id).toArray()),
  };
}

describe('a chat as JSON', () => {
  it('is all of it, and comes back through the settings as it was', async () => {
    await fill('a', ['The tide turns.', '潮水转了。🌕']);
    await fill('b', ['Of another chat.']);
    const file = await exportChat('a', { db });
    expect(file?.type).toBe('application/json');
    const target = openDatabase(`export-target-${count}`);
    const backup = await readBackup(file ?? expect.fail('There is no file'));
    expect((await compareBackup(backup, { db: target })).settings).toEqual({});
    await restoreBackup(backup, { db: target });
    expect(await recordsOf(target, 'a')).toEqual(await recordsOf(db, 'a'));
    expect(await target.chats.count()).toBe(1);
    expect(await target.sources.count()).toBe(1);
  });

  it('has what was typed over an earlier question, with what was attached to it', async () => {
    await fill('a', ['The tide turns.']);
    const attached = await measuredSource(['Pasted.']);
    const edit = draftOfEdit('a', 'turn-a');
    await createDraftStore(db).write(edit, 'asked in another way');
    await createDraftStore(db).writeSources(edit, { attached: [attached], leftOut: [], added: [] });
    const backup = await readBackup((await exportChat('a', { db })) ?? expect.fail('There is no file'));
    const target = openDatabase(`export-target-${count}`);
    await restoreBackup(backup, { db: target });
    expect(await target.drafts.get(edit)).toEqual(await db.drafts.get(edit));
    expect((await createDraftStore(target).readSources(edit)).attached).toEqual([attached]);
  });

  it('has no key, no setting and nothing of other chats', async () => {
    await fill('a', ['The tide turns.']);
    await fill('b', ['Of another chat.']);
    await db.keys.put({ providerId: 'openai', key: 'sk-canary-9Zx' });
    await settings.providers.write([
      { providerId: 'openai', baseUrl: 'https://secret.example.org/v1', modelId: 'gpt' },
    ]);
    const text = await (await exportChat('a', { db }))?.text();
    expect(text).toContain('"wholemoon":1');
    for (const other of ['canary', 'secret.example', 'Of another chat', '"keys"', '"settings"'])
      expect(text).not.toContain(other);
  });

  it('is nothing when the chat is gone', async () => {
    expect(await exportChat('gone', { db })).toBeUndefined();
  });

  it('is written of damaged records as well, as they are', async () => {
    await fill('a', ['The tide turns.']);
    await db.turns.update('turn-a', { sourceIds: undefined, question: undefined } as never);
    expect(await (await exportChat('a', { db }))?.text()).toContain('Version 2 ¶1');
  });
});
