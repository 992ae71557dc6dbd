// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { isPublicAddress } from '@/utils/search/addresses';
import { type EngineDoor, whenAnswered } from '@/utils/search/browser-engine';
import { engineOrder, type FindOptions, findHits, NothingFound } from '@/utils/search/find';
import { collectResults, rulesFor } from '@/utils/search/result-list';
import { keyStore, searchKeyId } from '@/utils/store/keys';
import { settings } from '@/utils/store/settings';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../fixtures/search', path), 'utf8');
const parse = async (html: string) => new DOMParser().parseFromString(html, 'text/html');
const titles = ['Tides of a small harbour', '潮汐表怎么读', 'C++ & Rust side by side'];
const captcha = '<title>Sorry</title><body>Our systems have detected unusual traffic from you.';
const nothing = '<title>q</title><body>Your search did not match any documents.';

interface ShownPage {
  url: string;
  html: string;
  loading?: boolean;
  /** The page lets nobody touch it. */
  refuses?: boolean;
  /** A dialog holds it. */
  stuck?: boolean;
}

/** A browser with tabs and a clock, in which the engine's page goes through `pages`, one each look. */
function fakeTabs(...pages: ShownPage[]) {
  let now = 0;
  let next = 1;
  const open = new Map<number, { pages: ShownPage[]; active?: boolean }>();
  const asked: string[] = [];
  const closed: number[] = [];
  const door: EngineDoor = {
    now: () => now,
    wait: async (milliseconds) => {
      const isStuck = [...open.values()].some(({ pages: [page] }) => page?.stuck);
      // A page that answers does so at once.
      if (milliseconds === 3_000 && !isStuck) return new Promise(() => {});
      now += milliseconds;
    },
    open: async () => {
      open.set(next, { pages: [] });
      return next++;
    },
    ask: async (text, tabId) => {
      asked.push(text);
      open.set(tabId, { pages: [...pages] });
    },
    look: async (tabId) => {
      const tab = open.get(tabId);
      if (!tab) return undefined;
      if (tab.pages.length > 1) tab.pages.shift();
      const [page] = tab.pages;
      return { url: page?.url, loading: page?.loading ?? false };
    },
    collect: async (tabId, address) => {
      const page = open.get(tabId)?.pages[0];
      if (page?.stuck) return new Promise(() => {});
      if (!page || page.refuses) throw new Error('Cannot access contents of the page');
      return collectResults(rulesFor(address), await parse(page.html));
    },
    close: async (tabId, { evenInFront = false } = {}) => {
      const tab = open.get(tabId);
      if (!tab || (tab.active && !evenInFront)) return;
      open.delete(tabId);
      closed.push(tabId);
    },
  };
  return { door, asked, closed, open, now: () => now };
}

/** A door at which something happens at the n-th time that is waited. */
function whenWaited(times: number, door: EngineDoor, work: () => void): EngineDoor {
  let waits = 0;
  return {
    ...door,
    wait: (milliseconds) => {
      if (++waits === times) work();
      return door.wait(milliseconds);
    },
  };
}

const google = (html: string): ShownPage => ({ url: 'https://www.google.com/search?q=tides', html });
const blank: ShownPage = { url: 'about:blank', html: '' };

/** Answers of engines by the beginning of their address; what is asked is in `requests`. */
function fakeNet(answers: Record<string, { status?: number; body?: string; url?: string } | Error>) {
  const requests: { url: string; init: RequestInit }[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    requests.push({ url, init });
    init.signal?.throwIfAborted();
    const answer = Object.entries(answers).find(([start]) => url.startsWith(start))?.[1];
    if (!answer || answer instanceof Error) throw answer ?? new TypeError('Failed to fetch');
    const response = new Response(answer.body ?? '', { status: answer.status ?? 200 });
    Object.defineProperty(response, 'url', { value: answer.url ?? url });
    return response;
  }) as typeof globalThis.fetch;
  return { fetch, requests };
}

const duckduckgo = 'https://html.duckduckgo.com/';
const options = (given: FindOptions): FindOptions => ({ parse, mayRead: async () => true, ...given });
const trouble = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NothingFound)) throw error ?? new Error('Something was found');
  return error;
};

