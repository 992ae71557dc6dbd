/** The door to a page that is being translated: the script that writes into it, put there on demand, and the line to it. */

import { browser } from 'wxt/browser';
import { AppError } from '../errors';
import { checkedFromPage } from '../page/translate/from-page';
import { type FromPage, type ToPage, translatorPort } from '../page/translate/types';
import { refuseNeverRead } from './never-read';
import { readingError } from './page-answers';

/** What another program in the page, or one of ours before this one, has left there. */
export interface PageSigns {
  /** Another translator is at work. */
  hasOther: boolean;
  /** Translations of ours stand in it. */
  hasOurs: boolean;
  url: string;
  title: string;
  lang: string;
}

export interface PageLine {
  send(message: ToPage): void;
  /** Ends the line; what stands in the page stays. */
  close(): void;
}

export interface PageListeners {
  message: (message: FromPage) => void;
  /** The line is there again after the page had been away: it knows nothing of what was asked before. */
  again: () => void;
  /** The tab is gone (`closed`), or shows another page (`left`). */
  ended: (why: 'closed' | 'left') => void;
}

type Port = ReturnType<typeof browser.tabs.connect>;

/** Milliseconds in which a tab that loads again has to come back, and between two looks at it. */
const patience = 20_000;
const interval = 200;

/**
 * Puts the script into the page and opens the line. When the page is loaded again, or comes back after a way through
 * other pages, the line is opened anew.
 * @throws AppError page-permission, page-protected, page-changed, tab-closed, never-read
 */
export async function connectPage(tabId: number, on: PageListeners): Promise<PageLine> {
  const state: { port?: Port; isClosed: boolean } = { isClosed: false };
  let address = '';

  const open = async () => {
    address = await inject(tabId);
    const port = browser.tabs.connect(tabId, { frameId: 0, name: translatorPort });
    state.port = port;
    port.onMessage.addListener((message: unknown) => {
      const checked = state.port === port && !state.isClosed ? checkedFromPage(message) : undefined;
      if (!checked) return;
      // An app goes to other pages without loading them.
      if (checked.type === 'moved') address = withoutPlace(checked.url);
      on.message(checked);
    });
    port.onDisconnect.addListener(() => {
      // Reading it keeps the browser from calling it unread.
      void browser.runtime.lastError;
      if (state.port !== port) return;
      state.port = undefined;
      if (!state.isClosed) void back();
    });
  };

  /** Waits for the page to be there again. */
  const back = async () => {
    for (const end = Date.now() + patience; Date.now() < end && !state.isClosed; await pause()) {
      const tab = await browser.tabs.get(tabId).catch(() => undefined);
      if (!tab) return on.ended('closed');
      if (tab.status !== 'complete' || tab.discarded) continue;
      // Without its address nobody may read it: it is another site's.
      if (tab.url === undefined || withoutPlace(tab.url) !== address) break;
      try {
        await open();
        if (state.isClosed) return state.port?.disconnect();
        return on.again();
      } catch {
        break;
      }
    }
    if (!state.isClosed) on.ended('left');
  };

  await open();
  return {
    send(message) {
      try {
        state.port?.postMessage(message);
      } catch {
        // The page has just gone; that is told when the port says so.
      }
    },
    close() {
      state.isClosed = true;
      state.port?.disconnect();
    },
  };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, interval));

const withoutPlace = (url: string): string => url.split('#', 1)[0] ?? '';

/** Puts the script into the page itself, and not into its frames. Resolves with the address without its place. */
async function inject(tabId: number): Promise<string> {
  try {
    const { url, type } = await signsOf(tabId);
    await refuseNeverRead(url);
    // The viewer has no text of its own.
    if (type === 'application/pdf') throw new AppError('page-protected', { title: '' });
    await browser.scripting.executeScript({
      target: { tabId },
      files: ['/content-scripts/translator.js'],
      injectImmediately: true,
    });
    return withoutPlace(url);
  } catch (error) {
    throw await readingError(error, tabId);
  }
}

/**
 * What stands in a page that matters before it is translated.
 * @throws AppError as `connectPage`
 */
export async function lookAtPage(tabId: number): Promise<PageSigns> {
  try {
    const { type: _, ...signs } = await signsOf(tabId);
    await refuseNeverRead(signs.url);
    return signs;
  } catch (error) {
    throw await readingError(error, tabId);
  }
}

async function signsOf(tabId: number): Promise<PageSigns & { type: string }> {
  const [frame] = await browser.scripting.executeScript({
    target: { tabId },
    injectImmediately: true,
    // Runs in the page: nothing of this module is there.
    func: () => {
      const root = document.documentElement;
      return {
        url: location.href,
        title: document.title,
        lang: root?.lang ?? '',
        type: document.contentType,
        hasOurs: document.querySelector('wholemoon-t, [data-wholemoon-lang]') !== null,
        hasOther:
          /(?:^|\s)translated-(?:ltr|rtl)(?:\s|$)/.test(root?.className ?? '') ||
          document.querySelector(
            [
              // Those of browsers: Google Translate in Chrome, Microsoft Translator in Edge.
              'font > font[style*="vertical-align: inherit"], font[_mstmutation]',
              // Immersive Translate, Read Frog, KISS Translator, FluentRead.
              '.immersive-translate-target-wrapper, .read-frog-translated-content-wrapper',
              'kiss-translator, .fluent-read-bilingual-content, [data-fr-translation-owned]',
            ].join(','),
          ) !== null,
      };
    },
  });
  const found = (frame?.result ?? {}) as Partial<Record<string, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 20_000) : '');
  if (!text(found.url)) throw new AppError('page-changed', { title: '' });
  return {
    url: text(found.url),
    title: text(found.title),
    lang: text(found.lang),
    type: text(found.type),
    hasOurs: found.hasOurs === true,
    hasOther: found.hasOther === true,
  };
}
