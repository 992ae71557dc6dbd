/** Shows a passage in the page without touching its DOM: found by its words, painted with the Custom Highlight API. */

const highlightName = 'wholemoon-passage';
/** Milliseconds of the full colour; a thin underline stays afterwards. */
const brightTime = 4_000;
/** A passage is found by its first letters; the rest is painted as far as it agrees. */
const enoughLetters = 120;

/** Scrolls to `passage` and paints it. False when the page does not have these words. */
export function highlightPassage(document: Document, passage: string): boolean {
  const range = findPassage(document, passage);
  if (!range) return false;
  const start = range.startContainer.parentElement;
  start?.scrollIntoView({ block: 'center', behavior: reducedMotion() ? 'instant' : 'smooth' });
  paint(document, range);
  return true;
}

/** The range of the page whose letters and digits are those of the passage. White space and marks may differ. */
export function findPassage(document: Document, passage: string): Range | undefined {
  const wanted = letters(passage);
  if (!wanted) return undefined;
  const nodes: { node: Text; start: number }[] = [];
  let text = '';
  const walker = document.createTreeWalker(document.body, 4 /* NodeFilter.SHOW_TEXT */);
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

function paint(document: Document, range: Range): void {
  const window = document.defaultView as (Window & typeof globalThis) | null;
  if (!window || !('highlights' in window.CSS)) return;
  window.CSS.highlights.set(highlightName, new window.Highlight(range));
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(`::highlight(${highlightName}) { background-color: #fcefc9; color: #14232b; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const controller = new AbortController();
  const clear = () => {
    controller.abort();
    window.CSS.highlights.delete(highlightName);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((entry) => entry !== sheet);
  };
  setTimeout(() => {
    if (controller.signal.aborted) return;
    sheet.replaceSync(`::highlight(${highlightName}) { text-decoration: underline 2px #e0a423; }`);
  }, brightTime);
  const onKey = (event: KeyboardEvent) => event.key === 'Escape' && clear();
  document.addEventListener('keydown', onKey, { signal: controller.signal });
}

const reducedMotion = () => globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
