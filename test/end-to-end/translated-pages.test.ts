import type { ConsoleMessage, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  startTranslateServer,
  type TranslatePage,
  type TranslateServer,
  translatePages,
} from '../servers/translate-server.ts';
import { type Harness, launch } from './harness.ts';
import { measureTasks } from './main-thread.ts';
import { type ScriptedTranslator, scriptTranslator } from './scripted-translator.ts';

/** What `test/fixtures/pages/translate/fixture.js` gives to tests. */
interface Fixture {
  clicks: Record<string, number>;
  actions: Record<string, () => unknown>;
  violations?: string[];
  targets: HTMLElement[];
  roots(): (Document | ShadowRoot)[];
  written(): string;
}
declare const fixture: Fixture;

let server: TranslateServer;
let harness: Harness;
let page: Page;
const troubles: string[] = [];

beforeAll(async () => {
  server = await startTranslateServer();
  harness = await launch({ grant: ['http://127.0.0.1/*', 'http://localhost/*'] });
  await harness.grantNow('http://127.0.0.1/*', 'http://localhost/*');
  page = await harness.page('about:blank');
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message: ConsoleMessage) => {
    if (/^(?:error|warn)/.test(message.type())) troubles.push(message.text());
  });
});
afterAll(async () => {
  await harness?.close();
  await server?.close();
});

/** Actions that tests wait for together. */
const groups: Partial<Record<TranslatePage, string[][]>> = {
  ...Object.fromEntries(
    ['feed-react', 'feed-vue', 'feed-svelte'].map((name) => [
      name,
      [['text', 'tick'], ['without', 'reorder'], ['more', 'first', 'fewer', 'with'], ['nothing'], ['anew']],
    ]),
  ),
  routes: [['kitchen'], ['attic'], ['back']],
};

const actionsOf = async (name: TranslatePage): Promise<string[][]> =>
  groups[name] ?? [await page.evaluate(() => Object.keys(fixture.actions))];

const act = (names: string[]) =>
  page.evaluate(async (list) => {
    for (const name of list) await fixture.actions[name]?.();
  }, names);

const written = () => page.evaluate(() => fixture.written());

/** Clicks on everything that was there to be clicked on, and says how often each was told of it. */
const clickAll = () =>
  page.evaluate(() => {
    fixture.clicks = {};
    for (const target of fixture.targets) if (target.isConnected) target.click();
    return fixture.clicks;
  });

/** Links and buttons in translations of which a click is not told to what they stand for. */
const deadCopies = () =>
  page.evaluate(() => {
    const count = () => Object.values(fixture.clicks).reduce((sum, one) => sum + one, 0);
    return fixture
      .roots()
      .flatMap((root) => [...root.querySelectorAll<HTMLElement>('wholemoon-t a[href], wholemoon-t button')])
      .filter((copy) => {
        const before = count();
        if (copy.isConnected) copy.click();
        return copy.isConnected && count() === before;
      })
      .map(({ outerHTML }) => outerHTML);
  });

/** The units that stand in the page with a translation, as their elements say. */
const shown = () =>
  page.evaluate(() =>
    fixture
      .roots()
      .flatMap((root) => [...root.querySelectorAll('wholemoon-t')])
      .map((element) => ({
        unit: Number(element.getAttribute('data-unit')),
        state: element.getAttribute('data-state') ?? 'placed',
        text: element.textContent ?? '',
      })),
  );

async function open(name: TranslatePage): Promise<ScriptedTranslator> {
  await page.goto(`${server.origin}/${name}`, { waitUntil: 'load' });
  return scriptTranslator(harness, page);
}

const comparable = ({ readAt: _, ...reading }: Record<string, unknown>) => reading;

/** The long one has a test of its own. */
const pages = translatePages.filter((name) => name !== 'paragraphs');

it.each(pages)('the page %s lives while it is translated, and is what it was afterwards', async (name) => {
  troubles.length = 0;
  // What the page does without us.
  let translator = await open(name);
  const read = async () => comparable(await translator.read());
  const start = await read();
  const actions = await actionsOf(name);
  for (const group of actions) await act(group);
  for (const group of actions) await act(group);
  const end = await read();
  const html = await written();
  const clicks = await clickAll();

  translator = await open(name);
  await translator.start();
  for (const display of ['both', 'translation', 'original', 'both'] as const) {
    await translator.tell({ type: 'display', display });
    expect(await read(), display).toEqual(start);
  }
  // A term was edited: some are placed again.
  const some = (await translator.units()).slice(0, 3);
  await translator.tell({ type: 'place', placements: some.map(({ id, text }) => ({ unit: id, text })) });

  for (const group of actions) {
    await act(group);
    await translator.rest();
  }
  await translator.tell({ type: 'display', display: 'translation' });
  for (const group of actions) await act(group);
  if (actions.flat().length > 0) await translator.rest();
  await translator.tell({ type: 'display', display: 'both' });
  await translator.rest();

  const live = await translator.units();
  const elements = await shown();
  expect(elements.length, 'none twice').toBe(new Set(elements.map(({ unit }) => unit)).size);
  expect(await read()).toEqual(end);
  await translator.undo();
  expect(await written()).toBe(html);
  // Nothing was lost: what is there for a translation that begins now was told, or waits until somebody asks for it.
  await translator.start();
  const left = live.map(({ text }) => text);
  const missing = (await translator.units()).filter(({ text }) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const waiting = elements.filter(({ state }) => state === 'failed');
  expect(missing.length, JSON.stringify(missing)).toBe(waiting.length);
  // What is left is out of sight now.
  expect(left.length, JSON.stringify(left)).toBe(name === 'later' ? 1 : 0);
  expect(await deadCopies()).toEqual([]);
  await translator.undo();
  expect(await clickAll()).toEqual(clicks);
  expect(troubles).toEqual([]);
});

it('does not hold up a page of 2,000 paragraphs', async () => {
  let translator = await open('paragraphs');
  const without = await measureTasks(page, () => act(['text', 'more']));
  const [end, html] = [comparable(await translator.read()), await written()];
  translator = await open('paragraphs');
  const found = await measureTasks(page, async () => {
    await translator.start();
    await act(['text', 'more']);
    await translator.rest();
    await translator.tell({ type: 'display', display: 'translation' });
    await translator.rest();
  });
  console.log(
    `2,000 paragraphs translated and changed: longest task ${found.longest.toFixed()} ms of processor time (${without.longest.toFixed()} without us), ${found.total.toFixed()} ms together`,
  );
  // 32 to 42 ms where nothing else runs; another machine, or another browser beside this one, makes it longer.
  expect(found.longest).toBeLessThanOrEqual(75);
  expect((await translator.units()).slice(-2).map(({ text }) => text)).toEqual([
    'Something has happened on the river.',
    'This is written on the last page of all.',
  ]);
  expect(comparable(await translator.read())).toEqual(end);
  await translator.undo();
  expect(await written()).toBe(html);
});
