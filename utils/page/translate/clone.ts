import { nameOf } from '../flat-element';

/** Never copied into a translation: what runs, loads a document, plays, or takes part in a form. */
const left = new Set(
  'SCRIPT STYLE LINK META BASE TEMPLATE IFRAME FRAME OBJECT EMBED VIDEO AUDIO CANVAS INPUT TEXTAREA SELECT OPTION SLOT PORTAL'.split(
    ' ',
  ),
);

/** What names an element, or ties it to others by name: a copy would take the place of the original. */
const ties =
  /^(?:id|name|for|form.*|slot|is|part|autofocus|accesskey|contenteditable|ping|list|popover.*|command.*|aria-(?:labelledby|describedby|controls|owns|activedescendant|details|flowto|hidden)|data-wholemoon-.*)$/i;
const handler = /^on/i;

/** Deeper than any formula; what is below is left out of the copy. */
const deepest = 200;

/** Which element of the page each copy stands for. */
export type Originals = WeakMap<Element, Element>;

/** A copy of an element without what is in it. Nothing in it runs, and nothing of it can be found by name. */
export function cloneBare(element: Element, originals: Originals): Element {
  const copy = bareOf(element);
  for (const { name } of Array.from(copy.attributes)) if (ties.test(name)) copy.removeAttribute(name);
  originals.set(copy, element);
  return copy;
}

function bareOf(element: Element): Element {
  const { ownerDocument, attributes } = element;
  // An element that the page defines would run the page's code in its copy.
  const isPages = element.localName.includes('-') || element.hasAttribute('is');
  const listens = Array.from(attributes).some(({ name }) => handler.test(name));
  // Copied as it is, its style attribute needs no leave of the page's policy.
  if (!isPages && !listens) return element.cloneNode(false) as Element;
  const copy = ownerDocument.createElementNS(
    element.namespaceURI,
    isPages ? 'span' : element.nodeName.toLowerCase(),
  );
  for (const { name, value, namespaceURI } of Array.from(attributes)) {
    if (handler.test(name) || /^(?:style|is)$/i.test(name)) continue;
    copy.setAttributeNS(namespaceURI, name, value);
  }
  const { style } = element as Partial<HTMLElement>;
  if (style?.cssText) (copy as HTMLElement).style.cssText = style.cssText;
  return copy;
}

/**
 * A copy of an element with all that is in it: pictures, code, formulas. Of an element with a shadow tree its words.
 * Undefined for what is never copied.
 */
export function cloneWhole(
  element: Element,
  originals: Originals,
  shadowRootOf: (element: Element) => ShadowRoot | null | undefined,
  depth = 0,
): Element | undefined {
  if (left.has(nameOf(element)) || depth > deepest) return undefined;
  const copy = cloneBare(element, originals);
  const shadow = element.localName.includes('-') ? shadowRootOf(element) : null;
  for (const child of (shadow ?? element).childNodes) {
    if (child.nodeType === 3) copy.append(element.ownerDocument.createTextNode(child.nodeValue ?? ''));
    else if (child.nodeType === 1) {
      const inner = cloneWhole(child as Element, originals, shadowRootOf, depth + 1);
      if (inner) copy.append(inner);
    }
  }
  return copy;
}
