import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { fetchBytes } from '@/utils/browser/pages';
import { readRemovals, readTab } from '@/utils/browser/read-tab';
import { settings } from '@/utils/store/settings';

/** What was run in pages: the small look at where a frame is, and the reader itself. */
interface Injection {
  target: { tabId: number; allFrames?: boolean; frameIds?: number[] };
  func?: unknown;
  files?: string[];
}

const reading = {
  title: 'A page',
  url: 'https://example.org/',
  kind: 'tab',
  text: '¶1 The tide turns at six in the evening.',
  segments: 't37',
  gaps: [],
  frames: [{ path: [0], after: 0, size: 90_000 }],
  elements: 1,
  characters: 37,
  words: 8,
};

let injections: Injection[];
let tab: { id: number; url?: string; title: string; status: string };
/** The origin of each frame, the top first. */
let origins: string[];

beforeEach(async () => {
  fakeBrowser.reset();
  injections = [];
  tab = { id: 1, url: 'https://example.org/a', title: 'A page', status: 'complete' };
  origins = ['https://example.org'];
  const run = async (injection: Injection) => {
    injections.push(injection);
    const all = origins.map((origin, frameId) => ({ frameId, origin }));
    const { allFrames, frameIds } = injection.target;
    const frames = frameIds
      ? all.filter(({ frameId }) => frameIds.includes(frameId))
      : allFrames
        ? all
        : all.slice(0, 1);
    return frames.map(({ frameId, origin }) => ({
      frameId,
      result: injection.files
        ? {
            path: frameId ? [frameId - 1] : [],
            reading: frameId ? { ...reading, frames: [] } : reading,
            removals: [],
          }
        : { origin, host: '' },
    }));
  };
  Object.assign(fakeBrowser, { scripting: { executeScript: vi.fn(run) } });
  vi.spyOn(fakeBrowser.tabs, 'get').mockImplementation(async () => tab as never);
  await settings.neverRead.write(['bank.example']);
});

const readers = () => injections.filter(({ files }) => files);

describe('a site that is never read', () => {
  it.each(['https://bank.example/', 'https://www.bank.example/a', 'https://my.bank.example:8443/x#y'])(
    'is refused before anything runs in it: %s',
    async (url) => {
      tab.url = url;
      await expect(readTab(1)).rejects.toMatchObject({ code: 'never-read', facts: { site: 'bank.example' } });
      expect(injections).toEqual([]);
    },
  );

  it('is refused where the address of the tab is not known, or another by now', async () => {
    origins = ['https://bank.example'];
    for (const url of [undefined, 'https://example.org/before-the-redirect']) {
      tab.url = url;
      await expect(readTab(1)).rejects.toMatchObject({ code: 'never-read' });
      await expect(readRemovals(1, {})).rejects.toMatchObject({ code: 'never-read' });
    }
    expect(readers()).toEqual([]);
  });

  it('is left out where it is a frame of another page', async () => {
    origins = ['https://example.org', 'https://ads.test', 'https://my.bank.example', 'null'];
    await readTab(1);
    expect(readers().map(({ target }) => target)).toEqual([
      { tabId: 1, allFrames: undefined },
      { tabId: 1, frameIds: [0, 1, 3] },
    ]);
    await settings.neverRead.write([]);
    await readTab(1);
    expect(readers().at(-1)?.target).toEqual({ tabId: 1, allFrames: true });
  });

  it('gives no file, and neither does an address that leads to it', async () => {
    const asked: string[] = [];
    const cancel = vi.fn();
    const fetch = (async (url: string) => {
      asked.push(url);
      const response = new Response(new ReadableStream({ cancel }));
      Object.defineProperty(response, 'url', { value: 'https://bank.example/statement.pdf' });
      return response;
    }) as typeof globalThis.fetch;
    await expect(fetchBytes('https://bank.example/a.pdf', { fetch })).rejects.toMatchObject({
      code: 'never-read',
    });
    expect(asked).toEqual([]);
    await expect(fetchBytes('https://example.org/a.pdf', { fetch })).rejects.toMatchObject({
      code: 'never-read',
    });
    expect(asked).toEqual(['https://example.org/a.pdf']);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('is read again once it is taken off the list', async () => {
    tab.url = 'https://bank.example/';
    await settings.neverRead.write([]);
    await expect(readTab(1)).resolves.toMatchObject({ title: 'A page' });
  });
});
