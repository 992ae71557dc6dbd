/** What is ours in a page. Readers pass it over, and observers do not take it for a change of the page. */

/** Not a defined element: pages have no rules for it, and nothing runs when it is made. */
export const ownTag = 'wholemoon-t';

/** Attributes that mark elements of the page begin with this. */
export const ownAttribute = 'data-wholemoon-';
/** An element of a run in whose place its translation stands. */
export const offAttribute = 'data-wholemoon-off';

/** True for our elements and for what stands in them. */
export function isOurs(node: Node): boolean {
  for (let at: Node | null = node; at; at = at.parentNode)
    if ((at as Partial<Element>).localName?.startsWith(ownTag)) return true;
  return false;
}
