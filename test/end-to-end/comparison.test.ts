import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  comparisonAnswer,
  pageOf,
  prose,
  readers,
  seededComparison,
  tableAnswer,
  verdict,
} from '../fixtures/comparison.ts';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { seeNothingWrong } from './axe.ts';
import { type Harness, launch } from './harness.ts';
import { seedChat } from './seed.ts';
import {
  ask,
  connectModel,
  find,
  newestAnswer,
  openPanelOn,
  press,
  screenshot,
  screenText,
  see,
  until,
  waitForAnswer,
  waitForAnswerEnd,
} from './steps.ts';
import { lookAt, seeInFront, speak } from './trouble-steps.ts';

/** Three pages side by side: from the stream of a model to a table, its quotes in their tabs, and a tab of its own. */

let server: Server;
let model: ModelServer;
let harness: Harness;
let origin: string;
let settings: Page;
let panel: Page;
let nami: Page;
let downloads: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const page = readers.find(({ path }) => request.url === path);
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page ? pageOf(page) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [model, harness] = await Promise.all([startModelServer(), launch({ grant: ['<all_urls>'] })]);
  downloads = await mkdtemp(join(tmpdir(), 'comparison-'));
  const session = await harness.browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  await connectModel(harness, { baseUrl: model.baseUrl });
  await harness.grantNow('http://127.0.0.1/*');
  settings = (await harness.browser.pages()).find((page) => page.url().includes('options.html')) as Page;
  await seedChat(
    settings,
    seededComparison(origin, { task: 'answer', answer: 'These are three e-readers.' }),
  );
  nami = await harness.page(`${origin}/nami`);
  ({ panel } = await openPanelOn(harness, `${origin}/kestrel`));
});
afterAll(async () => {
  await harness?.close();
  await model?.close();
  server?.close();
  await rm(downloads, { recursive: true, force: true });
});

/** The words of the rows; the browser has none to show of what is out of sight. */
const rowsOf = (page: Page) =>
  page.$$eval('.comparison tbody tr:has(> th[scope="row"])', (rows) =>
    rows.map((row) =>
      [...row.children].map((cell) => (cell.textContent ?? '').replace(/[\s\u2060\u00a0]+/g, ' ').trim()),
    ),
  );
const painted = (page: Page) =>
  page.evaluate(() =>
    [...((CSS.highlights.get('wholemoon-passage') ?? []) as Iterable<Range>)].map(String).join(),
  );
const seePainted = (page: Page, words: string) =>
  until(async () => (await painted(page)) === words, `“${words}” is painted`);
async function choose(page: Page, menu: string, entry: string) {
  await press(page, menu);
  await (await page.waitForSelector(`::-p-aria([name=${JSON.stringify(entry)}][role="menuitem"])`))?.click();
  await page.waitForSelector('.menu', { hidden: true });
}
async function saved(ending: string): Promise<Buffer> {
  const name = () => readdirSync(downloads).find((file) => file.endsWith(ending));
  await until(name, `a file that ends with ${ending} was saved`);
  return readFileSync(join(downloads, name() ?? ''));
}

