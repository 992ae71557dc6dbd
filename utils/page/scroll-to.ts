/** Brings a range of the page into sight. */

/** How far below the upper edge the words come to stand, as a share of the height. */
const headroom = 0.2;

/** Opens what a person opens with a click on its summary, and what browsers open when a search finds words in it. */
export function reveal(node: Node): void {
  for (let at: Node | null = node; at; at = at.parentNode ?? (at as Partial<ShadowRoot>).host ?? null) {
    const element = at as Element;
    if (element.localName === 'details' && !isSummaryOf(element, node)) element.setAttribute('open', '');
    else if (at.nodeType === 1 && element.getAttribute('hidden') === 'until-found') {
      const { Event } = (element.ownerDocument.defaultView ?? globalThis) as typeof globalThis;
      element.dispatchEvent(new Event('beforematch', { bubbles: true }));
      element.removeAttribute('hidden');
    }
  }
}

const isSummaryOf = (details: Element, node: Node) =>
  [...details.children].find(({ localName }) => localName === 'summary')?.contains(node) ?? false;

/** Scrolls whatever has to be scrolled. False when the words have no place on the screen: they are folded away. */
export function scrollTo(range: Range): boolean {
  const { startContainer } = range;
  const element =
    startContainer.nodeType === 1 /* Node.ELEMENT_NODE */
      ? (startContainer as Element)
      : startContainer.parentElement;
  const window = element?.ownerDocument.defaultView;
  if (!element || !window) return false;
  // Boxes that scroll within the page, frames, and most of the way.
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  // Not every document has a layout.
  if (!range.getClientRects) return true;
  const [box] = range.getClientRects();
  if (!box) return false;
  const scroller = scrollerOf(element, window);
  const [top, height] = scroller
    ? [scroller.getBoundingClientRect().top, scroller.clientHeight]
    : [0, window.innerHeight];
  const behavior = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
  (scroller ?? window).scrollBy({ top: box.top - top - height * headroom, behavior });
  return true;
}

/** The nearest box around an element that scrolls by itself, or undefined for the page. */
function scrollerOf(element: Element, window: Window): Element | undefined {
  const { body, documentElement } = element.ownerDocument;
  for (let at: Element | null = element; at && at !== body && at !== documentElement; at = outerOf(at)) {
    if (at.scrollHeight > at.clientHeight + 1 && /auto|scroll/.test(window.getComputedStyle(at).overflowY))
      return at;
  }
  return undefined;
}

const outerOf = (element: Element): Element | null =>
  element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
