import { hitsAt, post } from './json';
import type { Engine } from './types';

/** docs.exa.ai/reference/search */
export const exa: Engine = {
  id: 'exa',
  name: 'Exa',
  baseUrl: 'https://api.exa.ai',
  needsKey: true,
  homePage: 'https://dashboard.exa.ai/api-keys',
  request: (query, { baseUrl, key, count }) =>
    post(`${baseUrl}/search`, { 'x-api-key': key }, { query, numResults: count, type: 'auto' }),
  parse: (body) => hitsAt(body, ['results']),
};
