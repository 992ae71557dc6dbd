import { hitsAt, post } from './json';
import type { Engine } from './types';

/** Results of Google; serper.dev/playground */
export const serper: Engine = {
  id: 'serper',
  name: 'Serper (Google)',
  baseUrl: 'https://google.serper.dev',
  needsKey: true,
  homePage: 'https://serper.dev/api-keys',
  // What is more than ten costs twice as much.
  request: (query, { baseUrl, key }) =>
    post(`${baseUrl}/search`, { 'x-api-key': key }, { q: query, num: 10 }),
  parse: (body) => hitsAt(body, ['organic'], { url: 'link' }),
  trouble: (status, body) =>
    status === 400 && /not enough credits/i.test(body) ? 'search-quota' : undefined,
};
