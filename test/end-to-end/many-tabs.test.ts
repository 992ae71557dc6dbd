import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { missingFrom, paragraphsOf } from '../servers/paragraphs.ts';
import {
  ask,
  connectModel,
  find,
  openPanel,
  press,
  screenText,
  see,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import { startWorld, type World } from './world.ts';

/** Tabs of two windows that are read side by side; some of them sleep, leave, close, or may not be read. */

interface Tab {
  id: number;
  url?: string;
}
/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  tabs: {
    query(filter: object): Promise<Tab[]>;
    discard(id: number): Promise<Tab | undefined>;
  };
  windows: { create(options: object): Promise<object> };
};

let world: World;
let panel: Page;
let slow: Page;
let moving: Page;
let inFront: string[];

const address = (host: string, path: string) =>
  `http://${host}.example:${new URL(world.pages.origin).port}${path}`;
/** The addresses of the tabs in front, one of each window. */
const front = async () =>
  (await world.harness.worker()).evaluate(async () =>
    (await chrome.tabs.query({ active: true, windowType: 'normal' })).map(({ url = '' }) => url),
  );

/** What is picked, in this order: a page of the second window stands between two of the first. */
const picked = ['/zh-article', '/long-zh', '/no-article', '/spa'];

beforeAll(async () => {
  world = await startWorld({
    grant: ['http://127.0.0.1/*', 'tabs', 'tabGroups', ...hosts.map((host) => `http://${host}.example/*`)],
  });
  await connectModel(world.harness, { baseUrl: world.model.baseUrl, window: 1_000_000 });
  for (const host of hosts) await world.harness.grantNow(`http://${host}.example/*`);
  slow = await world.harness.page(address('slow', '/loading'), { unfinished: true });
  moving = await world.harness.page(address('moving', '/loading'), { unfinished: true });
  await world.harness.page(address('shop', '/big'));
  const sleeping = await world.harness.page(address('reads', '/spa/second'));
  await sleeping.waitForFunction(() => document.title !== 'Loading');
  await world.harness.page(address('reads', '/no-article'));
  await world.harness.page(address('reads', '/zh-article'));
  const worker = await world.harness.worker();
  await worker.evaluate(
    (url) => chrome.windows.create({ url, focused: false }),
    ['/long-zh', '/spa'].map((path) => address('reads', path)),
  );
  const article = await world.harness.page(address('reads', '/article'));
  await worker.evaluate(
    async (url) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
      await chrome.tabs.discard(tab?.id ?? -1);
    },
    address('reads', '/spa/second'),
  );
  panel = await openPanel(world.harness, article);
  inFront = await front();
});
afterAll(() => world?.close());

const hosts = ['reads', 'slow', 'moving'];

const box = (...words: string[]) =>
  `dialog [role="checkbox"]${words.map((word) => `[aria-label*=${JSON.stringify(word)}]`).join('')}`;
const tick = async (...words: string[]) => (await panel.waitForSelector(box(...words)))?.click();
/** The words of the row with this title or host. */
const row = (word: string) =>
  panel.$$eval(
    'dialog .picker-row',
    (rows, part) =>
      rows.map((one) => (one as HTMLElement).innerText).find((text) => text.includes(part)) ?? '',
    word,
  );
const seeInRow = (word: string, text: string) =>
  until(async () => (await row(word)).includes(text), `“${text}” stands in the row of ${word}`, panel);

it('reads tabs of two windows without bringing one to the front, and says of each that cannot be read why', async () => {
  await see(panel, 'Read in full');
  await press(panel, 'Add tabs');
  await find(panel, 'Add tabs and more', 'dialog');
  await until(async () => (await panel.$$(box())).length === 9, 'all tabs are listed', panel);
  await press(panel, 'Show their titles');
  await panel.waitForSelector(box('shop.example'));
  await tick('slow.example');
  await seeInRow('slow.example', 'Reading');
  await slow.close();
  await see(panel, 'Closed before it was read');
  await tick('moving.example');
  await seeInRow('moving.example', 'Reading');
  await moving.goto(address('reads', '/article?moved'));
  await see(panel, 'It went to reads.example');
  for (const title of ['青麦镇的最后一位敲钟人', '一条河的一千二百五十天', 'Depot 7', 'umbrellas', 'bakers'])
    await tick(title);
  await seeInRow('bakers', 'Asleep');
  await tick('The Inquiry into Small Matters');
  await seeInRow('The Inquiry into Small Matters', 'The browser has not let me read it');
  // Nothing of that held up the others.
  await until(async () => (await panel.$$('dialog .source-number')).length === 5, 'the rest is read', panel);
  await press(panel, 'Wake and read it: How the bakers of Quay End measure time');
  await until(async () => (await panel.$$('dialog .source-number')).length === 6, 'it is woken', panel);
  expect(await front()).toEqual(inFront);
  await press(panel, 'Done');
});

it('sends every paragraph of every tab, word for word, in the order in which they were picked', async () => {
  await ask(panel, 'What do they have in common?');
  await waitForAnswerEnd(panel);
  const prompt = world.model.requests.at(-1)?.prompt ?? '';
  const documents = prompt.split(/<document index=/).slice(1);
  const order = ['/article', ...picked, '/spa/second'];
  expect(documents).toHaveLength(order.length);
  for (const [index, path] of order.entries()) {
    expect(documents[index]).toContain(address('reads', path));
    expect(missingFrom(documents[index] ?? '', paragraphsOf(path))).toEqual([]);
  }
  expect(prompt).not.toContain('shop.example');
  expect(await screenText(panel)).toContain('has read all');
  expect(await front()).toEqual(inFront);
});
