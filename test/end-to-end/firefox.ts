import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { ensureFirefox } from '../browsers.ts';

export interface FirefoxOptions {
  /** The unpacked extension; `.output/firefox-mv3` when not said. */
  extension?: string;
  /** Answers every `permissions.request()` with true; otherwise it waits for a prompt that nobody answers. */
  grant?: boolean;
  theme?: 'light' | 'dark';
}

/** What a function given to `inSidebar` gets: the sidebar's window, as Firefox's own code sees it. */
export type SidebarWindow = Window & typeof globalThis;

type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

export interface FirefoxHarness {
  browser: Browser;
  /** `moz-extension://…` of this installation. */
  origin: string;
  /** Opens a tab in front and loads an address. */
  page(url: string): Promise<Page>;
  /** Opens a page of the extension in a tab. */
  openExtensionPage(path: string): Promise<Page>;
  /** Clicks the toolbar button over the tab in front: a real invocation, with activeTab. */
  clickAction(): Promise<void>;
  openSidebar(): Promise<void>;
  closeSidebar(): Promise<void>;
  /** Runs a function in the sidebar; it sees nothing but its arguments. Waits when it returns a promise. */
  inSidebar<Arguments extends Json[], Result>(
    run: (window: SidebarWindow, ...values: Arguments) => Result | Promise<Result>,
    ...values: Arguments
  ): Promise<Result>;
  /** Waits until a function run in the sidebar returns something true, and returns that. */
  waitInSidebar<Arguments extends Json[], Result>(
    run: (window: SidebarWindow, ...values: Arguments) => Result | Promise<Result>,
    ...values: Arguments
  ): Promise<Result>;
  /**
   * Clicks the first element of the sidebar that matches, says this and can be used, as a user does:
   * what the click starts has a user gesture. Waits for it; found and clicked in one step, because
   * what is found may be drawn anew before a second.
   */
  clickInSidebar(selector: string, text?: string): Promise<void>;
  /** Presses the extension's shortcut with Alt and this letter: a real command, with activeTab. */
  pressShortcut(letter: string): Promise<void>;
  /** Right-clicks an element of a web page and chooses the extension's entry with this id: activeTab included. */
  chooseMenuItem(page: Page, selector: string, itemId: string): Promise<void>;
  close(): Promise<void>;
}

const defaultExtension = resolve(import.meta.dirname, '../../.output/firefox-mv3');
const extensionId = 'wholemoon@wholemoon.org';
/** Firefox's form of the id in element ids. */
const widgetId = extensionId.replace(/[^a-z0-9]/g, '_');
/** Fixed, so that the address of the extension's pages is known. */
const uuid = '7f0a4c52-3b1e-4c5d-9a86-2d1e5f60b7c3';

/** The raw protocol, for what puppeteer has no function for. */
interface Connection {
  send(method: string, parameters: object): Promise<{ result: unknown }>;
}

interface Evaluation {
  type: 'success' | 'exception';
  result?: { type: string; value?: unknown };
  exceptionDetails?: { text: string };
}

