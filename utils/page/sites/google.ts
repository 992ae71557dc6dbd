import { hostOf, pathOf } from './addresses';
import { queryOf, readResults } from './search-results';
import type { Site } from './types';

/** Result pages of Google, whose classes mean nothing: a result's title is the `h3` in its link. */
export const google: Site = {
  id: 'google',
  hosts: ['www.google.com'],
  /** Google's hosts in other countries: www.google.de, www.google.com.hk, www.google.co.jp. */
  matches: (page) => /^www\.google\.(?:com?\.)?[a-z]{2,3}$/.test(hostOf(page.url)),
  read(page) {
    if (pathOf(page.url) !== '/search') return null;
    const { document } = page;
    const main =
      document.querySelector('#rso') ?? document.querySelector('#search') ?? document.querySelector('#rcnt');
    if (!main) return null;
    const overview = document.querySelector('#m-x-content, #Odp5De');
    const panel = document.querySelector('#rhs');
    const regions = [overview, main, panel].filter((region): region is Element => region !== null);
    return readResults(page, {
      query: queryOf(page, 'q'),
      regions: regions.filter(
        (region) => !regions.some((other) => other !== region && other.contains(region)),
      ),
      title: 'a[href] h3',
      address: 'cite',
      advertisement: '#tads, #tadsb, #bottomads, [data-text-ad]',
      furniture:
        'button, form, [role="menu"], [role="dialog"], [aria-haspopup="true"], g-popup, .action-menu, #taw, a[href*="translate.google."]',
    });
  },
};
