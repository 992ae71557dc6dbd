import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FoundPage, type SearchPages, startSearchPages } from '../servers/search-pages.ts';
import { type Harness, launch } from './harness.ts';
import { until } from './steps.ts';

/** The extension's own readers, run in a page of it, on pages of every kind: what arrives, and what is left behind. */

interface Tab {
  id: number;
  url?: string;
  active: boolean;
}
interface Reading {
  kind: string;
  source?: { text: string; url: string; pages?: number; kind: string };
  live?: boolean;
  rank?: number;
  trouble?: { code: string; facts: Record<string, unknown> };
}
/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  tabs: {
    query(filter: object): Promise<Tab[]>;
    create(tab: object): Promise<Tab>;
    update(id: number, change: object): Promise<Tab>;
  };
  storage: { session: { get(key: string): Promise<{ ownTabs?: number[] }> } };
};
declare const stops: Record<string, AbortController>;
declare const reader: { readHits(hits: object[], options: object): Promise<void> };

let site: SearchPages;
let harness: Harness;
let page: Page;
const downloads = resolve(process.env.HOME ?? '/', 'Downloads');

beforeAll(async () => {
  site = await startSearchPages({ slow: 700 });
  harness = await launch({
    grant: ['http://*/*', 'https://*/*'],
    blockPopups: true,
    // The server stands for the public web; the browser takes this computer for what it is otherwise.
    args: [`--ip-address-space-overrides=127.0.0.1:${site.port}=public`],
  });
  await harness.grantNow('http://*/*', 'https://*/*');
  page = await harness.openExtensionPage('options.html');
  await page.evaluate(readers);
});
afterAll(async () => {
  await harness?.close();
  await site?.close();
});

/** The readers as the panel loads them, as code: what is given to `evaluate` as a function may not import. */
const chunks = resolve(import.meta.dirname, '../../.output/chrome-mv3/chunks');
const readers = `import('/chunks/${readdirSync(chunks).find((name) => /^read-hits-.*\.js$/.test(name))}').then((module) => {
  Object.assign(globalThis, { reader: module, stops: {} });
})`;

/** Reads pages as a search does. `stop` ends it by that name. */
const read = (pages: FoundPage[], stop = ''): Promise<Reading[]> =>
  page.evaluate(
    async (urls, name) => {
      const readings: Reading[] = [];
      const controller = new AbortController();
      stops[name] = controller;
      await reader.readHits(
        urls.map((url) => ({ url, title: '' })),
        {
          signal: controller.signal,
          known: [],
          isDropped: () => false,
          onProgress: () => {},
          onRead: (rank: number, reading: Reading) => {
            readings[rank] = reading;
          },
        },
      );
      return readings;
    },
    pages.map(({ url }) => url),
    stop,
  );

/** Asked in the worker: what is asked in the page counts as a click on it. */
const tabs = async () =>
  (await harness.worker()).evaluate(async () =>
    (await chrome.tabs.query({})).map(({ url = '', active }) => `${active ? 'front ' : ''}${url}`),
  );
const ownTabs = async () =>
  (await harness.worker()).evaluate(async () => (await chrome.storage.session.get('ownTabs')).ownTabs ?? []);
/** Two of ours were never open at once with a third, and the front never changed: asked all the while. */
async function watching<T>(work: Promise<T>): Promise<{ result: T; most: number; fronts: Set<string> }> {
  let isOver = false;
  let most = 0;
  const fronts = new Set<string>();
  const ends = work.finally(() => {
    isOver = true;
  });
  ends.catch(() => {});
  while (!isOver) {
    most = Math.max(most, (await ownTabs()).length);
    for (const tab of await tabs()) if (tab.startsWith('front ')) fronts.add(tab);
    await setTimeout(60);
  }
  return { result: await ends, most, fronts };
}
const said = ({ kind, trouble }: Reading) => trouble?.code ?? kind;

