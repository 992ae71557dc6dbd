import type { FlatPage } from '../flat-page';
import { hostOf, straightenLinks, targetOf } from './addresses';
import { heading, leaveOut, make, outermost, siteContent, textOf } from './build';
import type { SiteContent, SiteGap } from './types';

/** What differs between the pages of search engines: names of things. Selectors are tried within the page. */
export interface ResultPage {
  query: string;
  /** Everything that is an answer: results and boxes, without navigation. */
  regions: Element[];
  /** The title of a result: its link, or a heading within the link. */
  title: string;
  /** The address that is shown with a result; it is left out, as the link says it. */
  address?: string;
  /** Advertisements. */
  advertisement?: string;
  /** Menus, buttons and other things around the results. */
  furniture: string;
  /** Where a result leads, when its link does not say it. */
  addressOf?: (block: Element) => string | null;
  gaps?: SiteGap[];
}

/**
 * A page of search results: each result as a title that links to it, then everything else that it shows; boxes
 * (answers, questions that people also ask) as they stand between them. Which blocks are results follows from the
 * titles alone: the largest element that holds a single one. Class names of these pages change every month.
 */
export function readResults(page: FlatPage, results: ResultPage): SiteContent | null {
  const { regions, query } = results;
  for (const region of regions) {
    if (results.advertisement) leaveOut(page, region, results.advertisement);
    leaveOut(page, region, results.furniture);
  }
  const content = make(page, 'article', heading(page, 1, query || page.title));
  let count = 0;
  for (const region of regions) {
    for (const block of blocksIn(region, results.title)) {
      const title = block.matches(results.title) ? block : block.querySelector(results.title);
      if (title) count++;
      content.append(...(title ? resultOf(page, block, title, results) : [outOfList(page, block)]));
    }
  }
  straightenLinks(content);
  return count > 0 ? siteContent(content, query || page.title, results.gaps ?? []) : null;
}

/** The blocks of a region in order: each holds one title, or none (a box). Empty ones are passed over. */
function blocksIn(region: Element, title: string): Element[] {
  const counts = new Map<Element, number>();
  for (const link of region.querySelectorAll(title)) {
    for (let element = link.parentElement; element && element !== region; element = element.parentElement) {
      counts.set(element, (counts.get(element) ?? 0) + 1);
    }
  }
  const blocks: Element[] = [];
  const walks = [region.children[Symbol.iterator]()];
  for (let walk = walks.at(-1); walk; walk = walks.at(-1)) {
    const { value: element, done } = walk.next();
    if (done) walks.pop();
    else if ((counts.get(element) ?? 0) > 1 && !element.matches(title)) {
      walks.push(element.children[Symbol.iterator]());
    } else if (textOf(element)) blocks.push(element);
  }
  return blocks;
}

function resultOf(page: FlatPage, block: Element, found: Element, results: ResultPage): Element[] {
  const link = found.closest('a[href]');
  const address = targetOf(results.addressOf?.(block) || link?.getAttribute('href') || '');
  const title = found.querySelector('h2, h3, [role="heading"]') ?? found;
  const anchor = make(page, 'a', ...title.childNodes);
  if (address) anchor.setAttribute('href', address);
  // The link and the heading that held the title are empty now.
  for (
    let empty: Element | null = found;
    empty && empty !== block && !textOf(empty) && !empty.querySelector('img');
  ) {
    const parent: Element | null = empty.parentElement;
    empty.remove();
    empty = parent;
  }
  // The address that the page shows says less than the link, except for the name of the site.
  if (results.address) {
    for (const shown of outermost(block, results.address)) {
      if (isAddress(textOf(shown), address)) page.document.body.append(shown);
    }
  }
  // One link to the page is enough.
  for (const other of block.querySelectorAll('a[href]')) {
    if (targetOf(other.getAttribute('href') ?? '') === address) other.removeAttribute('href');
  }
  return [heading(page, 2, anchor), ...(textOf(block) ? [outOfList(page, block)] : [])];
}

/** An item of a list that is no longer in its list is a plain block. */
function outOfList(page: FlatPage, block: Element): Element {
  return block.nodeName === 'LI' ? make(page, 'div', ...block.childNodes) : block;
}

/** Whether words are an address as search engines show it: `example.org › guide › tea`. */
function isAddress(words: string, address: string): boolean {
  const host = hostOf(address).replace(/^www\./, '');
  return host !== '' && !/\s{2}/.test(words) && words.replace(/^https?:\/\/(?:www\.)?/, '').startsWith(host);
}

/** What was searched for, by the parameter of the address that carries it. */
export function queryOf(page: FlatPage, parameter: string): string {
  return (URL.canParse(page.url) ? new URL(page.url).searchParams.get(parameter) : null)?.trim() ?? '';
}
