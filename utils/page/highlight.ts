/** Shows a passage in the page without touching its DOM: found by its words, painted with the Custom Highlight API. */

const highlightName = 'wholemoon-passage';
/** Milliseconds of the full colour; a thin underline stays afterwards. */
const brightTime = 4_000;
/** A passage is found by its first letters; the rest is painted as far as it agrees. */
const enoughLetters = 120;

/**
 * Scrolls to `passage` and paints it. The elements that it was read from are looked at first; formulas and tables have
 * other words in the text than on the page, so there the elements themselves are painted.
 * False when the page does not have these words.
 */
export function highlightPassage(document: Document, passage: string, elements: Element[] = []): boolean {
  const range =
    firstOf(elements, (element) => findPassage(element, passage)) ??
    (elements.length > 0 && !findPassage(document.body, passage) ? around(elements) : undefined) ??
    findPassage(document.body, passage);
  if (!range) return false;
  const { startContainer } = range;
  const start =
    startContainer.nodeType === 1 /* Node.ELEMENT_NODE */
      ? (startContainer as Element)
      : startContainer.parentElement;
  start?.scrollIntoView({ block: 'center', behavior: reducedMotion() ? 'instant' : 'smooth' });
  paint(range);
  return true;
}

/** The range of the page whose letters and digits are those of the passage. White space and marks may differ. */
export function findPassage(root: Element, passage: string): Range | undefined {
  const document = root.ownerDocument;
  const wanted = letters(passage);
  if (!wanted) return undefined;
  const nodes: { node: Text; start: number }[] = [];
  let text = '';
  const walker = document.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (/^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(node.parentElement?.nodeName ?? '')) continue;
    nodes.push({ node, start: text.length });
    text += letters(node.data);
  }
  let from = text.indexOf(wanted);
  let length = wanted.length;
  if (from === -1 && wanted.length > enoughLetters) {
    from = text.indexOf(wanted.slice(0, enoughLetters));
    length = enoughLetters;
  }
  if (from === -1) return undefined;
  const range = document.createRange();
  const first = place(nodes, from);
  const last = place(nodes, from + length - 1);
  if (!first || !last) return undefined;
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset + last.length);
  return range;
}

function firstOf<T, R>(list: T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function around(elements: Element[]): Range | undefined {
  const [first] = elements;
  const last = elements.at(-1);
  if (!first || !last) return undefined;
  const range = first.ownerDocument.createRange();
  range.selectNodeContents(first);
  // A range stays within one tree: parts of a passage in another shadow root are not painted.
  if (last.getRootNode() === first.getRootNode()) range.setEnd(last, last.childNodes.length);
  return range;
}

/** Where the letter with this number stands: its text node, its offset there and its length in UTF-16 units. */
function place(nodes: { node: Text; start: number }[], letter: number) {
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((nodes[middle]?.start ?? 0) <= letter) low = middle;
    else high = middle - 1;
  }
  const entry = nodes[low];
  if (!entry) return undefined;
  let count = entry.start;
  for (const match of entry.node.data.matchAll(/[\p{L}\p{N}]/gu)) {
    if (count === letter || count + match[0].length > letter)
      return { node: entry.node, offset: match.index, length: match[0].length };
    count += match[0].length;
  }
  return undefined;
}

const letters = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

function paint(range: Range): void {
  const node = range.startContainer;
  const { ownerDocument } = node;
  const window = ownerDocument?.defaultView as (Window & typeof globalThis) | null;
  if (!ownerDocument || !window || !('highlights' in window.CSS)) return;
  // Rules of the page do not reach into shadow trees: the colour goes to the tree that the words stand in.
  const root = node.getRootNode() as Document | ShadowRoot;
  window.CSS.highlights.set(highlightName, new window.Highlight(range));
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(`::highlight(${highlightName}) { background-color: #fcefc9; color: #14232b; }`);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const controller = new AbortController();
  const clear = () => {
    controller.abort();
    window.CSS.highlights.delete(highlightName);
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((entry) => entry !== sheet);
  };
  setTimeout(() => {
    if (controller.signal.aborted) return;
    sheet.replaceSync(`::highlight(${highlightName}) { text-decoration: underline 2px #e0a423; }`);
  }, brightTime);
  const onKey = (event: KeyboardEvent) => event.key === 'Escape' && clear();
  ownerDocument.addEventListener('keydown', onKey, { signal: controller.signal });
}

const reducedMotion = () => globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
