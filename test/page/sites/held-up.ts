import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { expect, it } from 'vitest';
import { flatten } from '@/utils/page/flatten';
import type { Site, SiteContent } from '@/utils/page/sites/types';
import { flatPage, linesOf, sitePage } from '../../fixtures/flat';

const foreign = `<!doctype html><html lang="en"><head><title>A page</title></head><body><header>Menu</header><main>
  <h1>Something else</h1><p>This page has nothing of the site.</p><ul><li>One</li><li>Two</li></ul></main></body></html>`;

/** Reads a fixture, which has to be a page that the adapter knows. */
export function readSitePage(site: Site, file: string, url: string): SiteContent {
  const result = site.read(sitePage(file, url), {});
  if (!result) throw new Error(`${site.id} does not know ${file}`);
  return result;
}

/** What has to hold for every adapter on every one of its pages. */
export function holdsUp(site: Site, file: string, url: string): void {
  const html = readFileSync(join(import.meta.dirname, '../../fixtures/pages/sites', file), 'utf8');

  it(`leaves other pages alone (${url})`, () => {
    expect(site.read(flatPage(foreign, url), {})).toBeNull();
    expect(site.read(flatPage('', url), {})).toBeNull();
    expect(site.read(flatPage(html, 'https://example.org/'), {})?.content.textContent).not.toBe('');
  });

  it(`survives mangled pages (${file})`, () => {
    for (let end = 100; end < html.length; end += Math.ceil(html.length / 12)) {
      const result = site.read(flatPage(html.slice(0, end), url), {});
      if (result) expect(linesOf(result.content).length).toBeGreaterThan(0);
    }
    for (const name of ['class', 'id', 'data-testid', 'role', 'href', 'slot']) {
      const result = site.read(flatPage(html.replaceAll(new RegExp(` ${name}="[^"]*"`, 'g'), ''), url), {});
      if (result) expect(linesOf(result.content).length).toBeGreaterThan(0);
    }
  }, 30_000);

  it(`reads the real page as it reads this one (${file})`, async () => {
    const { document } = new JSDOM(html, { url, pretendToBeVisual: true }).window;
    const before = document.documentElement.outerHTML;
    const result = site.read(await flatten(document), {});
    expect(linesOf(result?.content as Element)).toEqual(linesOf(readSitePage(site, file, url).content));
    expect(document.documentElement.outerHTML).toBe(before);
  });
}

/**
 * Whether eight times the items take much less than 64 times the work (quadratic). Measured in processor time, so
 * that other programs on the machine do not matter.
 */
export function growsLinearly(
  site: Site,
  url: string,
  before: string,
  item: (index: number) => string,
): void {
  it('does not take longer for each item the more there are', () => {
    const cost = (count: number) => {
      const html = before + Array.from({ length: count }, (_, index) => item(index)).join('');
      const times = [0, 1, 2].map(() => {
        const page = flatPage(html, url);
        const start = process.cpuUsage();
        expect(site.read(page, {})?.content.textContent).toContain(`last${count - 1}`);
        return process.cpuUsage(start).user;
      });
      return Math.min(...times);
    };
    cost(50);
    expect(cost(1600) / cost(200)).toBeLessThan(24);
  }, 60_000);
}