beforeEach(async () => {
  fakeBrowser.reset();
  for (const id of ['brave', 'searxng']) await keyStore.write(searchKeyId(id), '');
});
const online = (is: boolean) => Object.defineProperty(navigator, 'onLine', { value: is, configurable: true });
afterEach(() => online(true));

describe('the order of engines', () => {
  it('is the one that was chosen, then the browser’s own, then the last that is left', async () => {
    expect(await engineOrder()).toEqual(['browser', 'duckduckgo']);
    await settings.searchEngine.write('kagi');
    expect(await engineOrder()).toEqual(['kagi', 'browser', 'duckduckgo']);
    await settings.searchEngine.write('duckduckgo');
    expect(await engineOrder()).toEqual(['duckduckgo', 'browser']);
    await settings.searchEngine.write('gone with a later version');
    expect(await engineOrder()).toEqual(['browser', 'duckduckgo']);
  });

  it('ends with the first that has something, and says who could not answer', async () => {
    await settings.searchEngine.write('brave');
    await keyStore.write(searchKeyId('brave'), 'secret');
    const net = fakeNet({
      'https://api.search.brave.com/': { status: 429, body: 'slow down' },
      [duckduckgo]: { body: read('engines/duckduckgo.html') },
    });
    const tabs = fakeTabs(blank, google(nothing));
    const stages: string[] = [];
    const found = await findHits(
      'tides',
      options({ ...net, door: tabs.door, onStage: ({ engine }) => stages.push(engine) }),
    );
    expect(found.engineName).toBe('DuckDuckGo');
    expect(found.hits.map(({ title }) => title)).toEqual(titles);
    expect(stages).toEqual(['brave', 'browser', 'duckduckgo']);
    expect(found.passedOver.map(({ engineName, trouble: { code } }) => [engineName, code])).toEqual([
      ['Brave Search', 'search-limit'],
      ['Google', 'search-none'],
    ]);
    expect(tabs.closed).toEqual([1]);
  });
});

