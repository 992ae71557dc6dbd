/** A page of results, of whichever engine, as a list of addresses. What engines say about a page is not taken. */

import { isPaid, isPublicAddress, unwrapped } from './addresses';
import {
  captchaAddresses,
  captchaWords,
  common,
  consentAddresses,
  consentWords,
  noneWords,
  type PageRules,
  type ResultPage,
  resultPages,
} from './result-pages';
import type { Hit, ResultList } from './types';

/** What a page of results holds, before anything is concluded from it. */
export interface Collected {
  /** Links in their order: as they are written, with the address of the page itself where a result names it. */
  links: { href: string; address?: string; title: string }[];
  /** What stands in the page, as far as its beginning tells what kind of page it is. */
  words: string;
  title: string;
  base?: string;
  captcha: boolean;
  consent: boolean;
  none: boolean;
}

/**
 * Looks through a page. It also runs inside the engine's own page, in the extension's world, and can use nothing of this
 * file there; what it returns is as hostile as the page.
 */
export function collectResults(rules: PageRules & typeof common, page: Document = document): Collected {
  const most = 300;
  const textOf = (element: Element | null | undefined) =>
    (element?.textContent ?? '').slice(0, 2_000).replace(/\s+/g, ' ').trim().slice(0, 300);
  // Not in a document that is not shown anywhere: nothing in it is visible.
  const isShown = (element: Element) =>
    !page.defaultView || typeof element.checkVisibility !== 'function' || element.checkVisibility();
  const headings = 'h1, h2, h3, [role="heading"]';
  const links: Collected['links'] = [];
  const seen = new Set<Element>();
  const add = (anchor: Element, container: Element | undefined, title: string) => {
    const href = anchor.getAttribute('href');
    if (!href || seen.has(anchor) || anchor.closest(rules.ads) || !isShown(anchor)) return;
    seen.add(anchor);
    const own = rules.address;
    const bearer = own && [anchor, container, container?.querySelector(`[${own}]`)];
    const address = own && bearer ? bearer.map((element) => element?.getAttribute(own)).find(Boolean) : '';
    links.push({ href, title, ...(address ? { address } : {}) });
  };
  if (rules.results) {
    for (const container of page.querySelectorAll(rules.results)) {
      if (links.length >= most) break;
      const anchor = container.querySelector(rules.link ?? `a[href]`);
      if (!anchor) continue;
      const title = rules.title ? container.querySelector(rules.title) : null;
      add(anchor, container, textOf(title) || textOf(anchor.querySelector(headings)) || textOf(anchor));
    }
  }
  if (links.length === 0) {
    for (const heading of page.querySelectorAll(headings)) {
      if (links.length >= most) break;
      const around = heading.closest('a[href]');
      if (around) add(around, undefined, textOf(heading));
      else for (const inside of heading.querySelectorAll('a[href]')) add(inside, undefined, textOf(inside));
    }
  }
  const body = page.body;
  const words = (page.defaultView && body ? body.innerText : undefined) ?? body?.textContent ?? '';
  return {
    links,
    words: words.slice(0, 20_000).replace(/\s+/g, ' ').trim(),
    title: (page.title ?? '').slice(0, 300),
    base: page.querySelector('base[href]')?.getAttribute('href') ?? undefined,
    captcha: page.querySelector(rules.captcha) !== null,
    consent: page.querySelector(rules.consent) !== null,
    none: page.querySelector(rules.none) !== null,
  };
}

/** What is known about the engine at this address. */
export const resultPageOf = (address: string): ResultPage | undefined => {
  const host = URL.parse(address)?.hostname ?? '';
  return resultPages.find(({ hosts }) => hosts.test(host));
};

/** What to look for in the page at an address, for `collectResults`. */
export function rulesFor(address: string): PageRules & typeof common {
  const known: PageRules = resultPageOf(address) ?? {};
  const both = (name: keyof typeof common) => [known[name], common[name]].filter(Boolean).join();
  return {
    results: known.results,
    link: known.link,
    title: known.title,
    address: known.address,
    ads: both('ads'),
    captcha: both('captcha'),
    consent: both('consent'),
    none: both('none'),
  };
}

/** What engines are called: their name, or the host of one that nobody knows. Captchas have hosts of their own. */
export function engineNameOf(address: string): string {
  const host = URL.parse(address)?.hostname ?? '';
  const above = host.replace(/^[^.]+\./, '');
  const known = resultPages.find(({ hosts }) => hosts.test(host) || hosts.test(above));
  return known?.name ?? host.replace(/^www\./, '');
}

/** What a page of results turned out to be. `address` is where it is in the end, after redirects. */
export function judgeResults(collected: Collected, address: string): ResultList {
  const hits = hitsOf(collected, address);
  if (hits.length > 0) return { kind: 'hits', hits };
  if (captchaAddresses.test(address) || collected.captcha) return { kind: 'captcha' };
  if (consentAddresses.test(address) || collected.consent) return { kind: 'consent' };
  if (collected.none) return { kind: 'empty' };
  const { title, words } = collected;
  if (captchaWords.test(title) || captchaWords.test(words)) return { kind: 'captcha' };
  if (consentWords.test(words)) return { kind: 'consent' };
  return noneWords.test(words) ? { kind: 'empty' } : { kind: 'changed' };
}

const bare = (host: string) => host.replace(/^(www|m)\./, '');

function hitsOf({ links, base }: Collected, address: string): Hit[] {
  const from = base && URL.canParse(base, address) ? new URL(base, address).href : address;
  const engine = bare(URL.parse(address)?.hostname ?? '');
  const { redirects } = resultPageOf(address) ?? {};
  const seen = new Set<string>();
  return links.flatMap(({ href, address: named, title }) => {
    const target = URL.parse(href, from);
    if (!target || isPaid(target.href)) return [];
    const inside =
      named && isPublicAddress(named) && !/\bnourl\./.test(named) ? named : unwrapped(target.href);
    const url = URL.parse(inside);
    if (!url || !isPublicAddress(inside) || isPaid(inside) || seen.has(url.href)) return [];
    // A link to the engine itself is a menu, a tab or another question, unless all its results are.
    if (bare(url.hostname) === engine && !redirects?.test(url.pathname)) return [];
    seen.add(url.href);
    return [{ url: url.href, title }];
  });
}
