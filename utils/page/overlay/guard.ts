/**
 * Whether our frame can be seen as we draw it. A page that makes it transparent, moves something over it or takes it
 * out wants clicks for itself: such a frame goes away.
 */

/** Shares of the frame's width and height at which is asked what stands there. */
const points = [0.08, 0.5, 0.92];

/** Styles with which a page hides what is inside, or lets clicks through. */
function isPlain(style: CSSStyleDeclaration): boolean {
  const { display, visibility, opacity, filter, clipPath, transform, pointerEvents } = style;
  const free = (value: string | undefined) => !value || value === 'none';
  const zoom = (style as CSSStyleDeclaration & { zoom?: string }).zoom;
  return (
    display !== 'none' &&
    visibility === 'visible' &&
    (opacity === '' || Number(opacity) === 1) &&
    free(filter) &&
    free(clipPath) &&
    free(style.getPropertyValue('mask-image')) &&
    free(transform) &&
    free(style.getPropertyValue('rotate')) &&
    free(style.getPropertyValue('scale')) &&
    (!zoom || zoom === '1' || zoom === 'normal') &&
    pointerEvents !== 'none'
  );
}

/** Those of the elements around a top-layer element that still change how it is drawn. */
function* holders(element: Element): Generator<Element> {
  for (let at = element.parentElement; at; at = at.parentElement) yield at;
}

/**
 * Undefined when all is well, else what is wrong.
 * @param isOurs the host, and frames of ours that may lie over it
 */
export function tamperedWith(
  host: HTMLElement,
  isOurs: (element: Element) => boolean = (element) => element === host,
): 'gone' | 'hidden' | 'covered' | undefined {
  const { defaultView: window, documentElement } = host.ownerDocument;
  if (!window || !host.isConnected || !host.matches(':popover-open')) return 'gone';
  const style = window.getComputedStyle(host);
  if (!isPlain(style) || style.position !== 'fixed') return 'hidden';
  for (const holder of holders(host)) {
    // Around the top layer little counts; what the root does reaches everything.
    const { display, opacity, visibility, filter } = window.getComputedStyle(holder);
    const isFaint = opacity !== '' && Number(opacity) < 1;
    if (display === 'none' || visibility === 'hidden') return 'hidden';
    if (holder === documentElement && (isFaint || (filter && filter !== 'none'))) return 'hidden';
  }
  const box = host.getBoundingClientRect();
  for (const x of points) {
    for (const y of points) {
      const [left, top] = [box.left + box.width * x, box.top + box.height * y];
      const isOutside = left < 0 || top < 0 || left >= window.innerWidth || top >= window.innerHeight;
      if (isOutside) continue;
      const found = host.ownerDocument.elementFromPoint(left, top);
      if (!found || !isOurs(found)) return 'covered';
    }
  }
  return undefined;
}
