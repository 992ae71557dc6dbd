import { queryOf, readResults } from './search-results';
import type { Site } from './types';

/** Result pages of DuckDuckGo, with scripts (`article[data-testid]`) and without (html.duckduckgo.com). */
export const duckDuckGo: Site = {
  id: 'duckduckgo',
  hosts: ['duckduckgo.com'],
  read(page) {
    const { document } = page;
    const main =
      document.querySelector('[data-testid="mainline"]') ??
      document.querySelector('.react-results--main') ??
      document.querySelector('#links.results, #links');
    if (!main) return null;
    const panel = document.querySelector('[data-testid="sidebar"]');
    return readResults(page, {
      query: queryOf(page, 'q'),
      regions: panel && !main.contains(panel) ? [main, panel] : [main],
      title: 'a[data-testid="result-title-a"], a.result__a',
      address: 'a[data-testid="result-extras-url-link"], a.result__url',
      advertisement: '[data-testid="ad"], [data-layout="ad"], .result--ad',
      furniture: 'button, form, .nav-link, .result__extras__icon, [data-testid="feedback-prompt"]',
      // The next results are put below these when a button is pressed.
      gaps: document.querySelector('#more-results, .result--more, .nav-link')
        ? [{ why: 'not-loaded', size: 0 }]
        : [],
    });
  },
};
