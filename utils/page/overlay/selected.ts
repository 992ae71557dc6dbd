/** The selection of a page at the moment of the click: also in shadow trees and in frames of the same site. */

/** What is selected. `field`: in an input or text area, which pages keep apart from their own selection. */
export type Selected =
  | { status: 'text'; range: Range; selection: Selection; document: Document }
  | { status: 'field'; text: string; lang?: string }
  | { status: 'none' };

type ShadowRootOf = (element: Element) => ShadowRoot | null;

type ComposedSelection = Omit<Selection, 'getComposedRanges'> & Partial<Pick<Selection, 'getComposedRanges'>>;

/**
 * Finds the selection, from the document that has the focus outwards.
 * @param onlyInFrames what is selected in the page itself was not meant
 */
export function findSelected(document: Document, shadowRootOf: ShadowRootOf, onlyInFrames = false): Selected {
  const focused = deepFocus(document, shadowRootOf);
  for (const one of [...focused.documents].reverse()) {
    if (onlyInFrames && one === document) continue;
    const found = selectedIn(one, shadowRootOf, focused.element);
    if (found) return found;
  }
  // The focus may have gone elsewhere while the words stayed selected.
  for (const one of sameSiteFrames(document)) {
    if (focused.documents.includes(one) || (onlyInFrames && one === document)) continue;
    const found = selectedIn(one, shadowRootOf);
    if (found) return found;
  }
  return { status: 'none' };
}

function selectedIn(document: Document, shadowRootOf: ShadowRootOf, focus?: Element): Selected | undefined {
  if (focus?.ownerDocument === document) {
    const text = selectedInField(focus);
    if (text !== undefined)
      return { status: 'field', text, lang: focus.closest('[lang]')?.getAttribute('lang') ?? undefined };
  }
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0) return undefined;
  const range = rangeOf(selection, document, shadowRootOf);
  return range && !range.collapsed ? { status: 'text', range, selection, document } : undefined;
}

/** What is selected in a field for text. What is typed as a secret is nobody's to read. */
function selectedInField(element: Element): string | undefined {
  if (!/^(TEXTAREA|INPUT)$/.test(element.nodeName)) return undefined;
  const { type, value, selectionStart, selectionEnd } = element as HTMLInputElement;
  if (type === 'password' || selectionStart === null || selectionEnd === null) return undefined;
  const text = value.slice(selectionStart, selectionEnd);
  return text.trim() ? text : undefined;
}

/**
 * The selected range. Words selected in a shadow tree are shown to its outside as the tree's host; they are asked for
 * with the trees that lie where the selection seems to begin and end.
 */
function rangeOf(selection: ComposedSelection, document: Document, shadowRootOf: ShadowRootOf): Range {
  const outer = selection.getRangeAt(0);
  if (!selection.getComposedRanges) return outer;
  const shadowRoots: ShadowRoot[] = [];
  for (;;) {
    const composed = selection.getComposedRanges({ shadowRoots })[0];
    if (!composed) return outer;
    const { startContainer, startOffset, endContainer, endOffset } = composed;
    const hosts = [
      startContainer.childNodes[startOffset],
      endContainer.childNodes[endOffset - 1],
      endContainer.childNodes[endOffset],
    ];
    const inner = hosts.flatMap((host) => {
      const root = host?.nodeType === 1 ? shadowRootOf(host as Element) : null;
      return root && !shadowRoots.includes(root) ? [root] : [];
    });
    if (inner.length > 0) {
      shadowRoots.push(...inner);
      continue;
    }
    if (startContainer.getRootNode() !== endContainer.getRootNode()) return outer;
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range;
  }
}

/** The focused element, through shadow trees and frames of the same site, and the documents on the way. */
function deepFocus(
  document: Document,
  shadowRootOf: ShadowRootOf,
): { element?: Element; documents: Document[] } {
  const documents = [document];
  let element = document.activeElement ?? undefined;
  while (element) {
    const inner: Document | null | undefined = contentOf(element);
    if (inner) documents.push(inner);
    const next: Element | null | undefined = inner
      ? inner.activeElement
      : shadowRootOf(element)?.activeElement;
    if (!next) break;
    element = next;
  }
  return { element, documents };
}

/** The document in a frame, where the browser lets us see it. */
function contentOf(element: Element): Document | undefined {
  if (!/^I?FRAME$/.test(element.nodeName)) return undefined;
  try {
    return (element as HTMLIFrameElement).contentDocument ?? undefined;
  } catch {
    return undefined;
  }
}

/** A document and those in its frames, as far as they are of the same site. */
function* sameSiteFrames(document: Document): Generator<Document> {
  yield document;
  for (const frame of document.querySelectorAll('iframe, frame')) {
    const inner = contentOf(frame);
    if (inner) yield* sameSiteFrames(inner);
  }
}

/** The boxes of a range in the viewport of the page, also when it stands in a frame. */
export function linesOf(range: Range): { left: number; top: number; right: number; bottom: number }[] {
  let [left, top] = [0, 0];
  let view = range.startContainer.ownerDocument?.defaultView;
  for (let frame = view?.frameElement; frame; frame = view?.frameElement) {
    const box = frame.getBoundingClientRect();
    left += box.left + frame.clientLeft;
    top += box.top + frame.clientTop;
    view = frame.ownerDocument.defaultView;
  }
  const boxes = Array.from(range.getClientRects?.() ?? [])
    .filter(({ width, height }) => width > 0 && height > 0)
    .map((box) => ({
      left: box.left + left,
      top: box.top + top,
      right: box.right + left,
      bottom: box.bottom + top,
    }));
  return boxes;
}
