/** What is ours in a page. Readers pass it over, and observers do not take it for a change of the page. */

/** Not a defined element: pages have no rules for it, and nothing runs when it is made. All our tags begin with it. */
export const ownTag = 'wholemoon-t';
export const termTag = 'wholemoon-t-term';
export const againTag = 'wholemoon-t-again';

const htmlNamespace = 'http://www.w3.org/1999/xhtml';

/** In documents of XML too, where elements have no namespace by themselves. */
export const createOwn = (document: Document, tag: string): HTMLElement =>
  document.createElementNS(htmlNamespace, tag) as HTMLElement;

/** Attributes that mark elements of the page begin with this. */
export const ownAttribute = 'data-wholemoon-';
/** An element of a run in whose place its translation stands. */
export const offAttribute = 'data-wholemoon-off';
/** A box that has no room: its translation is shown in a bubble. */
export const bubbleAttribute = 'data-wholemoon-bubble';
/** `lang` and `dir` are ours. */
export const langAttribute = 'data-wholemoon-lang';

/** True for our elements and for what stands in them. */
export function isOurs(node: Node): boolean {
  for (let at: Node | null = node; at; at = at.parentNode) if (isOwnElement(at)) return true;
  return false;
}

/** True for our elements themselves. */
export const isOwnElement = (node: Node): boolean =>
  node.nodeType === 1 && typeof (node as Element).localName === 'string'
    ? (node as Element).localName.startsWith(ownTag)
    : false;