/** Starts Firefox with the built extension, always without a window: its menus do not open under a bare display. */
export async function launchFirefox(options: FirefoxOptions = {}): Promise<FirefoxHarness> {
  const extension = resolve(options.extension ?? defaultExtension);
  if (!existsSync(extension)) throw new Error(`There is no ${extension}; build the extension first.`);
  const dark = options.theme === 'dark';
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: await ensureFirefox(),
    headless: true,
    defaultViewport: null,
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: uuid }),
      'extensions.webextOptionalPermissionPrompts': !options.grant,
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'ui.systemUsesDarkTheme': dark ? 1 : 0,
    },
    // Without it the extension's own pages and the browser's window are out of reach.
    args: ['-remote-allow-system-access', '--width=1280', '--height=900'],
  });
  try {
    return await drive(browser, extension);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Milliseconds in which a sidebar that is there answers; a call into one that has just gone gets no answer at all. */
const answerTime = 4_000;

async function drive(browser: Browser, extension: string): Promise<FirefoxHarness> {
  const { connection } = browser as unknown as { connection: Connection };
  await browser.installExtension(extension);
  const { contexts } = (await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' }))
    .result as { contexts: { url: string; context: string }[] };
  const context = contexts.find(({ url }) => url.includes('browser.xhtml'))?.context;
  if (!context) throw new Error('Firefox has no window.');

  /** Evaluates an expression in the browser's own window. */
  const inWindow = async (expression: string): Promise<unknown> => {
    const parameters = { expression, target: { context }, awaitPromise: true, userActivation: true };
    const { type, result, exceptionDetails } = (await connection.send('script.evaluate', parameters))
      .result as Evaluation;
    if (type === 'exception') throw new Error(`In the window of Firefox: ${exceptionDetails?.text}`);
    return result?.value;
  };

  /** Until the sidebar shows the extension's page: what is sent before goes to a document that is thrown away. */
  const sidebarIsThere = () =>
    inWindow(`new Promise((resolve) => {
      const check = () => document.getElementById('sidebar').contentDocument
        ?.getElementById('webext-panels-browser')?.currentURI?.spec.startsWith('moz-extension:')
        ? resolve() : setTimeout(check, 20);
      check();
    })`);

  let calls = 0;
  const inSidebar: FirefoxHarness['inSidebar'] = async (run, ...values) => {
    // The sidebar's document is no context of the protocol; a frame script is the way into its process.
    const name = `wholemoon:${++calls}`;
    const script = `(async () => {
      let answer;
      try { answer = { value: await (${run.toString()})(content, ...${JSON.stringify(values)}) }; }
      catch (error) { answer = { error: String(error) }; }
      sendAsyncMessage(${JSON.stringify(name)}, JSON.stringify(answer));
    })()`;
    const answer = await inWindow(`new Promise((resolve, reject) => {
      const panel = document.getElementById('sidebar').contentDocument?.getElementById('webext-panels-browser');
      if (!panel) return reject(new Error('The sidebar is not open.'));
      const listener = ({ data }) => { panel.messageManager.removeMessageListener(${JSON.stringify(name)}, listener); resolve(data); };
      panel.messageManager.addMessageListener(${JSON.stringify(name)}, listener);
      panel.messageManager.loadFrameScript('data:;charset=utf-8,' + encodeURIComponent(${JSON.stringify(script)}), false);
      setTimeout(() => reject(new Error('The sidebar did not answer.')), ${answerTime});
    })`);
    const { value, error } = JSON.parse(String(answer));
    if (error) throw new Error(`In the sidebar: ${error}`);
    return value;
  };

  const waitInSidebar: FirefoxHarness['waitInSidebar'] = async (run, ...values) => {
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline) {
      // The first document of a sidebar may go before it answers; the next one is asked again.
      const result = await inSidebar(run, ...values).catch(() => undefined);
      if (result) return result;
      await setTimeout(50);
    }
    throw new Error(`The sidebar never satisfied: ${run.toString()}`);
  };

  const newTab = async () => {
    // The window's first, empty tab is used up first, or it would turn up in the extension's list of tabs.
    const [first] = await browser.pages();
    return first?.url() === 'about:blank' ? first : browser.newPage();
  };

  return {
    browser,
    origin: `moz-extension://${uuid}`,
    inSidebar,
    waitInSidebar,
    async page(url) {
      const page = await newTab();
      await page.goto(url, { waitUntil: 'domcontentloaded' });
      await page.bringToFront();
      return page;
    },
    async openExtensionPage(path) {
      const page = await newTab();
      // Firefox reports no navigation to an extension page, so that only the page itself says when it is there.
      await page.goto(`moz-extension://${uuid}/${path}`, { timeout: 1000 }).catch(() => {});
      await page.waitForFunction(
        (start) => location.href.startsWith(start) && document.readyState === 'complete',
        {},
        `moz-extension://${uuid}/`,
      );
      return page;
    },
    async clickAction() {
      await inWindow(`(() => {
        const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
        const extension = ExtensionParent.GlobalManager.getExtension(${JSON.stringify(extensionId)});
        return ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
      })()`);
      await sidebarIsThere();
    },
    async openSidebar() {
      await inWindow(`SidebarController.show('${widgetId}-sidebar-action')`);
      await sidebarIsThere();
      await waitInSidebar((window) => window.document.readyState === 'complete');
    },
    async closeSidebar() {
      await inWindow('SidebarController.hide()');
    },
    async clickInSidebar(selector, text = '') {
      await waitInSidebar(
        (window, target, wanted) => {
          const element = [...window.document.querySelectorAll<HTMLElement>(target)].find(
            (candidate) => candidate.innerText.includes(wanted) && !candidate.matches(':disabled'),
          );
          if (!element) return false;
          const { windowUtils } = window as unknown as {
            windowUtils: { setHandlingUserInput(on: boolean): { destruct(): void } };
          };
          const gesture = windowUtils.setHandlingUserInput(true);
          try {
            element.click();
          } finally {
            gesture.destruct();
          }
          return true;
        },
        selector,
        text,
      );
    },
    async pressShortcut(letter) {
      // Keys that are sent to a page never reach the browser's own.
      const found = await inWindow(`(() => {
        const keys = [...document.querySelectorAll('keyset[id^="ext-keyset-id"] key[modifiers="alt"]')];
        const key = keys.find((one) => one.getAttribute('key') === ${JSON.stringify(letter)});
        key?.dispatchEvent(new window.CustomEvent('command', { bubbles: true }));
        return key !== undefined;
      })()`);
      if (!found) throw new Error(`The extension has no shortcut with Alt and ${letter}.`);
    },
    async chooseMenuItem(page, selector, itemId) {
      await page.bringToFront();
      const menu = `document.getElementById('contentAreaContextMenu')`;
      const shown = inWindow(`new Promise((resolve, reject) => {
        ${menu}.addEventListener('popupshown', () => resolve(), { once: true });
        setTimeout(() => reject(new Error('no menu opened')), 10_000);
      })`);
      await Promise.all([shown, page.click(selector, { button: 'right' })]);
      const known = await inWindow(`(() => {
        const items = [...${menu}.querySelectorAll('menuitem[id^="${widgetId}-"]')];
        const item = items.find(({ id }) => id.endsWith(${JSON.stringify(`-menuitem-_${itemId}`)}));
        if (!item) { ${menu}.hidePopup(); return items.map(({ id }) => id).join(', ') || 'none'; }
        return new Promise((resolve) => {
          // The command reaches the extension after this event; only then does it have activeTab.
          item.addEventListener('command', () => setTimeout(resolve, 0, ''), { once: true });
          // An entry of a submenu can only be activated while the submenu is open.
          const open = item.closest('menu');
          if (!open) return ${menu}.activateItem(item);
          open.menupopup.addEventListener('popupshown', () => open.menupopup.activateItem(item), { once: true });
          open.openMenu(true);
        });
      })()`);
      if (known) throw new Error(`The context menu has no ${itemId}, only: ${known}`);
    },
    close: () => browser.close(),
  };
}
