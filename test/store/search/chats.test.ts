import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bodyOf } from '@/utils/chat/follow-ups';
import { type ChatStore, createChatStore } from '@/utils/store/chats';
import { type Database, openDatabase } from '@/utils/store/database';
import { type ChatHit, type SearchOptions, searchChats } from '@/utils/store/search/chats';
import { aChat, anAnswer, aTurn } from '../../fixtures/records';
import { measuredSource } from '../../fixtures/sources';

let count = 0;
let db: Database;
let store: ChatStore;
beforeEach(() => {
  db = openDatabase(`search-${count++}`);
  store = createChatStore(db);
});

interface Words {
  title?: string;
  question?: string;
  answer?: string;
  passages?: string[];
  urls?: string[];
  page?: string;
}

/** Keeps a chat; those that are kept later are newer. */
async function keep(id: string, { title, question, answer, passages, urls = [], page }: Words) {
  const sources = passages ? [await measuredSource(passages, { title: page ?? 'A page' })] : [];
  const time = ++count * 1_000;
  await store.saveTurn(
    aChat({ id, title: title ?? 'A chat', updatedAt: time, urls }),
    aTurn({
      id: `turn-${id}`,
      chatId: id,
      question: question ?? 'What?',
      sourceIds: sources.map(({ source }) => source.id),
    }),
    sources,
  );
  await store.saveAnswer(
    anAnswer({ id: `answer-${id}`, turnId: `turn-${id}`, chatId: id, text: answer ?? 'That.' }),
  );
}

async function search(query: string, options: SearchOptions = {}): Promise<ChatHit[]> {
  const hits: ChatHit[] = [];
  for await (const { hit } of searchChats(query, { db, ...options })) if (hit) hits.push(hit);
  return hits;
}
const idsOf = async (query: string) => (await search(query)).map(({ id }) => id);
const line = (hit?: ChatHit) =>
  hit?.excerpt?.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');

describe('a search', () => {
  it('finds titles, questions, answers, sources, their titles and addresses, newest first', async () => {
    await keep('title', { title: 'About eels' });
    await keep('question', { question: 'Where do eels go?' });
    await keep('answer', { answer: 'To the sea, like all eels.' });
    await keep('source', { passages: ['Nothing.', 'The **eel** sleeps.'] });
    await keep('page', { passages: ['Something else.'], page: 'The eel book' });
    await keep('address', { urls: ['https://eels.example.org/'] });
    await keep('none', { answer: 'A pike.' });
    expect(await idsOf('eel')).toEqual(['address', 'page', 'source', 'answer', 'question', 'title']);
    const hits = new Map((await search('EEL')).map((hit) => [hit.id, line(hit)]));
    expect(Object.fromEntries(hits)).toEqual({
      title: undefined,
      question: 'Where do [eel]s go?',
      answer: 'To the sea, like all [eel]s.',
      source: 'The [eel] sleeps.',
      page: 'The [eel] book',
      address: 'https://[eel]s.example.org/',
    });
  });

  it('finds in an answer what is shown of it, and not what the model suggested to ask', async () => {
    await keep('answer', { answer: 'To the sea.\n\n<follow-ups>\n- Where do eels sleep?\n</follow-ups>' });
    expect(await search('eels')).toHaveLength(1);
    expect(await search('eels', { shownOf: bodyOf })).toEqual([]);
    expect(line((await search('sea', { shownOf: bodyOf }))[0])).toBe('To the [sea].');
  });

  it('finds Chinese without word boundaries, one character, and addresses as they are read', async () => {
    await keep('zh', { title: '潮汐磨坊的回归', passages: ['九座磨坊正在发电。', '闸门仍会伤到鳗鱼。'] });
    await keep('url', { urls: ['https://zh.example.org/wiki/%E9%B3%97%E9%B1%BC'] });
    expect(await idsOf('鳗鱼')).toEqual(['url', 'zh']);
    expect(await idsOf('坊')).toEqual(['zh']);
    expect(line((await search('伤到鳗')).at(0))).toBe('闸门仍会[伤到鳗]鱼。');
    expect(await idsOf('磨坊 发电')).toEqual(['zh']);
    expect(await idsOf('磨坊 核电')).toEqual([]);
  });

  it('finds words in different places of one chat, and shows where most of them stand', async () => {
    await keep('a', {
      title: 'Mills',
      question: 'And the mill?',
      answer: 'The mill kills eels at the sluice.',
    });
    await keep('b', { title: 'Mills', answer: 'Nothing about fish.' });
    expect(await idsOf('mill eel')).toEqual(['a']);
    expect(line((await search('mill eel'))[0])).toBe('The [mill] kills [eel]s at the sluice.');
  });

  it('does not take the marks of passages for text', async () => {
    await keep('a', { passages: Array.from({ length: 30 }, (_, index) => `Passage ${index % 3}.`) });
    expect(await idsOf('¶12')).toEqual([]);
    expect(await idsOf('29')).toEqual([]);
    expect(await idsOf('Passage 2')).toEqual(['a']);
  });

  it('says how far it is, and nothing for an empty query', async () => {
    await keep('a', { title: 'One eel' });
    await keep('b', { title: 'None' });
    const steps = [];
    for await (const step of searchChats('eel', { db })) steps.push(step);
    expect(steps).toEqual([
      { done: 1, total: 2, unreadable: 0 },
      { done: 2, total: 2, unreadable: 0, hit: { id: 'a' } },
    ]);
    expect(await search('  ')).toEqual([]);
  });

  it('searches only the chats that are named, and none that is gone', async () => {
    await keep('a', { title: 'One eel' });
    await keep('b', { title: 'Two eels' });
    expect(await search('eel', { ids: ['a', 'gone'] })).toEqual([{ id: 'a' }]);
  });
});

