import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import puppeteer, { type Browser, type Page, type Target, type WebWorker } from 'puppeteer-core';
import { ensureChromium } from '../browsers.ts';
import { killTree } from './processes.ts';
import { createProfile, removeLocks, removeProfile, seedGrants, unpackedId } from './profile.ts';

/** Functions given to `evaluate` run in the extension; this is what they use there. */
declare const chrome: {
  tabs: { query(filter: object): Promise<{ url?: string }[]> };
  permissions: { request(permissions: { origins: string[] }): Promise<boolean> };
  contextMenus: { onClicked: { dispatch(info: object, tab: unknown): void } };
  commands: { onCommand: { dispatch(name: string, tab: unknown): void } };
  omnibox: Record<'onInputStarted' | 'onInputEntered', { dispatch(text?: string): void }>;
};

export interface LaunchOptions {
  /** The unpacked extension; `.output/chrome-mv3` when not said. */
  extension?: string;
  /** Language of the browser, e.g. `zh-CN`; `en-US` when not said. */
  language?: string;
  /**
   * Origins (`http://127.0.0.1/*`, `<all_urls>`) and permissions (`tabs`) that `permissions.request()` grants at once. Access is not
   * there before the extension asks. With false every request waits for a dialog that nobody answers.
   */
  grant?: string[] | false;
  theme?: 'light' | 'dark';
  /**
   * A profile folder to use and keep, e.g. for starting again after `kill()`. Everything stored is there again;
   * host access is not, as the extension is installed anew: see `grant` and `grantNow`.
   */
  profile?: string;
  /** Leaves the page open that greets after installation. */
  welcome?: boolean;
  /** With a window; needs a display. */
  headed?: boolean;
  /** Further switches of the browser's command line. */
  args?: string[];
  /** Popups that nobody asked for are blocked, as in life; puppeteer by itself lets them all through. */
  blockPopups?: boolean;
  /**
   * With false nobody is told of requests. Whoever is, has the page itself keep and decode everything that it loads,
   * which is in the way of measuring it.
   */
  watchesNetwork?: boolean;
  /** Gives sandboxed frames a process of their own, as browsers do and puppeteer by itself does not. */
  isolateFrames?: boolean;
}

/** What a context-menu click says, as far as tests fill it in. */
export interface MenuClick {
  menuItemId: string;
  selectionText?: string;
  linkUrl?: string;
  srcUrl?: string;
  pageUrl?: string;
  /** 0 for the page itself. */
  frameId?: number;
}

export interface Harness {
  browser: Browser;
  extensionId: string;
  profile: string;
  /** Opens a tab in front and loads an address; `unfinished` does not wait for the end of the page. */
  page(url: string, options?: { unfinished?: boolean }): Promise<Page>;
  /** Clicks the extension's button over this tab: a real invocation, with user gesture and activeTab. */
  clickAction(page: Page): Promise<void>;
  /** The side panel, once it is open. */
  panel(timeout?: number): Promise<Page>;
  /** An extension page that the extension itself opened, once it is there, e.g. `welcome.html`. */
  openedPage(path: string, timeout?: number): Promise<Page>;
  /** Opens a page of the extension in a tab. */
  openExtensionPage(path: string): Promise<Page>;
  /** Has the extension ask for host access now (see `grant`); for tests where asking is not the subject. */
  grantNow(...origins: string[]): Promise<void>;
  /**
   * Delivers a context-menu click on the active tab to the extension's listeners. There is no user gesture:
   * `sidePanel.open` rejects and activeTab is not granted, so click the action first.
   */
  dispatchMenu(click: MenuClick): Promise<void>;
  /** Delivers a keyboard command; the same limits as `dispatchMenu`. */
  dispatchCommand(name: string): Promise<void>;
  /** Types the keyword and a question into the address bar; the same limits as `dispatchMenu`. */
  dispatchQuestion(text: string): Promise<void>;
  worker(): Promise<WebWorker>;
  /** Ends the service worker as the browser does after half a minute; the next event starts it again. */
  stopWorker(): Promise<void>;
  setPanelWidth(panel: Page, width: number): Promise<void>;
  /** Kills the whole browser at once, as a crash would. The profile stays, for `launch({ profile })`. */
  kill(): Promise<void>;
  /** Quits the browser and removes the profile, unless it was given. */
  close(): Promise<void>;
}

/**
 * The page that greets after installation is in the way of most tests. A profile in which the extension was before
 * does not show it.
 */
async function closeWelcome(browser: Browser): Promise<void> {
  const isWelcome = (target: Target) => target.url().endsWith('/welcome.html');
  const target = await browser.waitForTarget(isWelcome, { timeout: 2_000 }).catch(() => undefined);
  const page = await target?.page();
  await page?.close();
}

const defaultExtension = resolve(import.meta.dirname, '../../.output/chrome-mv3');

