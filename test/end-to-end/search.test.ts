/** A question that is looked up: from the model's call to pages that were read whole, as its user sees it. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type SearchPages, startSearchPages } from '../servers/search-pages.ts';
import { type SearxngServer, startSearxngServer } from '../servers/searxng-server.ts';
import { searchCall } from '../servers/tool-calls.ts';
import { type Harness, launch } from './harness.ts';
import {
  ask,
  closePanel,
  connectModel,
  find,
  openPanel,
  press,
  see,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import { longestTask } from './task-time.ts';
import { lookAt } from './trouble-steps.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  storage: {
    local: { get(name: string): Promise<Record<string, unknown>>; set(values: object): Promise<void> };
  };
  tabs: { query(filter: object): Promise<unknown[]> };
};

let harness: Harness;
let model: ModelServer;
let pages: SearchPages;
/** The same, on which the slow page takes very long. */
let slowPages: SearchPages;
let searxng: SearxngServer;
let settings: Page;
let page: Page;
let panel: Page;

const views = [
  [360, 'light', 'English'],
  [480, 'dark', '简体中文'],
] as const;
const keep = (values: object) => settings.evaluate((kept) => chrome.storage.local.set(kept), values);
const found = (...kinds: string[]) => kinds.map((kind) => pages.page(kind));
const rows = () =>
  panel.$$eval('.search-row', (list) =>
    list.map((row) =>
      [...row.querySelectorAll('.search-number, .search-title, .search-said')]
        .map(({ textContent }) => textContent)
        .join(' | '),
    ),
  );
const countTabs = () => settings.evaluate(async () => (await chrome.tabs.query({})).length);

beforeAll(async () => {
  [model, pages, slowPages, searxng] = await Promise.all([
    startModelServer(),
    startSearchPages({ slow: 400 }),
    startSearchPages({ slow: 20_000 }),
    startSearxngServer(),
  ]);
  harness = await launch({
    grant: ['<all_urls>'],
    watchesNetwork: false,
    // The servers stand for the public web; the browser takes this computer for what it is otherwise.
    args: [
      `--ip-address-space-overrides=${[pages, slowPages].map(({ port }) => `127.0.0.1:${port}=public`).join()}`,
    ],
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
  await keep({ searchEngine: 'searxng', searchAddresses: { searxng: searxng.address }, searchPages: 10 });
  page = await harness.page(pages.page('thread').url);
  panel = await openPanel(harness, page);
});
afterAll(async () => {
  await harness?.close();
  await Promise.all([model?.close(), pages?.close(), slowPages?.close(), searxng?.close()]);
});

it('reads what is found whole, says of each page how it stands, and folds when the answer goes on', async () => {
  searxng.results = pages.ten;
  model.next(
    {
      text: 'The thread stops at 2023.',
      toolCalls: [searchCall(['eel deaths Carrow', '鳗鱼'], 'It ends in 2023.')],
    },
    { text: 'Nine eels were counted [2 ¶1].' },
  );
  const longest = await longestTask(panel, async () => {
    await ask(panel, 'Has anyone counted the eels since?');
    await waitForAnswer(panel, 'Nine eels were counted');
    await waitForAnswerEnd(panel);
  });
  console.log(`reading ten pages, one of 3 MB: longest task ${longest} ms`);
  expect(longest).toBeLessThan(100);
  await press(panel, 'Searched 2 queries, read 7 pages in full');
  expect(await rows()).toEqual([
    expect.stringMatching(/^2 \| .+ \| Whole page$/),
    expect.stringMatching(/^3 \| .+ \| Whole page$/),
    expect.stringMatching(/^4 \| .+ \| Whole page$/),
    expect.stringMatching(/^5 \| .+ \| Blocked, 403$/),
    expect.stringMatching(/^6 \| .+ \| PDF, \d+ pages?$/),
    expect.stringMatching(/^7 \| .+ \| Whole page$/),
    expect.stringMatching(/^8 \| .+ \| Whole page$/),
    expect.stringMatching(/^9 \| .+ \| Asks for your consent$/),
    expect.stringMatching(/^10 \| .+ \| Whole page$/),
    expect.stringMatching(/^11 \| (?!.*Whole page)/),
  ]);
  const prompt = model.requests.at(-1)?.prompt ?? '';
  const readable = pages.ten.filter(({ trouble }) => trouble === undefined);
  expect(readable).toHaveLength(7);
  for (const { kind, last = '' } of readable)
    expect({ kind, isWhole: prompt.replace(/\s+/g, ' ').includes(last.replace(/\s+/g, ' ')) }).toEqual({
      kind,
      isWhole: true,
    });
  expect(prompt).toMatch(/index="5" status="not read" [^>]*review\.example[^>]*reason="[^"]*403/);
  expect(prompt).toMatch(/index="9" status="not read" [^>]*press\.example[^>]*reason="[^"]*consent/);
  expect(prompt).toMatch(/index="11" status="not read" [^>]*127\.0\.0\.1[^>]*reason="[^"]+"/);
  await see(panel, 'Results from SearXNG');
  await see(panel, '7 of 10 read in full');
});

