/** The door to the browser: tabs and what stands in them. */

import { browser } from 'wxt/browser';
import { AppError } from '../errors';
import { type Reading, type Source, sourceId } from '../source';

export interface TabInfo {
  id: number;
  windowId: number;
  /** Known only for tabs that the extension may read. */
  url?: string;
  title?: string;
  loading: boolean;
}

export interface ReadTabOptions {
  mode?: 'article' | 'everything';
  /** Read what is there without waiting for the page to finish loading. */
  immediately?: boolean;
  signal?: AbortSignal;
  /** Milliseconds after which a page that does not answer is given up. Frozen tabs never answer. */
  timeout?: number;
}

/** The tab in front in a window, or undefined when the window has none. */
export async function activeTab(windowId: number): Promise<TabInfo | undefined> {
  const [tab] = await browser.tabs.query({ active: true, windowId });
  return tab?.id === undefined
    ? undefined
    : {
        id: tab.id,
        windowId,
        url: tab.url || undefined,
        title: tab.title || undefined,
        loading: tab.status === 'loading',
      };
}

export async function currentWindowId(): Promise<number> {
  const { id } = await browser.windows.getCurrent();
  return id ?? browser.windows.WINDOW_ID_NONE;
}

/** Calls `listener` when another tab comes to the front, or the front tab of the window loads something. */
export function watchActiveTab(
  windowId: number,
  listener: (change: 'activated' | 'loading' | 'complete') => void,
) {
  const activated = (info: { windowId: number }) => info.windowId === windowId && listener('activated');
  const updated = (
    _: number,
    change: { status?: string; url?: string },
    tab: { active: boolean; windowId?: number; status?: string },
  ) => {
    if (!tab.active || tab.windowId !== windowId) return;
    if (change.status === 'loading' || change.status === 'complete') listener(change.status);
    // An address that changes without loading: a single-page app went to another page.
    else if (change.url !== undefined && tab.status === 'complete') listener('complete');
  };
  browser.tabs.onActivated.addListener(activated);
  browser.tabs.onUpdated.addListener(updated);
  return () => {
    browser.tabs.onActivated.removeListener(activated);
    browser.tabs.onUpdated.removeListener(updated);
  };
}

/**
 * Reads a tab whole, as it stands now.
 * @throws AppError page-protected, page-permission, page-empty, page-busy, page-asleep, page-changed, tab-closed
 */
export async function readTab(
  tabId: number,
  { mode = 'article', immediately = false, signal, timeout = 20_000 }: ReadTabOptions = {},
): Promise<Source> {
  const before = await getTab(tabId);
  if (before.discarded || before.status === 'unloaded' || ('frozen' in before && before.frozen)) {
    throw new AppError('page-asleep', { title: before.title ?? '' });
  }
  const injection = async () => {
    await browser.scripting.executeScript({
      target: { tabId },
      func: (value: string) => {
        (globalThis as { wholemoonMode?: string }).wholemoonMode = value;
      },
      args: [mode],
      injectImmediately: immediately,
    });
    const [frame] = await browser.scripting.executeScript({
      target: { tabId },
      files: ['/content-scripts/reader.js'],
      injectImmediately: immediately,
    });
    return frame?.result as { reading?: Reading; trouble?: ReturnType<AppError['toTrouble']> } | undefined;
  };
  let result: Awaited<ReturnType<typeof injection>>;
  try {
    result = await settled(injection(), timeout, signal);
  } catch (error) {
    throw await readingError(error, tabId, before.title);
  }
  if (result?.trouble) throw new AppError(result.trouble.code, result.trouble.facts);
  // Chromium resolves with null when the page went to another address meanwhile.
  if (!result?.reading) throw new AppError('page-changed', { title: before.title ?? '' });
  return { ...result.reading, id: await sourceId(result.reading.text), readAt: Date.now() };
}

async function getTab(tabId: number) {
  try {
    return await browser.tabs.get(tabId);
  } catch (error) {
    throw new AppError('tab-closed', {}, error);
  }
}

/** The browser's own sentences for why a page cannot be read, as a code. Texts measured in Chromium and Firefox. */
async function readingError(error: unknown, tabId: number, title = ''): Promise<AppError> {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const tab = await browser.tabs.get(tabId).catch(() => undefined);
  if (!tab) return new AppError('tab-closed', { title }, error);
  if (/No tab with id|Frame with ID \d+ (was removed|is showing error page)|Invalid tab ID/i.test(message)) {
    const isErrorPage = /showing error page/i.test(message);
    return new AppError(isErrorPage ? 'page-protected' : 'page-changed', { title }, error);
  }
  if (
    /must request permission|Missing host permission|Cannot access contents of (the page|url)/i.test(message)
  ) {
    const url = tab.url ?? '';
    // Without the tab's address we cannot tell a protected page from one that nobody has allowed yet.
    const isProtected = url !== '' && !/^(https?|file|ftp):/i.test(url);
    return new AppError(
      isProtected ? 'page-protected' : 'page-permission',
      { title, site: siteOf(url) },
      error,
    );
  }
  if (/cannot be scripted|Cannot access a|extensions gallery|chrome:\/\/|about:|view-source/i.test(message)) {
    return new AppError('page-protected', { title }, error);
  }
  return new AppError('unexpected', { message: message.slice(0, 300) }, error);
}

const siteOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '');

function settled<T>(work: Promise<T>, timeout: number, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new AppError('page-busy')), timeout);
    signal?.addEventListener('abort', () => reject(signal.reason));
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Opens an address in a new tab, without telling it where the link stood. */
export async function openTab(url: string): Promise<void> {
  await browser.tabs.create({ url });
}

/** Loads a tab that the browser had put away. */
export async function wakeTab(tabId: number): Promise<void> {
  await browser.tabs.reload(tabId);
}
