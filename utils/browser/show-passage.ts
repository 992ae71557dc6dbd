import { browser } from 'wxt/browser';
import { activeTab } from './tabs';

/**
 * Scrolls the page in front to a passage and paints it, when the page is the passage's own.
 * `no-tab`: another page is in front. `not-found`: the page no longer has these words.
 */
export async function showPassage(
  windowId: number,
  url: string | undefined,
  passage: string,
): Promise<'shown' | 'not-found' | 'no-tab'> {
  const tab = await activeTab(windowId);
  if (!tab?.url || tab.url.split('#', 1)[0] !== url?.split('#', 1)[0]) return 'no-tab';
  try {
    await browser.scripting.executeScript({
      target: { tabId: tab.id },
      func: (value: string) => {
        (globalThis as { wholemoonPassage?: string }).wholemoonPassage = value;
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
