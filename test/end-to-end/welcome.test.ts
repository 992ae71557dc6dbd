import type { HTTPRequest, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { violations } from './axe.ts';
import { type Harness, launch } from './harness.ts';
import {
  fill,
  find,
  named,
  press,
  screenshot,
  screenText,
  see,
  summarize,
  until,
  waitForAnswerEnd,
} from './steps.ts';
import { lookAt, pageViews } from './trouble-steps.ts';

let harness: Harness;
let server: ModelServer;
let welcome: Page;
beforeAll(async () => {
  server = await startModelServer();
  harness = await launch({ welcome: true, grant: ['<all_urls>'] });
  welcome = await harness.openedPage('welcome.html');
});
afterAll(async () => {
  await harness?.close();
  await server?.close();
});

it('greets once after installation and says how to begin', async () => {
  await see(welcome, 'It reads all of it.');
  await see(welcome, 'Alt+W or the Wholemoon button opens the panel.');
  await see(welcome, 'Alt+R summarises the page at once.');
  await see(welcome, 'Works now, without a model or a key');
  const pages = await harness.browser.pages();
  expect(pages.filter((page) => page.url().endsWith('/welcome.html'))).toHaveLength(1);
});

it('asks nobody on the network by itself', () => {
  expect(server.requests).toHaveLength(0);
  expect(server.others).toHaveLength(0);
});

it('is looked at in both languages, both themes and four widths', async () => {
  const settings = await harness.openExtensionPage('options.html');
  await welcome.bringToFront();
  await lookAt(settings, welcome, 'welcome', { views: pageViews, height: 900 });
  await settings.close();
});

it('connects from a pasted key, says so, and offers the model of the browser', async () => {
  await welcome.bringToFront();
  await welcome.setRequestInterception(true);
  const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
  const answer = (request: HTTPRequest) =>
    request.url().startsWith('https://api.anthropic.com/')
      ? request.respond({
          status: 200,
          headers,
          contentType: 'application/json',
          body: JSON.stringify({
            data: [{ id: 'claude-haiku-5-5', display_name: 'Haiku' }],
            has_more: false,
          }),
        })
      : request.continue();
  welcome.on('request', answer);
  await fill(welcome, 'Paste an API key', 'sk-ant-api03-example');
  await press(welcome, 'Connect Anthropic');
  await see(welcome, 'Anthropic is connected. claude-haiku-5-5 answers from now on.');
  await see(welcome, 'Haiku (Anthropic) is ready.');
  await screenshot(welcome, 'welcome-connected');
  welcome.off('request', answer);
  await welcome.setRequestInterception(false);
  await welcome.evaluateOnNewDocument(() =>
    Object.defineProperty(globalThis, 'LanguageModel', { value: { availability: async () => 'available' } }),
  );
  await welcome.reload();
  const own = await find(welcome, 'Chrome built-in AI', 'region');
  expect(await violations(welcome)).toEqual([]);
  await (await own.waitForSelector(named('Use', 'button')))?.click();
  await see(welcome, 'Gemini Nano (Chrome built-in AI) is ready.');
  await screenshot(welcome, 'welcome-built-in');
});

it('leads to all providers', async () => {
  await press(welcome, 'All providers and addresses');
  const settings = await harness.openedPage('options.html');
  await see(settings, 'Find a provider');
  expect(await screenText(settings)).toContain('Moonshot AI (kimi.ai)');
});

it('leads from installation to the first summary with one click, in seconds', async () => {
  const fresh = await launch({ welcome: true });
  try {
    const page = await fresh.openedPage('welcome.html');
    const begun = Date.now();
    await press(page, 'Try it on this article');
    const panel = await fresh.panel();
    await panel.waitForSelector('article.answer[aria-busy="false"]');
    expect(Date.now() - begun).toBeLessThan(20_000);
    await see(panel, 'The return of the tide mill');
    await see(panel, 'has read all 143 paragraphs');
    // Said once, at the first citation, and in the way of nothing.
    await see(panel, 'Click to see where it says so');
    expect(await violations(panel)).toEqual([]);
    await screenshot(panel, 'welcome-first-summary');
    await (await panel.waitForSelector('.answer a.citation'))?.click();
    await until(
      async () => !(await screenText(panel)).includes('Click to see where it says so'),
      'the hint is gone',
    );
    // The article is a page like any other, also for showing a passage.
    await press(panel, 'Show in page');
    const pages = await fresh.browser.pages();
    const article = pages.find((tab) => tab.url().endsWith('/sample/en.html'));
    await until(() => article?.evaluate(() => CSS.highlights.size > 0), 'the passage is painted');
    // Welcome, article, nothing else: no tab flashed up.
    expect(pages.filter((tab) => tab.url().startsWith('chrome-extension://')).length).toBeLessThanOrEqual(3);
    await press(panel, 'New chat');
    await summarize(panel);
    await waitForAnswerEnd(panel);
    // The hint would be at it.
    await panel.waitForSelector('.answer a.citation');
    expect(await screenText(panel)).not.toContain('Click to see where it says so');
  } finally {
    await fresh.close();
  }
});
