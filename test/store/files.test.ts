import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChatList } from '@/utils/store/chat-list';
import { type ChatStore, createChatStore } from '@/utils/store/chats';
import { type Database, openDatabase } from '@/utils/store/database';
import { createDraftStore } from '@/utils/store/drafts';
import { createFileStore, type FileStore } from '@/utils/store/files';
import { aChat, anAnswer, aTurn } from '../fixtures/records';
import { measuredSource } from '../fixtures/sources';

let count = 0;
let db: Database;
let chats: ChatStore;
let files: FileStore;

beforeEach(() => {
  db = openDatabase(`files-${count++}`);
  chats = createChatStore(db);
  files = createFileStore(db);
});

const hour = 60 * 60 * 1_000;

/** A source that was read from a file whose bytes are kept. */
async function kept(name: string, text = `Words of ${name}`) {
  const hash = name.padEnd(64, '0');
  const entry = await measuredSource([text], { title: name });
  const facts = { name, hash, size: text.length, type: 'text', units: {}, notes: [] };
  await files.put({
    id: hash,
    name,
    size: text.length,
    mediaType: '',
    bytes: new Blob([text]),
    addedAt: Date.now(),
  });
  return { ...entry, source: { ...entry.source, kind: 'file' as const, url: undefined, file: facts } };
}

async function ask(id: string, ...entries: Awaited<ReturnType<typeof kept>>[]) {
  const sourceIds = entries.map(({ source }) => source.id);
  await chats.saveTurn(aChat({ id }), aTurn({ id: `turn-${id}`, chatId: id, sourceIds }), entries);
  await chats.saveAnswer(anAnswer({ id: `answer-${id}`, turnId: `turn-${id}`, chatId: id }));
}

const names = async () => (await db.files.toArray()).map(({ name }) => name).sort();
const titles = async () => (await db.sources.toArray()).map(({ source }) => source.title).sort();

describe('files that are kept', () => {
  it('are there once, by their bytes', async () => {
    await kept('a');
    await files.put({
      id: 'a'.padEnd(64, '0'),
      name: 'b',
      size: 1,
      mediaType: '',
      bytes: new Blob(['x']),
      addedAt: 0,
    });
    expect(await names()).toEqual(['a']);
  });

  it('are told by the draft that they are attached to', async () => {
    const entry = await kept('a');
    const { hash } = entry.source.file;
    await createDraftStore(db).writeSources('new', { attached: [entry], leftOut: [], added: [] });
    expect(await files.attachedFrom('new', hash)).toEqual(entry);
    expect(await files.attachedFrom('other', hash)).toBeUndefined();
    expect(await files.attachedFrom('new', 'f'.repeat(64))).toBeUndefined();
  });

  it('stay when a chat is deleted, which names those that only it used', async () => {
    const [shared, own] = [await kept('shared'), await kept('own')];
    await ask('one', shared, own);
    await ask('two', shared);
    const removed = await chats.removeChat('one');
    expect(removed?.files).toEqual([{ id: own.source.file.hash, name: 'own', size: 12 }]);
    expect(await names()).toEqual(['own', 'shared']);
    // With their texts, by which they are found again.
    expect(await titles()).toEqual(['own', 'shared']);
    expect(await files.unused()).toEqual(removed?.files);
  });

  it('go when the user says so, and all of it comes back', async () => {
    const [shared, own] = [await kept('shared'), await kept('own')];
    await ask('one', shared, own);
    await ask('two', shared);
    const before = await chats.loadChat('one');
    const chat = (await chats.removeChat('one')) ?? expect.fail('No chat');
    const gone = await files.remove((chat.files ?? []).map(({ id }) => id));
    expect(await names()).toEqual(['shared']);
    expect(await titles()).toEqual(['shared']);
    await files.putBack(gone);
    await chats.restoreChat(chat);
    expect(await chats.loadChat('one')).toEqual(before);
    expect(await names()).toEqual(['own', 'shared']);
    expect(await (await files.get(own.source.file.hash))?.bytes.text()).toBe('Words of own');
  });

  it('that stayed are not removed by taking them out of a question again', async () => {
    const drafts = createDraftStore(db);
    const [old, fresh] = [await kept('old'), await kept('fresh')];
    await ask('one', old);
    await chats.removeChat('one');
    const nothing = { attached: [], leftOut: [], added: [] };
    await drafts.writeSources('new', { ...nothing, attached: [old, fresh] });
    await drafts.writeSources('new', nothing);
    expect(await titles()).toEqual(['old']);
  });

  it('stay, or go, when all chats are deleted', async () => {
    const list = createChatList(db);
    const [one, two, draft] = [await kept('one'), await kept('two'), await kept('draft')];
    await ask('one', one);
    await ask('two', two);
    await createDraftStore(db).writeSources('new', { attached: [draft], leftOut: [], added: [] });
    expect(await files.unused(true)).toMatchObject([{ name: 'one' }, { name: 'two' }]);
    await list.takeAllOff();
    await files.remove([one.source.file.hash]);
    await list.removeLeftovers();
    expect(await names()).toEqual(['draft', 'two']);
    expect(await titles()).toEqual(['draft', 'two']);
  });

  it('to which nothing leads go after a while', async () => {
    const entry = await kept('used');
    await ask('one', entry);
    await kept('loose');
    const waiting = await kept('waiting');
    await createDraftStore(db).writeWaiting('new', [
      { key: `file:${waiting.source.file.hash}`, title: 'waiting', place: 1 },
    ]);
    await files.sweep();
    expect(await names()).toEqual(['loose', 'used', 'waiting']);
    await files.sweep(Date.now() + 2 * hour);
    expect(await names()).toEqual(['used', 'waiting']);
  });

  it('tell what they are also where their text was there before', async () => {
    const { source, ...rest } = await measuredSource(['Same words'], { title: 'Pasted' });
    await chats.saveTurn(aChat({ id: 'one' }), aTurn({ chatId: 'one', sourceIds: [source.id] }), [
      { ...rest, source },
    ]);
    const file = { name: 'a', hash: 'a'.repeat(64), size: 3, type: 'text', units: {}, notes: [] };
    const entry = { ...rest, source: { ...source, kind: 'file' as const, title: 'a', file } };
    const sourceIds = [source.id];
    await chats.saveTurn(aChat({ id: 'two' }), aTurn({ id: 't2', chatId: 'two', sourceIds }), [entry]);
    expect((await chats.loadChat('two'))?.sources[0]?.source).toMatchObject({
      title: 'a',
      kind: 'file',
      file,
    });
    expect((await chats.loadChat('one'))?.sources[0]?.source).toMatchObject({ title: 'Pasted' });
    // Read again with another choice, it is the same text.
    const choices = { hiddenSheets: true };
    const again = { ...entry, source: { ...entry.source, file: { ...file, choices } } };
    await createDraftStore(db).writeSources('new', { attached: [again], leftOut: [], added: [] });
    expect((await chats.loadChat('two'))?.sources[0]?.source.file).toEqual({ ...file, choices });
  });
});
