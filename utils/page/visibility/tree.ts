import { isClobbered, own } from '../clobbered';

/** The parent in the composed tree: a slot, the parent element, or the host of the shadow root. */
export function composedParent(element: Element): Element | null {
  if (isClobbered(element)) return own(element, 'parentElement');
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
  const { x, y } = scrollOf(view);
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

let scroll: { view: Window; x: number; y: number } | undefined;

/** Asking for it is dear. A page scrolls only between tasks, so it is asked once a task: a microtask ends it. */
function scrollOf(view: Window): { x: number; y: number } {
  if (scroll?.view === view) return scroll;
  if (!scroll) queueMicrotask(forgetScroll);
  scroll = { view, x: view.scrollX, y: view.scrollY };
  return scroll;
}

function forgetScroll(): void {
  scroll = undefined;
}

export const widthOf = (box: Box) => box.right - box.left;
export const heightOf = (box: Box) => box.bottom - box.top;
