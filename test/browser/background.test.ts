import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import background from '@/entrypoints/background';
import { suggestion } from '@/utils/browser/omnibox';
import { setLanguage } from '@/utils/i18n';
import { passageText } from '@/utils/source';
import { inbox } from '@/utils/store/inbox';
import { overlayRequests } from '@/utils/store/overlay-requests';
import { type PendingRequest, pendingRequest } from '@/utils/store/pending-request';
import { settings } from '@/utils/store/settings';

type Listener = (...details: never[]) => unknown;

/** An event of the browser that a test sets off. */
function event() {
  const listeners: Listener[] = [];
  return {
    addListener: (listener: Listener) => listeners.push(listener),
    fire: (...details: unknown[]) => {
      for (const listener of listeners) listener(...(details as never[]));
    },
  };
}

/** The parts of the browser that the fake has not; `opened` and `created` say what was asked of them. */
function world({ refuse = false }: { refuse?: boolean } = {}) {
  const opened: unknown[] = [];
  const menus: { id: string; title: string; contexts: string[]; targetUrlPatterns?: string[] }[] = [];
  const suggestions: string[] = [];
  const scripts = vi.fn<(details: { func?: unknown; files?: string[] }) => Promise<unknown[]>>(async () => {
    throw new Error('Cannot access contents of the page');
  });
  const events = {
    action: event(),
    command: event(),
    menu: event(),
    started: event(),
    changed: event(),
    entered: event(),
  };
  Object.assign(fakeBrowser, {
    action: { onClicked: events.action },
    commands: { onCommand: events.command },
    contextMenus: {
      onClicked: events.menu,
      removeAll: async () => menus.splice(0),
      create: (menu: (typeof menus)[number]) => menus.push(menu),
    },
    omnibox: {
      onInputStarted: events.started,
      onInputChanged: events.changed,
      onInputEntered: events.entered,
      setDefaultSuggestion: ({ description }: { description: string }) => suggestions.push(description),
    },
    scripting: { executeScript: scripts },
    sidePanel: {
      open: async (panel: unknown) => {
        opened.push(panel);
        if (refuse) throw new Error('may only be called in response to a user gesture');
      },
    },
  });
  fakeBrowser.storage.local.setAccessLevel = async () => {};
  fakeBrowser.i18n.getUILanguage = () => 'en-GB';
  fakeBrowser.runtime.getURL = (path: string) => `chrome-extension://own${path}`;
  background.main();
  return { opened, menus, suggestions, scripts, ...events };
}

const taken = async (windowId = 7): Promise<PendingRequest> => {
  let request: PendingRequest | undefined;
  await expect
    .poll(async () => {
      request = await pendingRequest.take(windowId);
      return request;
    })
    .toBeDefined();
  return request as PendingRequest;
};
const tab = { id: 3, windowId: 7, title: 'The light', url: 'https://a.test/light' };

beforeEach(async () => {
  fakeBrowser.reset();
  // The builds have a boolean here; in tests it would be the word “false”.
  vi.stubEnv('FIREFOX', '');
  await setLanguage('en');
});

describe('the ways in', () => {
  it('open the panel before anything is waited for, and leave what was asked', async () => {
    const { opened, action, command, menu } = world();
    action.fire(tab);
    expect(opened).toEqual([{ windowId: 7 }]);
    expect(await taken()).toMatchObject({ action: 'read', tabId: 3 });
    command.fire('summarize-page', tab);
    expect(opened).toHaveLength(2);
    expect(await taken()).toMatchObject({ action: 'summarize', tabId: 3 });
    menu.fire({ menuItemId: 'summarize-page' }, tab);
    expect(opened).toHaveLength(3);
    expect(await taken()).toMatchObject({ action: 'summarize' });
    menu.fire({ menuItemId: 'read-link', linkUrl: 'https://b.test/x' }, tab);
    expect(await taken()).toMatchObject({ action: 'link', url: 'https://b.test/x' });
    menu.fire({ menuItemId: 'ask-picture', srcUrl: 'https://b.test/x.png', frameId: 4 }, tab);
    expect(await taken()).toMatchObject({ action: 'picture', url: 'https://b.test/x.png', frameId: 4 });
    command.fire('something-else', tab);
    expect(opened).toHaveLength(5);
  });

  it('have one item for each thing that can be clicked, and none that does nothing', async () => {
    const { menus } = world();
    await fakeBrowser.runtime.onInstalled.trigger({ reason: 'update', previousVersion: '1' });
    await expect
      .poll(() => menus.map(({ title, contexts }) => [title, contexts]))
      .toEqual([
        ['Summarise this page', ['page', 'frame', 'action']],
        ['Translate this page, side by side', ['page', 'frame', 'action']],
        ['Translate with the whole page', ['selection']],
        ['Ask about this', ['selection']],
        ['Read this link', ['link']],
        ['Ask about this picture', ['image']],
      ]);
    // Addresses for mail and telephone have nothing to read behind them.
    expect(menus.find(({ id }) => id === 'read-link')?.targetUrlPatterns).toEqual([
      'http://*/*',
      'https://*/*',
    ]);
  });

  it('open the panel in a tab where the browser opens none, and not where one is open', async () => {
    const { action } = world({ refuse: true });
    const { id: windowId = 0 } = (await fakeBrowser.windows.create({})) ?? {};
    const page = await fakeBrowser.tabs.create({ windowId, url: 'https://a.test/' });
    const addresses = async () => (await fakeBrowser.tabs.query({ windowId })).map(({ url }) => url ?? '');
    action.fire({ ...tab, id: page.id, windowId });
    expect(await taken(windowId)).toMatchObject({ action: 'read' });
    await new Promise((resolve) => setTimeout(resolve, 2_700));
    expect((await addresses()).join()).not.toContain('sidepanel');
    action.fire({ ...tab, id: page.id, windowId });
    await expect
      .poll(addresses, { timeout: 4_000 })
      .toContain(`chrome-extension://own/sidepanel.html?tab=${page.id}`);
  }, 15_000);
});

