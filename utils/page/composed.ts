import { nameOf } from './flat-element';

/** Children as a person sees them: of the shadow tree where there is one, with what its slots show. */
export function childrenOf(
  element: Element,
  shadowRootOf: (element: Element) => ShadowRoot | null | undefined,
): ArrayLike<Node> | undefined {
  if (nameOf(element) === 'SLOT') {
    const assigned = (element as HTMLSlotElement).assignedNodes?.({ flatten: true }) ?? [];
    if (assigned.length > 0) return assigned;
  }
  const shadow = mayHaveShadow(element) ? shadowRootOf(element) : null;
  const parent = shadow ?? element;
  const { firstChild } = parent;
  if (!firstChild) return undefined;
  // A NodeList that is walked by index while nothing changes costs nothing per step; most elements need none.
  return firstChild.nextSibling ? parent.childNodes : [firstChild];
}

/** The elements that the DOM standard lets carry a shadow root. */
const shadowHosts = new Set(
  'ARTICLE ASIDE BLOCKQUOTE BODY DIV FOOTER H1 H2 H3 H4 H5 H6 HEADER MAIN NAV P SECTION SPAN'.split(' '),
);
export const mayHaveShadow = (element: Element) =>
  shadowHosts.has(nameOf(element)) || element.localName.includes('-');
