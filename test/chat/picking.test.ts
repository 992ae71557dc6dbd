import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListedLink } from '@/utils/browser/link-lists';
import type { ListedTab, ListPermission, TabGroup } from '@/utils/browser/tab-list';
import { createPicking, type PickingDoors } from '@/utils/chat/picking';
import type { KeptSource } from '@/utils/store/recent-sources';
import type { ChatRecord } from '@/utils/store/records';
import { gate } from '../fixtures/conversations';

const tab = (id: number, more: Partial<ListedTab> = {}): ListedTab => ({
  id,
  firstId: id,
  windowId: 1,
  url: `https://site-${id}.test/page`,
  title: `Page ${id}`,
  isActive: false,
  isAsleep: false,
  ...more,
});
const link = (name: string): ListedLink => ({ title: name, url: `https://${name}.test/`, at: 1 });

/** A browser, and what it lets us see. */
function browserWith() {
  const world = {
    tabs: [tab(1, { isActive: true }), tab(2)],
    groups: [] as TabGroup[],
    allowed: new Set<ListPermission>(['tabs', 'bookmarks', 'history']),
    neverRead: [] as string[],
    bookmarks: [link('kept')],
    history: [link('visited')],
    queries: 0,
    listening: 0,
  };
  const changes = new Set<() => void>();
  const watch = (listener: () => void) => {
    changes.add(listener);
    world.listening++;
    return () => {
      changes.delete(listener);
      world.listening--;
    };
  };
  let sources: (list: KeptSource[]) => void = () => {};
  let chats: (list: ChatRecord[]) => void = () => {};
  const doors: PickingDoors = {
    windowId: async () => 1,
    tabs: async () => {
      world.queries++;
      return world.tabs;
    },
    tabGroups: async () => world.groups,
    bookmarks: async () => world.bookmarks,
    history: async () => world.history,
    may: async (what) => world.allowed.has(what),
    mayFiles: async () => false,
    seesEverySite: async () => false,
    request: async (what) => Boolean(world.allowed.add(what)),
    watchTabs: watch,
    watchPermissions: watch,
    watchNeverRead: watch,
    sources: (listener) => {
      sources = listener;
      return watch(() => {});
    },
    chats: (listener) => {
      chats = listener;
      return watch(() => {});
    },
    neverRead: async () => world.neverRead,
  };
  return {
    ...world,
    world,
    doors,
    change: () => {
      for (const listener of [...changes]) listener();
    },
    keep: (list: KeptSource[]) => sources(list),
    talk: (list: ChatRecord[]) => chats(list),
  };
}
const shown = (picking: ReturnType<typeof createPicking>) =>
  picking.get().groups.map(({ id, candidates }) => `${id}: ${candidates.map(({ title }) => title).join()}`);
const settled = () => vi.advanceTimersByTimeAsync(100);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the list of what can be picked', () => {
  it('is there with the tabs, and takes in the rest as it comes', async () => {
    const { doors, keep, talk } = browserWith();
    const { closed, open } = gate();
    const picking = createPicking({ ...doors, history: async () => closed.then(() => [link('visited')]) });
    expect(picking.get()).toEqual({ groups: [], lacks: [], status: 'loading' });
    await settled();
    expect(picking.get().status).toBe('ready');
    expect(shown(picking)).toEqual(['window:1: Page 1,Page 2', 'bookmarks: kept']);
    open();
    keep([{ id: 'a', kind: 'tab', title: 'Read', tokens: 1, words: 1, readAt: 1 }]);
    talk([{ id: 'c', title: 'Asked', createdAt: 1, updatedAt: 1, urls: [] }]);
    await settled();
    expect(shown(picking)).toEqual([
      'window:1: Page 1,Page 2',
      'sources: Read',
      'chats: Asked',
      'bookmarks: kept',
      'history: visited',
    ]);
    picking.close();
  });

  it('follows the browser: many changes at once are one look, and nothing is left listening', async () => {
    const { doors, world, change } = browserWith();
    const picking = createPicking(doors);
    await settled();
    const looked = world.queries;
    world.tabs = [tab(2), tab(3, { windowId: 2 })];
    for (let times = 0; times < 50; times++) change();
    await settled();
    // One for the tabs and one for the permissions.
    expect(world.queries - looked).toBeLessThanOrEqual(51);
    expect(shown(picking).slice(0, 2)).toEqual(['window:1: Page 2', 'window:2: Page 3']);
    world.neverRead = ['site-2.test'];
    change();
    await settled();
    expect(picking.get().groups[0]?.candidates[0]).toMatchObject({ barred: 'never-read' });
    picking.close();
    expect(world.listening).toBe(0);
  });

  it('says what the browser does not show, and shows it once it is allowed', async () => {
    const { doors, world, change } = browserWith();
    world.allowed.clear();
    world.tabs = [tab(1, { url: undefined, title: undefined }), tab(2)];
    const picking = createPicking(doors);
    await settled();
    expect(picking.get().lacks).toEqual(['tabs', 'bookmarks', 'history']);
    expect(shown(picking)).toEqual(['window:1: ,Page 2']);
    world.tabs = [tab(1), tab(2)];
    expect(await picking.allow('tabs')).toBe(true);
    expect(await picking.allow('bookmarks')).toBe(true);
    change();
    await settled();
    expect(picking.get().lacks).toEqual(['history']);
    expect(shown(picking)).toEqual(['window:1: Page 1,Page 2', 'bookmarks: kept']);
    picking.close();
  });

  it('finds by title and address, also while tabs come and go', async () => {
    const { doors, world, change } = browserWith();
    const picking = createPicking(doors);
    await settled();
    picking.search('  PAGE 2 ');
    expect(shown(picking)).toEqual(['window:1: Page 2']);
    picking.search('site-1');
    expect(shown(picking)).toEqual(['window:1: Page 1']);
    world.tabs = [...world.tabs, tab(11)];
    change();
    await settled();
    expect(shown(picking)).toEqual(['window:1: Page 1,Page 11']);
    picking.search('kept');
    expect(shown(picking)).toEqual(['bookmarks: kept']);
    picking.close();
  });

  it('stays useful when groups, bookmarks or files cannot be asked for', async () => {
    const { doors } = browserWith();
    const fails = async () => Promise.reject(new Error('no'));
    const picking = createPicking({
      ...doors,
      tabGroups: fails,
      bookmarks: fails,
      history: fails,
      mayFiles: fails,
    });
    await settled();
    expect(shown(picking)).toEqual(['window:1: Page 1,Page 2']);
    picking.close();
  });
});
