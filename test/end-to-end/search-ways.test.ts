/** What comes in the way of a search: a door of the engine, a click on Stop, a network that goes, a panel that dies. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type EngineServer, startEngineServer } from '../servers/engine-server.ts';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type SearchPages, startSearchPages } from '../servers/search-pages.ts';
import { type SearxngServer, startSearxngServer } from '../servers/searxng-server.ts';
import { searchCall } from '../servers/tool-calls.ts';
import { type Harness, launch } from './harness.ts';
import {
  ask,
  connectModel,
  find,
  openPanel,
  press,
  see,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import { lookAt, panelViews } from './trouble-steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  storage: {
    local: { get(name: string): Promise<Record<string, unknown>>; set(values: object): Promise<void> };
    session: { get(key: string): Promise<{ ownTabs?: number[] }>; set(values: object): Promise<void> };
  };
  tabs: {
    query(filter: object): Promise<{ url?: string; active: boolean }[]>;
    create(tab: object): Promise<{ id?: number }>;
  };
};

let harness: Harness;
let model: ModelServer;
let engine: EngineServer;
let pages: SearchPages;
let searxng: SearxngServer;
let settings: Page;
let page: Page;
let panel: Page;

const keep = (values: object) => settings.evaluate((kept) => chrome.storage.local.set(kept), values);
const inWorker = async <T>(work: () => Promise<T>) => (await harness.worker()).evaluate(work);
const tabs = () => inWorker(async () => (await chrome.tabs.query({})).map(({ url = '' }) => url));
const ownTabs = () => inWorker(async () => (await chrome.storage.session.get('ownTabs')).ownTabs ?? []);
const nothingLeft = async (before: string[]) => {
  await until(async () => (await tabs()).join() === before.join(), 'no tab of ours is left');
  expect(await ownTabs()).toEqual([]);
};
const searchThen = (...texts: string[]) =>
  model.next({ text: '', toolCalls: [searchCall(['moon tides'])] }, ...texts.map((text) => ({ text })));
/** What the newest search says of its pages. */
const rows = () =>
  panel.$$eval('.search-run', (runs) =>
    [...(runs.at(-1)?.querySelectorAll('.search-row') ?? [])].map((row) =>
      [...row.querySelectorAll('.search-said')].map(({ textContent }) => textContent).join(', '),
    ),
  );
/** Opens the newest search, where it has folded to its line. */
const unfold = async () => {
  const line = (await panel.$$('.search-fold')).at(-1);
  if (await line?.evaluate((element) => element.getAttribute('aria-expanded') === 'false'))
    await line?.click();
};

beforeAll(async () => {
  [model, engine, pages, searxng] = await Promise.all([
    startModelServer(),
    startEngineServer(),
    startSearchPages({ slow: 20_000 }),
    startSearxngServer(),
  ]);
  harness = await launch({
    grant: ['<all_urls>'],
    args: [...engine.switches, `--ip-address-space-overrides=127.0.0.1:${pages.port}=public`],
  });
  await harness.grantNow('https://*/*', 'http://*/*');
  await connectModel(harness, { baseUrl: model.baseUrl, window: 1_000_000, searchMode: 'auto' });
  settings = (await harness.browser.pages()).find((one) => one.url().includes('options.html')) as Page;
  await settings.evaluate(async () => {
    const { providers } = (await chrome.storage.local.get('providers')) as {
      providers: { corrections?: object }[];
    };
    for (const entry of providers) entry.corrections = { 'test-model': { tools: true } };
    await chrome.storage.local.set({ providers });
  });
  await keep({ searchAddresses: { searxng: searxng.address }, searchPages: 3 });
  page = await harness.page(pages.page('thread').url);
  panel = await openPanel(harness, page);
});
beforeEach(async () => {
  await keep({ searchEngine: 'automatic', askBeforeSearch: false });
  engine.queries.length = 0;
  model.reset();
});
afterAll(async () => {
  await harness?.close();
  await Promise.all([model?.close(), engine?.close(), pages?.close(), searxng?.close()]);
});

it.each([
  ['captcha', 'wants to see a person', 'I have'],
  ['consent', 'asks for consent first', 'I agree'],
] as const)(
  'an engine with a %s in front is shown, and the search goes on by itself when that is done',
  async (kind, words, button) => {
    const before = await tabs();
    engine.page = kind;
    searchThen('None of them opened.');
    await ask(panel, `What of the ${kind}?`);
    await see(panel, words);
    if (kind === 'captcha')
      await lookAt(settings, panel, 'search-captcha', { views: panelViews, height: 760 });
    await page.bringToFront();
    await press(panel, 'Open its page');
    const target = await harness.browser.waitForTarget((one) => /\?q=moon/.test(one.url()));
    const engineTab = await target.asPage();
    await until(() => engineTab.evaluate(() => document.visibilityState === 'visible'), 'it is in front');
    await press(engineTab, button);
    // The harbour has no server: what stands in the way of every page is said, and the next result is tried.
    await waitForAnswer(panel, 'None of them opened.');
    await waitForAnswerEnd(panel);
    await see(panel, 'Searched 1 query, could read none of 3 pages');
    await unfold();
    expect(await rows()).toEqual(['Cannot be reached', 'Cannot be reached', 'Cannot be reached']);
    if (kind === 'captcha') return nothingLeft(before);
    // What could not be read may go with the next question: the composer says how that goes.
    await (await panel.$$('.search-run .search-menu')).at(-1)?.click();
    await press(panel, 'Read it for the next question', 'menuitem');
    await see(panel, 'I cannot reach rust.example.');
    await nothingLeft(before);
  },
);

it('is stopped while the engine is asked, and while the user is', async () => {
  const before = await tabs();
  engine.page = 'silent';
  searchThen();
  await ask(panel, 'And of the silence?');
  await until(async () => engine.open() === 1, 'the engine is asked');
  await press(panel, 'Stop');
  await waitForAnswerEnd(panel);
  await nothingLeft(before);
  await until(async () => engine.open() === 0, 'it is not waited for any more');
  await keep({ askBeforeSearch: true });
  searchThen();
  await ask(panel, 'And of words?');
  await find(panel, 'Search words 1', 'textbox');
  await press(panel, 'Stop');
  await waitForAnswerEnd(panel);
  await nothingLeft(before);
  expect(engine.queries).toHaveLength(1);
});

it('says that nothing was found', async () => {
  engine.page = 'empty';
  searchThen('I know nothing of it.');
  await ask(panel, 'And of nothing?');
  await waitForAnswer(panel, 'I know nothing of it.');
  await waitForAnswerEnd(panel);
  await see(panel, 'Nothing was found.');
  await see(panel, 'Searched 1 query, found nothing');
});

it('closes the tabs that a panel has left behind which is gone', async () => {
  const before = await tabs();
  await settings.evaluate(async (url) => {
    const { id = 0 } = await chrome.tabs.create({ url, active: false });
    await chrome.storage.session.set({ ownTabs: [id] });
  }, pages.page('restless').url);
  expect(await tabs()).toHaveLength(before.length + 1);
  const other = await harness.openExtensionPage('sidepanel.html');
  await until(async () => (await ownTabs()).length === 0, 'what was left is closed');
  await other.close();
  await nothingLeft(before);
});
