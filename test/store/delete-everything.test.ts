import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { type Database, openDatabase } from '@/utils/store/database';
import { deleteEverything, onDeleteEverything } from '@/utils/store/delete-everything';
import { createDraftStore } from '@/utils/store/drafts';
import { inbox } from '@/utils/store/inbox';
import { createKeyStore } from '@/utils/store/keys';
import { createOcrStore } from '@/utils/store/ocr';
import { pendingRequest } from '@/utils/store/pending-request';
import { settings } from '@/utils/store/settings';
import { settingsPlace } from '@/utils/store/settings-place';
import { countStored } from '@/utils/store/stored';
import { aChat, anAnswer, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';
import { termOf } from '../translate/scripted';

let number = 0;
let db: Database;
beforeEach(() => {
  fakeBrowser.reset();
  db = openDatabase(`delete-${number++}`);
});

const image = { type: 'image', mediaType: 'image/png', data: 'AAAA' } as const;

/** Something of everything that can be kept. */
async function fill() {
  const measured = await measuredSource(['The tide turns.']);
  await db.sources.add({ id: measured.source.id, ...measured });
  await db.chats.bulkAdd([aChat(), aChat({ id: 'chat-2' })]);
  await db.turns.bulkAdd([aTurn({ images: [image, image] }), aTurn({ id: 'turn-2' })]);
  await db.answers.add(anAnswer());
  await db.journal.add({ answerId: 'answer-1', text: 'more', thinking: '' });
  await db.drafts.add({ id: 'new', text: 'Half a', images: [{ ...image, name: 'a.png' }] });
  await db.spending.add({
    chatId: 'chat-1',
    month: '2026-11',
    providerId: 'openai',
    model: 'gpt',
    cost: { currency: 'USD', amount: 0.5, exact: true },
    input: 10,
    output: 2,
  });
  await db.files.add({
    id: 'a1',
    name: 'tide.txt',
    size: 4,
    mediaType: 'text/plain',
    bytes: new Blob(['tide']),
    addedAt: 1,
  });
  const ocr = createOcrStore(db);
  await ocr.writeLanguage({ code: 'eng', data: new Blob(['data']), size: 4, addedAt: 1 });
  await ocr.writePage('a1', ['eng'], 1, { page: {}, confidence: 90 });
  await db.terms.add(termOf('the Chair', 'Председатель'));
  await db.translations.add({ key: 'k', text: 'Слово', usedAt: 1 });
  await db.prompts.add({ id: 'p', name: '', role: '', rules: '', examples: [], createdAt: 1, updatedAt: 1 });
  const keys = createKeyStore(db);
  await keys.write('openai', 'sk-canary');
  await keys.write('google', 'sk-canary-2', { untilBrowserCloses: true });
  await settings.providers.write([
    { providerId: 'openai', baseUrl: 'https://api.openai.com/v1', modelId: 'm' },
  ]);
  await settings.neverRead.write(['bank.example']);
  await settings.theme.write('dark');
  await inbox.write('brought', { text: 'Selected words' });
  await pendingRequest.leave({ action: 'read', id: 'one', tabId: 1, windowId: 1, askedAt: 1 });
  await settingsPlace.leave('privacy');
}

/** Everything that is left anywhere, except tables without a row. */
async function left() {
  const tables = await Promise.all(
    db.tables.map(async (table) => [table.name, await table.toArray()] as const),
  );
  const areas = await Promise.all(
    (['local', 'session', 'sync'] as const).map((area) => fakeBrowser.storage[area].get(null)),
  );
  return {
    rows: tables.filter(([, rows]) => rows.length > 0),
    areas: areas.map((area) => Object.keys(area)),
  };
}

describe('what is kept', () => {
  it('is counted', async () => {
    await fill();
    expect(await countStored(db)).toEqual({
      chats: 2,
      sources: 1,
      drafts: 1,
      prompts: 1,
      keys: 1,
      pictures: 3,
      terms: 1,
      translations: 1,
      files: 1,
      fileBytes: 4,
    });
  });

  it('is gone to the last row and item when everything is deleted', async () => {
    await fill();
    expect((await left()).rows).toHaveLength(db.tables.length);
    await deleteEverything({ db, pause: 0 });
    expect(await inbox.read('brought')).toEqual({});
    expect(await left()).toEqual({ rows: [], areas: [[], [], []] });
    expect(await settings.theme.read()).toBe('browser');
    expect(await settings.providers.read()).toEqual([]);
  });

  it('cannot come back from another window, which stops writing first and is told at the end', async () => {
    await fill();
    const elsewhere = openDatabase(db.name);
    const drafts = createDraftStore(elsewhere);
    const heard: string[] = [];
    const stop = onDeleteEverything(
      { begin: () => heard.push('begin'), done: () => heard.push('done') },
      elsewhere,
    );
    await drafts.write('chat-1', 'Typed before');
    await deleteEverything({ db, pause: 50 });
    await expect(drafts.write('chat-1', 'Typed after')).rejects.toMatchObject({
      name: 'DatabaseClosedError',
    });
    await expect.poll(() => heard).toEqual(['begin', 'done']);
    expect((await left()).rows).toEqual([]);
    stop();
  });

  it('is gone also where the page that deletes it listens itself', async () => {
    await fill();
    const heard: string[] = [];
    const stop = onDeleteEverything({ begin: () => heard.push('begin'), done: () => heard.push('done') }, db);
    await deleteEverything({ db, pause: 50 });
    expect((await left()).rows).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(heard).toEqual([]);
    stop();
  });

  it('is there still when it cannot be deleted, and other windows go on', async () => {
    await fill();
    const heard: string[] = [];
    const stop = onDeleteEverything({ done: () => heard.push('done') }, openDatabase(db.name));
    db.close();
    await expect(deleteEverything({ db, pause: 0 })).rejects.toThrow();
    await expect.poll(() => heard).toEqual(['done']);
    stop();
    db = openDatabase(db.name);
    expect((await left()).rows).toHaveLength(db.tables.length);
    expect(await settings.theme.read()).toBe('dark');
  });
});
