import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { findHits } from '@/utils/search/find';
import { settings } from '@/utils/store/settings';
import { type SearxngMode, type SearxngServer, startSearxngServer } from './searxng-server';

/** The protocol server, asked as the product asks it: one is the proof of the other. */

let server: SearxngServer;
beforeAll(async () => {
  server = await startSearxngServer([
    { url: 'https://tides.example/', title: 'Tides <b>& "harbours"', content: 'SNIPPET' },
    { url: 'http://127.0.0.1/', title: 'This computer' },
  ]);
});
afterAll(() => server.close());
beforeEach(async () => {
  fakeBrowser.reset();
  server.mode = 'normal';
  server.requests.length = 0;
  await settings.searchAddresses.write({ searxng: server.address });
});

const ask = (query: string, signal?: AbortSignal) =>
  findHits(query, { engines: ['searxng'], mayRead: async () => true, signal });

describe('a server with SearXNG’s protocol', () => {
  it.each(['tides', 'C++ & Rust', '潮汐表 怎么读？', '100% #1'])(
    'answers %s to the letter',
    async (query) => {
      const { hits } = await ask(query);
      expect(hits).toEqual([
        { url: 'https://tides.example/', title: 'Tides & "harbours"' },
        // Listed, so that its row can say that it leads into the own network; it is never read.
        { url: 'http://127.0.0.1/', title: 'This computer' },
      ]);
      expect(server.requests).toEqual([
        expect.objectContaining({ query, format: 'json', cookie: undefined }),
      ]);
    },
  );

  it.each<[SearxngMode, string]>([
    ['json-off', 'search-json-off'],
    ['limited', 'search-limit'],
    ['failing', 'search-engine-down'],
    ['empty', 'search-none'],
    ['upstream', 'search-upstream'],
    ['broken', 'search-unreadable'],
    ['other', 'search-unreadable'],
  ])('has the troubles of real ones: %s', async (mode, code) => {
    server.mode = mode;
    await expect(ask('tides')).rejects.toMatchObject({ code });
  });

  it('is let go when the search is stopped in the middle of its answer', async () => {
    server.mode = 'slow';
    const stop = new AbortController();
    const work = ask('tides', stop.signal);
    await expect.poll(() => server.open()).toBe(1);
    stop.abort();
    await expect(work).rejects.toThrow('aborted');
    await expect.poll(() => server.open()).toBe(0);
  });

  it('shows people the same', async () => {
    const page = await (await fetch(`${server.address}/search?q=tides`)).text();
    expect(page).toContain(
      '<h3><a href="https://tides.example/">Tides &#60;b&#62;&#38; &#34;harbours&#34;</a></h3>',
    );
  });
});
