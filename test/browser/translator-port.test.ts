import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { connectPage, lookAtPage } from '@/utils/browser/translator-port';
import { settings } from '@/utils/store/settings';

/** One end of a port, as the browser gives it. */
function fakePort() {
  const [heard, ends] = [new Set<(message: unknown) => void>(), new Set<() => void>()];
  return {
    sent: [] as unknown[],
    onMessage: { addListener: (listener: (message: unknown) => void) => heard.add(listener) },
    onDisconnect: { addListener: (listener: () => void) => ends.add(listener) },
    postMessage(message: unknown) {
      this.sent.push(message);
    },
    disconnect: vi.fn(),
    says: (message: unknown) => {
      for (const listener of heard) listener(message);
    },
    breaks: () => {
      for (const listener of ends) listener();
    },
  };
}

let page: Record<string, unknown>;
let ports: ReturnType<typeof fakePort>[];
let files: string[];
let tab: { status: string; url?: string } | undefined;

beforeEach(() => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
  page = { url: 'https://example.org/page#part', title: 'Page', lang: 'en', type: 'text/html' };
  [ports, files] = [[], []];
  tab = { status: 'complete', url: 'https://example.org/page' };
  Object.assign(browser, {
    scripting: {
      executeScript: async (injection: { files?: string[] }) => {
        if (injection.files) files.push(...injection.files);
        return [{ frameId: 0, result: injection.files ? undefined : page }];
      },
    },
  });
  Object.assign(browser.tabs, {
    connect: (_: number, how: unknown) => {
      expect(how).toEqual({ frameId: 0, name: 'translator' });
      const port = fakePort();
      ports.push(port);
      return port;
    },
    get: async () => {
      if (!tab) throw new Error('No tab with id: 7.');
      return tab;
    },
  });
});

const listeners = () => ({ message: vi.fn(), again: vi.fn(), ended: vi.fn() });

describe('the line to a page', () => {
  it('is opened with the script that is put there, and lets through what is a message', async () => {
    const on = listeners();
    const line = await connectPage(7, on);
    expect(files).toEqual(['/content-scripts/translator.js']);
    ports[0]?.says({ type: 'order', units: [2, 'x', 1] });
    ports[0]?.says({ type: 'burn' });
    expect(on.message.mock.calls).toEqual([[{ type: 'order', units: [2, 1] }]]);
    line.send({ type: 'undo' });
    expect(ports[0]?.sent).toEqual([{ type: 'undo' }]);
    line.close();
    expect(ports[0]?.disconnect).toHaveBeenCalled();
    ports[0]?.breaks();
    expect(on.ended).not.toHaveBeenCalled();
  });

  it('is opened anew when the same page is loaded again, also where an app has gone meanwhile', async () => {
    const on = listeners();
    const line = await connectPage(7, on);
    ports[0]?.says({ type: 'moved', url: 'https://example.org/next', title: '' });
    tab = { status: 'complete', url: 'https://example.org/next#part' };
    page.url = 'https://example.org/next';
    ports[0]?.breaks();
    await expect.poll(() => on.again.mock.calls.length).toBe(1);
    expect(ports).toHaveLength(2);
    line.send({ type: 'undo' });
    expect(ports[1]?.sent).toHaveLength(1);
    // What the old one still says is nothing.
    ports[0]?.says({ type: 'undone' });
    expect(on.message).toHaveBeenCalledTimes(1);
  });

  it('ends with the tab, and with a page that is another one or may not be read any more', async () => {
    const on = listeners();
    await connectPage(7, on);
    tab = undefined;
    ports[0]?.breaks();
    await expect.poll(() => on.ended.mock.calls).toEqual([['closed']]);
    for (const url of ['https://example.org/other', undefined]) {
      const next = listeners();
      tab = { status: 'complete', url: 'https://example.org/page' };
      await connectPage(7, next);
      tab = { status: 'complete', url };
      ports.at(-1)?.breaks();
      await expect.poll(() => next.ended.mock.calls).toEqual([['left']]);
    }
  });

  it('is not opened on a site that is never read, nor on a PDF', async () => {
    await settings.neverRead.write(['example.org']);
    await expect(connectPage(7, listeners())).rejects.toMatchObject({ code: 'never-read' });
    await settings.neverRead.write([]);
    page.type = 'application/pdf';
    await expect(connectPage(7, listeners())).rejects.toMatchObject({ code: 'page-protected' });
    expect(files).toEqual([]);
  });
});

it('believes of a page what is of the right kind', async () => {
  page = { ...page, hasOther: 'yes', hasOurs: true, title: 7, lang: 'x'.repeat(30_000) };
  const signs = await lookAtPage(7);
  expect(signs).toMatchObject({ hasOther: false, hasOurs: true, title: '' });
  expect(signs.lang.length).toBeLessThanOrEqual(20_000);
});
