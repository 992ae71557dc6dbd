import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../servers/model-server.ts';
import { type PageServer, startPageServer } from '../servers/page-server.ts';
import { type Harness, launch } from './harness.ts';
import { connectModel, openPanelOn, summarize, waitForAnswerEnd } from './steps.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** Violations of WCAG 2.2 A and AA that axe finds, one line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { passes, found } = (await page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ passes, violations }) => ({ passes: passes.length, found: violations }))",
  )) as { passes: number; found: Violation[] };
  // A page that axe could not look into has no violation either.
  expect(passes).toBeGreaterThan(5);
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}

/** Elements that stick out of a page that must not scroll sideways. */
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
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
    expect(await violations(panel)).toEqual([]);
    expect(await overflow(panel)).toBe(0);
  });

  it('an answer with an open quote and receipt has no violation and fits', async () => {
    await harness.setPanelWidth(panel, 360);
    await summarize(panel);
    await waitForAnswerEnd(panel);
    await (await panel.waitForSelector('::-p-aria([name="Source ¶3, show quote"])'))?.click();
    await panel.waitForSelector('::-p-text(Show in page)');
    await (await panel.waitForSelector('::-p-text(What was sent)'))?.click();
    expect(await violations(panel)).toEqual([]);
    expect(await overflow(panel)).toBe(0);
  });

  it('the settings page has no violation and fits a phone', async () => {
    const settings = await harness.openExtensionPage('options.html');
    await settings.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    for (const width of [1100, 360]) {
      await settings.setViewport({ width, height: 800 });
      expect(await violations(settings)).toEqual([]);
      expect(await overflow(settings)).toBe(0);
    }
  });
});
