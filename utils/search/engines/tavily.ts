import { hitsAt, post } from './json';
import type { Engine } from './types';

/** docs.tavily.com/documentation/api-reference/endpoint/search */
export const tavily: Engine = {
  id: 'tavily',
  name: 'Tavily',
  baseUrl: 'https://api.tavily.com',
  needsKey: true,
  homePage: 'https://app.tavily.com/home',
  request: (query, { baseUrl, key, count }) =>
    post(
      `${baseUrl}/search`,
      { authorization: `Bearer ${key}` },
      // More than 20 are refused. Its own texts and answers are not asked for: pages are read from their sites.
      {
        query,
        max_results: Math.min(count, 20),
        search_depth: 'basic',
        include_answer: false,
        include_raw_content: false,
      },
    ),
  parse: (body) => hitsAt(body, ['results']),
  // 432: the plan is used up; 433: the limit of paying as one goes.
  trouble: (status) => (status === 432 || status === 433 ? 'search-quota' : undefined),
};
