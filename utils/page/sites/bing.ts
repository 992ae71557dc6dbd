import { pathOf } from './addresses';
import { queryOf, readResults } from './search-results';
import type { Site } from './types';

/** Result pages of Bing: a list of results (`b_algo`), boxes (`b_ans`) and advertisements (`b_ad`). */
export const bing: Site = {
  id: 'bing',
  hosts: ['www.bing.com', 'cn.bing.com', 'bing.com'],
  read(page) {
    const list = page.document.querySelector('#b_results');
    if (pathOf(page.url) !== '/search' || !list) return null;
    const panel = page.document.querySelector('#b_context');
    return readResults(page, {
      query: queryOf(page, 'q'),
      regions: panel ? [list, panel] : [list],
      title: '.b_algo h2 a[href], .b_topTitle a[href], .b_algoheader a[href]',
      address: 'cite, .b_attribution cite, .tptt + .b_attribution',
      advertisement: '.b_ad, .b_adTop, .b_adBottom, .sb_add',
      furniture: 'button, form, .b_pag, [role="menu"], .b_rs, .b_msg, .trgr_icon, #mfa_root, .b_actions',
    });
  },
};
