import type { Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { startTranslateServer, type TranslateServer } from '../servers/translate-server.ts';
import { linesOf, prefixOf, translator } from '../servers/translator.ts';
import { violations } from './axe.ts';
import { type Harness, launch } from './harness.ts';
import { closePanel, connectModel, openPanel, see, until } from './steps.ts';

/** A whole page, side by side: one key, the bar in the page, and what the model was sent for it. */

declare const chrome: { storage: { local: { set(values: object): Promise<void> } } };

let model: ModelServer;
let pages: TranslateServer;
let harness: Harness;
let page: Page;

beforeAll(async () => {
  [model, pages] = await Promise.all([startModelServer(), startTranslateServer()]);
  harness = await launch({ grant: ['http://127.0.0.1/*'] });
  await connectModel(harness, { baseUrl: model.baseUrl, key: 'key' });
  await harness.grantNow('http://127.0.0.1/*');
  await (await harness.worker()).evaluate(() => chrome.storage.local.set({ translateInto: 'zh-Hans' }));
});
afterAll(async () => {
  await harness?.close();
  await Promise.all([pages?.close(), model?.close()]);
});
beforeEach(async () => {
  if (page && !page.isClosed()) await page.close();
  model.reset();
  model.always(translator({ terms: [['council', '委员会', 'the body']] }));
});

const altQ = () => harness.dispatchCommand('translate-page');
const htmlOf = () => page.evaluate(() => document.documentElement.outerHTML);
const translations = () => page.$$eval('wholemoon-t', (all) => all.map((one) => one.textContent ?? ''));
const bar = (): Frame | undefined => page.frames().find((frame) => frame.url().includes('/overlay.html'));
const barText = async () =>
  (await bar()
    ?.evaluate(() => document.body.innerText)
    .catch(() => '')) ?? '';
const barSays = (words: string) =>
  until(async () => (await barText()).includes(words), `the bar says “${words}”`, undefined, 20_000);
/** Keys, as a user without a pointer has them: a frame in a page cannot be seen by a headless browser’s clicks. */
async function pressInBar(name: string) {
  const frame = bar();
  await frame?.waitForSelector(`::-p-aria([name="${name}"][role="button"])`);
  await (await frame?.$(`::-p-aria([name="${name}"][role="button"])`))?.focus();
  await page.keyboard.press('Enter');
}
const idsOf = (index: number) => linesOf(model.requests[index] as never).map(({ id }) => id);

it('translates at one key, with the whole page in every request, and gives the page back to the byte', async () => {
  page = await harness.page(`${pages.origin}/prose`);
  const paragraphs = await page.$$eval('main p, p', (all) => all.map((one) => one.textContent ?? ''));
  const before = await htmlOf();
  await altQ();
  await barSays('All');
  expect((await translations()).length).toBeGreaterThan(10);
  const [first] = model.requests;
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');
  const prefix = letters(prefixOf(first as never).replace(/\]\([^)\s]*\)/g, ']'));
  const long = paragraphs.filter((words) => words.length > 60);
  expect(long.length).toBeGreaterThan(2);
  expect(long.filter((words) => !prefix.includes(letters(words)))).toEqual([]);
  await barSays('1 term');
  expect(await violations(bar() as unknown as Page, 'html', false)).toEqual([]);
  // What is printed is the page with its translations, without the bar.
  const isOnPaper = () =>
    page.$eval('wholemoon-overlay', (host) => getComputedStyle(host).display !== 'none');
  await page.emulateMediaType('print');
  expect(await isOnPaper()).toBe(false);
  await page.emulateMediaType();
  expect(await isOnPaper()).toBe(true);
  // A click on a term opens the panel there: the browser takes it for the user's own.
  await page.click('wholemoon-t-term');
  const panel = await harness.panel();
  await see(panel, 'Terms on this page');
  await until(
    () => panel.$$eval('input', (fields) => fields.some(({ value }) => value === '委员会')),
    'the term is open',
  );
  await closePanel(harness, panel);
  // Shown in another way and back.
  await bar()?.select('select', 'original');
  await until(
    async () => !(await page.evaluate(() => document.body.innerText)).includes('委员会'),
    'original',
  );
  await bar()?.select('select', 'both');
  await altQ();
  await until(async () => bar() === undefined, 'the bar has gone');
  expect(await htmlOf()).toBe(before);
});

it('sends what is on the screen first, one batch alone, then several with its terms; pauses and pays nothing twice', async () => {
  page = await harness.page(`${pages.origin}/paragraphs`);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
  let release = () => {};
  const until_ = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answer = translator({ terms: [['council', '委员会', 'the body']], chunkDelay: 40 });
  model.always(answer);
  model.next((request) => ({
    ...(answer as (request: unknown) => object)(request),
    pause: { afterCharacters: 20, until: until_ },
  }));
  await altQ();
  await model.request(0);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(model.requests).toHaveLength(1);
  expect(Math.min(...idsOf(0))).toBeGreaterThan(300);
  release();
  await model.request(4);
  await pressInBar('Pause');
  await barSays('Paused at');
  const sent = model.requests.length;
  const prefixes = new Set(model.requests.map((request) => prefixOf(request)));
  expect(prefixes.size).toBe(1);
  expect(model.requests[2]?.prompt).toContain('"term":"council","translation":"委员会"');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(model.requests).toHaveLength(sent);
  const done = (await translations()).length;

  // The vendor asks to wait: it goes on by itself.
  model.next({ status: 429, headers: { 'retry-after': '1' }, bodyText: '{"error":{"message":"Slow down"}}' });
  await pressInBar('Go on');
  await model.request(sent + 3);
  await pressInBar('Pause');
  await barSays('Paused at');

  // Loaded again, what was translated comes back from what is kept.
  const asked = new Set(model.requests.flatMap((request) => linesOf(request).map(({ text }) => text)));
  const before = model.requests.length;
  model.always({ hold: true });
  await page.reload({ waitUntil: 'domcontentloaded' });
  await altQ();
  await until(async () => (await translations()).length >= done, 'the translations came back');
  await until(() => model.requests.length > before, 'it goes on with the rest');
  const again = model.requests.slice(before).flatMap((request) => linesOf(request).map(({ text }) => text));
  const kept = asked.size - again.filter((text) => asked.has(text)).length;
  expect(kept).toBeGreaterThanOrEqual(done - 5);
  // Closed, it leaves what is translated, and no line that waits for ever; the key then takes it out.
  await page.waitForSelector('wholemoon-t[data-state="waiting"]');
  await pressInBar('Close; the translation stays');
  await until(async () => bar() === undefined, 'the bar has gone');
  await until(async () => (await page.$('wholemoon-t[data-state="waiting"]')) === null, 'nothing waits');
  expect((await translations()).length).toBeGreaterThan(0);
  await altQ();
  await until(async () => (await translations()).length === 0, 'the page is as it was');
});

it('runs in the panel where a page lets no frame in', async () => {
  page = await harness.page(`${pages.origin}/isolated`);
  const before = await htmlOf();
  const panel = await openPanel(harness, page);
  await altQ();
  await see(panel, 'This page lets no bar of ours in');
  await until(async () => (await translations()).length > 0, 'translations in the page');
  await altQ();
  await until(async () => (await translations()).length === 0, 'the page is as it was');
  expect(await htmlOf()).toBe(before);
});
