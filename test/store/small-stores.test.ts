import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '@/utils/store/database';
import { createDraftStore } from '@/utils/store/drafts';
import { createKeyStore } from '@/utils/store/keys';

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

async function browserStorage(): Promise<object> {
  const { fakeBrowser } = await import('wxt/testing/fake-browser');
  return {
    ...(await fakeBrowser.storage.local.get()),
    ...(await fakeBrowser.storage.session.get()),
    ...(await fakeBrowser.storage.sync.get()),
  };
}
