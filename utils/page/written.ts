/**
 * What a translation has changed in the page. It stands in the same document, and whoever reads the page reads past
 * it: our elements are passed over, and a text or an element that was put aside for a translation is what it was.
 */

import { own } from './clobbered';
import { isOwnElement, offAttribute, ownAttribute } from './translate/own';

export { isOwnElement } from './translate/own';

/** Told by the script that translates; the scripts of one page share a world. */
export interface Written {
  /** What a text of the page was before a translation was written over it; undefined where none was. */
  originalOf(node: Text): string | undefined;
  /** What an attribute was before it was changed for a translation, null for none; undefined where it was not changed. */
  attributeBefore(element: Element, name: string): string | null | undefined;
  /** How an element that was put aside was displayed. */
  displayOf(element: Element): string | undefined;
  /** The nodes of the page that one of our elements translates. */
  nodesOf(element: Element): readonly ChildNode[] | undefined;
  /** True for a change to the page that is ours. */
  isOwnWrite(record: MutationRecord): boolean;
}

interface World {
  wholemoonWritten?: Written;
}

/** What is translated in this page now; undefined when nothing is. */
export const written = (world: World = globalThis as World): Written | undefined => world.wholemoonWritten;

export function setWritten(now: Written | undefined, world: World = globalThis as World): void {
  world.wholemoonWritten = now;
}

/** The element of ours that a node stands in or is, the outermost. */
export function ownAround(node: Node): Element | undefined {
  let found: Element | undefined;
  for (let at: Node | null = node; at; at = at.parentNode) if (isOwnElement(at)) found = at as Element;
  return found;
}

/** A text as the page wrote it. */
export const dataOf = (node: Text): string => written()?.originalOf(node) ?? node.data;

/** The page's own words in a node. */
export function wordsOf(node: Node): string {
  if (!written()) {
    // A form may have a field of this name.
    const text: unknown = node.textContent;
    return typeof text === 'object' && text !== null
      ? own(node as Element, 'textContent')
      : (node.textContent ?? '');
  }
  if (node.nodeType === 3) return dataOf(node as Text);
  let words = '';
  const walker = ownTextsOf(node);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) words += dataOf(text as Text);
  return words;
}

/** Goes through the texts of the page below a node, past ours. */
export function ownTextsOf(node: Node): TreeWalker {
  const document = own(node as Element, 'ownerDocument') ?? (node as Document);
  // NodeFilter.SHOW_ELEMENT | SHOW_TEXT, and FILTER_ACCEPT, FILTER_REJECT, FILTER_SKIP
  return document.createTreeWalker(node, 5, (at) => (at.nodeType === 3 ? 1 : isOwnElement(at) ? 2 : 3));
}

/** An element whose place its translation has taken: it is not drawn, and is seen all the same. */
export const isPutAside = (element: Element): boolean =>
  written()?.attributeBefore(element, offAttribute) !== undefined &&
  // A form may have a field of this name.
  own(element, 'hasAttribute').call(element, offAttribute);

/** How an element is displayed, or was before its translation took its place. */
export const displayOf = (element: Element, style: CSSStyleDeclaration): string =>
  written()?.displayOf(element) ?? style.display;

/** Takes from a copy of an element what was written on the element for a translation. */
export function restoreAttributes(element: Element, copy: Element): void {
  const before = written()?.attributeBefore;
  if (!before) return;
  for (const { name } of Array.from(copy.attributes)) {
    const value = before(element, name);
    if (value === undefined) continue;
    if (value === null || name.startsWith(ownAttribute)) copy.removeAttribute(name);
    else copy.setAttribute(name, value);
  }
}

/** The neighbour that the page itself has there. */
export function neighbourOf(node: Node, side: 'previousSibling' | 'nextSibling'): Node | null {
  let at = node[side];
  while (at && isOwnElement(at)) at = at[side];
  return at;
}

/** The same among elements. */
export function elementBeside(
  element: Element,
  side: 'previousElementSibling' | 'nextElementSibling',
): Element | null {
  let at = element[side];
  while (at && isOwnElement(at)) at = at[side];
  return at;
}

/**
 * Our element that is seen in the place of a text of the page; undefined where the text itself, or what was written
 * into it, is.
 */
export function standInOf(node: Text): Element | undefined {
  let aside: Node | undefined = node.data === '' && dataOf(node) !== '' ? node : undefined;
  for (let at = node.parentElement; at; at = at.parentElement) if (isPutAside(at)) aside = at;
  for (let at = aside?.nextSibling; at; at = at.nextSibling) if (isOwnElement(at)) return at as Element;
  return undefined;
}
