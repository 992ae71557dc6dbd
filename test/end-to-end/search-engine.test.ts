/** Finding pages with the engine that the browser is set to, in a tab of ours, and setting other engines up. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EngineServer, startEngineServer } from '../servers/engine-server.ts';
import { type SearxngServer, startSearxngServer } from '../servers/searxng-server.ts';
import { type Harness, launch } from './harness.ts';
import { fill, find, press, screenText, see, until } from './steps.ts';
import { lookAt, pageViews, speak } from './trouble-steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  tabs: { query(filter: object): Promise<{ id: number; url?: string; active: boolean }[]> };
};

let harness: Harness;
let engine: EngineServer;
let searxng: SearxngServer;
let settings: Page;
beforeAll(async () => {
  engine = await startEngineServer();
  searxng = await startSearxngServer([
    { url: 'https://tides.example/', title: 'Tides' },
    { url: 'https://harbour.example/', title: 'Harbours' },
  ]);
  harness = await launch({ grant: ['<all_urls>'], args: engine.switches });
  settings = await harness.openExtensionPage('options.html');
});
beforeEach(async () => {
  await settings.bringToFront();
  engine.page = 'results';
  engine.queries.length = 0;
});
afterAll(async () => {
  await harness?.close();
  await Promise.all([engine?.close(), searxng?.close()]);
});

const tabs = () => settings.evaluate(() => chrome.tabs.query({}));
const own = 'Your browser’s own search engine';
const checkOwn = () => press(settings, `Check ${own}`);

describe('the browser’s own engine', () => {
  it('is asked in a tab that stays behind and is closed again', async () => {
    const before = await tabs();
    const seen = new Set<string>();
    const look = async () => {
      for (const { active, url } of await tabs()) seen.add(`${active} ${url}`);
    };
    const watch = setInterval(() => void look().catch(() => {}), 40);
    await checkOwn();
    await see(settings, 'works: 3 pages');
    clearInterval(watch);
    expect(engine.queries.map(({ query }) => query)).toEqual(['moon']);
    expect(['duckduckgo.com', 'www.google.com']).toContain(engine.queries[0]?.host);
    await until(async () => (await tabs()).length === before.length, 'the tab is closed');
    expect((await tabs()).map(({ id, active }) => [id, active])).toEqual(
      before.map(({ id, active }) => [id, active]),
    );
    // It was there, and never in front.
    expect([...seen].some((line) => line.startsWith('false https://'))).toBe(true);
    expect([...seen].filter((line) => line.startsWith('true https://'))).toEqual([]);
  });

  it('is sent words of any script, and waited for while scripts write its results', async () => {
    engine.page = 'scripts';
    await speak(settings, '简体中文');
    await press(settings, '检查 浏览器设定的搜索引擎');
    await see(settings, '秒内找到 3 个网页');
    expect(engine.queries.map(({ query }) => query)).toEqual(['月亮']);
    await speak(settings, 'English');
  });

  it('may want to see a person: its page is kept for them, and read when they have answered', async () => {
    engine.page = 'captcha';
    const before = await tabs();
    await checkOwn();
    await see(settings, 'wants to see a person.');
    expect(await tabs()).toHaveLength(before.length + 1);
    const target = await harness.browser.waitForTarget((one) => /\?q=moon/.test(one.url()));
    await press(settings, 'Open its page');
    await until(
      async () => (await tabs()).some(({ active, url }) => active && /\?q=moon/.test(url ?? '')),
      'the page of the engine is in front',
    );
    const page = await target.asPage();
    await press(page, 'I have');
    await settings.bringToFront();
    await see(settings, 'works: 3 pages');
    // The engine was not asked again: once by us, once by its own way on.
    expect(engine.queries.map(({ query }) => query)).toEqual(['moon', 'moon']);
    await until(async () => (await tabs()).length === before.length, 'the tab is closed');
  });

  it.each([
    ['changed', 'I do not recognise the results of'],
    ['empty', 'Nothing was found.'],
    ['failing', 'I cannot reach'],
  ] as const)('is closed and told of when its page is %s', async (page, sentence) => {
    engine.page = page;
    const before = await tabs();
    await checkOwn();
    await see(settings, sentence);
    await until(async () => (await tabs()).length === before.length, 'the tab is closed');
  });
});

describe('other engines', () => {
  it('are asked without a tab: DuckDuckGo, of which a captcha is only told', async () => {
    await press(settings, 'Check DuckDuckGo');
    await see(settings, 'DuckDuckGo works: 3 pages');
    expect(engine.queries).toEqual([{ host: 'html.duckduckgo.com', query: 'moon' }]);
    engine.page = 'captcha';
    await press(settings, 'Check DuckDuckGo');
    await see(settings, 'It does not answer programs at the moment.');
  });

  it('are set up with an address, proved, and used: SearXNG', async () => {
    searxng.mode = 'json-off';
    await press(settings, 'Set up SearXNG');
    await fill(settings, 'Address', `${searxng.address}/search?q=old`);
    await press(settings, 'Save and check');
    await see(settings, 'SearXNG does not answer programs yet.');
    searxng.mode = 'normal';
    await press(settings, 'Save and check');
    await see(settings, 'SearXNG works: 2 pages');
    expect(searxng.requests.map(({ query, cookie }) => [query, cookie])).toEqual([
      ['moon', undefined],
      ['moon', undefined],
    ]);
    await lookAt(settings, settings, 'settings-search', {
      views: pageViews,
      height: 1000,
      within: '#search',
    });
    await settings.reload();
    await find(settings, 'Edit SearXNG', 'button');
    const row = await settings.evaluate(
      () =>
        [...document.querySelectorAll('.search-engines .provider')].find((one) =>
          one.textContent?.includes('In use'),
        )?.textContent,
    );
    expect(row).toContain('SearXNG');
    await press(settings, 'Edit SearXNG');
    await press(settings, 'Remove');
    await see(settings, 'What was filled in for SearXNG is removed.');
    expect(await screenText(settings)).toContain('Save and check');
  });
});
