import { Readability } from '@mozilla/readability';

/** Readability takes cubic time in the depth of a page: 0.6 s at 200 levels, 29 s at 1,600 (Chromium 156). */
const maximumDepth = 200;

/**
 * Readability's time grows faster than the page. Beyond this many elements its vote is not worth the wait: pages are
 * judged nearly as well without it.
 */
const maximumElements = 4_000;

/** Whether Readability answers soon. */
export function mayAskReadability(page: Document): boolean {
  return (
    page.getElementsByTagName('*').length <= maximumElements &&
    !isDeeperThan(page.documentElement, maximumDepth)
  );
}

/** The parts of Readability 0.6.0 that find the article; `parse` calls them and then makes the article look well. */
interface Parts {
  _metadata: object;
  _articleTitle: string;
  REGEXPS: { byline: RegExp };
  _unwrapNoscriptImages(page: Document): void;
  _getJSONLD(page: Document): object;
  _removeScripts(page: Document): void;
  _prepDocument(): void;
  _getArticleMetadata(data: object): { title: string };
  _grabArticle(): Element | null;
  _isValidByline(element: Element, names: string): boolean;
  _isElementWithoutContent(element: Element): boolean;
}

/** The element that holds the article, on a page that may be taken apart for it; null when there is none. */
function findArticle(page: Document): Element | null {
  const parts = new Readability(page) as unknown as Parts;
  // Two questions that Readability asks of every element, with the text of the element, which is dear, asked for last.
  parts._isValidByline = (element, names) => {
    const isNamed =
      element.getAttribute('rel') === 'author' ||
      element.getAttribute('itemprop')?.includes('author') ||
      parts.REGEXPS.byline.test(names);
    if (!isNamed) return false;
    const { length } = element.textContent?.trim() ?? '';
    return length > 0 && length < 100;
  };
  parts._isElementWithoutContent = (element) => {
    const { length } = element.children;
    const breaks = () =>
      element.getElementsByTagName('br').length + element.getElementsByTagName('hr').length;
    return (length === 0 || length === breaks()) && element.textContent?.trim() === '';
  };
  parts._unwrapNoscriptImages(page);
  const data = parts._getJSONLD(page);
  parts._removeScripts(page);
  parts._prepDocument();
  const metadata = parts._getArticleMetadata(data);
  parts._metadata = metadata;
  parts._articleTitle = metadata.title;
  return parts._grabArticle();
}

/**
 * The text nodes of the page that Readability takes for the article, or undefined when it finds none. Leaves `page`
 * as it is. Readability moves and deletes the text nodes of its copy and hardly makes any, so each text that it
 * returns is the twin of exactly one text of the page.
 */
export function readabilityChoice(page: Document): Set<Text> | undefined {
  const copy = page.cloneNode(true) as Document;
  const twins = pairTexts(copy, page);
  try {
    const article = findArticle(copy);
    if (!article) return undefined;
    // Links that run a script are no part of it: Readability writes their words anew.
    for (const link of article.querySelectorAll('a[href^="javascript:"]')) {
      if (link.childNodes.length === 1 && link.firstChild?.nodeType === 3) link.remove();
    }
    const choice = new Set<Text>();
    for (const text of textNodes(article)) {
      const twin = twins.get(text);
      if (twin) choice.add(twin);
    }
    return choice;
  } catch (error) {
    // Readability recurses; a page nested thousands deep overflows the stack. It is judged without Readability.
    if (error instanceof RangeError) return undefined;
    // On pages with little text it begins anew from a string, and the policy of our own pages makes no markup of strings.
    if (error instanceof TypeError && /TrustedHTML/.test(error.message)) return undefined;
    throw error;
  }
}

function pairTexts(copy: Document, page: Document): Map<Text, Text> {
  const twins = new Map<Text, Text>();
  const originals = textNodes(page.documentElement);
  for (const text of textNodes(copy.documentElement)) {
    const original = originals.next().value;
    if (original) twins.set(text, original);
  }
  return twins;
}

function* textNodes(root: Element): Generator<Text, undefined> {
  const walker = (root.ownerDocument ?? document).createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) yield node as Text;
  return undefined;
}

function isDeeperThan(root: Element, limit: number): boolean {
  let depth = 0;
  for (let element: Element | null = root; element; ) {
    if (depth > limit) return true;
    if (element.firstElementChild) {
      element = element.firstElementChild;
      depth++;
      continue;
    }
    while (element && element !== root && !element.nextElementSibling) {
      element = element.parentElement;
      depth--;
    }
    element = element && element !== root ? element.nextElementSibling : null;
  }
  return false;
}
