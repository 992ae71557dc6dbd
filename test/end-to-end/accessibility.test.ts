import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type PageServer, startPageServer } from '../servers/page-server.ts';
import { overflow, violations } from './axe.ts';
import { type Harness, launch } from './harness.ts';
import { connectModel, openPanelOn, summarize, waitForAnswerEnd } from './steps.ts';

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  // The second browser is there for its own wish for darkness; all pairs are looked at in the first.
  const inEveryPair = theme === 'light';
  let pages: PageServer;
  let model: ModelServer;
  let harness: Harness;
  let panel: Page;

  beforeAll(async () => {
    pages = await startPageServer();
    model = await startModelServer();
    model.always({
      text: '**The claim.** It stands here ¶2 and not there ¶9999.\n\n### Why\n\n- one ¶3\n- two, see [a page](https://example.org/a)\n\n| Mill | Fall |\n|---|---|\n| Carrow | 2.1 m |\n\n> Quoted ¶4',
      usage: { prompt_tokens: 4000, completion_tokens: 60, cached_tokens: 3000 },
    });
    harness = await launch({ theme, grant: ['<all_urls>'] });
    await connectModel(harness, { baseUrl: model.baseUrl });
    panel = (await openPanelOn(harness, `${pages.origin}/article`)).panel;
  });
  afterAll(async () => {
    await harness?.close();
    await pages?.close();
    await model?.close();
  });

  it.each([320, 360, 480])('the panel has no violation and fits at %i px', async (width) => {
    await harness.setPanelWidth(panel, width);
    expect(await violations(panel, 'html', inEveryPair)).toEqual([]);
    expect(await overflow(panel)).toBe(0);
  });

  it.each([320, 480])('the list of models has no violation and fits at %i px', async (width) => {
    await harness.setPanelWidth(panel, width);
    await panel.locator('[aria-haspopup="listbox"]').click();
    await panel.waitForSelector('[role="listbox"]');
    expect(await violations(panel, 'html', inEveryPair)).toEqual([]);
    expect(await overflow(panel)).toBe(0);
    await panel.keyboard.press('Escape');
  });

  it('an answer with an open quote and receipt has no violation and fits', async () => {
    await harness.setPanelWidth(panel, 360);
    await summarize(panel);
    await waitForAnswerEnd(panel);
    await (await panel.waitForSelector('::-p-aria([name="Source ¶3, show quote"])'))?.click();
    await panel.waitForSelector('::-p-text(Show in page)');
    await (await panel.waitForSelector('::-p-text(What was sent)'))?.click();
    expect(await violations(panel, 'html', inEveryPair)).toEqual([]);
    expect(await overflow(panel)).toBe(0);
  });

  it('the settings page has no violation and fits a phone', async () => {
    const settings = await harness.openExtensionPage('options.html');
    await settings.waitForSelector('h1');
    await settings.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    for (const width of [1100, 360]) {
      await settings.setViewport({ width, height: 800 });
      expect(await violations(settings, 'html', inEveryPair)).toEqual([]);
      expect(await overflow(settings)).toBe(0);
    }
  });
});
