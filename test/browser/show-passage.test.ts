import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { type PassagePlace, showPassage } from '@/utils/browser/show-passage';
import { settings } from '@/utils/store/settings';

interface FakeTab {
  id: number;
  windowId: number;
  active: boolean;
  status: string;
  url?: string;
  discarded?: boolean;
}

let tabs: FakeTab[];
let calls: string[];
/** What the script in the page answers, frame by frame; every second call runs it. */
const origins = ['https://example.org', 'https://frame.example', 'https://my.bank.example'];
let answers: unknown[][];

const place = (more: Partial<PassagePlace> = {}): PassagePlace => ({
  url: 'https://example.org/page#part',
  address: 'https://example.org/page#:~:text=words',
  words: '**words**',
  plain: 'words',
  quotes: ['words'],
  occurrence: 0,
  ...more,
});
const tab = (id: number, url: string | undefined, more: Partial<FakeTab> = {}): FakeTab => ({
  id,
  windowId: 1,
  active: false,
  status: 'complete',
  url,
  ...more,
});

beforeEach(async () => {
  calls = [];
  answers = [['shown']];
  await settings.neverRead.change(() => []);
  vi.spyOn(browser.tabs, 'query').mockImplementation((async () => tabs) as never);
  vi.spyOn(browser.tabs, 'get').mockImplementation((async (id: number) =>
    tabs.find((one) => one.id === id)) as never);
  vi.spyOn(browser.tabs, 'update').mockImplementation((async (id: number, change: object) => {
    calls.push(`tab ${id} ${JSON.stringify(change)}`);
  }) as never);
  vi.spyOn(browser.windows, 'update').mockImplementation((async (id: number) => {
    calls.push(`window ${id}`);
  }) as never);
  vi.spyOn(browser.tabs, 'create').mockImplementation((async ({ url }: { url: string }) => {
    calls.push(`open ${url}`);
    const opened = tab(99, url);
    tabs.push(opened);
    return opened;
  }) as never);
  let turn = 0;
  // The fake of the extension interface has no scripting.
  Object.assign(browser, {
    scripting: {
      executeScript: async ({
        target,
        args,
        func,
      }: {
        target: { frameIds?: number[] };
        args?: unknown[];
        func?: unknown;
      }) => {
        if (args) {
          const frames = target.frameIds ? ` in frames ${target.frameIds.join()}` : '';
          calls.push(`tell ${Object.keys(args[0] as object).join()}${frames}`);
          return [];
        }
        if (func) return origins.map((result, frameId) => ({ frameId, result }));
        return (answers[turn++] ?? []).map((result) => ({ result }));
      },
    },
  });
  vi.spyOn(browser.permissions, 'contains').mockImplementation((async () => false) as never);
});

const activated = (id: number) => `tab ${id} {"active":true}`;

describe('showPassage', () => {
  it('prefers the tab in front, then its window, then another window, which comes to the front', async () => {
    const here = tab(1, 'https://example.org/page');
    const front = tab(2, 'https://example.org/page#other', { active: true });
    const away = tab(3, 'https://example.org/page', { windowId: 2, active: true });
    tabs = [away, here, front];
    expect(await showPassage(1, place())).toBe('shown');
    tabs = [away, here];
    await showPassage(1, place());
    tabs = [away];
    await showPassage(1, place());
    expect(calls.filter((call) => !call.startsWith('tell'))).toEqual([
      activated(2),
      activated(1),
      activated(3),
      'window 2',
    ]);
  });

  it('tells the page its own words and nothing else', async () => {
    tabs = [tab(1, 'https://example.org/page')];
    await showPassage(1, place());
    expect(calls[1]).toBe('tell words,plain,quotes,occurrence');
  });

  it('does not take another page of an app for the one that was read', async () => {
    tabs = [tab(1, 'https://app.example/#/two')];
    const address = 'https://app.example/#/one:~:text=words';
    expect(await showPassage(1, place({ url: 'https://app.example/#/one', address }))).toBe('opened');
    expect(calls).toEqual([`open ${address}`]);
  });

  it('looks into frames of other sites when the page itself does not have the words', async () => {
    tabs = [tab(1, 'https://example.org/page')];
    answers = [['changed'], ['changed', 'shown']];
    expect(await showPassage(1, place())).toBe('shown');
    expect(calls.at(-1)).toContain('in frames 0,1,2');
    // A frame of a site that is never to be read is not asked.
    await settings.neverRead.change(() => ['bank.example']);
    answers = [[], [], ['changed'], ['changed']];
    calls = [];
    expect(await showPassage(1, place())).toBe('changed');
    expect(calls.at(-1)).toContain('in frames 0,1');
    expect(calls.at(-1)).not.toContain('0,1,2');
    answers = [['changed'], ['changed', null]];
  });

  it('opens a page that is not open, and paints only where it may', async () => {
    tabs = [tab(1, undefined)];
    expect(await showPassage(1, place())).toBe('opened');
    tabs = [];
    vi.spyOn(browser.permissions, 'contains').mockImplementation((async () => true) as never);
    expect(await showPassage(1, place())).toBe('shown');
    tabs = [];
    await settings.neverRead.change(() => ['example.org']);
    expect(await showPassage(1, place())).toBe('opened');
    expect(calls.filter((call) => call.startsWith('open'))).toHaveLength(3);
  });

  it('stays out of an open page that is never to be read', async () => {
    tabs = [tab(1, 'https://example.org/page')];
    await settings.neverRead.change(() => ['example.org']);
    expect(await showPassage(1, place())).toBe('opened');
    expect(calls).toEqual([activated(1), 'tab 1 {"url":"https://example.org/page#:~:text=words"}']);
  });

  it('wakes a tab that was put away, and waits for it', async () => {
    const asleep = tab(1, 'https://example.org/page', { discarded: true, status: 'unloaded' });
    tabs = [asleep];
    setTimeout(() => Object.assign(asleep, { discarded: false, status: 'complete' }), 150);
    expect(await showPassage(1, place())).toBe('shown');
  });

  it('opens a PDF at its page', async () => {
    tabs = [];
    expect(await showPassage(1, place({ page: 3, address: 'https://example.org/page#page=3' }))).toBe(
      'shown',
    );
    expect(calls).toEqual(['open https://example.org/page#page=3']);
  });

  it.each(['javascript:alert(1)', 'chrome://settings', 'data:text/html,x', ''])(
    'goes nowhere for %j',
    async (url) => {
      tabs = [];
      expect(await showPassage(1, place({ url, address: url }))).toBe('nowhere');
      expect(calls).toEqual([]);
    },
  );
});
