/**
 * What was changed on nodes of the page, and what it was before. A change is taken back only where the page still has
 * what we wrote: what it has written since is its own.
 */
export interface Ledger {
  setText(node: Text, value: string): void;
  restoreText(node: Text): void;
  setAttribute(element: Element, name: string, value: string): void;
  restoreAttribute(element: Element, name: string): void;
  /** What a text was before we wrote; undefined where nothing of ours stands. */
  originalOf(node: Text): string | undefined;
  /** Whether a text has what was written there last, translations and what was put back alike. */
  wroteText(node: Text): boolean;
  /** The same for an attribute. */
  wroteLast(element: Element, name: string): boolean;
  /** Whether an attribute has a value that we wrote. */
  wroteAttribute(element: Element, name: string): boolean;
  /** What an attribute was before, null for none; undefined where nothing of ours stands. */
  attributeBefore(element: Element, name: string): string | null | undefined;
}

interface Change {
  before: string | null;
  ours: string;
  /** Runs that share it: two in one block. */
  holders: number;
}

export function createLedger(): Ledger {
  const texts = new WeakMap<Text, { before: string; ours: string }>();
  const attributes = new WeakMap<Element, Map<string, Change>>();
  const lastTexts = new WeakMap<Text, string>();
  const lastAttributes = new WeakMap<Element, Map<string, string | null>>();
  const write = (node: Text, value: string) => {
    lastTexts.set(node, value);
    node.data = value;
  };
  const writeAttribute = (element: Element, name: string, value: string | null) => {
    const last = lastAttributes.get(element) ?? new Map<string, string | null>();
    lastAttributes.set(element, last.set(name, value));
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  };
  const changeOf = (element: Element, name: string) => attributes.get(element)?.get(name);
  return {
    setText(node, value) {
      const known = texts.get(node);
      const before = known && node.data === known.ours ? known.before : node.data;
      texts.set(node, { before, ours: value });
      if (node.data !== value) write(node, value);
    },
    restoreText(node) {
      const known = texts.get(node);
      texts.delete(node);
      if (known && node.data === known.ours && known.ours !== known.before) write(node, known.before);
    },
    setAttribute(element, name, value) {
      const known = changeOf(element, name);
      if (known && element.getAttribute(name) === known.ours && known.ours === value) {
        known.holders++;
        return;
      }
      const changes = attributes.get(element) ?? new Map<string, Change>();
      attributes.set(element, changes);
      changes.set(name, { before: element.getAttribute(name), ours: value, holders: 1 });
      writeAttribute(element, name, value);
    },
    restoreAttribute(element, name) {
      const known = changeOf(element, name);
      if (!known || --known.holders > 0) return;
      attributes.get(element)?.delete(name);
      if (element.getAttribute(name) !== known.ours) return;
      writeAttribute(element, name, known.before);
    },
    wroteText: (node) => lastTexts.get(node) === node.data,
    wroteLast(element, name) {
      const last = lastAttributes.get(element)?.get(name);
      return last !== undefined && last === element.getAttribute(name);
    },
    originalOf(node) {
      const known = texts.get(node);
      return known && node.data === known.ours ? known.before : undefined;
    },
    wroteAttribute(element, name) {
      const known = changeOf(element, name);
      return known !== undefined && element.getAttribute(name) === known.ours;
    },
    attributeBefore(element, name) {
      const known = changeOf(element, name);
      return known && element.getAttribute(name) === known.ours ? known.before : undefined;
    },
  };
}