it('shows the text that was read, and holds up for everybody who looks at it', async () => {
  await lookAt(settings, panel, 'search-done', { views, height: 900 });
  await (await panel.$('button.search-page'))?.click();
  await see(panel, 'The text that was read');
  await panel.keyboard.press('Escape');
  await until(async () => (await panel.$('dialog[open]')) === null, 'the text is closed');
  expect(await panel.evaluate(() => document.activeElement?.className)).toBe('search-page');
});

it('is repeated byte for byte by the next question, and there again when the panel is opened anew', async () => {
  const before = JSON.stringify(model.requests.at(-1)?.body.messages);
  model.next({ text: 'By night.' });
  await ask(panel, 'When?');
  await waitForAnswer(panel, 'By night.');
  await waitForAnswerEnd(panel);
  const after = JSON.stringify(model.requests.at(-1)?.body.messages);
  expect(after.startsWith(before.slice(0, -1))).toBe(true);
  await closePanel(harness, panel);
  panel = await openPanel(harness, page);
  await press(panel, 'Searched 2 queries, read 7 pages in full');
  expect(await rows()).toHaveLength(10);
});

it('asks first where the user wants that, with words that can be changed', async () => {
  await keep({ askBeforeSearch: true });
  searxng.results = found('plain');
  searxng.requests.length = 0;
  model.next({ text: '', toolCalls: [searchCall(['wrong words'])] }, { text: 'Found it.' });
  await ask(panel, 'And by day?');
  await find(panel, 'Search words 1', 'textbox');
  expect(searxng.requests).toEqual([]);
  await lookAt(settings, panel, 'search-asking', { views, height: 700 });
  const field = await find(panel, 'Search words 1', 'textbox');
  await field.click({ count: 3 });
  await field.type('right words');
  await press(panel, 'Search');
  await waitForAnswer(panel, 'Found it.');
  expect(searxng.requests.map(({ query }) => query)).toEqual(['right words']);
  await waitForAnswerEnd(panel);
  model.next({ text: '', toolCalls: [searchCall(['more'])] }, { text: 'I do not know.' });
  await ask(panel, 'And at noon?');
  await press(panel, 'Answer without searching');
  await waitForAnswer(panel, 'I do not know.');
  await waitForAnswerEnd(panel);
  expect(searxng.requests).toHaveLength(1);
  await keep({ askBeforeSearch: false });
});

it('answers with what is read so far, and leaves nothing behind when it is stopped', async () => {
  const tabs = await countTabs();
  searxng.results = [slowPages.page('static'), slowPages.page('slow')];
  model.next({ text: '', toolCalls: [searchCall(['tides'])] }, { text: 'From one page.' });
  await ask(panel, 'What of the tides?');
  await see(panel, '1 of 2 read in full');
  // What moves without end is never at rest.
  await panel.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await lookAt(settings, panel, 'search-running', { views, height: 700 });
  await panel.emulateMediaFeatures([]);
  await press(panel, 'Answer now');
  await waitForAnswer(panel, 'From one page.');
  await waitForAnswerEnd(panel);
  model.next({ text: '', toolCalls: [searchCall(['tides again'])] });
  await ask(panel, 'And of the moon?');
  await find(panel, 'Answer now', 'button');
  await press(panel, 'Stop');
  await waitForAnswerEnd(panel);
  await until(() => slowPages.open() === 0, 'nothing is being fetched any more');
  expect(await countTabs()).toBe(tabs);
});

it('says what is wrong with an engine, with what helps', async () => {
  searxng.mode = 'json-off';
  model.next({ text: '', toolCalls: [searchCall(['anything'])] }, { text: 'Without.' });
  await ask(panel, 'Anything else?');
  await see(panel, 'SearXNG does not answer programs yet.');
  await see(panel, 'search: formats: - html - json');
  await waitForAnswerEnd(panel);
  await lookAt(settings, panel, 'search-trouble', { views, height: 800 });
});

it('is switched beside the question, with keys alone', async () => {
  const globe = await find(panel, 'Web search: Auto', 'button');
  await globe.focus();
  await panel.keyboard.press('Enter');
  await panel.waitForSelector('[role="menu"]');
  await lookAt(settings, panel, 'search-mode', {
    views: [[320, 'light', 'English']],
    height: 700,
    within: '[role="menu"]',
  });
  await panel.keyboard.press('End');
  await panel.keyboard.press('ArrowUp');
  await panel.keyboard.press('Enter');
  await find(panel, 'Web search: Off', 'button');
});
