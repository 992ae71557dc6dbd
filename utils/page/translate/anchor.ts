/**
 * Keeps what is being read where it is when something above it grows. Browsers do so themselves; where they cannot, or
 * the page forbids it, the page is scrolled by what was added.
 */
export function createAnchor(document: Document) {
  let kept: { element: Element; top: number } | undefined;
  const holds = () => {
    const view = document.defaultView;
    if (!view?.CSS?.supports?.('overflow-anchor', 'auto')) return false;
    return [document.documentElement, document.body].every(
      (element) => !element || view.getComputedStyle(element).overflowAnchor !== 'none',
    );
  };
  let isNative: boolean | undefined;
  return {
    /** Before anything is written: one look at the layout while it is known. */
    before(inSight: () => Element | undefined): void {
      kept = undefined;
      isNative ??= holds();
      const view = document.defaultView;
      if (isNative || !view || view.scrollY <= 0) return;
      const element = inSight();
      if (element) kept = { element, top: element.getBoundingClientRect().top };
    },
    /** After all of it. */
    after(): void {
      if (!kept?.element.isConnected) return;
      const moved = kept.element.getBoundingClientRect().top - kept.top;
      if (Math.abs(moved) >= 1) document.defaultView?.scrollBy({ top: moved, behavior: 'instant' });
      kept = undefined;
    },
  };
}
