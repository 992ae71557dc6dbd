import { browser } from 'wxt/browser';
import { activeTab } from './tabs';

/** A passage to be shown: its words in the source, the same as the page shows them, and which of equal ones it is. */
export interface PassagePlace {
  words: string;
  plain: string;
  /** 0 for the first passage with these words. */
  occurrence: number;
  /** Of a PDF, the page that it stands on. */
  page?: number;
}

/**
 * Scrolls the page in front to a passage and paints it, when the page is the passage's own.
 * `no-tab`: another page is in front. `not-found`: the page no longer has these words. A PDF is turned to the
 * passage's `page` (`#page=` is what the viewers of Chromium and Firefox understand); nothing is painted there.
 */
export async function showPassage(
  windowId: number,
  url: string | undefined,
  passage: PassagePlace,
): Promise<'shown' | 'not-found' | 'no-tab'> {
  const tab = await activeTab(windowId);
  if (!tab?.url || tab.url.split('#', 1)[0] !== url?.split('#', 1)[0]) return 'no-tab';
  if (passage.page !== undefined) return turnTo(tab.id, tab.url, passage.page);
  try {
    await browser.scripting.executeScript({
      target: { tabId: tab.id },
      func: (value: PassagePlace) => {
        (globalThis as { wholemoonPassage?: PassagePlace }).wholemoonPassage = value;
      },
      args: [passage],
    });
    const [frame] = await browser.scripting.executeScript({
      target: { tabId: tab.id },
      files: ['/content-scripts/page.js'],
    });
    return frame?.result ? 'shown' : 'not-found';
  } catch {
    return 'no-tab';
  }
}

async function turnTo(tabId: number, url: string, page: number): Promise<'shown' | 'no-tab'> {
  try {
    if (import.meta.env.FIREFOX) {
      await browser.tabs.update(tabId, { url: `${url.split('#', 1)[0]}#page=${page}` });
    } else {
      // Chromium's viewer looks at the address only when it loads.
      await browser.scripting.executeScript({
        target: { tabId },
        func: (number: number) => {
          location.hash = `page=${number}`;
          location.reload();
        },
        args: [page],
      });
    }
    return 'shown';
  } catch {
    return 'no-tab';
  }
}
