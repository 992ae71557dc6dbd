/** The parent in the composed tree: a slot, the parent element, or the host of the shadow root. */
export function composedParent(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.parentNode as (Node & { host?: Element }) | null;
  return root?.nodeType === 11 /* Node.DOCUMENT_FRAGMENT_NODE */ ? (root.host ?? null) : null;
}

/** The element's first text that is more than white space. */
export function firstText(element: Element): Text | undefined {
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === 3 /* Node.TEXT_NODE */ && /\S/.test((node as Text).data)) return node as Text;
  }
  return undefined;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * A box of the viewport in the page's coordinates. Reading a page takes several pauses, and a person scrolls in them:
 * boxes that are compared later have to be kept this way.
 */
export function onPage({ left, top, right, bottom }: Box, view: Window): Box {
  const { scrollX, scrollY } = view;
  return { left: left + scrollX, top: top + scrollY, right: right + scrollX, bottom: bottom + scrollY };
}

export const widthOf = (box: Box) => box.right - box.left;
export const heightOf = (box: Box) => box.bottom - box.top;
