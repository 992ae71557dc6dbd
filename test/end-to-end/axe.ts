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
 * Kinds of places that were looked at in every pair of theme and language. A screen that consists of such alone looks
 * no different in another pair than it did then.
 */
const seen = new Set<number>();

/**
 * What stands in a part of a page, by kinds of places: an element with what styles and rules go by (classes, states,
 * colours of its own), in all that it stands in, in a window like this. Each is a number made from that of its parent.
 */
const kindsIn = (page: Page, within: string): Promise<number[]> =>
  page.evaluate((selector) => {
    const kindOf = (element: Element) =>
      [...element.attributes].map(({ name, value }) => {
        if (name === 'data-theme') return '';
        if (name === 'style') return value.replace(/[\d.]+/g, '');
        // Other values are names and links, which are different in every row of a list and in every language.
        const isState =
          /^(class|role|type|tabindex|disabled|hidden|open|inert|dir)$/.test(name) ||
          (/^(data-|aria-(?!.*(label|desc|text|controls|owns|holder)))/.test(name) &&
            /^[a-z-]{0,23}$/.test(value));
        return isState ? `${name}=${value}` : name;
      });
    const numberFrom = (text: string) => {
      let [high, low] = [0x9e3779b9, 0x85ebca6b];
      for (let index = 0; index < text.length; index++) {
        high = Math.imul(high ^ text.charCodeAt(index), 2_654_435_761);
        low = Math.imul(low ^ text.charCodeAt(index), 1_597_334_677);
      }
      return (high >>> 11) * 2 ** 32 + (low >>> 0);
    };
    const view = [
      location.pathname,
      innerWidth,
      getComputedStyle(document.documentElement).fontSize,
      matchMedia('(forced-colors: active)').matches,
    ];
    const numbers = new Map<Element | null, number>([[null, numberFrom(view.join())]]);
    const numberOf = (element: Element): number => {
      const above = numbers.get(element.parentElement) ?? numberOf(element.parentElement as Element);
      const number = numberFrom([above, element.tagName, ...kindOf(element).sort()].join(' '));
      numbers.set(element, number);
      return number;
    };
    const roots = [...document.querySelectorAll(selector)];
    return [...new Set(roots.flatMap((root) => [root, ...root.querySelectorAll('*')].map(numberOf)))];
  }, within);

/**
 * Violations of WCAG 2.2 A and AA that axe finds in what this selector names, one line each; in both themes and in
 * English and Chinese where there is something that was not looked at in all of them before. `inEveryPair` false: only
 * as the page stands now.
 */
export async function violations(page: Page, within = 'html', inEveryPair = true): Promise<string[]> {
  await page.evaluate(axe);
  const inOtherTheme = () => inOtherThemeOf(page, () => run(page, within, colours));
  const found = await run(page, within, everything);
  const kinds = inEveryPair ? await kindsIn(page, within) : [];
  if (kinds.every((kind) => seen.has(kind))) return found;
  for (const kind of kinds) seen.add(kind);
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
