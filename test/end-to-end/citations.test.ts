import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { overflow, violations } from './axe.ts';
import { type Harness, launch } from './harness.ts';
import {
  connectModel,
  find,
  openPanelOn,
  press,
  screenshot,
  see,
  summarize,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import { seeInFront } from './trouble-steps.ts';
import { closePanels } from './world.ts';

/** Citations from the answer to the page: checked, opened, shown in tabs wherever they are. */

const filler = Array.from(
  { length: 12 },
  (_, number) =>
    `<p>Paragraph ${number} is here so that the page has an article of a believable length and something to scroll.</p>`,
).join('\n');
const payback =
  'At two metres of fall, the pond at Carrow now earns back its turbine in eleven years; the same pond needed thirty.';
const doubt =
  'Two seasons of data on an animal that lives for twenty years are not yet a conclusion, she says.';
const arabic = 'يرتفع المد مرتين في اليوم، ويعرف ذلك كل أهل الميناء منذ زمن بعيد، ولا أحد منهم ينسى موعده.';

/** What stands on the page now; pages change between a reading and a click. */
let current = payback;
let server: Server;
let model: ModelServer;
let harness: Harness;
let origin: string;
let foreign: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isArabic = request.url?.startsWith('/arabic');
    const body = isArabic
      ? `<article>${Array.from({ length: 6 }, () => `<p>${arabic}</p>`).join('')}</article>`
      : `<article><h1>The return of the tide mill</h1>${filler}<p id="cited">${current.replace('Carrow', '<b>Carrow</b>')}</p>${filler.replaceAll('Paragraph', 'Section')}
        <div id="note"><p>${doubt}</p></div></article>`;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(
      `<!doctype html><html lang="${isArabic ? 'ar' : 'en'}"><title>Tide mills</title><body style="background:#111;color:#eee;padding-bottom:100vh">${body}</body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  foreign = `http://localhost:${port}`;
  [model, harness] = await Promise.all([startModelServer(), launch({ grant: ['http://127.0.0.1/*'] })]);
  await connectModel(harness, { baseUrl: model.baseUrl });
  model.always(({ prompt }) => ({ text: answerTo(prompt) }));
});

afterAll(async () => {
  await harness?.close();
  await model?.close();
  server?.close();
});

const numberOf = (prompt: string, words: string) =>
  Number(new RegExp(`¶(\\d+) [^¶]*${words}`).exec(prompt)?.[1]);
let place = 0;
let note = 0;

function answerTo(prompt: string): string {
  if (prompt.includes(arabic))
    return `They know it: “ويعرف ذلك كل أهل الميناء” ¶${numberOf(prompt, 'أهل الميناء')}.`;
  place = numberOf(prompt, 'now earns back');
  note = numberOf(prompt, 'not yet a conclusion');
  return [
    `The **Carrow** pond “now earns back its turbine in eleven years” ¶${place}.`,
    `Put to the wrong place: “not yet a conclusion” ¶${place + 2}.`,
    `Made up: “the mill burned down in a single night” ¶${place}.`,
    `Of another source: it turns [7 ¶2]. Without a quote ¶${place + 1}. Not there ¶9999.`,
  ].join('\n\n');
}

const painted = (page: Page) =>
  page.evaluate(() => {
    const [range] = (CSS.highlights.get('wholemoon-passage') ?? []) as Iterable<Range>;
    if (!range) return undefined;
    const { top, height } = range.getBoundingClientRect();
    return { text: range.toString(), share: top / innerHeight, height };
  });
const seePainted = (page: Page, words: string) =>
  until(async () => (await painted(page))?.text === words, `“${words}” is painted`);
const focused = (panel: Page) => panel.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const quoted = 'now earns back its turbine in eleven years';

