import { elementBeside } from '../written';
import { isLateMain, isNamedCarousel, isNamedDisclosure, isNamedOverlay } from './names';
import { composedParent } from './tree';

const disclosure =
  '[hidden="until-found"], [role=tabpanel], [role=region][aria-labelledby], [aria-expanded], dialog[open]';
const overlay =
  'dialog:not([open]), [popover], [aria-modal], [role=dialog], [role=alertdialog], [role=tooltip], [role=menu], [role=listbox]';
const control =
  '[aria-expanded], [role=tab], [data-toggle=collapse], [data-bs-toggle=collapse], input[type=checkbox], input[type=radio]';
const anyControl = `${control}, button, [role=button], label[for]`;

/** Text that is not shown now and that a person can open where it stands. */
export interface Disclosures {
  /** True when an element without a box is opened by a control of the page. */
  isClosed(element: Element): boolean;
  /** True when an element of no height is: here any button beside it counts. */
  isFolded(element: Element): boolean;
}

/** Looks up once which elements the controls of the page name. */
export function findDisclosures(document: Document): Disclosures {
  const controlled = findControlled(document);
  const isClosed = (element: Element): boolean => {
    if (element.matches(disclosure)) return true;
    if (element.matches(overlay) || isNamedOverlay(element)) return false;
    if (element.id !== '' && controlled.has(element.id)) return true;
    if (isNamedDisclosure(element) || isLateMain(element)) return true;
    if (
      isBeside(element, control) ||
      isProseAfterButton(element) ||
      isOneOfPages(element) ||
      isStackedSlide(element)
    )
      return true;
    const parent = composedParent(element);
    return parent !== null && isNamedGroup(parent);
  };
  return {
    isClosed,
    isFolded: (element) => isClosed(element) || (!isNamedOverlay(element) && isBeside(element, anyControl)),
  };
}

/** True for everything in closed details but their summary. */
export function isRestOfDetails(element: Element): boolean {
  const parent = element.parentElement;
  if (parent?.localName !== 'details' || parent.hasAttribute('open')) return false;
  return element.localName !== 'summary' || parent.querySelector(':scope > summary') !== element;
}

function findControlled(document: Document): Set<string> {
  const found = new Set<string>();
  const controls = document.querySelectorAll(
    '[aria-controls], [data-target], [data-bs-target], [data-tab], a[href^="#"]',
  );
  for (const element of controls) {
    for (const id of element.getAttribute('aria-controls')?.split(/\s+/) ?? []) found.add(id);
    for (const name of ['data-target', 'data-bs-target', 'data-tab', 'href']) {
      const value = element.getAttribute(name);
      if (value) found.add(value.startsWith('#') ? value.slice(1) : value);
    }
  }
  return found;
}

const groupName = /accordi[oa]n|faq|(?:^|[\s_-])tabs?(?:$|[\s_-])/i;

function isNamedGroup(element: Element): boolean {
  if (element.localName === 'body') return false;
  const name = (element.getAttribute('class') ?? '').slice(0, 1000);
  return groupName.test(name) || isNamedCarousel(element);
}

/** Looks at the neighbours and at the first things in them only: hidden text beside large text must cost nothing. */
function isBeside(element: Element, selector: string): boolean {
  for (const side of ['previousElementSibling', 'nextElementSibling'] as const) {
    const neighbour = elementBeside(element, side);
    if (!neighbour) continue;
    if (neighbour.matches(selector)) return true;
    const { firstElementChild: first, lastElementChild: last } = neighbour;
    if (first?.matches(selector) || last?.matches(selector)) return true;
    if (first?.firstElementChild?.matches(selector)) return true;
  }
  return false;
}

/** Behind a button come menus as well; only what holds a paragraph is taken for text that the button shows. */
function isProseAfterButton(element: Element): boolean {
  const before = elementBeside(element, 'previousElementSibling');
  if (!before?.matches('button, [role=button]')) return false;
  return element.localName !== 'p' && element.querySelector('p') !== null;
}

/** One page of a text in several, or one step of several: numbered like its neighbour. */
function isOneOfPages(element: Element): boolean {
  return ['data-page', 'data-step', 'data-slide'].some((name) => {
    const number = element.getAttribute(name);
    if (!number || !/^\d+$/.test(number)) return false;
    return (
      elementBeside(element, 'previousElementSibling')?.hasAttribute(name) ||
      elementBeside(element, 'nextElementSibling')?.hasAttribute(name)
    );
  });
}

/** Neighbours looked at on each side. */
const neighbours = 6;

/** One of several of the same size in the same place, of which another is shown: slides that take turns. */
function isStackedSlide(element: Element): boolean {
  const view = element.ownerDocument.defaultView;
  if (!view?.matchMedia || view.getComputedStyle(element).position !== 'absolute') return false;
  const own = element.getBoundingClientRect();
  if (own.width < 50 || own.height < 20) return false;
  const isShownHere = (other: Element) => {
    if (other.localName !== element.localName || !/\S/.test(other.textContent ?? '')) return false;
    const box = other.getBoundingClientRect();
    const apart = [box.left - own.left, box.top - own.top, box.width - own.width];
    if (apart.some((distance) => Math.abs(distance) > 2)) return false;
    const { visibility, opacity } = view.getComputedStyle(other);
    return visibility === 'visible' && Number(opacity) > 0.5;
  };
  for (const step of ['previousElementSibling', 'nextElementSibling'] as const) {
    let other = element[step];
    for (let count = 0; other && count < neighbours; count++, other = other[step]) {
      if (isShownHere(other)) return true;
    }
  }
  return false;
}
