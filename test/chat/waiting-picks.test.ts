import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { ListedTab } from '@/utils/browser/tab-list';
import type { Candidate } from '@/utils/chat/gathered';
import { createGathering, type GatheringOptions } from '@/utils/chat/gathering';
import { candidatesOf } from '@/utils/chat/waiting-picks';
import { AppError } from '@/utils/errors';
import type { Source } from '@/utils/source';
import { createDraftStore } from '@/utils/store/drafts';
import type { WaitingPick } from '@/utils/store/records';
import { conversationWith } from '../fixtures/conversations';
import { measuredSource } from '../fixtures/sources';

const urlOf = (id: number) => `https://site-${id}.test/`;
const tab = (id: number): Candidate => ({
  kind: 'tab',
  key: `tab:${id}`,
  title: `Page ${id}`,
  url: urlOf(id),
  tabId: id,
  windowId: 1,
  isFront: false,
  isAsleep: false,
  isSensitive: false,
});
const listed = (id: number, url = urlOf(id)): ListedTab => ({
  id,
  firstId: id,
  windowId: 1,
  url,
  isActive: false,
  isAsleep: false,
});
const never = () => new Promise<never>(() => {});

describe('picks that were still being read when the panel was closed', () => {
  function open(world: ReturnType<typeof conversationWith>, picked: NonNullable<GatheringOptions['picked']>) {
    const candidates = (waiting: WaitingPick[]) =>
      candidatesOf(waiting, async () => [1, 2, 3].map((id) => listed(id)));
    return createGathering(world.conversation, { store: createDraftStore(world.db), picked, candidates });
  }

  it('are read when it is opened again, in their order; what cannot be read says why', async () => {
    const world = conversationWith();
    const store = createDraftStore(world.db);
    await store.write('new', 'What is typed');
    const first = open(world, never);
    first.pick([3, 1, 9].map(tab));
    first.unpick(['tab:1']);
    first.remove(first.get().find(({ status }) => status === 'unpicked')?.id ?? '');
    await vi.waitFor(async () =>
      expect((await store.readWaiting('new')).map(({ key }) => key)).toEqual(['tab:3', 'tab:9']),
    );
    const places = (await store.readWaiting('new')).map(({ place }) => place);

    const second = open(world, async (candidate) => {
      if (candidate.kind === 'tab' && candidate.tabId < 0) throw new AppError('tab-closed', { title: '' });
      return measuredSource(['Words of it']);
    });
    await vi.waitFor(() =>
      expect(second.get()).toMatchObject([
        { key: 'tab:3', status: 'ready', place: places[0] },
        { key: 'tab:9', status: 'trouble', title: 'Page 9', place: places[1] },
      ]),
    );
    // What has arrived is no longer waited for, what is in trouble is kept; what is typed stays.
    second.remove(second.get()[0]?.id ?? '');
    await vi.waitFor(async () =>
      expect((await store.readWaiting('new')).map(({ key }) => key)).toEqual(['tab:9']),
    );
    expect((await store.read('new')).text).toBe('What is typed');
    second.remove(second.get()[0]?.id ?? '');
    await vi.waitFor(async () => expect(await store.readWaiting('new')).toEqual([]));
  });

  it('are not written over by what is picked before they were taken up', async () => {
    const world = conversationWith();
    const store = createDraftStore(world.db);
    await store.writeWaiting('new', [{ key: 'tab:1', title: 'Page 1', url: urlOf(1), place: 5 }]);
    const gathering = open(world, never);
    gathering.pick([tab(2)]);
    await vi.waitFor(() =>
      expect(gathering.get().map(({ key }) => key)).toEqual(expect.arrayContaining(['tab:1', 'tab:2'])),
    );
    await vi.waitFor(async () => {
      const keys = (await store.readWaiting('new')).map(({ key }) => key);
      expect(keys.toSorted()).toEqual(['tab:1', 'tab:2']);
    });
  });

  it('are read again with links and pictures that were asked for outside the panel, each at its place', async () => {
    const world = conversationWith();
    const store = createDraftStore(world.db);
    const read: string[] = [];
    const start = (link: () => Promise<Source>) =>
      createGathering(world.conversation, {
        store,
        link: (url) => {
          read.push(url);
          return link();
        },
        picture: async ({ tabId, frameId, url }) => {
          read.push(`${tabId} ${frameId} ${url}`);
          return never();
        },
        picked: never,
        candidates: (waiting) => candidatesOf(waiting, async () => [listed(1)]),
      });
    const first = start(never);
    void first.readLink('request-1', 'https://a.test/x:y');
    first.pick([tab(1)]);
    void first.readPicture('request-2', { tabId: 7, frameId: 3, url: 'https://a.test/p.png' }, 'Picture 1');
    void first.readLink('request-3', 'https://b.test/');
    first.remove('request-3');
    await first.kept();
    const before = first.get().map(({ kind, url, place, title = '' }) => ({ kind, url, place, title }));
    expect(before).toHaveLength(3);
    read.length = 0;

    const second = start(async () => {
      throw new AppError('offline', {});
    });
    const sorted = () => second.get().toSorted((one, other) => one.place - other.place);
    await vi.waitFor(() => expect(sorted()).toMatchObject(before));
    expect(read.toSorted()).toEqual(['7 3 https://a.test/p.png', 'https://a.test/x:y']);
    // What is in trouble is kept until it is taken away.
    await vi.waitFor(() => expect(sorted()[0]).toMatchObject({ status: 'trouble' }));
    await second.kept();
    expect(await store.readWaiting('new')).toHaveLength(3);
    for (const { id } of sorted()) second.remove(id);
    await second.kept();
    expect(await store.readWaiting('new')).toEqual([]);
  });

  it('belong to their chat, and go along when it begins', async () => {
    const world = conversationWith();
    const store = createDraftStore(world.db);
    const gathering = open(world, never);
    gathering.pick([tab(1)]);
    await vi.waitFor(async () => expect(await store.readWaiting('new')).toHaveLength(1));
    await world.conversation.ask({ task: 'answer', question: 'What?', sources: [], language: 'English' });
    gathering.began();
    const chat = world.conversation.get().chat?.id ?? '';
    await vi.waitFor(async () => expect(await store.readWaiting(chat)).toHaveLength(1));
    await vi.waitFor(async () => expect(await store.readWaiting('new')).toEqual([]));
  });
});

