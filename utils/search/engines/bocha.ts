import { hitsAt, post } from './json';
import type { Engine } from './types';

/** 博查; open.bochaai.com. Its answers have the form of Bing's. */
export const bocha: Engine = {
  id: 'bocha',
  name: '博查 Bocha',
  baseUrl: 'https://api.bochaai.com',
  needsKey: true,
  homePage: 'https://open.bochaai.com',
  request: (query, { baseUrl, key, count }) =>
    post(
      `${baseUrl}/v1/web-search`,
      { authorization: `Bearer ${key}` },
      { query, count, summary: false, freshness: 'noLimit' },
    ),
  parse: (body) => hitsAt(body, ['data', 'webPages', 'value'], { title: 'name' }),
  trouble: (status, body) => {
    // The status is in the answer too, as a number or in quotes, and may be the only one that says what is wrong.
    const said = Number(/"code"\s*:\s*"?(\d{3})/.exec(body)?.[1] ?? status);
    const code = status === 200 ? said : status;
    if (code === 403) return 'search-quota';
    if (code === 401) return 'search-key';
    if (code === 429) return 'search-limit';
    return code >= 500 ? 'search-engine-down' : undefined;
  },
};
