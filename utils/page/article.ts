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

/**
 * The text nodes of the page that Readability takes for the article, or undefined when it finds none. Leaves `page`
 * as it is. Readability moves and deletes the text nodes of its copy and never makes text, so each text that it
 * returns is the twin of exactly one text of the page.
 */
export function readabilityChoice(page: Document): Set<Text> | undefined {
  const copy = page.cloneNode(true) as Document;
  const twins = pairTexts(copy, page);
  try {
    const article = new Readability<Element>(copy, {
      serializer: (element) => element as Element, // no detour through an HTML string
    }).parse();
    if (!article?.content) return undefined;
    const choice = new Set<Text>();
    for (const text of textNodes(article.content)) {
      const twin = twins.get(text);
      if (twin) choice.add(twin);
    }
    return choice;
  } catch (error) {
    // Readability recurses; a page nested thousands deep overflows the stack. It is judged without Readability.
    if (error instanceof RangeError) return undefined;
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
  const stack: [Element, number][] = [[root, 0]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [element, depth] = top;
    if (depth > limit) return true;
    for (const child of element.children) stack.push([child, depth + 1]);
  }
  return false;
}
