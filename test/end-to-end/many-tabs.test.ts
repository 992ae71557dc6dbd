import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { missingFrom, paragraphsOf } from '../servers/paragraphs.ts';
import { seeNothingWrong } from './axe.ts';
import {
  ask,
  closePanel,
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
    create(tab: object): Promise<Tab>;
    discard(id: number): Promise<Tab | undefined>;
  };
  windows: { create(options: object): Promise<object> };
};

let world: World;
let panel: Page;
let slow: Page;
let moving: Page;
let behind: Page;
let article: Page;
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
  behind = await world.harness.page(address('reads', '/no-article'));
  await world.harness.page(address('reads', '/zh-article'));
  const worker = await world.harness.worker();
  await worker.evaluate(
    (url) => chrome.windows.create({ url, focused: false }),
    ['/long-zh', '/spa'].map((path) => address('reads', path)),
  );
  article = await world.harness.page(address('reads', '/article'));
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
/** Rows move when a tab closes or its title comes: the click waits until the one that is meant stands still. */
const tick = (...words: string[]) =>
  panel
    .locator(box(...words))
    .setTimeout(20_000)
    .click();
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
  // It goes to the top, and the rows below it move.
  await see(panel, 'Closed meanwhile');
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

it('says of a tab with the text of another that it is the same, and attaches it once', async () => {
  await (await world.harness.worker()).evaluate(
    async (url) => void (await chrome.tabs.create({ url, active: false })),
    address('reads', '/article?twin'),
  );
  await press(panel, 'Add tabs');
  await until(async () => (await panel.$$(box())).length === 10, 'it is listed', panel);
  const [twin] = await panel.$$(`${box('The Last Keepers of the Tide Book')}[aria-checked="false"]`);
  await twin?.click();
  await see(panel, 'Same text as');
  await press(panel, 'Done');
});

it('says that a page behind the others has changed, and reads it again beside what was sent', async () => {
  const news = 'The umbrellas of Depot 7 were counted once more, and this time there were eleven of them.';
  await behind.evaluate((words) => {
    for (let index = 0; index < 3; index++) {
      const paragraph = document.createElement('p');
      paragraph.textContent = `${words} That was count ${index}.`;
      document.querySelector('p')?.after(paragraph);
    }
  }, news);
  await panel.click('button[aria-label$="What the model will read"]');
  await see(panel, '3 paragraphs are new or different.');
  await see(panel, '1 page has changed since it was read.');
  await seeNothingWrong(panel, 'dialog');
  const again = await panel.waitForSelector('button[aria-label^="Read it again: "]');
  await again?.focus();
  await panel.keyboard.press('Enter');
  await until(async () => !(await screenText(panel)).includes('3 paragraphs are new'), 'it is read', panel);
  // What was sent keeps its number; the newer text has the next one. The focus is on the row.
  expect(await panel.$$eval('dialog [role="checkbox"]', (boxes) => boxes.length)).toBe(7);
  await until(
    () => panel.evaluate(() => document.activeElement?.classList.contains('tray-title') ?? false),
    'the row has the focus',
    panel,
  );
  await press(panel, 'Done');
  const before = world.model.requests.at(-1)?.prompt ?? '';
  await ask(panel, 'How many umbrellas are there now?');
  await waitForAnswerEnd(panel);
  const prompt = world.model.requests.at(-1)?.prompt ?? '';
  expect(prompt.match(/<document index=/g)).toHaveLength(7);
  expect(before).not.toContain(news);
  expect(prompt.split('<document index="7"')[1]).toContain(`${news} That was count 2.`);
  expect(prompt.split('<document index="7"')[0]).not.toContain(news);
  expect(await front()).toEqual(inFront);
});

it('goes on with what was picked and not read when the panel was closed', async () => {
  await (await world.harness.worker()).evaluate(
    async (url) => void (await chrome.tabs.create({ url, active: false })),
    address('slow', '/loading'),
  );
  await press(panel, 'Add tabs');
  const isNew = `${box('slow.example')}[aria-checked="false"]`;
  await (await panel.waitForSelector(isNew))?.click();
  await seeInRow('slow.example', 'Reading');
  await press(panel, 'Done');
  // So does a link that was asked for in the page. With the same text the two would be one source.
  const asked = () => world.pages.visits.filter((path) => path === '/loading-too').length;
  const once = asked();
  await world.harness.dispatchMenu({ menuItemId: 'read-link', linkUrl: address('slow', '/loading-too') });
  await until(() => asked() > once, 'the link is asked for');
  await closePanel(world.harness, panel);
  panel = await openPanel(world.harness, article);
  await until(() => asked() > once + 1, 'the link is asked for again');
  world.pages.release();
  await see(panel, 'Summarise this link');
  await press(panel, 'Add tabs');
  await panel.waitForSelector(`${box('slow.example')}[aria-checked="true"]`);
  // The one that could not be read says why, as before.
  await see(panel, 'Closed before it was read');
});
