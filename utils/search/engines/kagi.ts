import { get, hitsAt } from './json';
import type { Engine } from './types';

/** help.kagi.com/kagi/api/search.html */
export const kagi: Engine = {
  id: 'kagi',
  name: 'Kagi',
  baseUrl: 'https://kagi.com',
  needsKey: true,
  homePage: 'https://kagi.com/settings/api',
  request: (query, { baseUrl, key, count }) =>
    get(`${baseUrl}/api/v0/search`, { q: query, limit: String(count) }, { authorization: `Bot ${key}` }),
  // `t` is the kind of an entry: 0 for a page, 1 for related queries.
  parse: (body) => hitsAt(body, ['data'], { isHit: ({ t }) => t === 0 }),
  trouble: (_, body) => (/insufficient (credit|balance)/i.test(body) ? 'search-quota' : undefined),
};