/** Starts Chromium with the built extension. */
export async function launch(options: LaunchOptions = {}): Promise<Harness> {
  const { language = 'en-US', theme = 'light', grant = false, headed = false, isolateFrames } = options;
  const extension = resolve(options.extension ?? defaultExtension);
  if (!existsSync(extension)) throw new Error(`There is no ${extension}; build the extension first.`);
  const extensionId = unpackedId(extension);
  const profile = options.profile ?? createProfile();
  const isNewProfile = !existsSync(join(profile, 'Default'));
  if (grant) seedGrants(profile, extensionId, grant);
  removeLocks(profile);

  const browser = await puppeteer.launch({
    executablePath: await ensureChromium(),
    headless: !headed,
    pipe: true,
    networkEnabled: options.watchesNetwork ?? true,
    enableExtensions: [extension],
    userDataDir: profile,
    ignoreDefaultArgs: options.blockPopups ? ['--disable-popup-blocking'] : [],
    defaultViewport: null,
    args: [
      // Chromium refuses to run as root with its sandbox, which is how containers run it.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(isolateFrames ? ['--enable-features=IsolateSandboxedIframes'] : []),
      '--disable-gpu',
      '--disable-quic',
      // Test servers under names of their own, for what is different on this computer and on the web.
      '--host-resolver-rules=MAP *.example 127.0.0.1',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--hide-crash-restore-bubble',
      '--window-size=1280,900',
      '--window-position=0,0',
      `--lang=${language}`,
      ...(options.args ?? []),
    ],
    // On Linux the interface's language comes from here, elsewhere from --lang.
    env: { ...process.env, LANGUAGE: language.replace('-', '_') },
  });

  /** Tabs that tests opened: an extension page among them is not the side panel. */
  const tabs = new Set<Target>();
  const emulate = async (page: Page) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    return page;
  };
  const find = (matches: (target: Target, path: string) => boolean, timeout = 20_000) => {
    const origin = `chrome-extension://${extensionId}/`;
    return browser.waitForTarget(
      (target) => target.url().startsWith(origin) && matches(target, target.url().slice(origin.length)),
      { timeout },
    );
  };
  const findWorker = () => find((target) => target.type() === 'service_worker');
  const worker = async () => {
    const found = await (await findWorker()).worker();
    if (!found) throw new Error('The service worker went away while it was being looked at.');
    return found;
  };
  const openedPage = async (path: string, timeout?: number) => {
    const target = await find(
      (candidate, start) => candidate.type() === 'page' && start.startsWith(path) && !tabs.has(candidate),
      timeout,
    );
    const page = await emulate(await target.asPage());
    await page.waitForFunction('document.readyState === "complete"');
    return page;
  };
  const newTab = async () => {
    // The window's first, empty tab is used up first, or it would turn up in the extension's list of tabs.
    const [first] = await browser.pages();
    const unused = first?.url() === 'about:blank' && !tabs.has(first.target());
    const page = unused && first ? first : await browser.newPage();
    tabs.add(page.target());
    return emulate(page);
  };
  const page: Harness['page'] = async (url, { unfinished = false } = {}) => {
    const tab = await newTab();
    const loading = tab.goto(url, { waitUntil: 'domcontentloaded', timeout: unfinished ? 0 : 30_000 });
    if (unfinished) {
      // The tab may be closed before the page has ended; that is no failure of the test.
      loading.catch(() => {});
      await tab.waitForFunction((address) => location.href === address && document.body, {}, url);
    } else await loading;
    await tab.bringToFront();
    return tab;
  };

  try {
    await worker();
    if (isNewProfile && !options.welcome) await closeWelcome(browser);
  } catch (error) {
    await browser.close();
    if (!options.profile) removeProfile(profile);
    throw new Error(`The extension in ${extension} did not start.`, { cause: error });
  }

  const openExtensionPage = (path: string) => page(`chrome-extension://${extensionId}/${path}`);
  return {
    browser,
    extensionId,
    profile,
    page,
    worker,
    openedPage,
    openExtensionPage,
    panel: (timeout) => openedPage('sidepanel.html', timeout),
    async clickAction(tab) {
      await tab.bringToFront();
      const installed = (await browser.extensions()).get(extensionId);
      if (!installed) throw new Error('The extension is not installed any more.');
      await installed.triggerAction(tab);
    },
    async grantNow(...origins) {
      const helper = await browser.newPage();
      tabs.add(helper.target());
      await helper.goto(`chrome-extension://${extensionId}/manifest.json`);
      const granted = await helper.evaluate((list) => chrome.permissions.request({ origins: list }), origins);
      await helper.close();
      if (!granted) throw new Error(`Access to ${origins.join(', ')} was not granted.`);
    },
    async dispatchMenu(click) {
      await (await worker()).evaluate(
        async (info) => {
          const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          const event = { editable: false, frameId: 0, pageUrl: tab?.url, ...info };
          chrome.contextMenus.onClicked.dispatch(event, tab);
        },
        { ...click },
      );
    },
    async dispatchCommand(name) {
      await (await worker()).evaluate(async (command) => {
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        chrome.commands.onCommand.dispatch(command, tab);
      }, name);
    },
    async dispatchQuestion(text) {
      await (await worker()).evaluate(async (question) => {
        chrome.omnibox.onInputStarted.dispatch();
        // As long as it takes a person to type.
        await new Promise<void>((resolve) => void globalThis.setTimeout(resolve, 200));
        chrome.omnibox.onInputEntered.dispatch(question);
      }, text);
    },
    async stopWorker() {
      const target = await findWorker();
      await (await target.worker())?.close();
      while (browser.targets().includes(target)) await setTimeout(20);
    },
    async setPanelWidth(panel, width) {
      const height = await panel.evaluate(() => innerHeight);
      await panel.setViewport({ width, height });
    },
    async kill() {
      const root = browser.process()?.pid;
      if (root) await killTree(root);
    },
    async close() {
      await browser.close();
      if (!options.profile) removeProfile(profile);
    },
  };
}
