import type { Engine } from './types';

/**
 * Its page for browsers without scripts, fetched as a stranger: the way that is left when nothing else answers. It asks
 * for proof of a person more often than the same page in a tab.
 */
export const duckduckgo: Engine = {
  id: 'duckduckgo',
  name: 'DuckDuckGo',
  baseUrl: 'https://html.duckduckgo.com',
  needsKey: false,
  homePage: 'https://duckduckgo.com',
  request: (query, { baseUrl }) => ({
    url: `${baseUrl}/html/?${new URLSearchParams({ q: query })}`,
    headers: { accept: 'text/html' },
  }),
};
