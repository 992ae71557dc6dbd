/**
 * What a person can see on the live page. `collapsed` is text one click away (accordion, tab, “read more”):
 * it is content and is read. `hidden` is text nobody can reach: it is left out and counted as a gap.
 */
export type Visibility = 'visible' | 'collapsed' | 'hidden';

const disclosure =
  'details, [hidden="until-found"], [role=tabpanel], [role=region][aria-labelledby], [aria-expanded], dialog[open]';
const disclosureName =
  /accordion|collaps|expand|toggle|tab-?(?:panel|pane|content)|read-?more|show-?more|faq/i;

/** Classifies elements of one page; every element is asked about once. */
export function createVisibility(document: Document): (element: Element) => Visibility {
  const known = new Map<Element, Visibility>();
  const controlled = new Set(
    [...document.querySelectorAll('[aria-controls]')].flatMap(
      (element) => element.getAttribute('aria-controls')?.split(/\s+/) ?? [],
    ),
  );
  const isDisclosure = (element: Element) =>
    controlled.has(element.id) ||
    element.matches(disclosure) ||
    disclosureName.test(element.getAttribute('class') ?? '');

  return function visibility(element) {
    const before = known.get(element);
    if (before) return before;
    let answer: Visibility = isShown(element) ? 'visible' : 'hidden';
    if (answer === 'hidden') {
      for (let node: Element | null = element; node && node !== document.body; node = node.parentElement) {
        const above = known.get(node);
        if (above === 'collapsed' || isDisclosure(node)) {
          answer = 'collapsed';
          break;
        }
        if (above === 'hidden') break;
        if (isShown(node)) break;
      }
    }
    known.set(element, answer);
    return answer;
  };
}

/**
 * A copy of the document without what nobody can see, in which everything left counts as visible to readers
 * that look at attributes instead of layout (Readability does).
 */
export function copyVisible(document: Document, visibility = createVisibility(document)): Document {
  const copy = document.cloneNode(true) as Document;
  const live = document.body?.querySelectorAll('*') ?? [];
  const copied = copy.body?.querySelectorAll('*') ?? [];
  const doomed: Element[] = [];
  for (let index = 0; index < live.length; index++) {
    const element = live[index] as HTMLElement;
    const twin = copied[index] as HTMLElement;
    if (visibility(element) === 'hidden') {
      if (!hasBox(element)) {
        doomed.push(twin);
        continue;
      }
      // Under `visibility: hidden` a descendant may be visible again: only the element's own words go.
      for (const node of [...twin.childNodes]) removeText(node);
    }
    twin.removeAttribute('hidden');
    twin.removeAttribute('aria-hidden');
    twin.style?.removeProperty('display');
    twin.style?.removeProperty('visibility');
  }
  for (const element of doomed) element.remove();
  return copy;
}

// jsdom has no layout and no checkVisibility: there, every element counts as visible.
function isShown(element: Element): boolean {
  return (element.checkVisibility?.({ visibilityProperty: true }) ?? true) || isTransparent(element, isShown);
}

function hasBox(element: Element): boolean {
  return (element.checkVisibility?.() ?? true) || isTransparent(element, hasBox);
}

/** `display: contents` has no box of its own, so the browser calls it invisible; its children are not. */
function isTransparent(element: Element, test: (element: Element) => boolean): boolean {
  const { parentElement, ownerDocument } = element;
  const style = ownerDocument.defaultView?.getComputedStyle(element);
  return style?.display === 'contents' && parentElement !== null && test(parentElement);
}

function removeText(node: Node): void {
  if (node.nodeType === 3 /* Node.TEXT_NODE */) node.parentNode?.removeChild(node);
}
