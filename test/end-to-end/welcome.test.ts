import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { overflow, violations } from './axe.ts';
import { type Harness, launch } from './harness.ts';
import { press, screenshot, screenText, see } from './steps.ts';

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
  await see(welcome, 'Press Alt+W or click the Wholemoon button in the toolbar.');
  await see(welcome, 'Ask about the page, or press Alt+R for a summary.');
  await see(welcome, 'without a model, Excerpts quotes the key sentences of a page');
  const pages = await harness.browser.pages();
  expect(pages.filter((page) => page.url().endsWith('/welcome.html'))).toHaveLength(1);
});

it('asks nobody on the network by itself', () => {
  expect(server.requests).toHaveLength(0);
  expect(server.others).toHaveLength(0);
});

it('is looked at in both themes and at three widths', async () => {
  for (const [width, theme] of [
    [1100, 'light'],
    [480, 'dark'],
    [360, 'light'],
  ] as const) {
    await welcome.setViewport({ width, height: 900 });
    await welcome.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    await screenshot(welcome, `welcome-${width}-${theme}`);
    expect(await violations(welcome)).toEqual([]);
    expect(await overflow(welcome)).toBeLessThanOrEqual(0);
  }
});

it('leads to all providers', async () => {
  await press(welcome, 'All providers and addresses');
  const settings = await harness.openedPage('options.html');
  await see(settings, 'Find a provider');
  expect(await screenText(settings)).toContain('Moonshot AI (kimi.ai)');
});
