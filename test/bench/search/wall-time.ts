/** How long ten found pages take, against the slowest of them alone, and whether the page that reads them stays quick. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { launch } from '../../end-to-end/harness.ts';
import { watchTasks } from '../../end-to-end/long-tasks.ts';
import { type FoundPage, startSearchPages } from '../../servers/search-pages.ts';

declare const reader: { readHits(hits: object[], options: object): Promise<void> };

export interface WallTime {
  /** Milliseconds. */
  all: number;
  slowest: number;
  longestTask: number;
  /** Last sentences that arrived. */
  read: number;
}

/** Reads ten pages that can be read, each served with a delay in milliseconds, in the built extension. */
export async function measureWallTime(delay = 200): Promise<WallTime> {
  const site = await startSearchPages({ delay, slow: 400 });
  const harness = await launch({
    grant: ['http://*/*', 'https://*/*'],
    args: [`--ip-address-space-overrides=127.0.0.1:${site.port}=public`],
  });
  try {
    await harness.grantNow('http://*/*', 'https://*/*');
    const page = await harness.openExtensionPage('options.html');
    const chunks = resolve(import.meta.dirname, '../../../.output/chrome-mv3/chunks');
    const chunk = readdirSync(chunks).find((name) => /^read-hits-.*\.js$/.test(name));
    await page.evaluate(`import('/chunks/${chunk}').then((module) => { globalThis.reader = module; })`);
    const read = (pages: FoundPage[]) =>
      page.evaluate(
        async (urls) => {
          // What is asked here counts as a click, which readers wait out before they look into a tab of theirs.
          while (navigator.userActivation.isActive) await new Promise((end) => setTimeout(end, 100));
          const texts: string[] = [];
          const begun = performance.now();
          await reader.readHits(
            urls.map((url) => ({ url, title: '' })),
            {
              signal: new AbortController().signal,
              known: [],
              isDropped: () => false,
              onProgress: () => {},
              onRead: (rank: number, { source }: { source?: { text: string } }) => {
                texts[rank] = (source?.text ?? '').replace(/\s+/g, ' ');
              },
            },
          );
          return { time: performance.now() - begun, texts };
        },
        pages.map(({ url }) => url),
      );
    // Once before, so that the code is there for both.
    await read([site.page('static')]);
    const alone: number[] = [];
    for (const one of site.readable) alone.push((await read([one])).time);
    const tasks = await watchTasks(page);
    const { time, texts } = await read(site.readable);
    const longestTask = Math.max(0, ...(await tasks.read()));
    const arrived = site.readable.filter(({ last = '–' }, rank) => texts[rank]?.includes(last)).length;
    return { all: time, slowest: Math.max(...alone), longestTask, read: arrived };
  } finally {
    await harness.close();
    await site.close();
  }
}