describe('what was picked', () => {
  it('is found again: the same tab, or one with the same page after the browser was started anew', async () => {
    const waiting: WaitingPick[] = [
      // Closed; another tab that was picked too shows the same page.
      { key: 'tab:66', title: 'Closed before', url: urlOf(1), place: 0 },
      { key: 'tab:1', title: 'Same', url: urlOf(1), place: 1 },
      { key: 'tab:70', title: 'New number', url: `${urlOf(2)}#part`, place: 2 },
      { key: 'tab:3', title: 'Elsewhere', url: urlOf(30), place: 3 },
      { key: 'tab:4', title: 'Closed', url: urlOf(4), place: 4 },
      { key: 'bookmarks:https://b.test/', title: 'Link', place: 5 },
      { key: 'source:abc', title: 'Kept', place: 6 },
      { key: 'chat:def', title: 'Chat', place: 7 },
      { key: 'unheard-of', title: 'Damaged', place: 8 },
    ];
    const found = await candidatesOf(waiting, async () => [listed(1), listed(2), listed(3)]);
    expect(found.map(([candidate, place]) => ({ ...candidate, place }))).toMatchObject([
      { key: 'tab:66', tabId: -1, place: 0 },
      { key: 'tab:1', tabId: 1, place: 1 },
      { key: 'tab:2', tabId: 2, place: 2 },
      { key: 'tab:3', tabId: 3, url: urlOf(30), place: 3 },
      { key: 'tab:4', tabId: -1, title: 'Closed', place: 4 },
      { kind: 'bookmark', url: 'https://b.test/', place: 5 },
      { kind: 'source', id: 'abc', place: 6 },
      { kind: 'chat', chatId: 'def', place: 7 },
    ]);
  });
});
