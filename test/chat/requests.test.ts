import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { ActivePage, ActivePageState } from '@/utils/chat/active-page';
import { createGathering } from '@/utils/chat/gathering';
import { serveRequests } from '@/utils/chat/requests';
import { createState } from '@/utils/chat/state';
import { createDraftStore } from '@/utils/store/drafts';
import { createInbox } from '@/utils/store/inbox';
import { type PendingRequest, pendingRequest, type Wish } from '@/utils/store/pending-request';
import { createTakenRequests } from '@/utils/store/taken-requests';
import { conversationWith, gate } from '../fixtures/conversations';
import { stop, text } from '../fixtures/models';
import { measuredSource } from '../fixtures/sources';

let count = 0;
let boxes = 0;

/** A window with two tabs, a panel, and a page of each tab that can be read at once. */
async function openPanel({
  locks,
  ...more
}: { locks?: LockManager } & Partial<Parameters<typeof serveRequests>[0]> = {}) {
  const world = conversationWith();
  const store = createDraftStore(world.db);
  const windowId = (await fakeBrowser.windows.create({}))?.id ?? 0;
  const urls = ['https://a.test/first', 'https://a.test/second'];
  const tabs: number[] = [];
  for (const url of urls) tabs.push((await fakeBrowser.tabs.create({ windowId, url })).id ?? 0);
  const pages = await Promise.all(
    urls.map((url) => measuredSource([`Words of ${url}`], { title: url, url })),
  );
  const show = (index: number) => fakeBrowser.tabs.update(tabs[index] ?? 0, { active: true });
  const state = createState<ActivePageState>({ status: 'none' });
  let isReadable = true;
  const read = async () => {
    if (!isReadable) return;
    const [tab] = await fakeBrowser.tabs.query({ active: true, windowId });
    const index = tabs.indexOf(tab?.id ?? -1);
    const page = pages[index];
    if (!page) return;
    const info = { id: tabs[index] ?? 0, windowId, url: urls[index], loading: false };
    state.set({ status: 'ready', tab: info, page, mode: 'article', withHidden: false });
  };
  const whenRead = () => read().then(state.get);
  const page = { ...state, read, whenRead } as unknown as ActivePage;
  const links: string[] = [];
  const gathering = createGathering(world.conversation, {
    store,
    link: (async (url: string) => {
      links.push(url);
      const entry = await measuredSource([`Behind ${url}`], { title: url, url });
      return { ...entry.source, kind: 'link' };
    }) as never,
  });
  const box = createInbox(`requests-${boxes++}`);
  const open = (taken = createTakenRequests(locks)) =>
    serveRequests({
      conversation: world.conversation,
      page,
      gathering,
      windowId,
      taken,
      box,
      ...more,
    });
  const desk = open();
  const leave = (wish: Wish, details: Partial<PendingRequest> = {}) =>
    pendingRequest.leave({
      ...wish,
      id: `request-${count++}`,
      tabId: tabs[0] ?? 0,
      windowId,
      askedAt: Date.now(),
      ...details,
    } as PendingRequest);
  await show(0);
  const cannotRead = () => {
    isReadable = false;
  };
  return {
    ...world,
    chats: world.store,
    store,
    box,
    state,
    cannotRead,
    windowId,
    tabs,
    show,
    page,
    gathering,
    desk,
    open,
    leave,
    links,
  };
}
const questions = ({ conversation }: Pick<Awaited<ReturnType<typeof openPanel>>, 'conversation'>) =>
  conversation.get().turns.map(({ question }) => question);

beforeEach(() => fakeBrowser.reset());

