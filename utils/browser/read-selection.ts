/** Reading what is selected in a tab, at the moment of the click. */

import { browser } from 'wxt/browser';
import { readPlain } from '../page/plain';
import { type Reading, type Source, sourceId } from '../source';
import { refuseNeverRead } from './never-read';
import { type PackedAnswer, type ReaderRequest, unpacked } from './read-tab';

/** What the browser itself says of a selection that was clicked on. */
export interface ClickedSelection {
  tabId: number;
  frameId: number;
  /** The words as the browser gives them: in one line, and in Firefox not more than `mostGiven`. */
  text: string;
  title?: string;
  url?: string;
  /** Where the words stand, when that is not the page itself. */
  frameUrl?: string;
}

/**
 * Characters of a selection that Firefox hands to extensions (BrowserUtils, `getSelectionDetails`: “Pass up to 16K
 * through unmolested”). A text of this length may have been longer.
 */
const mostGiven = 16_384;

/**
 * The selected text, whole: read in the page where the browser lets us, as the browser gives it elsewhere (a PDF, the
 * frame of another site). `isCut` when the browser gave only its beginning: then it is no source.
 * @throws AppError never-read
 */
export async function readSelectionOf({
  tabId,
  frameId,
  text,
  title = '',
  url,
  frameUrl,
}: ClickedSelection): Promise<{ source?: Source; isCut?: boolean }> {
  await refuseNeverRead(url);
  await refuseNeverRead(frameUrl);
  const reading = (await selectionIn(tabId, frameId).catch(() => undefined)) ?? plain();
  if (reading === 'cut') return { isCut: true };
  if (!reading) return {};
  return { source: { ...reading, id: await sourceId(reading.text), readAt: Date.now() } };

  function plain(): Reading | 'cut' | undefined {
    if (import.meta.env.FIREFOX && text.length >= mostGiven) return 'cut';
    return text.trim() ? readPlain(text, { kind: 'selection', title, url }) : undefined;
  }
}

async function selectionIn(tabId: number, frameId: number): Promise<Reading | undefined> {
  const target = { tabId, frameIds: [frameId] };
  await browser.scripting.executeScript({
    target,
    func: (request: ReaderRequest) => {
      (globalThis as { wholemoonRequest?: ReaderRequest }).wholemoonRequest = request;
    },
    args: [{ selection: true }],
    injectImmediately: true,
  });
  const [frame] = await browser.scripting.executeScript({
    target,
    files: ['/content-scripts/reader.js'],
    injectImmediately: true,
  });
  const answer = frame?.result as PackedAnswer | null | undefined;
  if (!answer?.reading) return undefined;
  const { frames: _, elements: __, ...reading } = unpacked(answer).reading ?? {};
  return reading as Reading;
}