describe('an engine with an interface', () => {
  const searxng = 'http://127.0.0.1:8888';
  beforeEach(async () => {
    await settings.searchEngine.write('searxng');
    await settings.searchAddresses.write({ searxng: `${searxng}/search?q=old#x` });
  });
  const only = (given: FindOptions) => options({ engines: ['searxng'], ...given });

  it('is asked at the user’s own address, without cookies and without saying who asks', async () => {
    const net = fakeNet({ [searxng]: { body: read('engines/searxng.json') } });
    const found = await findHits('C++ & Rust 长文', only(net));
    // Somebody’s router stays among them: its row says why it is not read.
    expect(found.hits.filter(({ url }) => isPublicAddress(url)).map(({ title }) => title)).toEqual(titles);
    expect(found.hits.map(({ url }) => url)).toContain('http://192.168.1.1/router');
    const [{ url = '', init = {} } = {}] = net.requests;
    expect(new URL(url).searchParams.get('q')).toBe('C++ & Rust 长文');
    expect(url.startsWith(`${searxng}/search?`)).toBe(true);
    expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
  });

  it.each([
    [{ status: 403, body: 'Forbidden' }, 'search-json-off'],
    [{ status: 429, body: 'Too many requests' }, 'search-limit'],
    [{ status: 429, body: '{"error":"monthly quota exceeded"}' }, 'search-quota'],
    [{ status: 402 }, 'search-quota'],
    [{ status: 500 }, 'search-engine-down'],
    [{ status: 404, body: 'Not found' }, 'search-refused'],
    [{ body: '<!doctype html><title>SearXNG</title>' }, 'search-unreadable'],
    [{ body: '{"results":[{"ti' }, 'search-unreadable'],
    [{ body: '{"results":[]}' }, 'search-none'],
    [{ body: '{"results":[{"href":"https://a.example/"}]}' }, 'search-changed'],
    [{ body: '{"results":[{"url":"http://10.0.0.1/","title":"Inside"}]}' }, 'search-none'],
    [{ body: '{"results":[],"unresponsive_engines":[["one","timeout"]]}' }, 'search-upstream'],
    [{ body: 'x'.repeat(9 * 2 ** 20) }, 'search-unreadable'],
    [new TypeError('Failed to fetch'), 'search-engine-down'],
  ] as const)('says what is wrong: %o', async (answer, code) => {
    const error = await trouble(findHits('tides', only(fakeNet({ [searxng]: answer as never }))));
    expect(error.code).toBe(code);
    expect(error.facts.engine).toBe('SearXNG');
    expect(error.passedOver).toEqual([
      { engine: 'searxng', engineName: 'SearXNG', trouble: { code, facts: error.facts } },
    ]);
  });

  it.each([
    [{}, 'search-no-address'],
    [{ searxng: 'http://search.example/' }, 'search-insecure'],
  ])('is not asked at %o', async (addresses, code) => {
    await settings.searchAddresses.write(addresses);
    const net = fakeNet({});
    expect((await trouble(findHits('tides', only(net)))).code).toBe(code);
    expect(net.requests).toEqual([]);
  });

  it.each(['http://searx:8080', 'http://searx.local', 'https://search.example/searxng/'])(
    'is asked at %s',
    async (address) => {
      await settings.searchAddresses.write({ searxng: address });
      const net = fakeNet({ http: { body: read('engines/searxng.json') } });
      await findHits('tides', only(net));
      expect(net.requests[0]?.url.startsWith(`${address.replace(/\/$/, '')}/search?`)).toBe(true);
    },
  );

  it('is not asked without the browser’s permission, or offline', async () => {
    const net = fakeNet({ http: { body: read('engines/searxng.json') } });
    const asked: string[][] = [];
    const mayRead = async (origins: string[]) => asked.push(origins) < 0;
    const error = await trouble(findHits('tides', only({ ...net, mayRead })));
    expect([error.code, error.facts.host]).toEqual(['search-permission', '127.0.0.1:8888']);
    expect(asked).toEqual([['http://127.0.0.1/*']]);
    await settings.searchAddresses.write({ searxng: 'https://search.example/' });
    online(false);
    expect((await trouble(findHits('tides', only(net)))).code).toBe('search-offline');
    expect(net.requests).toEqual([]);
    // What is on this computer can be asked without a network.
    await settings.searchAddresses.write({ searxng });
    expect((await findHits('tides', only(net))).hits).toHaveLength(4);
  });

  it('is given its key where it belongs, and follows no redirect with it', async () => {
    const brave = (given: FindOptions) => options({ engines: ['brave'], ...given });
    const net = fakeNet({ 'https://api.search.brave.com/': { body: read('engines/brave.json') } });
    expect((await trouble(findHits('tides', brave(net)))).code).toBe('search-no-key');
    expect(net.requests).toEqual([]);
    await keyStore.write(searchKeyId('brave'), 'secret');
    await findHits('tides', brave(net));
    expect(net.requests[0]?.init).toMatchObject({
      redirect: 'error',
      headers: { 'x-subscription-token': 'secret' },
    });
    for (const status of [401, 403]) {
      const refusing = fakeNet({ 'https://api.search.brave.com/': { status } });
      const error = await trouble(findHits('tides', brave(refusing)));
      expect([error.code, error.facts.status]).toEqual(['search-key', status]);
      expect(JSON.stringify(error.facts)).not.toContain('secret');
    }
  });
});

