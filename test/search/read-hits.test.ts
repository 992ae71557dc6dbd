import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { AppError } from '@/utils/errors';
import type { Doors } from '@/utils/search/read-hit';
import { type ReadHitsOptions, readHits, siteOf } from '@/utils/search/read-hits';
import type { HitProgress, HitReading } from '@/utils/search/types';
import type { Source } from '@/utils/source';
import { settings } from '@/utils/store/settings';

beforeEach(() => fakeBrowser.reset());

const sourceOf = (url: string, text = url): Source => ({
  id: `id of ${text}`,
  kind: 'link',
  title: url,
  url,
  text,
  segments: [],
  gaps: [],
  characters: text.length,
  words: 1,
  readAt: 1,
});

const scripts = () => new AppError('link-scripts', { host: 'a', words: 0 });
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Reads addresses; what was told about each rank comes back. */
async function run(urls: string[], doors: Partial<Doors>, options: Partial<ReadHitsOptions> = {}) {
  const told: HitReading[] = [];
  const steps: HitProgress[][] = urls.map(() => []);
  await readHits(
    urls.map((url) => ({ url, title: url })),
    {
      signal: new AbortController().signal,
      known: [],
      isDropped: () => false,
      onProgress: (rank, step) => steps[rank]?.push(step),
      onRead: (rank, reading) => {
        told[rank] = reading;
      },
      doors: { findTab: async () => undefined, ...doors },
      ...options,
    },
  );
  return { told, steps };
}
const codeOf = (reading?: HitReading) => (reading?.kind === 'trouble' ? reading.trouble.code : reading?.kind);