describe('the translation of a selection', () => {
  /** The page answers so; the browser keeps the order of what is injected. */
  const answering = (outcome: unknown) => {
    const { scripts, ...rest } = world();
    const asked: unknown[] = [];
    const execute = (
      details: { files?: string[]; args?: unknown[] },
      done: (frames?: { result?: unknown }[]) => void,
    ) => {
      asked.push(details.files ?? details.args?.[0]);
      // The gesture lasts as long as the callback.
      setTimeout(() => done(outcome === undefined ? undefined : [{ result: outcome }]), 0);
    };
    scripts.mockImplementation(execute as never);
    return { ...rest, asked };
  };

  it('is a frame in the page; the panel stays closed', async () => {
    const { opened, menu, asked } = answering({ status: 'shown' });
    menu.fire({ menuItemId: 'translate-selection', selectionText: 'The chair', frameId: 0 }, tab);
    // Before anything is waited for.
    expect(asked).toMatchObject([
      { view: 'selection', inFrame: false },
      ['/content-scripts/overlay-host.js'],
    ]);
    const { id } = asked[0] as { id: string };
    await expect.poll(() => overlayRequests.take(id, 3)).toMatchObject({ view: 'selection', windowId: 7 });
    expect(await overlayRequests.take(id, 3)).toBeUndefined();
    expect(opened).toEqual([]);
    expect(await pendingRequest.take(7)).toBeUndefined();
  });

  it('is asked for in the panel where the page keeps the frame out, with the words as the page has them', async () => {
    const selected = { text: 'Two\n\nparagraphs', before: '', after: '', canReplace: false };
    for (const status of ['refused', 'field']) {
      const { opened, command } = answering({ status, selected });
      command.fire('translate-selection', tab);
      await expect.poll(() => opened).toEqual([{ windowId: 7 }]);
      const request = await taken();
      expect(request).toMatchObject({ action: 'translate', tabId: 3 });
      expect(JSON.stringify(request)).not.toContain('paragraphs');
      expect((await inbox.read(request.id)).text).toBe('Two\n\nparagraphs');
    }
  });

  it('takes what the browser gives where no script may run, and asks in the panel about nothing otherwise', async () => {
    const { menu, command } = answering(undefined);
    menu.fire({ menuItemId: 'translate-selection', selectionText: 'Words of a PDF', frameId: 0 }, tab);
    const request = await taken();
    expect((await inbox.read(request.id)).text).toBe('Words of a PDF');
    command.fire('translate-selection', tab);
    const empty = await taken();
    expect(empty).toMatchObject({ action: 'translate' });
    expect(await inbox.read(empty.id)).toEqual({});
  });

  it('gives its request to a frame of that tab alone', async () => {
    const { menu, asked } = answering({ status: 'shown' });
    menu.fire({ menuItemId: 'translate-selection', selectionText: 'x', frameId: 4 }, tab);
    const { id, inFrame } = asked[0] as { id: string; inFrame: boolean };
    expect(inFrame).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await overlayRequests.take(id, 4)).toBeUndefined();
    expect(await overlayRequests.take('another', 3)).toBeUndefined();
    expect(await overlayRequests.take(id, 3, () => Date.now() + 60_000)).toBeUndefined();
    expect(await overlayRequests.take(id, 3)).toBeDefined();
  });
});

