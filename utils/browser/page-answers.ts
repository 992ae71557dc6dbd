/** Whether a page answers, and what the browser means when it does not. */

import { browser } from 'wxt/browser';
import { AppError } from '../errors';

/** The browser's own sentences for why a page cannot be read, as a code. Texts measured in Chromium and Firefox. */
export async function readingError(error: unknown, tabId: number, title = ''): Promise<AppError> {
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

/** Whether the page still runs scripts of ours: the reader rests between its slices, so a page at work does. */
export async function answers(tabId: number): Promise<boolean> {
  const sign = browser.scripting.executeScript({
    target: { tabId },
    func: () => true,
    injectImmediately: true,
  });
  return settled(sign, pulse).then(
    () => true,
    () => false,
  );
}

/** Milliseconds between two questions whether a page is still there. */
const interval = 4_000;

/** Milliseconds after which one such question is given up; those that come after it count. */
const pulse = 60_000;

/**
 * Waits for work that may never end. `isAlive` is asked every few seconds; without a sign of life for `timeout`
 * milliseconds the work is given up.
 */
export function settled<T>(
  work: Promise<T>,
  timeout: number,
  signal?: AbortSignal,
  isAlive?: () => Promise<boolean>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    let lastSign = Date.now();
    const timer = setInterval(
      async () => {
        if (Date.now() - lastSign >= timeout) reject(new AppError('page-busy'));
        else if (await isAlive?.()) lastSign = Date.now();
      },
      isAlive ? interval : timeout,
    );
    signal?.addEventListener('abort', () => reject(signal.reason));
    work.then(resolve, reject).finally(() => clearInterval(timer));
  });
}
