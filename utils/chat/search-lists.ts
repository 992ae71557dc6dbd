/** What a round of searching makes of its queries and of what engines answer. */

import { canonicalAddress } from '../search/addresses';
import type { Found, Hit } from '../search/types';
import type { SearchQuery } from '../store/records';

/** Queries as they are sent: without empty ones and repetitions. */
export const cleanQueries = (queries: readonly string[]): string[] => [
  ...new Set(queries.map((query) => query.replace(/\s+/g, ' ').trim()).filter(Boolean)),
];

/** Results of several queries as one list: the first of each, then the second of each, no page twice. */
export function merged(lists: Hit[][]): Hit[] {
  const hits = new Map<string, Hit>();
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  for (let rank = 0; rank < longest; rank++)
    for (const list of lists) {
      const hit = list[rank];
      const address = hit && canonicalAddress(hit.url);
      if (address && !hits.has(address)) hits.set(address, hit);
    }
  return [...hits.values()];
}

/** Whether the user can do something about it, and nobody else. */
export const isForUser = ({ trouble }: SearchQuery): boolean =>
  trouble !== undefined && forUser.includes(trouble.code as string);

/** Of utils/search/find.ts. */
const forUser = ['search-captcha', 'search-consent', 'search-permission', 'search-sites'];

/** Engines that could not answer either, where the error of the last one names them. */
export function passedOverIn(error: unknown): Partial<Pick<SearchQuery, 'passedOver'>> {
  const { passedOver } = error as { passedOver?: Found['passedOver'] };
  return Array.isArray(passedOver) && passedOver.length > 0
    ? { passedOver: passedOver.map(({ engineName: engine, trouble }) => ({ engine, trouble })) }
    : {};
}