describe('pages that were found', () => {
  it('are fetched five at a time and two of one site, and end all', async () => {
    let now = 0;
    let most = 0;
    const bySite = new Map<string, number>();
    let mostOfSite = 0;
    const urls = [
      ...Array.from({ length: 6 }, (_, index) => `https://${index}.one.co.uk/`),
      ...Array.from({ length: 8 }, (_, index) => `https://site${index}.org/`),
    ];
    const fetchPage = async (url: string) => {
      const site = siteOf(url);
      most = Math.max(most, ++now);
      bySite.set(site, (bySite.get(site) ?? 0) + 1);
      mostOfSite = Math.max(mostOfSite, bySite.get(site) ?? 0);
      await soon();
      now--;
      bySite.set(site, (bySite.get(site) ?? 0) - 1);
      return sourceOf(url);
    };
    const { told } = await run(urls, { fetchPage });
    expect(told.map(codeOf)).toEqual(urls.map(() => 'read'));
    expect([most, mostOfSite]).toEqual([5, 2]);
  });

  it('wait for each other in two lists as in one', async () => {
    let now = 0;
    let most = 0;
    const fetchPage = async (url: string) => {
      most = Math.max(most, ++now);
      await soon();
      now--;
      return sourceOf(url);
    };
    const urls = (name: string) => Array.from({ length: 6 }, (_, index) => `https://${name}${index}.org/`);
    await Promise.all([run(urls('a'), { fetchPage }), run(urls('b'), { fetchPage })]);
    expect(most).toBe(5);
  });

  it('say that the line is gone, when it is', async () => {
    const codes = ['link-unreachable', 'link-slow', 'link-refused'] as const;
    const fetchPage = async (url: string) => {
      throw new AppError(codes[Number(url.at(-1))] ?? 'unexpected', { host: 'a' });
    };
    vi.stubGlobal('navigator', { onLine: false });
    const { told } = await run(['https://a.org/0', 'https://b.org/1', 'https://c.org/2'], { fetchPage });
    vi.unstubAllGlobals();
    expect(told.map(codeOf)).toEqual(['offline', 'offline', 'link-refused']);
  });

  it('go to a tab only for their scripts, a check or a question for consent, never for what wants a session', async () => {
    const troubles = [
      'link-scripts',
      'link-consent',
      'link-bot-check',
      'link-sign-in',
      'link-refused',
      'link-slow',
    ] as const;
    const loaded: string[] = [];
    const { told, steps } = await run(
      troubles.map((code) => `https://${code}.org/`),
      {
        fetchPage: async (url) => {
          throw new AppError(troubles.find((code) => url.includes(code)) ?? 'unexpected', { host: 'a' });
        },
        loadPage: async (url, { onOpen }) => {
          loaded.push(url);
          onOpen?.();
          return sourceOf(url);
        },
      },
    );
    expect(told.map(codeOf)).toEqual(['read', 'read', 'read', 'link-sign-in', 'link-refused', 'link-slow']);
    expect(loaded).toHaveLength(3);
    expect(steps[0]?.at(-1)).toEqual({ stage: 'reading', inTab: true });
  });

  it('are read where they are open; a page of the bank is asked for like by a stranger', async () => {
    const { told } = await run(['https://a.org/x?utm_source=feed', 'https://www.paypal.com/fees'], {
      findTab: async (isThere) =>
        ['https://a.org/x', 'https://www.paypal.com/fees']
          .filter(isThere)
          .map((url) => ({ tabId: 1, title: '', url }))[0],
      readTab: async ({ url }) => sourceOf(url, 'as the user sees it'),
      fetchPage: async (url) => {
        throw url.includes('paypal') ? scripts() : new Error('not asked');
      },
      loadPage: async () => {
        throw new Error('not opened');
      },
    });
    expect(told[0]).toMatchObject({ kind: 'read', live: true });
    expect(codeOf(told[1])).toBe('link-scripts');
  });

  it('are one when their address or their whole text is the same, and two when a letter differs', async () => {
    const asked: string[] = [];
    const texts = ['text', 'text', 'text.', 'text'];
    const { told } = await run(
      ['https://a.org/x', 'https://b.org/', 'https://c.org/', 'https://a.org/x?utm_source=z#part'],
      {
        fetchPage: async (url) => {
          asked.push(url);
          if (!url.includes('a.org')) await soon();
          return sourceOf(url, texts[['a', 'b', 'c'].indexOf(new URL(url).hostname[0] ?? '')]);
        },
      },
    );
    expect(asked).toHaveLength(3);
    expect(told.map(codeOf)).toEqual(['read', 'same', 'read', 'same']);
    expect(told[1]).toEqual({ kind: 'same', rank: 0 });
    expect(told[3]).toEqual({ kind: 'same', rank: 0 });
  });

  it('are read, and no page twice, where the request has their text already', async () => {
    const fetchPage = async (url: string) => sourceOf(url, 'known');
    const urls = ['https://one.org/a', 'https://one.org/a#part'];
    const { told } = await run(urls, { fetchPage }, { known: [sourceOf('https://two.org/', 'known')] });
    // Neither is called the same as itself: whoever asks knows the document that has this text.
    expect(told.map(({ kind }) => kind)).toEqual(['read', 'read']);
  });

  it('are refused before anything is asked: private hosts in every form, other schemes, sites never read', async () => {
    await settings.neverRead.write(['secret.org']);
    const fetchPage = async (): Promise<Source> => {
      throw new Error('asked');
    };
    const urls = [
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://[::ffff:10.0.0.1]/',
      'http://router/',
      'ftp://a.org/',
    ];
    const { told } = await run([...urls, 'https://www.secret.org/'], { fetchPage });
    expect(told.map(codeOf)).toEqual([
      ...urls.slice(0, 4).map(() => 'link-private'),
      'link-kind',
      'never-read',
    ]);
  });

  it('are not spoken of any more when they are dropped, and nothing is when all of it is stopped', async () => {
    const dropped = new Set([0]);
    const stop = new AbortController();
    const hold = (_: string, { signal }: { signal?: AbortSignal }) =>
      new Promise<Source>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const told: number[] = [];
    const running = run(
      ['https://a.org/', 'https://b.org/', 'https://c.org/'],
      { fetchPage: hold },
      {
        signal: stop.signal,
        isDropped: (rank) => dropped.has(rank),
        onRead: (rank) => told.push(rank),
      },
    );
    await soon();
    dropped.add(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    stop.abort(new DOMException('Stopped', 'AbortError'));
    await running;
    expect(told).toEqual([]);
  });

  it('give up a place in the queue for fetching while they wait for a tab', async () => {
    const order: string[] = [];
    await run(
      [...Array.from({ length: 5 }, (_, index) => `https://slow${index}.org/`), 'https://quick.org/'],
      {
        fetchPage: async (url) => {
          if (url.includes('slow')) throw scripts();
          return sourceOf(url);
        },
        loadPage: async (url) => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          return sourceOf(url);
        },
      },
      { onRead: (rank) => order.push(String(rank)) },
    );
    expect(order[0]).toBe('5');
  });
});

it('takes what one owner has for one site', () => {
  expect(
    [
      'https://a.b.example.com/',
      'https://x.example.co.uk/',
      'https://t.co/',
      'http://8.8.8.8/',
      'http://[2606::1]/',
    ].map(siteOf),
  ).toEqual(['example.com', 'example.co.uk', 't.co', '8.8.8.8', '[2606::1]']);
});
