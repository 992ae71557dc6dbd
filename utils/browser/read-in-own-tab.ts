/** Reading a page that its scripts write: in a tab of ours, with the reader that every tab is read with. */

import { AppError } from '../errors';
import { fewWords, gateOf, scriptedWords } from '../page/gate';
import type { Source } from '../source';
import { closeOwnTab, openOwnTab } from './own-tab';
import { loadInOwnTab, type SettledPage, type SettleOptions } from './own-tab-page';
import { hasPasswordField } from './page-kind';
import { parseInert } from './parse-inert';
import type { PdfProgress } from './pdf-tab';
import { isPrivateHost } from './private-hosts';
import { gateTrouble } from './read-link';
import { readTab } from './read-tab';

export interface ReadInOwnTabOptions extends Pick<SettleOptions, 'signal' | 'patience' | 'interval'> {
  onProgress?: (progress: PdfProgress) => void;
  /** Called when its turn has come and the tab is open. */
  onOpen?: () => void;
  parse?: (html: string) => Promise<Document>;
}

/**
 * What an address shows in a browser, whole, without being brought to the front. The tab is closed when this has ended,
 * one way or the other.
 * @throws AppError link-private, link-kind, link-unreachable, link-sign-in, link-consent, link-bot-check, link-unseen,
 * page-busy, page-changed, tab-closed, never-read, and whatever else `readTab` throws
 */
export async function readInOwnTab(
  url: string,
  { signal, onProgress, onOpen, parse = parseInert, ...settling }: ReadInOwnTabOptions = {},
): Promise<Source> {
  const asked = new URL(url);
  const tabId = await openOwnTab(signal);
  try {
    onOpen?.();
    const gate = async ({ url: at, words, markup }: SettledPage) =>
      markup === undefined ? undefined : gateOf(await parse(markup), { url: at, words });
    const isPassing = async (page: SettledPage) => (await gate(page)) === 'bot-check';
    const page = await loadInOwnTab(tabId, url, { signal, isPassing, ...settling });
    const { host, hostname } = new URL(page.url);
    if (isPrivateHost(hostname) && !isPrivateHost(asked.hostname))
      throw new AppError('link-private', { host });
    if (page.words < fewWords) {
      const standing = await gate(page);
      if (standing && standing !== 'scripts') throw gateTrouble(standing, { host, words: page.words });
      if (await hasPasswordField(tabId)) throw new AppError('link-sign-in', { host, words: page.words });
      if (page.words < scriptedWords) throw new AppError('link-unseen', { host, words: page.words });
    }
    signal?.throwIfAborted();
    const source = await readTab(tabId, { signal, onProgress });
    return { ...source, kind: 'link' };
  } catch (error) {
    signal?.throwIfAborted();
    // What cannot be told apart from a page that has no text: its scripts have written none.
    if (error instanceof AppError && error.code === 'page-empty')
      throw new AppError('link-unseen', { host: asked.host, words: 0 }, error);
    throw error;
  } finally {
    await closeOwnTab(tabId);
  }
}