describe('selected text', () => {
  it('is taken from the page at the moment of the click, whole, and is no part of the request', async () => {
    const { menu, scripts } = world();
    const words = 'The keeper of the light writes down every ship.';
    scripts.mockImplementation(async ({ files }) =>
      files
        ? [
            {
              result: {
                path: [],
                reading: {
                  kind: 'selection',
                  title: 'The light',
                  text: `¶1 ${words}`,
                  segments: `t${words.length}`,
                  gaps: [],
                  characters: words.length,
                  words: 9,
                  frames: [],
                  elements: [],
                },
              },
            },
          ]
        : [{}],
    );
    menu.fire({ menuItemId: 'ask-selection', selectionText: 'The keeper', frameId: 2 }, tab);
    const request = await taken();
    expect(scripts.mock.calls[0]?.[0]).toMatchObject({ target: { tabId: 3, frameIds: [2] } });
    expect(JSON.stringify(request)).not.toContain('keeper');
    const { source } = await inbox.read(request.id);
    expect(source).toMatchObject({ kind: 'selection', title: 'Selected in “The light”' });
    expect(source && passageText(source, 1)).toBe(words);
  });

  it('is what the browser gives where the page cannot be entered', async () => {
    const { menu } = world();
    menu.fire({ menuItemId: 'ask-selection', selectionText: 'Words of a PDF' }, tab);
    const { source } = await inbox.read((await taken()).id);
    expect(source).toMatchObject({ text: '¶1 Words of a PDF', url: 'https://a.test/light' });
  });

  it('in a frame of a site that is never read is refused in words', async () => {
    const { menu } = world();
    await settings.neverRead.write(['bank.example']);
    const click = { menuItemId: 'ask-selection', selectionText: 'Balance', frameId: 2 };
    menu.fire({ ...click, frameUrl: 'https://my.bank.example/frame' }, tab);
    const request = await taken();
    expect(request).toMatchObject({ action: 'selection', neverRead: 'bank.example' });
    expect(await inbox.read(request.id)).toEqual({});
  });

  it('of five megabytes does not go through session storage', async () => {
    const { menu } = world();
    const text = 'A long sentence about the tide. '.repeat(170_000);
    menu.fire({ menuItemId: 'ask-selection', selectionText: text }, tab);
    let request: PendingRequest | undefined;
    await expect
      .poll(
        async () => {
          expect(JSON.stringify(await fakeBrowser.storage.session.get()).length).toBeLessThan(1_000);
          request = await pendingRequest.take(7);
          return request;
        },
        { timeout: 20_000 },
      )
      .toBeDefined();
    const { source } = await inbox.read(request?.id ?? '');
    expect(source?.characters).toBe(text.trim().length);
  }, 30_000);
});

describe('a picture', () => {
  it('that is its own address goes into the inbox', async () => {
    const { menu } = world();
    const png = btoa('\x89PNG\r\n\x1a\n and the rest');
    menu.fire({ menuItemId: 'ask-picture', srcUrl: `data:image/png;base64,${png}` }, tab);
    const request = await taken();
    expect(request).not.toHaveProperty('url');
    const { image } = await inbox.read(request.id);
    expect(image).toEqual({ type: 'image', mediaType: 'image/png', data: png, name: 'Picture 1' });
  });
});

describe('the keyword in the address bar', () => {
  it('asks about the tab that was in front while it was typed', async () => {
    const { opened, suggestions, started, entered } = world();
    const { id: windowId = 0 } = (await fakeBrowser.windows.create({ focused: true })) ?? {};
    const page = await fakeBrowser.tabs.create({ windowId, url: 'https://a.test/', active: true });
    const { query } = fakeBrowser.tabs;
    Object.assign(fakeBrowser.tabs, {
      query: async () => [{ ...page, windowId, title: 'Tides & <b>times</b>' }],
    });
    started.fire();
    await expect.poll(() => suggestions).toEqual(['Ask about “Tides &#38; &#60;b&#62;times&#60;/b&#62;”']);
    entered.fire('  When does it turn? ');
    expect(opened).toEqual([{ windowId }]);
    expect(await taken(windowId)).toMatchObject({
      action: 'ask',
      question: 'When does it turn?',
      tabId: page.id,
    });
    started.fire();
    await expect.poll(() => suggestions).toHaveLength(2);
    entered.fire('   ');
    expect(await taken(windowId)).toMatchObject({ action: 'read' });
    Object.assign(fakeBrowser.tabs, { query });
  });

  it('is written as XML that says nothing but the title', () => {
    expect(suggestion(`a & b <url>c</url> "d" 'e'`)).toBe(
      'a &#38; b &#60;url&#62;c&#60;/url&#62; &#34;d&#34; &#39;e&#39;',
    );
    expect(suggestion('100%s \u0000')).not.toMatch(/%s|\p{Cc}/u);
  });
});
