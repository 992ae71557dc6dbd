import type { Coverage } from '../source';
import { createVisibility } from './visibility';

/** What a person sees on the page, counted in characters without white space. */
export interface VisibleText {
  /** Characters outside navigation, headers, footers, sidebars and banners. */
  prose: number;
  /** Characters inside them. */
  furniture: number;
  /** Characters that nobody can see on the page. */
  hidden: number;
  /** Every piece of prose in page order, normalised. */
  pieces: string[];
}

const furnitureSelector = [
  'nav',
  'aside',
  'button',
  'select',
  'dialog',
  '[role=navigation]',
  '[role=banner]',
  '[role=contentinfo]',
  '[role=complementary]',
  '[role=search]',
  '[role=dialog]',
  '[role=alertdialog]',
  '[role=menu]',
  '[role=menubar]',
  '[role=toolbar]',
].join(',');
/** Cookie banners: by vendor, or by the word together with what it is. `cmp-text` is text, and so is a cookie recipe. */
const consentPattern =
  /\b(?:onetrust|didomi|usercentrics|cookiebot|cookieyes|cookieconsent|truste|iubenda|qc-cmp|cmpbox|cmplz)|(?:cookie|gdpr|consent)s?[\w-]*(?:banner|bar|notice|pop-?up|modal|dialog|overlay|wall|layer|prompt|message|manager|container|wrapper)|(?:^|\s)(?:cookies?|gdpr|consent)(?:\s|$)/i;

/** True for an element that frames the text instead of being text: navigation, sidebar, site header, cookie banner. */
export function isFurniture(element: Element): boolean {
  if (element.matches(furnitureSelector)) return true;
  if (element.matches('header, footer')) return !element.closest('article, main, section');
  return consentPattern.test(`${element.id} ${element.getAttribute('class') ?? ''}`);
}

const unreadable = new Set([
  'SCRIPT',
  'STYLE',
  'NOSCRIPT',
  'TEMPLATE',
  'HEAD',
  'TITLE',
  'TEXTAREA',
  'OPTION',
  // Of SVG drawings: names for assistive technology, which nobody sees.
  'title',
  'desc',
]);

/** White space folded away: layout and Markdown may change it, words they may not. */
const normalise = (text: string) => text.replace(/\s+/g, '');

/** Walks the live page once and counts its visible text. Linear in the number of nodes. */
export function visibleText(document: Document, visibility = createVisibility(document)): VisibleText {
  const result: VisibleText = { prose: 0, furniture: 0, hidden: 0, pieces: [] };
  const body = document.body;
  if (!body) return result;
  const furniture = new Map<Element, boolean>();
  for (const node of textNodes(body)) {
    const parent = node.parentElement;
    const text = normalise(node.data);
    if (!parent || text === '') continue;
    if (visibility(parent) === 'hidden') result.hidden += text.length;
    else if (inherits(parent, body, furniture, isFurniture)) result.furniture += text.length;
    else {
      result.prose += text.length;
      result.pieces.push(text);
    }
  }
  return result;
}

export interface MeasuredCoverage extends Coverage {
  /** The first long piece that is missing. */
  sample?: string;
  /** Characters of the content that are not prose of the page: furniture that came along. */
  extra: number;
}

/**
 * How much of the visible prose stands in `content`, piece of text by piece of text. A piece that occurs twice
 * on the page has to occur twice in the content.
 */
export function measureCoverage(visible: VisibleText, content: Element, title = ''): MeasuredCoverage {
  // The heading that is the title goes along as the title, so Readability takes it out of the text.
  const supply = new Map([[normalise(title), 1]]);
  let size = 0;
  for (const node of textNodes(content)) {
    const text = normalise(node.data);
    if (text) supply.set(text, (supply.get(text) ?? 0) + 1);
    size += text.length;
  }
  let read = 0;
  let sample = '';
  for (const piece of visible.pieces) {
    const left = supply.get(piece) ?? 0;
    if (left > 0) {
      supply.set(piece, left - 1);
      read += piece.length;
    } else if (piece.length > sample.length && sample.length < 40) sample = piece;
  }
  return { visible: visible.prose, read, sample: sample || undefined, extra: Math.max(0, size - read) };
}

function* textNodes(root: Element): Generator<Text> {
  const walker = (root.ownerDocument ?? document).createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent && unreadable.has(parent.nodeName)) continue;
    yield node as Text;
  }
}

/** Whether `test` holds for the element or one of its ancestors below `top`; every element is tested once. */
function inherits(
  element: Element,
  top: Element,
  known: Map<Element, boolean>,
  test: (element: Element) => boolean,
): boolean {
  const path: Element[] = [];
  let answer = false;
  for (let node: Element | null = element; node && node !== top; node = node.parentElement) {
    const before = known.get(node);
    if (before !== undefined) {
      answer = before;
      break;
    }
    path.push(node);
    if (test(node)) {
      answer = true;
      break;
    }
  }
  // Elements under a hit inherit it; elements above the hit were not reached.
  for (const node of path) known.set(node, answer);
  return answer;
}
