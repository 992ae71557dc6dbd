/** The words that are selected in a tab, read where they stand: also where no frame of ours can be shown beside them. */

import { browser } from 'wxt/browser';
import type { OverlayOrder, OverlayOutcome } from '../page/overlay/types';

/**
 * Characters of a selection that Firefox hands to extensions (BrowserUtils, `getSelectionDetails`). A text of this
 * length may have been longer.
 */
const mostGiven = 16_384;
/** Milliseconds for which a page is waited for: one that shows a dialog answers never. */
const patience = 3_000;

/** White space is where browsers differ most about a selection. */
const folded = (text: string) => text.replace(/\s+/g, '');

/**
 * The selected words, whole, with their paragraphs and cut words made whole; also those of a frame of another site.
 * @param given what the browser says of them: in one line, and in Firefox perhaps only their beginning. It stands where
 * no script may run, such as in the viewer of a PDF. Empty after a key
 * @returns `isCut` where the browser gave a beginning, and the page the rest of it not
 */
export async function selectedWords(
  tabId: number,
  given = '',
  { isFirefox = import.meta.env.FIREFOX } = {},
): Promise<{ words?: string; isCut?: boolean }> {
  const timeout = new Promise<OverlayOutcome[]>((resolve) => setTimeout(resolve, patience, []));
  const found = await Promise.race([wordsIn(tabId).catch(() => []), timeout]);
  const candidates = found.flatMap((outcome) => (outcome.status === 'words' ? outcome : []));
  if (given.trim()) {
    const wanted = folded(given);
    const same = candidates.find(({ selected }) => folded(selected.text).includes(wanted));
    if (same) return { words: same.selected.text };
    return isFirefox && given.length >= mostGiven ? { isCut: true } : { words: given };
  }
  // A page keeps what was selected in it while the reader selects in one of its frames.
  const chosen = candidates.find(({ isBehind }) => !isBehind) ?? candidates[0];
  return chosen ? { words: chosen.selected.text } : {};
}

async function wordsIn(tabId: number): Promise<OverlayOutcome[]> {
  const target = { tabId, allFrames: true };
  const order: OverlayOrder = { id: '', view: 'selection', onlyWords: true };
  await browser.scripting.executeScript({
    target,
    func: (value: OverlayOrder) => {
      (globalThis as { wholemoonOverlayOrder?: OverlayOrder }).wholemoonOverlayOrder = value;
    },
    args: [order],
    injectImmediately: true,
  });
  const frames = await browser.scripting.executeScript({
    target,
    files: ['/content-scripts/overlay-host.js'],
    injectImmediately: true,
  });
  return frames.flatMap(({ result }) => (result as OverlayOutcome | null | undefined) ?? []);
}
