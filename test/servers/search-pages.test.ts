import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FoundPage, type SearchPages, startSearchPages } from './search-pages.ts';

let site: SearchPages;
beforeAll(async () => {
  site = await startSearchPages({ slow: 20 });
});
afterAll(() => site.close());

/** Asks for an address under a name that only tests know. */
async function get(url: string): Promise<{ status: number; location?: string; bytes: Buffer }> {
  const { request } = await import('node:http');
  const { host, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: pathname + search, headers: { host } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          bytes: Buffer.concat(pieces),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

async function follow(page: FoundPage): Promise<{ url: string; bytes: Buffer; status: number }> {
  let { url } = page;
  for (;;) {
    const { location, ...answer } = await get(url);
    if (!location) return { url, ...answer };
    url = new URL(location, url).href;
  }
}

it('has ten pages, and ten that can be read, each with a fact behind half of it and a last sentence of its own', async () => {
  expect(site.ten.filter(({ trouble }) => trouble).map(({ kind }) => kind)).toEqual([
    'refused',
    'consent',
    'loopback',
  ]);
  for (const list of [site.ten, site.readable]) expect(new Set(list.map(({ url }) => url)).size).toBe(10);
  const texts = site.readable.flatMap(({ fact, last }) => [fact, last]);
  expect(texts).not.toContain(undefined);
  expect(new Set(texts).size).toBe(20);
});

it.each(['static', 'slow', 'gbk', 'novel', 'redirects', 'thread', 'banner', 'plain'])(
  'serves the fact and the end of the page %s',
  async (kind) => {
    const page = site.page(kind);
    const { url, bytes } = await follow(page);
    const text = new TextDecoder(kind === 'gbk' ? 'gbk' : 'utf-8').decode(bytes);
    expect(url).toBe(page.at ?? page.url);
    expect(text.indexOf(page.fact ?? '–')).toBeGreaterThan(text.length / 2);
    expect(text.indexOf(page.last ?? '–')).toBeGreaterThan(text.length * 0.9);
    if (kind === 'novel') expect(bytes.length).toBeGreaterThan(3_000_000);
  },
);

it('writes the end of the page of scripts only where they run', async () => {
  const { url, last = '–' } = site.page('scripts');
  expect(String((await get(url)).bytes)).not.toContain(last);
  expect(String((await get(new URL('/diary.json', url).href)).bytes)).toContain(last);
});
