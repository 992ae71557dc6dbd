/** How the panel looks things up: with the engines and the readers of utils/search, as the settings say. */

import { isPrivateWindow } from '../browser/panel';
import { everySite, hasPermission } from '../browser/permissions';
import { isSensitive } from '../browser/sensitive';
import type { Source } from '../source';
import { settings } from '../store/settings';
import type { FindHits, ReadHits, Searching } from './search-types';

/** What finds and reads pages is loaded with the first search. */
const find: FindHits = async (query, options) => {
  const { findHits } = await import('../search/find');
  return findHits(query, options);
};
const whenAnswered = async (signal: AbortSignal) =>
  (await import('../search/browser-engine')).whenAnswered(signal);
const read: ReadHits = async (hits, options) => {
  const { readHits } = await import('../search/read-hits');
  return readHits(hits, options);
};

/**
 * The user is asked first where they want to be, where the browser has to ask them, and where something is in the
 * question that others should not hear of: pages of banks and mail, a private window, addresses of the own network.
 */
export async function panelSearching(sources: readonly Source[]): Promise<Searching> {
  const [pages, wants, isAllowed] = await Promise.all([
    settings.searchPages.read(),
    settings.askBeforeSearch.read(),
    hasPermission(everySite),
  ]);
  const isPrivate = isPrivateWindow() || sources.some(({ url }) => url !== undefined && isSensitive(url));
  return { pages, asks: wants || isPrivate || !isAllowed, isAllowed, find, read, whenAnswered };
}