describe('a search in much', () => {
  it('has one source in memory at a time, and reads a shared one once', async () => {
    const shared = ['The tide turns at six.'];
    for (let index = 0; index < 40; index++)
      await keep(`chat-${index}`, { passages: index % 2 ? shared : [`Only in chat ${index}.`] });
    const single = vi.spyOn(db.sources, 'get');
    const many = [vi.spyOn(db.sources, 'bulkGet'), vi.spyOn(db.sources, 'toCollection')];
    expect(await search('moon')).toEqual([]);
    expect(single).toHaveBeenCalledTimes(21);
    for (const spy of many) expect(spy).not.toHaveBeenCalled();
  });

  it('gives what it found before it goes on to older chats', async () => {
    for (let index = 0; index < 30; index++) await keep(`chat-${index}`, { passages: [`Eel ${index}.`] });
    const read = vi.spyOn(db.sources, 'get');
    const steps = searchChats('eel', { db });
    expect((await steps.next()).value).toMatchObject({ done: 1, total: 30, hit: { id: 'chat-29' } });
    expect(read).toHaveBeenCalledTimes(1);
    await steps.return();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('stops at the signal, and reads nothing more', async () => {
    for (let index = 0; index < 10; index++) await keep(`chat-${index}`, { passages: [`Eel ${index}.`] });
    const controller = new AbortController();
    const read = vi.spyOn(db.sources, 'get');
    const found: string[] = [];
    const searching = (async () => {
      for await (const { hit } of searchChats('eel', { db, signal: controller.signal })) {
        if (hit) found.push(hit.id);
        if (found.length === 3) controller.abort(new DOMException('Typed on', 'AbortError'));
      }
    })();
    await expect(searching).rejects.toThrow('Typed on');
    expect(found).toEqual(['chat-9', 'chat-8', 'chat-7']);
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('does not read sources of a chat whose title or answer says it all', async () => {
    await keep('a', { title: 'The eel', passages: ['Eel.'] });
    await keep('b', { answer: 'An eel.', passages: ['Eel.'] });
    const read = vi.spyOn(db.sources, 'get');
    expect(await idsOf('eel')).toEqual(['b', 'a']);
    expect(read).not.toHaveBeenCalled();
  });

  it('goes past damaged records, and says what could not be read', async () => {
    await keep('good', { answer: 'An eel.' });
    await keep('bad', {});
    await keep('worse', { title: 'Eel', passages: ['Eel.'] });
    const damaged = { title: 7, urls: 'x' } as never;
    await db.chats.update('bad', damaged);
    await db.turns.update('turn-bad', { question: null, sourceIds: 5, headers: {} } as never);
    await db.answers.update('answer-bad', { text: { eel: 1 } } as never);
    expect(await idsOf('eel')).toEqual(['worse', 'good']);
    const get = vi.spyOn(db.chats, 'get').mockImplementationOnce(() => {
      throw new DOMException('Failed to read large IndexedDB value', 'UnknownError');
    });
    const steps = [];
    for await (const step of searchChats('eel', { db })) steps.push(step);
    expect(get).toHaveBeenCalled();
    expect(steps.map(({ hit }) => hit?.id)).toEqual([undefined, undefined, 'good']);
    expect(steps.at(-1)?.unreadable).toBe(1);
  });
});
