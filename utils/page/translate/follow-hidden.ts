import { createInk } from './ink';
import { isOutOfSight, showsText } from './sight';

/** Elements whose text could not be seen when the page was cut, until it can. */
export interface HiddenParts {
  add(element: Element): void;
  /** Those that can be seen now, each once. Asks for styles: linear in what is hidden. */
  shown(): Element[];
  clear(): void;
}

/**
 * `onShown` is called with those of which the browser says by itself that they have a place now: most pages show by
 * rules (`:checked ~ .tab`), of which no change of the document tells.
 */
export function createHiddenParts(
  view: (Window & typeof globalThis) | null,
  onShown: (element: Element) => void,
): HiddenParts {
  const hidden = new Set<Element>();
  const observer = view?.ResizeObserver
    ? new view.ResizeObserver((entries) => {
        for (const { target } of entries) if (hidden.has(target) && isSeen(target)) release(target);
      })
    : undefined;
  const forget = (element: Element) => {
    hidden.delete(element);
    observer?.unobserve(element);
  };
  const release = (element: Element) => {
    forget(element);
    onShown(element);
  };
  return {
    add(element) {
      if (hidden.has(element) || isSeen(element)) return;
      hidden.add(element);
      observer?.observe(element);
    },
    shown() {
      const found: Element[] = [];
      for (const element of hidden) {
        const isThere = element.isConnected;
        if (isThere && !isSeen(element)) continue;
        forget(element);
        if (isThere) found.push(element);
      }
      return found;
    },
    clear() {
      hidden.clear();
      observer?.disconnect();
    },
  };
}

function isSeen(element: Element): boolean {
  const { defaultView: view } = element.ownerDocument;
  if (!view || element.getAttribute('aria-hidden') === 'true') return false;
  const style = view.getComputedStyle(element);
  if (isOutOfSight(element, style) || !showsText(style)) return false;
  if (createInk((one) => view.getComputedStyle(one))(element)) return false;
  return element.checkVisibility?.() ?? true;
}
