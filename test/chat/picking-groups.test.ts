import { describe, expect, it } from 'vitest';
import type { ListedTab } from '@/utils/browser/tab-list';
import { groupsOf, type Listed } from '@/utils/chat/picking-groups';
import { cpuTime } from '../cpu-time';

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
const listed = (more: Partial<Listed> = {}): Listed => ({
  tabs: [],
  tabGroups: [],
  bookmarks: [],
  history: [],
  sources: [],
  chats: [],
  neverRead: [],
  windowId: 1,
  mayFiles: false,
  ...more,
});
const names = (groups: ReturnType<typeof groupsOf>) =>
  groups.map(({ id, title, candidates }) => [id, title, candidates.map((one) => one.title).join()]);
const sourcesTo = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `source-${at}`,
    kind: 'tab' as const,
    title: at % 3 === 0 ? `关于潮汐的第 ${at} 篇文章` : `An article about tides, number ${at}`,
    url: `https://site-${at}.test/%E6%BD%AE%E6%B1%90/${at}`,
    tokens: at,
    words: at,
    readAt: at,
  }));

describe('groups of what can be picked', () => {
  it('are this window, then the others, each with its tab groups behind it', () => {
    const tabs = [
      tab(1, { windowId: 2 }),
      tab(2, { windowId: 2, groupId: 7 }),
      tab(3, { isActive: true }),
      tab(4, { groupId: 5 }),
      tab(5, { groupId: 5 }),
      // Of a group that the browser does not tell of.
      tab(6, { groupId: 99 }),
    ];
    const tabGroups = [
      { id: 5, title: 'Shops', color: 'blue' },
      { id: 7, title: '', color: 'red' },
    ];
    const groups = groupsOf(listed({ tabs, tabGroups }), '');
    expect(names(groups)).toEqual([
      ['window:1', undefined, 'Page 3,Page 6'],
      ['tab-group:5', 'Shops', 'Page 4,Page 5'],
      ['window:2', undefined, 'Page 1'],
      ['tab-group:7', '', 'Page 2'],
    ]);
    expect(groups.map(({ isThisWindow, color }) => [isThisWindow, color])).toEqual([
      [true, undefined],
      [true, 'blue'],
      [false, undefined],
      [false, 'red'],
    ]);
    // Who searches for the group finds all of it.
    expect(names(groupsOf(listed({ tabs, tabGroups }), 'shops'))).toEqual([
      ['tab-group:5', 'Shops', 'Page 4,Page 5'],
    ]);
  });

  it('say what can never be read, and what may be private', () => {
    const urls: [string, string | undefined][] = [
      ['https://site.test/', undefined],
      ['chrome://settings/', 'browser-page'],
      ['https://chromewebstore.google.com/detail/x', 'browser-page'],
      ['file:///home/me/a.html', 'file-access'],
      ['https://never.test/a', 'never-read'],
      ['https://sub.never.test/a', 'never-read'],
    ];
    const tabs = urls.map(([url], at) => tab(at, { url }));
    const [group] = groupsOf(listed({ tabs, neverRead: ['never.test'] }), '');
    expect(group?.candidates.map((one) => ('barred' in one ? one.barred : undefined))).toEqual(
      urls.map(([, barred]) => barred),
    );
    const [mail] = groupsOf(listed({ tabs: [tab(1, { url: 'https://mail.google.com/mail/u/0/' })] }), '');
    expect(mail?.candidates[0]).toMatchObject({ isSensitive: true });
  });

  it('name a page once: open, bookmarked, visited', () => {
    const link = (url: string) => ({ title: url, url, at: 1 });
    const groups = groupsOf(
      listed({
        tabs: [tab(1)],
        bookmarks: [
          link('https://site-1.test/page#part'),
          link('https://a.test/'),
          link('https://a.test/#x'),
        ],
        history: [link('https://a.test/'), link('https://site-1.test/page')],
      }),
      '',
    );
    expect(names(groups).slice(1)).toEqual([
      ['bookmarks', undefined, 'https://a.test/'],
      ['history', undefined, 'https://a.test/'],
    ]);
  });

  it('list the first hundred of what is kept, say how many more there are, and find every one', () => {
    const sources = sourcesTo(10_000);
    const [all] = groupsOf(listed({ sources }), '');
    expect(all?.candidates).toHaveLength(100);
    expect(all?.more).toBe(9_900);
    const [one] = groupsOf(listed({ sources }), '潮汐 9999');
    expect(one?.candidates.map(({ key }) => key)).toEqual(['source:source-9999']);
  });

  it('stay the same objects as long as nothing changes', () => {
    const given = listed({ tabs: [tab(1), tab(2)], sources: sourcesTo(3) });
    const before = groupsOf(given, '');
    const after = groupsOf({ ...given, tabs: [tab(1), tab(2)] }, '', before);
    expect(after[0]).toBe(before[0]);
    const changed = groupsOf({ ...given, tabs: [tab(1), tab(2, { title: 'Other' })] }, '', before);
    expect(changed[0]?.candidates[0]).toBe(before[0]?.candidates[0]);
    expect(changed[0]?.candidates[1]).not.toBe(before[0]?.candidates[1]);
  });

  it('of ten thousand kept sources are there in less than 200 ms, at every key press, and in linear time', () => {
    const time = (count: number) => {
      const given = listed({ sources: sourcesTo(count) });
      const times = Array.from({ length: 3 }, () => {
        const before = cpuTime();
        groupsOf(given, '潮汐 999');
        return cpuTime() - before;
      });
      return Math.min(...times);
    };
    time(1_000);
    const [few, many] = [time(10_000), time(40_000)];
    console.log(`10,000 kept sources are searched in ${few.toFixed(0)} ms, 40,000 in ${many.toFixed(0)} ms`);
    expect(few).toBeLessThan(200);
    expect(many).toBeLessThan(Math.max(40, few * 4 * 2));
  });
});