describe('a request from outside the panel', () => {
  it('summarises the page in a chat of its own', async () => {
    const panel = await openPanel();
    await panel.leave({ action: 'summarize' });
    await expect.poll(() => panel.requests.length).toBe(1);
    expect(panel.prompt(0)).toContain('Words of https://a.test/first');
    const first = panel.conversation.get().chat?.id;
    await panel.leave({ action: 'summarize' }, { askedAt: Date.now() + 5_000 });
    await expect.poll(() => panel.requests.length).toBe(2);
    expect(panel.conversation.get().chat?.id).not.toBe(first);
  });

  it('shows why a page cannot be summarised, whatever chat was open', async () => {
    const panel = await openPanel();
    await panel.leave({ action: 'summarize' });
    await expect.poll(() => panel.requests.length).toBe(1);
    await expect.poll(() => panel.conversation.get().streaming).toBeUndefined();
    const trouble = { code: 'never-read', facts: { site: 'a.test' } } as const;
    panel.state.set({ status: 'trouble', trouble });
    panel.cannotRead();
    await panel.leave({ action: 'summarize' }, { askedAt: Date.now() + 5_000 });
    await expect.poll(() => panel.conversation.get().chat).toBeUndefined();
    expect(panel.page.get()).toMatchObject({ status: 'trouble', trouble });
    expect(panel.requests).toHaveLength(1);
  });

  it('is done once when the user clicks twice', async () => {
    const panel = await openPanel();
    const askedAt = Date.now();
    await panel.leave({ action: 'summarize' }, { askedAt });
    await panel.leave({ action: 'summarize' }, { askedAt: askedAt + 200 });
    await panel.leave({ action: 'link', url: 'https://b.test/' }, { askedAt: askedAt + 300 });
    await panel.leave({ action: 'link', url: 'https://b.test/' }, { askedAt: askedAt + 400 });
    await panel.leave({ action: 'link', url: 'https://c.test/' }, { askedAt: askedAt + 500 });
    await expect.poll(() => panel.links).toEqual(['https://b.test/', 'https://c.test/']);
    expect(panel.requests).toHaveLength(1);
  });

  it('is another window’s where it was asked for there', async () => {
    const panel = await openPanel();
    await panel.leave({ action: 'summarize' }, { windowId: panel.windowId + 1 });
    await panel.leave({ action: 'link', url: 'https://b.test/' });
    await expect.poll(() => panel.links).toHaveLength(1);
    expect(panel.requests).toHaveLength(0);
    expect(await pendingRequest.take(panel.windowId + 1)).toMatchObject({ action: 'summarize' });
  });

  it('waits for an answer that is being written, and is done when it has ended', async () => {
    const panel = await openPanel();
    const { closed, open } = gate();
    panel.next(text('Half. '), closed, text('Whole.'), stop);
    await panel.leave({ action: 'summarize' });
    await expect.poll(() => panel.conversation.get().streaming).toBeDefined();
    const first = panel.conversation.get().chat?.id ?? '';
    await panel.show(1);
    await panel.leave({ action: 'summarize' }, { tabId: panel.tabs[1] });
    await expect.poll(() => panel.desk.get().waiting).toHaveLength(1);
    expect(panel.conversation.get().chat?.id).toBe(first);
    open();
    await expect.poll(() => panel.requests.length).toBe(2);
    expect(panel.prompt(1)).toContain('Words of https://a.test/second');
    expect((await panel.chats.loadChat(first))?.answers).toMatchObject([
      { text: 'Half. Whole.', reason: 'stop' },
    ]);
    expect(panel.desk.get().waiting).toEqual([]);
  });

  it('is done at once when the user says so: the answer stops and is kept', async () => {
    const panel = await openPanel();
    panel.next(text('Half. '), gate().closed, stop);
    await panel.leave({ action: 'summarize' });
    await expect.poll(() => panel.answers(0)[0]?.text).toBe('Half. ');
    const first = panel.conversation.get().chat?.id ?? '';
    await panel.leave({ action: 'summarize' }, { askedAt: Date.now() + 5_000 });
    await expect.poll(() => panel.desk.get().waiting).toHaveLength(1);
    await panel.desk.now(panel.desk.get().waiting[0]?.request.id ?? '');
    await expect.poll(() => panel.requests.length).toBe(2);
    await expect
      .poll(async () => (await panel.chats.loadChat(first))?.answers)
      .toMatchObject([{ text: 'Half. ', reason: 'aborted' }]);
  });

  it('can be dropped', async () => {
    const panel = await openPanel();
    const { closed, open } = gate();
    panel.next(closed, stop);
    await panel.leave({ action: 'summarize' });
    await expect.poll(() => panel.conversation.get().streaming).toBeDefined();
    await panel.leave({ action: 'ask', question: 'When?' });
    await expect.poll(() => panel.desk.get().waiting).toHaveLength(1);
    panel.desk.drop(panel.desk.get().waiting[0]?.request.id ?? '');
    open();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(panel.desk.get()).toEqual({ waiting: [] });
  });

  it('waits for its own page when another is in front', async () => {
    const panel = await openPanel();
    await panel.show(1);
    await panel.leave({ action: 'summarize' });
    await expect.poll(() => panel.desk.get().waiting).toHaveLength(1);
    expect(panel.requests).toHaveLength(0);
    await panel.desk.now(panel.desk.get().waiting[0]?.request.id ?? '');
    await expect.poll(() => panel.requests.length).toBe(1);
    expect(panel.prompt(0)).toContain('Words of https://a.test/first');
  });

  it('gives a question from the address bar to the composer', async () => {
    const panel = await openPanel();
    await panel.leave({ action: 'ask', question: 'When does the tide turn?' });
    await expect.poll(() => panel.desk.get().question?.text).toBe('When does the tide turn?');
    panel.desk.questionTaken();
    expect(panel.desk.get().question).toBeUndefined();
    expect(panel.requests).toHaveLength(0);
  });

  it('opens the chat that a question is of, and says that it is to be looked up', async () => {
    const panel = await openPanel();
    await panel.leave({ action: 'summarize' });
    await expect.poll(() => panel.requests.length).toBe(1);
    await expect.poll(() => panel.conversation.get().streaming).toBeUndefined();
    const chatId = panel.conversation.get().chat?.id ?? '';
    panel.conversation.startNew();
    await panel.leave({ action: 'ask', question: 'What of the rest?', chatId, isSearch: true });
    await expect
      .poll(() => panel.desk.get().question)
      .toMatchObject({ text: 'What of the rest?', isSearch: true });
    expect(panel.conversation.get().chat?.id).toBe(chatId);
  });

  it('brings the selected text whole, while an answer about the same page is being written', async () => {
    const panel = await openPanel();
    panel.next(gate().closed, stop);
    await panel.leave({ action: 'summarize' });
    await expect.poll(() => panel.conversation.get().streaming).toBeDefined();
    const entry = await measuredSource(['Selected words'], { title: 'Selected in “first”' });
    await panel.box.write('here', { source: entry.source });
    await panel.leave({ action: 'selection' }, { id: 'here' });
    await expect.poll(() => panel.gathering.get()).toMatchObject([{ status: 'ready', kind: 'selection' }]);
    expect(panel.gathering.get()).toMatchObject([
      { entry: { source: { text: entry.source.text }, tokens: 4 } },
    ]);
    expect(questions(panel)).toHaveLength(1);
    await expect.poll(() => panel.box.read('here')).toEqual({});
  });

  it('says when the browser gave no selected text, or only part of it', async () => {
    const panel = await openPanel();
    await panel.leave({ action: 'selection' });
    await panel.leave({ action: 'selection', isCut: true }, { askedAt: Date.now() + 5_000 });
    await expect
      .poll(() => panel.gathering.get())
      .toMatchObject([{ trouble: { code: 'selection-none' } }, { trouble: { code: 'selection-cut' } }]);
    await panel.leave({ action: 'selection', neverRead: 'bank.example' }, { askedAt: Date.now() + 10_000 });
    await expect
      .poll(() => panel.gathering.get().at(-1))
      .toMatchObject({ trouble: { code: 'never-read', facts: { site: 'bank.example' } } });
  });

  it('is served by the next panel of its window where one was closed in the middle of it', async () => {
    const locks = panelLocks();
    const panel = await openPanel({ locks });
    await panel.show(1);
    // Of another tab: these wait. The one that would send something by itself is over with its panel.
    await panel.leave({ action: 'link', url: 'https://b.test/' });
    await panel.leave({ action: 'summarize' });
    await panel.leave({ action: 'ask', question: 'When does the tide turn?' });
    await expect.poll(() => panel.desk.get().waiting).toHaveLength(3);
    const [link, , question] = panel.desk.get().waiting.map(({ request }) => request);

    // As long as the panel is open, another one leaves them alone.
    const beside = panel.open();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(beside.get().waiting).toEqual([]);
    locks.closeAll();
    const next = panel.open();
    await expect.poll(() => next.get().waiting).toMatchObject([{ request: link }, { request: question }]);
    await next.now(link?.id ?? '');
    await expect.poll(() => panel.links).toEqual(['https://b.test/']);
    await next.now(question?.id ?? '');
    expect(next.get().question?.text).toBe('When does the tide turn?');

    // What is done is not done again; a question is when the composer has it.
    locks.closeAll();
    const last = panel.open();
    await expect.poll(() => last.get().question?.text).toBe('When does the tide turn?');
    last.questionTaken();
    await expect
      .poll(async () => (await fakeBrowser.storage.session.get('takenRequests')).takenRequests ?? null)
      .toBeNull();
    expect(panel.links).toHaveLength(1);
  });

  it('is on disk before it is no longer kept for another panel', async () => {
    const panel = await openPanel();
    await panel.leave({ action: 'link', url: 'https://b.test/' });
    await expect.poll(() => panel.links).toHaveLength(1);
    await expect
      .poll(async () => (await fakeBrowser.storage.session.get('takenRequests')).takenRequests ?? null)
      .toBeNull();
    expect(await panel.store.readWaiting('new')).toMatchObject([{ key: 'link:https://b.test/' }]);
  });
});

