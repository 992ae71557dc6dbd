/**
 * `npm run pictures`: takes the pictures of the README from the running extension. The model is the test server,
 * which answers with summaries written by hand; everything else is what a user sees.
 */
import { mkdirSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { estimateTokens } from '../utils/context/tokens.ts';
import { type Harness, launch } from './end-to-end/harness.ts';
import * as steps from './end-to-end/steps.ts';
import { sampleSummaries, withCitations } from './fixtures/sample-summaries.ts';
import { pressSummarize, readInPanel, streamedBlocks } from './sample.ts';
import { startModelServer } from './servers/model-server.ts';
import { startSampleServer } from './servers/sample-server.ts';

const repository = resolve(import.meta.dirname, '..');
/** Not under `assets/public`: what lies there is shipped. */
const folder = resolve(repository, 'assets/pictures');
const largest = 200_000;
const panelSize = { width: 400, height: 860, deviceScaleFactor: 1.6 };

const site = await startSampleServer();
const model = await startModelServer({ models: ['your-model'] });
try {
  mkdirSync(folder, { recursive: true });
  await inBrowser('light', takeEnglish);
  await inBrowser('dark', takeChinese);
} finally {
  await model.close();
  await site.close();
}

async function takeEnglish(harness: Harness) {
  const panel = await readInPanel(harness, `${site.origin}/en.html`);
  await panel.setViewport({ ...panelSize, height: 560 });
  await panel.click('.page-card-gaps summary');
  await take(panel, 'panel-empty');
  await panel.setViewport(panelSize);

  const [article] = await harness.browser.pages();
  const settings = await connectModel(harness);
  await steps.press(settings, 'Test connection');
  await steps.see(settings, 'your-model answered');
  await settings.setViewport({ width: 1100, height: 880, deviceScaleFactor: 1.5 });
  await take(settings, 'settings');

  await article?.bringToFront();
  await panel.waitForSelector('.page-card');
  await summarize(panel, 'en');
  // The first point has the figure on which the article rests.
  await panel.click('.markdown li .citation');
  await panel.waitForSelector('.quote-card');
  await take(panel, 'panel-summary');
}

async function takeChinese(harness: Harness) {
  const settings = await connectModel(harness);
  await settings.select('#languages select', 'zh_CN');
  const panel = await readInPanel(harness, `${site.origin}/zh.html`);
  await panel.setViewport(panelSize);
  await summarize(panel, 'zh');
  await panel.click('.receipt summary');
  await take(panel, 'panel-summary-zh-dark');
}

/** Sets the test server up as a user does; returns the settings page. */
async function connectModel(harness: Harness): Promise<Page> {
  await steps.connectModel(harness, { baseUrl: model.baseUrl, model: 'your-model', window: 65_536 });
  const settings = (await harness.browser.pages()).find((page) => page.url().endsWith('/options.html'));
  if (!settings) throw new Error('The settings page is not open.');
  return settings;
}

async function summarize(panel: Page, language: keyof typeof sampleSummaries) {
  model.next((request) => {
    const text = withCitations(sampleSummaries[language], request.prompt);
    const usage = {
      prompt_tokens: estimateTokens(request.prompt),
      completion_tokens: estimateTokens(text),
    };
    return { text, usage, firstTokenDelay: 400 };
  });
  await pressSummarize(panel);
  for await (const _ of streamedBlocks(panel));
}

async function take(page: Page, name: string) {
  const path = resolve(folder, `${name}.png`);
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    // Fonts that arrive late would be missing from the picture, and a turning arrow would be caught half-way.
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.all(document.getAnimations().map((animation) => animation.finished));
  });
  await page.screenshot({ path: path as `${string}.png` });
  const { size } = statSync(path);
  console.log(`${relative(repository, path)}  ${Math.round(size / 1000)} kB`);
  if (size > largest)
    throw new Error(`${name}.png is larger than ${largest / 1000} kB: take it at a lower scale.`);
}

async function inBrowser(theme: 'light' | 'dark', work: (harness: Harness) => Promise<void>) {
  const harness = await launch({ theme, grant: ['http://127.0.0.1/*'] });
  try {
    await work(harness);
  } finally {
    await harness.close();
  }
}
