import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { isSamePage, readPickedTab } from '@/utils/browser/read-picked-tab';
import { AppError } from '@/utils/errors';
import { settings } from '@/utils/store/settings';
import { gate } from '../fixtures/conversations';
import { type OpenTabs, openTabs } from '../fixtures/open-tabs';

let world: OpenTabs;
const ends = { slot: 20, loading: 30, waking: 300, page: 500 };
const read = (id: number, options: Parameters<typeof readPickedTab>[1] = {}) => {
  const { url, title } = world.tabs.get(id) ?? { url: `https://site-${id}.test/page`, title: `Page ${id}` };
  return readPickedTab({ tabId: id, url, title }, { patience: ends, ...options });
};
const troubleOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no trouble',
    (error) => (error instanceof AppError ? error.toTrouble() : error),
  );

beforeEach(async () => {
  fakeBrowser.reset();
  world = openTabs();
  await settings.neverRead.write([]);
});

describe('a tab that was picked', () => {
  it('is read whole where it is, without being brought to the front', async () => {
    world.open(1);
    expect(await read(1)).toMatchObject({ title: 'Page 1', url: 'https://site-1.test/page' });
    expect(world.done).toEqual([]);
  });

  it('that has no number any more is closed', async () => {
    vi.mocked(fakeBrowser.tabs.get).mockImplementation((id) => {
      if (Number(id) < 0) throw new TypeError('Value must be at least 0.');
      return Promise.reject(new Error('No tab'));
    });
    const trouble = await troubleOf(readPickedTab({ tabId: -1, url: 'https://a.test/', title: 'Gone' }));
    expect(trouble).toMatchObject({ code: 'tab-closed', facts: { title: 'Gone' } });
  });

  it('that went elsewhere is not read, until the user wants what is there now', async () => {
    world.open(1);
    const picked = { tabId: 1, url: 'https://site-1.test/page', title: 'Page 1' };
    world.navigate(1, 'https://bank.test/account');
    const trouble = await troubleOf(readPickedTab(picked, { patience: ends }));
    expect(trouble).toMatchObject({
      code: 'tab-moved',
      facts: { address: 'https://bank.test/account', host: 'bank.test' },
    });
    expect(world.readings).toEqual([]);
    const source = await readPickedTab(picked, { patience: ends, after: trouble });
    expect(source.url).toBe('https://bank.test/account');
    // What the user saw in the row is what may be read, and nothing after it.
    world.navigate(1, 'https://mail.test/');
    expect(await troubleOf(readPickedTab(picked, { patience: ends, after: trouble }))).toMatchObject({
      code: 'tab-moved',
      facts: { address: 'https://mail.test/' },
    });
  });

  it('that goes elsewhere while it is read is not read there either', async () => {
    const { closed, open } = gate();
    world.open(1);
    world.pauseWith(() => closed);
    const trouble = troubleOf(read(1));
    await vi.waitFor(() => expect(fakeBrowser.scripting.executeScript).toHaveBeenCalledTimes(2));
    world.navigate(1, 'https://bank.test/account');
    open();
    expect(await trouble).toMatchObject({ code: 'tab-moved', facts: { host: 'bank.test' } });
  });

  it('whose page was swapped between the look at it and the reading is not passed off as the other', async () => {
    const tab = world.open(1);
    world.pauseWith(async () => {
      // A single-page app: the same document, another address and text.
      Object.assign(tab, {
        url: 'https://site-1.test/other',
        passages: ['Another text altogether, of the other page.'],
      });
    });
    expect(await troubleOf(read(1))).toMatchObject({ code: 'tab-moved' });
  });

  it('that is closed before it is read says so, with its name', async () => {
    expect(await troubleOf(read(7))).toEqual({ code: 'tab-closed', facts: { title: 'Page 7' } });
  });

  it('that is closed while it is read says so', async () => {
    const { closed, open } = gate();
    world.open(1);
    world.pauseWith(() => closed);
    const trouble = troubleOf(read(1));
    await vi.waitFor(() => expect(fakeBrowser.scripting.executeScript).toHaveBeenCalledTimes(2));
    world.close(1);
    open();
    expect(await trouble).toMatchObject({ code: 'tab-closed', facts: { title: 'Page 1' } });
  });

  it('that scrolled to another heading is the same page, and another page of an app is not', () => {
    expect(isSamePage('https://a.test/x#one', 'https://a.test/x#two')).toBe(true);
    expect(isSamePage('https://a.test/x#/inbox', 'https://a.test/x#/sent')).toBe(false);
    expect(isSamePage('https://a.test/x?1', 'https://a.test/x?2')).toBe(false);
  });

  it('that is asleep is loaded only after a click, in the background', async () => {
    world.open(1, { discarded: true, status: 'unloaded' });
    world.open(2, { frozen: true, isStuck: true });
    expect(await troubleOf(read(1))).toMatchObject({ code: 'page-asleep', facts: { title: 'Page 1' } });
    expect(await troubleOf(read(2))).toMatchObject({ code: 'page-asleep' });
    expect(world.done).toEqual([]);
    expect(await read(1, { wake: true })).toMatchObject({ title: 'Page 1' });
    expect(world.done).toEqual(['reload 1']);
  });

  it('that was put away under another number is still found', async () => {
    world.open(41);
    const picked = { tabId: 41, url: 'https://site-41.test/page', title: 'Page 41' };
    await read(41);
    world.discard(41, 99);
    expect(await troubleOf(readPickedTab(picked, { patience: ends }))).toMatchObject({ code: 'page-asleep' });
    expect(await readPickedTab(picked, { patience: ends, wake: true })).toMatchObject({ title: 'Page 41' });
    expect(world.done).toEqual(['reload 99']);
  });

  // Measured in Chromium: the status of a tab that crashed is `unloaded`, and it does not count as discarded.
  it.each([{ status: 'unloaded' } as const, { isErrorPage: true }])(
    'that has crashed or could not be loaded says so, and is loaded again after a click: %o',
    async (details) => {
      world.open(1, details);
      const trouble = await troubleOf(read(1));
      expect(trouble).toMatchObject({ code: 'tab-crashed', facts: { title: 'Page 1' } });
      expect(world.done).toEqual([]);
      expect(await read(1, { after: trouble, wake: true })).toMatchObject({ title: 'Page 1' });
      expect(world.done).toEqual(['reload 1']);
    },
  );

  it('that the browser keeps us from names its site', async () => {
    world.open(1, { isBarred: true });
    expect(await troubleOf(read(1))).toMatchObject({
      code: 'page-permission',
      facts: { site: 'site-1.test', address: 'https://site-1.test/page' },
    });
  });

  it('that is never to be read is not', async () => {
    await settings.neverRead.write(['site-1.test']);
    world.open(1);
    expect(await troubleOf(read(1))).toMatchObject({ code: 'never-read' });
    expect(world.readings).toEqual([]);
  });

  it('that does not answer is given up, and lets the next one begin long before', async () => {
    world.open(1, { isStuck: true });
    const yieldSlot = vi.fn();
    const trouble = troubleOf(read(1, { yieldSlot }));
    await vi.waitFor(() => expect(yieldSlot).toHaveBeenCalled());
    expect(await trouble).toMatchObject({ code: 'page-busy', facts: { title: 'Page 1' } });
  });

  it('that goes on loading is read as far as it has come', async () => {
    const tab = world.open(1, { status: 'loading', isStuck: true });
    const reading = read(1);
    setTimeout(() => {
      tab.isStuck = false;
    }, 10);
    expect(await reading).toMatchObject({ title: 'Page 1' });
  });

  it('that asks to sign in says so, and is read as it is when that is wanted', async () => {
    world.open(1, { hasPasswordField: true, passages: ['Sign in to go on reading here.'] });
    const trouble = await troubleOf(read(1));
    expect(trouble).toMatchObject({ code: 'page-sign-in', facts: { host: 'site-1.test', words: 7 } });
    expect(await read(1, { after: trouble })).toMatchObject({ words: 7 });
  });

  it('that has much to read beside a field for a password is read', async () => {
    const passages = Array.from(
      { length: 40 },
      (_, at) => `Sentence ${at} of an article with a door beside it.`,
    );
    world.open(1, { hasPasswordField: true, passages });
    expect((await read(1)).segments).toHaveLength(40);
  });

  it('is no longer read when that is no longer wanted', async () => {
    const controller = new AbortController();
    world.open(1, { isStuck: true });
    const reading = read(1, { signal: controller.signal });
    controller.abort(new DOMException('No longer wanted', 'AbortError'));
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});