describe('citations', () => {
  let page: Page;
  let panel: Page;

  it('are checked word for word, and say what they are', async () => {
    ({ page, panel } = await openPanelOn(harness, `${origin}/tides`));
    await summarize(panel);
    await waitForAnswerEnd(panel);
    // What was put right leads to where the words stand.
    const moved = await find(panel, `Source ¶${note}, show quote`, 'link');
    expect(await moved.evaluate((link) => link.title)).toBe(
      `¶${note}, where the words really stand. The answer said ¶${place + 2}.`,
    );
    await find(panel, `Source ¶${place}: the quoted words were not found. Show the passage`, 'link');
    await see(panel, '7 ¶2: this source was not sent with the answer');
    await see(panel, '¶9999: not found in the source');
    const [first] = await panel.$$('a.citation');
    expect(await first?.evaluate((link) => (link as HTMLAnchorElement).href)).toBe(
      `${origin}/tides#:~:text=now%20earns%20back%20its%20turbine%20in%20eleven%20years`,
    );
  });

  it('open, show and close with keys alone, and give the focus back', async () => {
    await panel.bringToFront();
    await panel.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await panel.keyboard.press(']');
    expect(await focused(panel)).toBe(`Source ¶${place}, show quote`);
    await panel.keyboard.press(']');
    expect(await focused(panel)).toBe(`Source ¶${note}, show quote`);
    await panel.keyboard.press('[');
    await panel.keyboard.press('Enter');
    await see(panel, payback);
    expect(await panel.$$eval('.quote-card mark', (marks) => marks.map((mark) => mark.textContent))).toEqual([
      quoted,
    ]);
    await see(panel, `${place} of `);
    await panel.keyboard.press('Enter');
    await seePainted(page, quoted);
    await panel.bringToFront();
    await panel.keyboard.press('Tab');
    await panel.keyboard.press('Escape');
    expect(await panel.$('.quote-card')).toBeNull();
    expect(await focused(panel)).toBe(`Source ¶${place}, show quote`);
    // In a field the same keys are letters.
    await (await find(panel, 'Your question', 'textbox')).type('[]');
    expect(await focused(panel)).toBe('Your question');
    await panel.keyboard.press('Backspace');
    await panel.keyboard.press('Backspace');
  });

  it('have nothing wrong for people who use other means than eyes and a mouse', async () => {
    await press(panel, `Source ¶${place}: the quoted words were not found. Show the passage`, 'link');
    await see(panel, '“the mill burned down in a single night” was not found in the source.');
    await press(panel, `Source ¶${note}, show quote`, 'link');
    await see(panel, `The answer said ¶${place + 2}. The words stand here.`);
    await press(panel, `Source ¶${place + 1}, show quote`, 'link');
    await see(panel, 'The answer names this place and quotes no words from it.');
    expect(await violations(panel)).toEqual([]);
    for (const width of [320, 360, 480]) {
      await harness.setPanelWidth(panel, width);
      await screenshot(panel, `citations-${width}`);
      expect(await overflow(panel)).toBeLessThanOrEqual(0);
    }
    await panel.setViewport(null);
    for (const button of await panel.$$('.quote-close')) await button.click();
    await press(panel, `Source ¶${place}, show quote`, 'link');
  });

  it('are shown in a tab that is not in front, a fifth from the top', async () => {
    await page.keyboard.press('Escape');
    const other = await harness.page(`${foreign}/other`);
    await press(panel, 'Show in page');
    await seeInFront(page);
    await seePainted(page, quoted);
    await until(
      async () => Math.abs(((await painted(page))?.share ?? 0) - 0.2) < 0.02,
      'it is a fifth from the top',
    );
    await other.close();
  });

  it('are shown in a page that was loaded anew, twice, and until Esc', async () => {
    await page.reload();
    await press(panel, 'Show in page');
    await seePainted(page, quoted);
    // What is painted after this comes from the second click.
    await page.evaluate(() => CSS.highlights.clear());
    await press(panel, 'Show in page');
    await seePainted(page, quoted);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(1);
    await page.bringToFront();
    await page.keyboard.press('Escape');
    expect(await painted(page)).toBeUndefined();
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  });

  it('open what is folded around the words', async () => {
    await page.evaluate(() => {
      const details = document.createElement('details');
      details.append(...(document.getElementById('note')?.childNodes ?? []));
      document.getElementById('note')?.append(details);
    });
    await press(panel, `Source ¶${note}, show quote`, 'link');
    const [, second] = await panel.$$('.quote-card .button-solid');
    await second?.click();
    await seePainted(page, 'not yet a conclusion');
    expect((await painted(page))?.height).toBeGreaterThan(0);
    await press(panel, `Source ¶${note}, show quote`, 'link');
  });

  it('say when the words are no longer on the page, and keep the quote', async () => {
    current = 'The pond at Carrow is closed to visitors until the spring.';
    await page.reload();
    await press(panel, 'Show in page');
    await see(panel, 'This sentence is no longer on the page. Above is what was read.');
    await see(panel, payback);
    current = payback;
  });

  it('open the page again when its tab is closed, and paint there', async () => {
    const rest = await harness.page(`${foreign}/rest`);
    await page.close();
    await press(panel, 'Show in page');
    const target = await harness.browser.waitForTarget((one) => one.url().startsWith(`${origin}/tides`));
    page = (await target.page()) as Page;
    await seePainted(page, quoted);
    await rest.close();
    await closePanels(harness);
  });

  it('leave it to the browser where there is no leave, and say so', async () => {
    const opened = await openPanelOn(harness, `${foreign}/tides`);
    await summarize(opened.panel);
    await waitForAnswerEnd(opened.panel);
    await press(opened.panel, `Source ¶${place}, show quote`, 'link');
    await harness.page(`${origin}/somewhere`);
    await opened.page.close();
    await press(opened.panel, 'Show in page');
    await see(opened.panel, 'I have no access to this site, so the browser itself leads to the passage.');
    await harness.browser.waitForTarget((one) => one.url().startsWith(`${foreign}/tides`));
    await closePanels(harness);
  });

  it('keep the direction and the language of the source', async () => {
    const opened = await openPanelOn(harness, `${origin}/arabic`);
    await summarize(opened.panel);
    await waitForAnswerEnd(opened.panel);
    await (await opened.panel.waitForSelector('a.citation'))?.click();
    const words = await opened.panel.waitForSelector('.quote-words');
    expect(
      await words?.evaluate((element) => [
        element.getAttribute('lang'),
        element.getAttribute('dir'),
        element.querySelector('mark')?.textContent,
      ]),
    ).toEqual(['ar', 'rtl', 'ويعرف ذلك كل أهل الميناء']);
    await harness.setPanelWidth(opened.panel, 360);
    await screenshot(opened.panel, 'citations-arabic');
    await press(opened.panel, 'Show in page');
    await seePainted(opened.page, 'ويعرف ذلك كل أهل الميناء');
  });
});
