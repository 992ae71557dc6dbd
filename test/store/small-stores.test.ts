import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createChatStore } from '@/utils/store/chats';
import { openDatabase } from '@/utils/store/database';
import { createDraftStore } from '@/utils/store/drafts';
import { createKeyStore } from '@/utils/store/keys';
import { measuredSource } from '../fixtures/sources';

describe('keys', () => {
  it('are kept per provider until they are emptied', async () => {
    const keys = createKeyStore(openDatabase('keys'));
    expect(await keys.read('moonshot')).toBeUndefined();
    await keys.write('moonshot', 'first');
    await keys.write('openai', 'other');
    await keys.write('moonshot', 'second');
    expect(await keys.read('moonshot')).toBe('second');
    await keys.write('moonshot', '');
    expect(await keys.read('moonshot')).toBeUndefined();
    expect(await keys.read('openai')).toBe('other');
  });

  it('are in IndexedDB and not in the storage that pages may read', async () => {
    const db = openDatabase('keys-only-here');
    await createKeyStore(db).write('moonshot', 'sk-secret');
    expect(await db.keys.toArray()).toEqual([{ providerId: 'moonshot', key: 'sk-secret' }]);
    const stored = await browserStorage();
    expect(JSON.stringify(stored)).not.toContain('sk-secret');
  });
});

describe('a key for this session', () => {
  it('is in memory alone, and moves when the user changes their mind', async () => {
    const db = openDatabase('keys-of-a-session');
    const keys = createKeyStore(db);
    await keys.write('openai', 'kept');
    await keys.write('openai', 'fleeting', { untilBrowserCloses: true });
    expect(await keys.read('openai')).toBe('fleeting');
    expect(await keys.isTemporary('openai')).toBe(true);
    expect(await db.keys.count()).toBe(0);
    await keys.write('openai', 'kept again');
    expect([await keys.read('openai'), await keys.isTemporary('openai')]).toEqual(['kept again', false]);
    await keys.write('openai', 'fleeting', { untilBrowserCloses: true });
    await keys.write('openai', '');
    expect(await keys.read('openai')).toBeUndefined();
  });
});

describe('drafts', () => {
  it('are kept per chat until they are emptied', async () => {
    const db = openDatabase('drafts');
    const drafts = createDraftStore(db);
    expect(await drafts.read('new')).toEqual({ text: '', images: [] });
    await drafts.write('new', '半个问题 half');
    await drafts.write('chat-1', 'another');
    expect(await drafts.read('new')).toEqual({ text: '半个问题 half', images: [] });
    await drafts.write('new', '');
    expect(await drafts.read('new')).toEqual({ text: '', images: [] });
    expect(await db.drafts.count()).toBe(1);
  });

  it('keep their pictures, also where nothing was typed', async () => {
    const db = openDatabase('drafts-with-pictures');
    const drafts = createDraftStore(db);
    const images = [{ type: 'image' as const, mediaType: 'image/png', data: 'iVBORw0K', name: 'gauge.png' }];
    await drafts.write('new', '', images);
    expect(await drafts.read('new')).toEqual({ text: '', images });
    await drafts.write('new', '', []);
    expect(await db.drafts.count()).toBe(0);
  });
});

describe('sources of a draft', () => {
  it('are kept with the choices about them, whatever is typed beside them', async () => {
    const db = openDatabase('drafts-with-sources');
    const drafts = createDraftStore(db);
    expect(await drafts.readSources('new')).toEqual({ attached: [], leftOut: [], added: [] });
    const [one, two] = [await measuredSource(['One.']), await measuredSource(['Two.'])];
    const choices = { attached: [one, two], leftOut: [two.source.id, 'https://example.org/'], added: [] };
    await drafts.writeSources('new', choices);
    await drafts.write('new', 'typed');
    await drafts.write('new', '');
    expect(await drafts.readSources('new')).toEqual(choices);
    expect(await drafts.read('new')).toEqual({ text: '', images: [] });
  });

  it('leave nothing behind when they are removed, unless something else names them', async () => {
    const db = openDatabase('drafts-without-sources');
    const drafts = createDraftStore(db);
    const [one, two] = [await measuredSource(['One.']), await measuredSource(['Two.'])];
    await drafts.writeSources('new', { attached: [one, two], leftOut: [], added: [] });
    await drafts.writeSources('chat-1', { attached: [two], leftOut: [], added: [] });
    await drafts.writeSources('new', { attached: [], leftOut: [], added: [] });
    expect(await db.drafts.toCollection().primaryKeys()).toEqual(['chat-1']);
    expect(await db.sources.toCollection().primaryKeys()).toEqual([two.source.id]);
  });

  it('go with their chat, and come back with it', async () => {
    const db = openDatabase('drafts-of-a-chat');
    const [drafts, chats] = [createDraftStore(db), createChatStore(db)];
    const [one, two] = [await measuredSource(['One.']), await measuredSource(['Two.'])];
    const chat = { id: 'chat-1', title: 'One', createdAt: 1, updatedAt: 1, urls: [] };
    const turn = { id: 't', chatId: 'chat-1', position: 0, task: 'answer' as const, question: 'Why?' };
    await chats.saveTurn(chat, { ...turn, instructions: '', sourceIds: [one.source.id], askedAt: 1 }, [one]);
    await drafts.writeSources('chat-1', { attached: [two], leftOut: [one.source.id], added: [] });
    const removed = (await chats.removeChat('chat-1')) ?? expect.fail('No chat');
    expect(await db.sources.count()).toBe(0);
    await chats.restoreChat(removed);
    expect(await drafts.readSources('chat-1')).toEqual({
      attached: [two],
      leftOut: [one.source.id],
      added: [],
    });
  });
});

async function browserStorage(): Promise<object> {
  const { fakeBrowser } = await import('wxt/testing/fake-browser');
  return {
    ...(await fakeBrowser.storage.local.get()),
    ...(await fakeBrowser.storage.session.get()),
    ...(await fakeBrowser.storage.sync.get()),
  };
}
