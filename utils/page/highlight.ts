/** Shows a passage in the page without touching its text: found by its words, painted with the Custom Highlight API. */

import { findPassage, findQuotes } from './find-passage';
import { paint } from './paint';
import { reveal, scrollTo } from './scroll-to';

export interface PassageToShow {
  /** As the page shows it. */
  plain: string;
  /** The words within it that are painted; all of it when there are none. */
  quotes: string[];
  /** 0 for the first passage with these words. */
  occurrence: number;
}

export interface ShowOptions {
  /** The elements that the passage was read from, where they are still known. */
  elements?: Element[];
  /** Opens shadow trees, closed ones too. */
  shadowRootOf?: (element: Element) => ShadowRoot | null;
  /** Milliseconds in which a page that builds itself up may still bring the words. */
  patience?: number;
}

/** Milliseconds between two looks at a page that has not brought the words yet. */
const interval = 200;

/**
 * Scrolls to a passage and paints it, or the quoted words in it. `folded`: it stands in a part of the page that is
 * closed. `changed`: the page does not have these words.
 */
export async function showInPage(
  document: Document,
  passage: PassageToShow,
  { patience = 1_500, ...options }: ShowOptions = {},
): Promise<'shown' | 'folded' | 'changed'> {
  for (const end = Date.now() + patience; ; ) {
    const ranges = locate(document, passage, options);
    if (ranges) {
      for (const range of ranges) reveal(range.startContainer);
      paint(ranges);
      return scrollTo(ranges[0] as Range) ? 'shown' : 'folded';
    }
    if (Date.now() >= end) return 'changed';
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}

/**
 * The elements that it was read from are looked at first; formulas and tables have other words in the text than on the
 * page, so there the elements themselves are painted.
 */
function locate(
  document: Document,
  { plain, quotes, occurrence }: PassageToShow,
  { elements = [], shadowRootOf = (element) => element.shadowRoot }: ShowOptions,
): Range[] | undefined {
  for (const element of elements) {
    const found = find(element, plain, quotes, 0);
    if (found) return found;
  }
  for (const root of rootsOf(document, shadowRootOf)) {
    const found = find(root, plain, quotes, occurrence);
    if (found) return found;
  }
  const whole = elements.length > 0 && quotes.length === 0 ? around(elements) : undefined;
  return whole && [whole];
}

function find(root: Node, plain: string, quotes: string[], occurrence: number): Range[] | undefined {
  if (quotes.length > 0) return findQuotes(root, plain, quotes, occurrence);
  const range = findPassage(root, plain, occurrence);
  return range && [range];
}

/** The document, its shadow trees and the frames that belong to its site, each with its own text. */
function* rootsOf(
  document: Document,
  shadowRootOf: (element: Element) => ShadowRoot | null,
): Generator<Node> {
  if (document.body) yield document.body;
  const waiting: Node[] = [document];
  for (let root = waiting.pop(); root; root = waiting.pop()) {
    for (const element of (root as Document).querySelectorAll('*')) {
      const inner = element.localName === 'iframe' ? frameDocument(element) : shadowRootOf(element);
      if (!inner) continue;
      waiting.push(inner);
      yield (inner as Document).body ?? inner;
    }
  }
}

function frameDocument(frame: Element): Document | null {
  try {
    return (frame as HTMLIFrameElement).contentDocument;
  } catch {
    return null;
  }
}

function around(elements: Element[]): Range | undefined {
  const [first] = elements;
  const last = elements.at(-1);
  if (!first || !last) return undefined;
  const range = first.ownerDocument.createRange();
  range.selectNodeContents(first);
  // A range stays within one tree: parts of a passage in another shadow root are not painted.
  if (last.getRootNode() === first.getRootNode()) range.setEnd(last, last.childNodes.length);
  return range;
}
