import { dataOf, displayOf, neighbourOf, restoreAttributes, wordsOf } from './written';

/** Scripts of the type `math/tex` are formulas (MathJax 2). */
export const isFormulaScript = (element: Element): boolean =>
  /^math\//i.test(element.getAttribute('type') ?? '');

/** Formulas carry their source for screen readers, clipped to a point. */
const sources = '.katex, mjx-container, .MathJax, .MathJax_Display, math, .mwe-math-element';
const sourceNames = /katex|math/i;

/** Whether what is inside belongs to the text although it is hidden. */
export const holdsSource = (element: Element): boolean =>
  (sourceNames.test(element.getAttribute('class') ?? '') || /^m(?:ath|jx-)/i.test(element.localName)) &&
  element.matches(sources);

/** MathML and scripts. Other words of a formula are drawn, and hidden ones among them are hidden. */
export const isSourceText = (element: Element): boolean =>
  element.namespaceURI === mathNamespace || element.localName === 'script';

const mathNamespace = 'http://www.w3.org/1998/Math/MathML';

/** The name of an element in capitals, as in HTML; XML documents give it as it is written. */
export function nameOf(element: Element): string {
  const { nodeName } = element;
  const isLower = nodeName.charCodeAt(0) >= 97;
  return isLower && element.namespaceURI === htmlNamespace ? element.localName.toUpperCase() : nodeName;
}

/** True when line ends inside the text are drawn as line ends. */
export function drawsLineEnds(element: Element, text: string): boolean {
  if (!/\S[^\S\n]*\n\s*\S/.test(text) || element.closest('pre, textarea, code')) return false;
  const style = element.ownerDocument.defaultView?.getComputedStyle(element);
  return /^(?:pre|break-spaces)/.test(style?.whiteSpace ?? '');
}

/** Most elements of a large page have nothing to copy or to take out: rows, cells, paragraphs. */
const isPlain = (element: Element): boolean =>
  !element.hasAttributes() && element.namespaceURI === htmlNamespace && plainNames.has(element.localName);

const htmlNamespace = 'http://www.w3.org/1999/xhtml';
const plainNames = new Set(
  'p div span li ul ol td th tr tbody thead table h1 h2 h3 h4 h5 h6 b i em strong code pre br dt dd dl blockquote section article'.split(
    ' ',
  ),
);

/** The element without its children, as readers of attributes see something visible. */
export function bareCopy(element: Element, flat: Document): Element {
  // Words that stand there because scripts are off are words of the page; without any it holds the twin of an image.
  const name = nameOf(element);
  if (name === 'NOSCRIPT' && wordsOf(element).trim()) return flat.createElement('div');
  if (isPlain(element)) return flat.createElement(element.localName);
  const copy = flat.importNode(element, false);
  restoreAttributes(element, copy);
  for (const name of ['style', 'hidden', 'aria-hidden']) copy.removeAttribute(name);
  if (copy.hasAttribute('href')) {
    const { href } = element as HTMLAnchorElement;
    if (typeof href === 'string' && href) copy.setAttribute('href', href);
  }
  if (name === 'IMG') {
    const { currentSrc, src } = element as HTMLImageElement;
    if (currentSrc || src) copy.setAttribute('src', currentSrc || src);
  } else if (copy.hasAttribute('src')) {
    const { src } = element as HTMLIFrameElement;
    if (typeof src === 'string' && src) copy.setAttribute('src', src);
  }
  if (name === 'INPUT') {
    copy.toggleAttribute('checked', (element as HTMLInputElement).checked);
  }
  return copy;
}

/** Elements that stand in a line by their name; styles may draw them as blocks or cells of a flexible row. */
const inline = new Set(
  'A ABBR B BDI BDO CITE CODE DATA DFN EM FONT I KBD LABEL MARK Q S SAMP SMALL SPAN STRONG TIME U VAR'.split(
    ' ',
  ),
);

/** Whether a neighbour's words would run together with those of an element. */
const isGlued = (neighbour: Node | null, blank: RegExp) =>
  neighbour !== null &&
  !(neighbour.nodeType === 3 /* Node.TEXT_NODE */ && blank.test(dataOf(neighbour as Text)));

/**
 * Says on the copy how an inline element is drawn when no white space parts it from what is before or after it: the
 * words of two cells of a row, or of a name and the quote below it, must not run together. Asking for styles is dear,
 * so it is asked only there.
 */
export function markDisplay(element: Element, copy: Element): void {
  if (!inline.has(nameOf(element))) return;
  const isAfter = isGlued(neighbourOf(element, 'previousSibling'), /\s$/);
  if (!isAfter && !isGlued(neighbourOf(element, 'nextSibling'), /^\s/)) return;
  if (!/^\S/.test(wordsOf(element)) || element.closest('pre, code')) return;
  const view = element.ownerDocument.defaultView;
  if (!view || !element.parentElement) return;
  const display = displayOf(element, view.getComputedStyle(element));
  const outer = displayOf(element.parentElement, view.getComputedStyle(element.parentElement));
  if (/^(?:block|flex|grid|table$|list-item|flow-root)/.test(display)) {
    copy.setAttribute('data-wholemoon-display', /flex|grid/.test(outer) ? 'apart' : 'block');
  } else if (isAfter && (/^(?:inline-|table-cell)/.test(display) || /flex|grid/.test(outer))) {
    copy.setAttribute('data-wholemoon-display', 'apart');
  }
}