it('reads ten pages of ten kinds to their last sentence, or says why not, and leaves nothing behind', async () => {
  const before = await tabs();
  const { result, most, fronts } = await watching(read(site.ten));
  for (const [rank, { kind, fact = '–', last = '–', trouble, url, at = url }] of site.ten.entries()) {
    const { source, ...reading } = result[rank] as Reading;
    expect([kind, said({ ...reading, source })]).toEqual([kind, trouble ?? 'read']);
    if (trouble) continue;
    const text = (source?.text ?? '').replace(/\s+/g, ' ');
    expect([kind, text.includes(fact), text.includes(last)]).toEqual([kind, true, true]);
    expect(source).toMatchObject({ url: at, kind: 'search' });
  }
  expect(most).toBeLessThanOrEqual(2);
  expect(await tabs()).toEqual(before);
  expect(fronts.size).toBe(1);
  expect(await ownTabs()).toEqual([]);
  // A stranger asks: nothing says who, or from where. And nobody asked at home.
  expect(site.requests.filter(({ referer, cookie }) => referer?.startsWith('chrome') || cookie)).toEqual([]);
  expect(site.requests.filter(({ host }) => host === '127.0.0.1')).toEqual([]);
});

it('knows what stands in the way, keeps out of the own network, and closes pages that do not want to go', async () => {
  const kinds = [
    ...['loud', 'sign-in', 'unauthorized', 'paywall', 'bot-check-passed', 'empty', 'picture', 'download'],
    ...[
      'to-private',
      'script-to-private',
      'loop',
      'huge',
      'huge-unsaid',
      'broken',
      'mail',
      'twin',
      'twin-again',
      'near-twin',
    ],
  ];
  const before = await tabs();
  const { result, fronts } = await watching(read(kinds.map(site.page)));
  const saids = Object.fromEntries(kinds.map((kind, rank) => [kind, said(result[rank] as Reading)]));
  const expected = Object.fromEntries(kinds.map((kind) => [kind, site.page(kind).trouble ?? 'read']));
  // A dialog holds the page before a word of it is there; whether it does is a race that nobody can win.
  expect(['read', 'page-busy']).toContain(saids.loud);
  // Of two with the same text the one that is there first counts.
  expect([saids.twin, saids['twin-again']].sort()).toEqual(['read', 'same']);
  const twins = { twin: '', 'twin-again': '' };
  expect({ ...saids, ...twins, loud: '' }).toEqual({ ...expected, ...twins, loud: '' });
  expect(result[kinds.indexOf('bot-check-passed')]?.source?.text).toContain(
    site.page('bot-check-passed').last,
  );
  expect(fronts.size).toBe(1);
  expect(await tabs()).toEqual(before);
  expect(existsSync(resolve(downloads, 'eels.zip'))).toBe(false);
});

it('stops at once, closes its tabs and lets go of what it was loading', async () => {
  const before = await tabs();
  const pages = ['restless', 'scripts-off', 'endless', 'silent', 'stalled', 'script-loop'].map(site.page);
  const reading = read(pages, 'stop');
  await until(async () => (await ownTabs()).length === 2, 'two tabs are open');
  await setTimeout(300);
  await page.evaluate(() => stops.stop?.abort(new DOMException('Stopped', 'AbortError')));
  expect((await reading).filter(Boolean)).toEqual([]);
  await until(async () => (await tabs()).join() === before.join(), 'its tabs are closed');
  expect(await ownTabs()).toEqual([]);
  await until(() => site.open() === 0, 'nothing is loaded any more');
});

it('closes the tabs of a page that goes in the middle, and those that one left behind', async () => {
  const before = await tabs();
  void read([site.page('restless')]).catch(() => {});
  await until(async () => (await ownTabs()).length === 1, 'a tab is open');
  await page.reload({ waitUntil: 'domcontentloaded' });
  await until(async () => (await tabs()).join() === before.join(), 'it is closed with its page');
});