describe('the browser’s own engine', () => {
  const inTab = (tabs: ReturnType<typeof fakeTabs>, given: FindOptions = {}) =>
    options({ engines: ['browser'], door: tabs.door, ...given });
  const results = read('pages/google.html');

  it('is asked in a tab of ours, which is closed when its page has been read', async () => {
    const tabs = fakeTabs(blank, { ...google(''), loading: true }, google(results));
    const found = await findHits('tides', inTab(tabs));
    expect(found).toMatchObject({ engine: 'browser', engineName: 'Google', passedOver: [] });
    expect(found.hits.map(({ title }) => title)).toEqual(titles);
    expect([tabs.asked, tabs.closed, tabs.open.size]).toEqual([['tides'], [1], 0]);
  });

  it('is believed only when its list no longer grows', async () => {
    const half = results.replace(/<div class="MjjYud"><a href="\/url[\s\S]*$/, '');
    const tabs = fakeTabs(
      blank,
      google(half),
      google(`${half}<h3><a href="https://zh.example/b">b</a></h3>`),
      google(results),
    );
    expect((await findHits('tides', inTab(tabs))).hits).toHaveLength(3);
  });

  it('waits for a page that writes its results with scripts', async () => {
    const empty = google('<body>Please wait while we look for it');
    const tabs = fakeTabs(blank, ...Array.from({ length: 12 }, () => empty), google(results));
    expect((await findHits('tides', inTab(tabs))).hits).toHaveLength(3);
  });

  it.each([
    [google(nothing), 'search-none'],
    [google('<body>Something that is built quite differently today'), 'search-changed'],
    [google(''), 'search-slow'],
    [{ ...google(''), loading: true }, 'search-slow'],
    [{ ...google('x'), refuses: true }, 'search-engine-down'],
    [{ ...google('x'), stuck: true }, 'search-slow'],
    [blank, 'search-slow'],
  ])('says what is wrong, and closes its tab: %o', async (page, code) => {
    const tabs = fakeTabs(blank, page);
    expect((await trouble(findHits('tides', inTab(tabs)))).code).toBe(code);
    expect([tabs.closed, tabs.open.size]).toEqual([[1], 0]);
    expect(tabs.now()).toBeLessThan(24_000);
  });

  it('is not asked where nothing could be read of it', async () => {
    const tabs = fakeTabs(google(results));
    const error = await trouble(findHits('tides', inTab(tabs, { mayRead: async () => false })));
    expect([error.code, tabs.asked]).toEqual(['search-sites', []]);
    online(false);
    expect((await trouble(findHits('tides', inTab(tabs)))).code).toBe('search-offline');
    expect(tabs.asked).toEqual([]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const tabs = fakeTabs(blank, { ...google(''), loading: true });
    const stop = new AbortController();
    const door = whenWaited(5, tabs.door, () => stop.abort());
    await expect(findHits('tides', inTab(tabs, { door, signal: stop.signal }))).rejects.toThrow('aborted');
    expect([tabs.closed, tabs.open.size]).toEqual([[1], 0]);
    await expect(findHits('tides', inTab(tabs, { signal: stop.signal }))).rejects.toThrow('aborted');
    expect(tabs.asked).toEqual(['tides']);
  });

  it('says so when the user closes its tab', async () => {
    const tabs = fakeTabs(blank, { ...google(''), loading: true });
    const door = whenWaited(5, tabs.door, () => tabs.open.clear());
    expect((await trouble(findHits('tides', inTab(tabs, { door })))).code).toBe('search-engine-down');
  });
});

describe('a captcha', () => {
  const inTab = (tabs: ReturnType<typeof fakeTabs>, given: FindOptions = {}) =>
    options({ engines: ['browser'], door: tabs.door, ...given });

  it('keeps its tab for the user, and goes on there when they have answered', async () => {
    const pages = [blank, google(captcha)];
    const tabs = fakeTabs(...pages);
    const error = await trouble(findHits('tides', inTab(tabs)));
    expect([error.code, error.facts]).toEqual(['search-captcha', { engine: 'Google', tabId: 1 }]);
    expect([tabs.closed, tabs.open.size]).toEqual([[], 1]);

    // Nobody has answered yet: the engine is not asked again, not for another query either.
    expect((await trouble(findHits('tides', inTab(tabs)))).facts.tabId).toBe(1);
    expect((await trouble(findHits('harbours', inTab(tabs)))).facts.tabId).toBe(1);
    expect(tabs.asked).toEqual(['tides']);

    // In front, because the user went there.
    tabs.open.set(1, { pages: [google(read('pages/google.html'))], active: true });
    const found = await findHits('tides', inTab(tabs));
    expect(found.hits.map(({ title }) => title)).toEqual(titles);
    expect([tabs.asked, tabs.closed, tabs.open.size]).toEqual([['tides'], [1], 0]);
  });

  it('is noticed when it has been answered, and not before', async () => {
    const tabs = fakeTabs(blank, google(captcha));
    await trouble(findHits('tides', inTab(tabs)));
    const elsewhere = { url: 'https://mine.example/', html: '<h3><a href="https://b.example/">b</a></h3>' };
    let looks = 0;
    const door: EngineDoor = {
      ...tabs.door,
      look: async (tabId) => {
        looks++;
        if (looks === 3) tabs.open.set(1, { pages: [elsewhere] });
        if (looks === 5) tabs.open.set(1, { pages: [google(read('pages/google.html'))] });
        return tabs.door.look(tabId);
      },
    };
    expect(await whenAnswered(new AbortController().signal, { door })).toBe(true);
    expect(looks).toBe(5);
    const stop = new AbortController();
    stop.abort();
    expect(await whenAnswered(stop.signal, { door })).toBe(false);
    tabs.open.clear();
    expect(await whenAnswered(new AbortController().signal, { door })).toBe(false);
  });

  it('that was answered for another query lets the next one be asked anew', async () => {
    const tabs = fakeTabs(blank, google(captcha));
    await trouble(findHits('tides', inTab(tabs)));
    tabs.open.set(1, { pages: [google(read('pages/google.html'))] });
    const answering = {
      ...tabs.door,
      ask: async (_: string, tabId: number) =>
        void tabs.open.set(tabId, { pages: [google(read('pages/google.html'))] }),
    };
    expect((await findHits('harbours', inTab(tabs, { door: answering }))).hits).toHaveLength(3);
    expect([tabs.closed, tabs.open.size]).toEqual([[1, 2], 0]);
  });

  it('is left to the user who goes elsewhere in its tab', async () => {
    const tabs = fakeTabs(blank, google(captcha));
    await trouble(findHits('tides', inTab(tabs)));
    tabs.open.set(1, {
      pages: [{ url: 'https://mine.example/', html: '<h3><a href="https://b.example/">b</a></h3>' }],
    });
    await trouble(findHits('tides', inTab(tabs)));
    expect([tabs.asked, tabs.closed]).toEqual([['tides', 'tides'], []]);
    // For what comes next, nothing waits any more.
    tabs.open.clear();
  });

  it('costs nothing where another engine answers', async () => {
    const tabs = fakeTabs(blank, google(captcha));
    const net = fakeNet({ [duckduckgo]: { body: read('engines/duckduckgo.html') } });
    const found = await findHits('tides', options({ ...net, door: tabs.door }));
    expect(found.engine).toBe('duckduckgo');
    expect(found.passedOver.map(({ trouble: { code } }) => code)).toEqual(['search-captcha']);
    expect([tabs.closed, tabs.open.size]).toEqual([[1], 0]);
  });

  it('of the last engine is said without a tab', async () => {
    const net = fakeNet({
      [duckduckgo]: { body: '<body><form id="challenge-form">Select all ducks</form>' },
    });
    const error = await trouble(findHits('tides', options({ ...net, engines: ['duckduckgo'] })));
    expect([error.code, error.facts]).toEqual(['search-captcha', { engine: 'DuckDuckGo' }]);
  });

  it('ends with the search that it belongs to', async () => {
    const tabs = fakeTabs(blank, google(captcha));
    const stop = new AbortController();
    await trouble(findHits('tides', inTab(tabs, { signal: stop.signal })));
    stop.abort();
    await expect.poll(() => tabs.closed).toEqual([1]);
  });

  it('in front stays when its search ends, and is read when the query is asked again', async () => {
    const tabs = fakeTabs(blank, google(captcha));
    const stop = new AbortController();
    await trouble(findHits('tides', inTab(tabs, { signal: stop.signal })));
    tabs.open.set(1, { pages: [google(read('pages/google.html'))], active: true });
    stop.abort();
    expect((await findHits('tides', inTab(tabs))).hits).toHaveLength(3);
    expect([tabs.asked, tabs.closed, tabs.open.size]).toEqual([['tides'], [1], 0]);
  });
});
