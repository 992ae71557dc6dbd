/** Looks over the page once and works on every element that fits, in page order. Yields now and then, for pauses. */
export function* eachOf<Found extends Element>(
  page: Document,
  selector: string,
  work: (element: Found) => void,
): Generator<void> {
  yield;
  let steps = 0;
  for (const element of page.querySelectorAll<Found>(selector)) {
    if (++steps % 8 === 0) yield;
    work(element);
  }
}

/** The class names of an element. */
export const classesOf = (element: Element): string[] =>
  (element.getAttribute('class') ?? '').split(/\s+/).filter(Boolean);

export const hasClass = (element: Element, pattern: RegExp): boolean =>
  pattern.test(element.getAttribute('class') ?? '');

/** The elements around one, nearest first, at most `limit`: climbing further from everywhere would not be linear. */
export function* around(element: Element, limit: number): Generator<Element> {
  let parent = element.parentElement;
  for (let level = 0; parent && level < limit; level++) {
    yield parent;
    parent = parent.parentElement;
  }
}

/** The nearest element around one, or itself, that fits; not further than `limit` levels. */
export function near(element: Element, fits: (element: Element) => boolean, limit = 8): Element | undefined {
  if (fits(element)) return element;
  for (const parent of around(element, limit)) if (fits(parent)) return parent;
  return undefined;
}

/** Text without white space at its ends, folded; short elements only. */
export const foldedText = (element: Element): string =>
  (element.textContent ?? '').replace(/\s+/g, ' ').trim();

export const isBlank = (node: Node): boolean => node.nodeType === 3 && (node as Text).data.trim() === '';
