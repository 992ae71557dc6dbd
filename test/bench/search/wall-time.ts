/** Ten found pages as the built extension reads them from a server: their texts, and how long they take, against the slowest of them alone, and whether the page that reads them stays quick. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Source } from '../../../utils/source/index.ts';
import { launch } from '../../end-to-end/harness.ts';
import { longestTask } from '../../end-to-end/task-time.ts';
import { type FoundPage, startSearchPages } from '../../servers/search-pages.ts';

declare const reader: { readHits(hits: object[], options: object): Promise<void> };

export interface WallTime {
  /** Milliseconds. */
  all: number;
  slowest: number;
  /** Milliseconds for which the page had the processor. */
  longestTask: number;
  /** The ten, with what of each arrived; absent where nothing did. */
  pages: { page: FoundPage; source?: Source }[];
}

/** Reads ten pages that can be read, each served with a delay in milliseconds, in the built extension. */
export async function measureWallTime(delay = 200): Promise<WallTime> {
  const site = await startSearchPages({ delay, slow: 400 });
  const harness = await launch({
    grant: ['http://*/*', 'https://*/*'],
    watchesNetwork: false,
    args: [`--ip-address-space-overrides=127.0.0.1:${site.port}=public`],
  });
  try {
    await harness.grantNow('http://*/*', 'https://*/*');
    const page = await harness.openExtensionPage('options.html');
    const chunks = resolve(import.meta.dirname, '../../../.output/chrome-mv3/chunks');
    const chunk = readdirSync(chunks).find((name) => /^read-hits-.*\.js$/.test(name));
    await page.evaluate(`import('/chunks/${chunk}').then((module) => { globalThis.reader = module; })`);
    const read = (pages: FoundPage[], hands = false) =>
      page.evaluate(
        async (urls, handsOver) => {
          // What is asked here counts as a click, which readers wait out before they look into a tab of theirs.
          while (navigator.userActivation.isActive) await new Promise((end) => setTimeout(end, 100));
          const sources: (Source | undefined)[] = [];
          const begun = performance.now();
          await reader.readHits(
            urls.map((url) => ({ url, title: '' })),
            {
              signal: new AbortController().signal,
              known: [],
              isDropped: () => false,
              onProgress: () => {},
              onRead: (rank: number, { source }: { source?: Source }) => {
                sources[rank] = source;
              },
            },
          );
          // Handing texts of megabytes out of the page takes it longer than reading them.
          return { time: performance.now() - begun, sources: handsOver ? sources : [] };
        },
        pages.map(({ url }) => url),
        hands,
      );
    // Once before, so that the code is there for both.
    await read([site.page('static')]);
    const alone: number[] = [];
    for (const one of site.readable) alone.push((await read([one])).time);
    const { time, sources } = await read(site.readable, true);
    // Once more, because a meter takes its time too.
    const longest = await longestTask(page, async () => void (await read(site.readable)));
    const pages = site.readable.map((one, rank) => {
      const source = sources[rank];
      return { page: one, ...(source ? { source } : {}) };
    });
    return { all: time, slowest: Math.max(...alone), longestTask: longest, pages };
  } finally {
    await harness.close();
    await site.close();
  }
}
