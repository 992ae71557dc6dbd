import { get, hitsAt } from './json';
import type { Engine } from './types';

/** api-dashboard.search.brave.com/app/documentation/web-search */
export const brave: Engine = {
  id: 'brave',
  name: 'Brave Search',
  baseUrl: 'https://api.search.brave.com',
  needsKey: true,
  homePage: 'https://api-dashboard.search.brave.com/app/keys',
  request: (query, { baseUrl, key, count }) =>
    get(
      `${baseUrl}/res/v1/web/search`,
      // More than 20 are refused.
      { q: query, count: String(Math.min(count, 20)), text_decorations: 'false', result_filter: 'web' },
      { 'x-subscription-token': key },
    ),
  // Without results there is no `web` in the answer.
  parse: (body) => hitsAt(body, ['web', 'results'], { mayBeAbsent: true }),
  trouble: (status, body) =>
    status === 422 && /SUBSCRIPTION_TOKEN/.test(body)
      ? 'search-key'
      : status === 402 || /QUOTA|"USAGE_LIMIT/.test(body)
        ? 'search-quota'
        : undefined,
};
