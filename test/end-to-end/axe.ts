import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** Violations of WCAG 2.2 A and AA that axe finds in what this selector names, one line each. */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  await page.evaluate(axe);
  const { passes, found } = (await page.evaluate(
    `axe.run(${JSON.stringify(within)}, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(({ passes, violations }) => ({ passes: passes.length, found: violations }))`,
  )) as { passes: number; found: Violation[] };
  // A page that axe could not look into has no violation either.
  expect(passes).toBeGreaterThan(5);
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}

/** Elements that stick out of a page that must not scroll sideways. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Waits until nothing moves. What is drawn anew ends its animation before its time, which is an end as well. */
export const atRest = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });

/** Nothing wrong for people who use other means than eyes and a mouse, and nothing wider than the window. */
export async function seeNothingWrong(page: Page, within?: string): Promise<void> {
  await atRest(page);
  expect(await violations(page, within)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}
