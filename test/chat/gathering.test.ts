import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createGathering, type Gathered } from '@/utils/chat/gathering';
import { AppError } from '@/utils/errors';
import { createDraftStore } from '@/utils/store/drafts';
import { conversationWith, gate } from '../fixtures/conversations';
import { measuredSource } from '../fixtures/sources';

const linked = async (words: string, url = 'https://a.test/x') => {
  const { source } = await measuredSource([words], { title: words, url });
  return { ...source, kind: 'link' as const };
};

function begin(
  link: (url: string, options?: { signal?: AbortSignal }) => Promise<Awaited<ReturnType<typeof linked>>>,
) {
  const world = conversationWith();
  const store = createDraftStore(world.db);
  const start = () => createGathering(world.conversation, { store, link: link as never });
  return { ...world, store, start, gathering: start() };
}
const ids = (list: Gathered[]) => list.map((item) => [item.id, item.status]);

describe('what is on its way to the next question', () => {
  it('is there while it is read, and ready when it has been', async () => {
    const { closed, open } = gate();
    const { gathering } = begin(async () => {
      await closed;
      return linked('The light');
    });
    const reading = gathering.readLink('one', 'https://a.test/x');
    expect(ids(gathering.get())).toEqual([['one', 'reading']]);
    open();
    await reading;
    expect(gathering.get()).toMatchObject([
      { id: 'one', kind: 'link', status: 'ready', entry: { source: { title: 'The light' } } },
    ]);
  });

  it('says what came in the way, and is read again after that was removed', async () => {
    let isAllowed = false;
    const { gathering } = begin(async () => {
      if (!isAllowed) throw new AppError('link-permission', { host: 'a.test' });
      return linked('The light');
    });
    await gathering.readLink('one', 'https://a.test/x');
    expect(gathering.get()).toMatchObject([{ status: 'trouble', trouble: { code: 'link-permission' } }]);
    isAllowed = true;
    gathering.retry('one');
    await expect.poll(() => ids(gathering.get())).toEqual([['one', 'ready']]);
  });

  it('stops when it is removed while it is read', async () => {
    const { closed, open } = gate();
    let wasStopped = false;
    const { gathering } = begin(async (_, { signal } = {}) => {
      signal?.addEventListener('abort', () => {
        wasStopped = true;
      });
      await closed;
      return linked('The light');
    });
    const reading = gathering.readLink('one', 'https://a.test/x');
    gathering.remove('one');
    expect(wasStopped).toBe(true);
    open();
    await reading;
    expect(gathering.get()).toEqual([]);
  });

  it('goes along into the chat that begins, and stays with its chat', async () => {
    const { closed, open } = gate();
    const { gathering, conversation } = begin(async (url) => {
      await closed;
      return linked(`Words of ${url}`, url);
    });
    const reading = gathering.readLink('one', 'https://a.test/x');
    gathering.addTrouble('two', 'selection', new AppError('selection-none'));
    await conversation.ask({ task: 'answer', question: 'When?', sources: [] }, () => gathering.began());
    expect(ids(gathering.get())).toEqual([
      ['one', 'reading'],
      ['two', 'trouble'],
    ]);
    const chatId = conversation.get().chat?.id ?? '';
    conversation.startNew();
    expect(gathering.get()).toEqual([]);
    await conversation.open(chatId);
    open();
    await reading;
    expect(ids(gathering.get())).toEqual([
      ['one', 'ready'],
      ['two', 'trouble'],
    ]);
  });

  it('that arrives while another chat is on screen waits on disk, with what is attached there', async () => {
    const { closed, open } = gate();
    const { gathering, conversation, store } = begin(async (url) => {
      await closed;
      return linked(`Words of ${url}`, url);
    });
    const attached = [await measuredSource(['Pasted'], { title: 'Pasted' })];
    await store.writeSources('new', { attached, leftOut: ['x'], added: [] });
    const reading = gathering.readLink('one', 'https://a.test/x');
    await conversation.ask({ task: 'answer', question: 'When?', sources: [] });
    expect(gathering.get()).toEqual([]);
    open();
    await reading;
    expect(gathering.get()).toEqual([]);
    expect(await store.readSources('new')).toMatchObject({
      attached: [{ source: { title: 'Pasted' } }, { source: { title: 'Words of https://a.test/x' } }],
      leftOut: ['x'],
    });
  });
});