describe('a comparison of three pages', () => {
  let wide: Page;

  it('streams row by row, and takes nothing for a fact that its source does not say', async () => {
    model.next({ text: comparisonAnswer, chunkCharacters: 60, chunkDelay: 25 });
    await ask(panel, 'Compare price, battery, weight, repair and formats.');
    const counts = new Set<number>();
    await until(async () => {
      counts.add((await rowsOf(panel)).length);
      return counts.has(7);
    }, 'all rows are there');
    expect(counts.size).toBeGreaterThan(2);
    await waitForAnswerEnd(panel);
    const prompt = model.requests.at(-1)?.prompt ?? '';
    for (const { passages } of readers)
      for (const [index, passage] of passages.entries()) expect(prompt).toContain(`¶${index + 1} ${passage}`);
    expect(await rowsOf(panel)).toEqual([
      ['Price', '€189 ¶2', '€229 ¶2', '€175, best ¶2'],
      ['Battery', '6 weeks ¶3', '8 weeks, best ¶3', '5 weeks ¶3'],
      ['Repair', 'Glued shut ¶5', 'not stated', '4 screws, best ¶5'],
      ['Warm light', '2700 K ¶6', '2700 K ¶5', '1900 K, best ¶6'],
      [
        'Warranty',
        'not stated',
        expect.stringMatching(/^5 years ¶4 ?not found in the source$/),
        'not stated',
      ],
      ['Formats', expect.stringMatching(/^EPUB, PDF/), 'EPUB, PDF, audio ¶6', 'the model left this out'],
      ['Screen', '6 inches ¶8', '6 inches ¶7', '6 inches ¶8'],
    ]);
    expect(
      await panel.$$eval('.comparison del', (list) => list.map(({ textContent }) => textContent)),
    ).toEqual(['5 years']);
    await see(panel, 'Folio 2 does not say anything about Repair. I did not guess.');
    await see(panel, `1 line of the comparison could not be read. The model wrote: ${prose}`);
  });

  it('opens the quote of a cell, in the right tab', async () => {
    await press(panel, 'Source 3 ¶5, show quote', 'link');
    // The first is in the verdict, and the same words stand behind it.
    await press(panel, 'Source 3 ¶6, show quote', 'link');
    await see(panel, 'The light goes down to 1900 K, the colour of a candle.');
    const [button] = (await panel.$$('.comparison-quote .button-solid')).slice(-1);
    await button?.click();
    await seeInFront(nami);
    await seePainted(nami, 'down to 1900 K');
    for (const close of await panel.$$('.quote-close')) await close.click();
  });

  it('is hidden in part, ordered, read as cards and taken along', async () => {
    await choose(panel, 'Battery', 'Hide this row');
    await see(panel, '1 row is hidden.');
    expect(await panel.evaluate(() => document.activeElement?.textContent)).toBe('Repair');
    await panel.keyboard.press('Enter');
    await panel.waitForSelector('.menu');
    await panel.keyboard.press('Escape');
    await panel.waitForSelector('.menu', { hidden: true });
    await press(panel, 'Show it');
    await press(panel, 'Cards');
    expect(await panel.$$eval('.comparison .card', (cards) => cards.length)).toBe(7);
    await press(panel, 'Table');
    await choose(panel, 'Copy as CSV or save', 'Download CSV');
    const csv = (await saved('.csv')).toString();
    expect(csv).toContain('Kestrel 7');
    expect(csv).toContain('€175');
    await choose(panel, 'Copy as CSV or save', 'Download for Excel');
    expect((await saved('.xlsx')).subarray(0, 2).toString()).toBe('PK');
  });

  it('has nothing wrong for people who use other means than eyes and a mouse', async () => {
    await lookAt(settings, panel, 'comparison', {
      views: [
        [320, 'light', 'English'],
        [480, 'dark', '简体中文'],
      ],
      height: 900,
    });
    await press(panel, 'Cards');
    await seeNothingWrong(panel);
    await press(panel, 'Table');
  });

  it('opens wide in a tab of its own, with its sources and quotes', async () => {
    await press(panel, 'Open in a tab');
    wide = await harness.openedPage('comparison.html');
    await see(wide, 'Three e-readers, compared');
    await see(wide, 'test-model');
    await until(async () => (await rowsOf(wide)).length === 7, 'its rows are there', wide);
    expect(await rowsOf(wide)).toEqual(await rowsOf(panel));
    const links = await wide.$$eval('.comparison-sources a', (list) =>
      list.map((link) => [link.textContent, link.getAttribute('href')]),
    );
    expect(links).toEqual(readers.map(({ path, title }) => [title, `${origin}${path}`]));
    await press(wide, 'Source 3 ¶2, show quote', 'link');
    // A page that goes to the background does not tell the end of a click.
    await (await find(wide, 'Show in page', 'button')).evaluate((button) => button.click());
    await seeInFront(nami);
    await seePainted(nami, 'It costs €175');
    await wide.bringToFront();
    await lookAt(settings, wide, 'comparison-wide', {
      views: [
        [1280, 'light', 'English'],
        [480, 'dark', '简体中文'],
        [320, 'light', 'English'],
      ],
      height: 900,
    });
    // Paper is light, whatever the theme of the screen.
    await wide.emulateMediaType('print');
    const paper = await wide.evaluate(() => {
      document.documentElement.dataset.theme = 'dark';
      const { backgroundColor } = getComputedStyle(document.body);
      delete document.documentElement.dataset.theme;
      return backgroundColor;
    });
    expect(paper).toBe('rgb(251, 252, 252)');
    expect(await wide.$eval('.comparison-bar', (bar) => getComputedStyle(bar).display)).toBe('none');
    await screenshot(wide, 'comparison-print');
    await wide.emulateMediaType();
  });

  it('grows in its tab while it streams in the panel', async () => {
    let goOn = () => {};
    const grown = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const pause = { afterCharacters: comparisonAnswer.length * 0.7, until: grown };
    model.next({ text: comparisonAnswer, chunkCharacters: 60, pause });
    await ask(panel, 'Once more.');
    await until(async () => (await newestAnswer(panel)).$('.comparison-bar'), 'a first row came');
    await (await (await newestAnswer(panel)).$('button[aria-label="Open in a tab"]'))?.click();
    const other = () =>
      harness.browser
        .targets()
        .find((target) => target.url().includes('comparison.html') && target !== wide.target());
    await until(other, 'a second tab opened');
    const page = (await other()?.asPage()) as Page;
    await until(
      async () => (await screenText(page)).includes('The model is still writing.'),
      'it is growing',
      page,
    );
    const early = (await rowsOf(page)).length;
    goOn();
    await until(async () => (await rowsOf(page)).length === 7, 'all rows came', page);
    expect(early).toBeLessThan(7);
    await until(
      async () => !(await screenText(page)).includes('The model is still writing.'),
      'it ended',
      page,
    );
    await page.close();
    await waitForAnswerEnd(panel);
  });

  it('has what a source does not say looked up from its tab, in the chat that it is of', async () => {
    await wide.bringToFront();
    const before = model.requests.length;
    model.next({ text: '{"search": false}' }, { text: 'Nobody says.' });
    await press(wide, 'Search the web for Repair: Folio 2');
    // Before anything leaves the computer the words are shown: this browser has not let us in everywhere.
    await press(panel, 'Answer without searching');
    await waitForAnswer(panel, 'Nobody says.');
    await waitForAnswerEnd(panel);
    expect(model.requests.length).toBeGreaterThan(before);
    const asked = JSON.stringify(model.requests.at(-1)?.body.messages);
    expect(asked).toContain('what about “Repair” for Folio 2? The sources above do not say.');
    // Behind the documents of the comparison.
    expect(asked).toContain('Glued shut');
  });

  it('that a model wrote as a table looks the same, and one that is gone says so', async () => {
    const { chat, turns, answers } = seededComparison(origin, { answer: tableAnswer });
    await seedChat(settings, {
      chat: { ...chat, id: 'chat-2', urls: [] },
      turns: turns.map((turn) => ({ ...turn, id: 'turn-2', chatId: 'chat-2' })),
      answers: answers.map((answer) => ({ ...answer, id: 'answer-2', turnId: 'turn-2', chatId: 'chat-2' })),
    });
    const base = `chrome-extension://${harness.extensionId}/comparison.html`;
    await wide.bringToFront();
    await wide.goto(`${base}?answer=answer-2&at=${verdict.length + 2}`);
    await wide.waitForSelector('.comparison');
    expect(await rowsOf(wide)).toEqual([
      ['Price', '€189 ¶2', '€229 ¶2', expect.stringMatching(/^€175/)],
      ['Repair', 'Glued shut ¶5', 'not stated', '4 screws ¶5'],
    ]);
    await wide.goto(`${base}?answer=nothing&at=0`);
    await see(wide, 'This comparison is not here any more.');
    await speak(settings, '简体中文');
    await see(wide, '这份对比已经不在了。');
    await speak(settings, 'English');
    await screenshot(wide, 'comparison-gone');
  });
});