describe('selected words that are translated in the panel', () => {
  const translated = (words: { words?: string; isCut?: boolean }) => {
    const read: unknown[] = [];
    return openPanel({
      readWords: async (...asked) => {
        read.push(asked.slice(1));
        return words;
      },
      askTranslation: async (question) => ({ question, instructions: 'Translate.' }),
    }).then((panel) => ({ ...panel, read }));
  };

  it('are those of the page, whole, where the browser gave less or none', async () => {
    const panel = await translated({ words: 'First paragraph.\n\nSecond one, to its end.' });
    const id = 'words';
    await panel.box.write(id, { text: 'First paragraph. Second' });
    await panel.leave({ action: 'translate' }, { id });
    await expect.poll(() => panel.requests.length).toBe(1);
    expect(panel.prompt(0)).toContain('First paragraph.\n\nSecond one, to its end.');
    await panel.leave({ action: 'translate' }, { id: 'key', askedAt: Date.now() + 5_000 });
    await expect.poll(() => panel.requests.length).toBe(2);
    expect(panel.read).toEqual([['First paragraph. Second'], ['']]);
  });

  it('are refused where there is only a beginning of them', async () => {
    const panel = await translated({ isCut: true });
    await panel.box.write('cut', { text: 'The beginning' });
    await panel.leave({ action: 'translate' }, { id: 'cut' });
    await expect.poll(() => JSON.stringify(panel.gathering.get())).toContain('selection-cut');
    expect(panel.requests).toHaveLength(0);
  });
});

/** Locks of a browser in which all panels close at once. */
function panelLocks() {
  let held: string[] = [];
  const manager = {
    request: async (name: string, work: (lock: object) => Promise<unknown>) => {
      if (name.startsWith('panel:')) held.push(name);
      return work({ name });
    },
    query: async () => ({ held: held.map((name) => ({ name })) }),
    closeAll() {
      held = [];
    },
  };
  return manager as typeof manager & LockManager;
}
