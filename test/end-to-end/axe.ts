import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  storage: {
    local: {
      get(name: string): Promise<Record<string, unknown>>;
      set(values: Record<string, unknown>): Promise<void>;
    };
  };
};

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** What axe is asked for. Another theme has the same elements in other colours. */
const everything = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] };
const colours = { runOnly: { type: 'rule', values: ['color-contrast'] } };

/**
 * Violations of WCAG 2.2 A and AA that axe finds in what this selector names, one line each, in both themes and in
 * English and Chinese. `inEveryPair` false: only as the page stands now.
 */
export async function violations(page: Page, within = 'html', inEveryPair = true): Promise<string[]> {
  await page.evaluate(axe);
  const inOtherTheme = () => inOtherThemeOf(page, () => run(page, within, colours));
  const found = await run(page, within, everything);
  if (!inEveryPair) return found;
  found.push(...(await inOtherTheme()));
  const inOtherLanguage = async () => [...(await run(page, within, everything)), ...(await inOtherTheme())];
  return [...found, ...(await inOtherLanguageOf(page, inOtherLanguage))];
}

async function run(page: Page, within: string, options: object): Promise<string[]> {
  const { passes, found } = (await page.evaluate(
    `axe.run(${JSON.stringify(within)}, ${JSON.stringify(options)}).then(({ passes, violations }) => ({ passes: passes.length, found: violations }))`,
  )) as { passes: number; found: Violation[] };
  // A page that axe could not look into has no violation either.
  if (options === everything) expect(passes).toBeGreaterThan(5);
  if (found.length === 0) return [];
  const pair = await page.evaluate(() => {
    const { dataset, lang } = document.documentElement;
    return `${lang} ${dataset.theme ?? ''}`.trim();
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} ${node.target.join(' ')} (${pair}): ${node.failureSummary}`),
  );
}

/** Does something in the other theme, and puts the page back. */
async function inOtherThemeOf<T>(page: Page, work: () => Promise<T>): Promise<T> {
  const before = await page.evaluate(() => {
    const { dataset } = document.documentElement;
    const { theme } = dataset;
    const isDark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    dataset.theme = isDark ? 'light' : 'dark';
    return theme;
  });
  await atRest(page);
  try {
    return await work();
  } finally {
    await page.evaluate((theme) => {
      if (theme === undefined) delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
    }, before);
  }
}

/** Does something in the other language, as the setting changes it while the page is open, and changes it back. */
async function inOtherLanguageOf<T>(page: Page, work: () => Promise<T>): Promise<T> {
  const speak = (language: string | undefined) =>
    page.evaluate(async (wanted) => {
      const root = document.documentElement;
      const { interfaceLanguage: before } = await chrome.storage.local.get('interfaceLanguage');
      const other = wanted ?? (root.lang === 'en' ? 'zh_CN' : 'en');
      const changed = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          // What is drawn in the new language is on the screen a frame later.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        });
        observer.observe(root, { attributes: true, attributeFilter: ['lang'] });
      });
      await chrome.storage.local.set({ interfaceLanguage: other });
      await changed;
      return typeof before === 'string' ? before : 'browser';
    }, language);
  const before = await speak(undefined);
  try {
    await atRest(page);
    return await work();
  } finally {
    await speak(before);
  }
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
export async function seeNothingWrong(page: Page, within?: string, inEveryPair = true): Promise<void> {
  await atRest(page);
  expect(await violations(page, within, inEveryPair)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}
