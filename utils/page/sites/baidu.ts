import { pathOf } from './addresses';
import { textOf } from './build';
import { queryOf, readResults } from './search-results';
import type { Site } from './types';

/** Result pages of Baidu. Links go through Baidu; the address itself is the attribute `mu` of a result. */
export const baidu: Site = {
  id: 'baidu',
  hosts: ['www.baidu.com', 'm.baidu.com'],
  read(page) {
    const list = page.document.querySelector('#content_left, #results');
    if (!list || !/^\/(?:s|baidu|from|ssid)/.test(pathOf(page.url))) return null;
    for (const block of [...list.children]) {
      if (isAdvertisement(block)) page.document.body.append(block);
    }
    return readResults(page, {
      query: queryOf(page, 'wd') || queryOf(page, 'word'),
      regions: [list],
      title: 'h3 a[href]',
      address: '.c-showurl',
      advertisement: '.ec-tuiguang, .ec_wise_ad, [data-tuiguang]',
      furniture:
        'button, form, .c-tools, [mu*="recommend_list"], [tpl="recommend_list"], [class*="c-tools"], #rs, #rs_new, .c-recommend, [aria-label="播报"]',
      addressOf: (block) => {
        const result = block.hasAttribute('mu') ? block : block.querySelector('[mu]');
        const address = result?.getAttribute('mu') ?? '';
        // Boxes of Baidu's own have made-up addresses (`http://28608.recommend_list.baidu.com`).
        return /^https?:\/\/[^/]*_[^/]*\.baidu\.com/.test(address) ? null : address;
      },
    });
  },
};

/** Advertisements have no name of their own: they say so at their end. */
function isAdvertisement(block: Element): boolean {
  if (/(?:^|\s)(?:EC_|ec_)/.test(block.className)) return true;
  return [...block.querySelectorAll('span, a')].some(
    (element) => element.childElementCount === 0 && textOf(element) === '广告',
  );
}
