/** Reading and marking the article that comes with the extension: the same reader, in a page of our own. */

import { AppError } from '../errors';
import { readPage } from '../page';
import { type PassageToShow, showInPage } from '../page/highlight';
import type { Reading } from '../source';
import type { ReaderRequest } from './read-tab';
import { sampleDocument } from './sample';

/** Milliseconds after which a page of our own is there or never will be. */
const patience = 10_000;

/** @throws AppError page-changed when the tab shows something else by then */
export async function readSample(
  tabId: number,
  { mode, withHidden }: ReaderRequest,
  signal?: AbortSignal,
): Promise<Reading> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    signal?.throwIfAborted();
    const document = sampleDocument(tabId);
    if (document?.readyState === 'complete') {
      const { frames: _, elements: __, ...reading } = await readPage(document, { mode, withHidden });
      return reading;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new AppError('page-changed', { title: '' });
}

/** Scrolls to a passage and paints it. */
export async function showInSample(
  tabId: number,
  passage: PassageToShow,
): Promise<'shown' | 'folded' | 'changed'> {
  const document = sampleDocument(tabId);
  return document ? showInPage(document, passage) : 'changed';
}
