import { get, hitsAt } from './json';
import type { Engine } from './types';

/** A metasearch engine that people run for themselves; docs.searxng.org/dev/search_api.html. Searx answers the same. */
export const searxng: Engine = {
  id: 'searxng',
  name: 'SearXNG',
  baseUrl: '',
  needsKey: false,
  homePage: 'https://docs.searxng.org/admin/installation.html',
  request: (query, { baseUrl }) => get(`${baseUrl}/search`, { q: query, format: 'json' }, {}),
  parse: (body) => hitsAt(body, ['results']),
  trouble: (status, body) => {
    // Without `json` in `search.formats` of its settings.yml it forbids the form of the answer.
    if (status === 403) return 'search-json-off';
    if (status !== 200) return undefined;
    try {
      const { results, unresponsive_engines: silent } = JSON.parse(body);
      return results.length === 0 && silent.length > 0 ? 'search-upstream' : undefined;
    } catch {
      return undefined;
    }
  },
};
