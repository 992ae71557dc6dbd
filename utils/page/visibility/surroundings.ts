import { isClobbered } from '../clobbered';
import { isOwnElement } from '../written';
import { blend, type Colour, looksAlike, onlyColour, parseColour } from './colours';
import { isNamedReveal } from './names';
import { type Box, heightOf, onPage, widthOf } from './tree';

/** What is painted by other elements than a text's ancestors: behind it or over it. Looked up when first needed. */
export interface Surroundings {
  /** True when something not of the text's own ancestors is painted where the text is, in another colour. */
  isPaintedOver(element: Element, box: Box, text: Colour): boolean;
  /** True when an empty, opaque box lies over all of the text. */
  isCovered(element: Element, box: Box, layer: number | undefined): boolean;
}

interface Painted extends Box {
  element: Element;
  colour?: Colour;
  layer: number;
}

/** Height in px of the strips of the page by which boxes are found. */
const strip = 256;
/** A box in more strips than this is kept apart. */
const maximumStrips = 64;
/** Comparisons of one page, so that ten thousand boxes behind ten thousand texts take no quadratic time. */
const maximumComparisons = 2_000_000;

const pictures = new Set(['img', 'video', 'canvas', 'svg', 'iframe', 'object', 'embed', 'picture']);
const neverBox = new Set([
  'br',
  'wbr',
  'img',
  'input',
  'hr',
  'script',
  'link',
  'meta',
  'iframe',
  'source',
  'col',
]);

export function createSurroundings(document: Document, view: Window): Surroundings {
  let painted: ReturnType<typeof createStrips> | undefined;
  let covers: ReturnType<typeof createStrips> | undefined;
  return {
    isPaintedOver(element, box, text) {
      painted ??= createStrips(findPainted(document, view));
      return painted.some(box, (other) => {
        if (!contains(other, centreOf(box)) || other.element.contains(element)) return false;
        if (element.contains(other.element)) return false;
        return !other.colour || !looksAlike(blend(other.colour, text), text);
      });
    },
    isCovered(element, box, layer) {
      covers ??= createStrips(findCovers(document, view));
      return covers.some(box, (other) => {
        if (!includes(other, box)) return false;
        if (layer === undefined || other.layer > layer) return !other.element.contains(element);
        const after = element.compareDocumentPosition(other.element) & 4; /* DOCUMENT_POSITION_FOLLOWING */
        return other.layer === layer && after !== 0 && !element.contains(other.element);
      });
    },
  };
}

/** Every element that paints something: pictures, backgrounds. Open shadow roots included. */
function findPainted(document: Document, view: Window): Painted[] {
  const found: Painted[] = [];
  const roots: (Document | ShadowRoot)[] = [document];
  for (let root = roots.pop(); root; root = roots.pop()) {
    for (const element of root.querySelectorAll('*')) {
      if (isClobbered(element) || isOwnElement(element)) continue;
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (element === document.body || element === document.documentElement) continue;
      const picture = pictures.has(element.localName);
      const style = view.getComputedStyle(element);
      const image = style.backgroundImage !== 'none';
      const colour = image ? onlyColour(style.backgroundImage) : parseColour(style.backgroundColor);
      if (!picture && !image && (colour?.alpha ?? 1) < 0.1) continue;
      const box = element.getBoundingClientRect();
      if (widthOf(box) < 2 || heightOf(box) < 2) continue;
      found.push({ element, layer: 0, colour: picture ? undefined : colour, ...onPage(box, view) });
    }
  }
  return found;
}

/** Boxes with nothing in them that lie over the page: opaque, out of the flow, and no effect that goes away. */
function findCovers(document: Document, view: Window): Painted[] {
  const found: Painted[] = [];
  for (const element of document.querySelectorAll('body :empty')) {
    if (neverBox.has(element.localName) || isOwnElement(element) || element.namespaceURI?.endsWith('svg'))
      continue;
    const style = view.getComputedStyle(element);
    const { position, zIndex } = style;
    // What is fixed lies over other text after scrolling.
    if (position !== 'absolute' && position !== 'relative') continue;
    const layer = zIndex === 'auto' ? 0 : Number(zIndex);
    if (layer < 0 || style.visibility !== 'visible' || Number(style.opacity) < 0.95) continue;
    if ((parseColour(style.backgroundColor)?.alpha ?? 0) < 0.95 || isNamedReveal(element)) continue;
    const box = element.getBoundingClientRect();
    // A sheet as large as the window goes away when the page has loaded or its dialog is closed.
    if (heightOf(box) >= view.innerHeight * 0.8 || !element.checkVisibility()) continue;
    found.push({ element, layer, ...onPage(box, view) });
  }
  return found;
}

function createStrips(all: Painted[]) {
  const strips = new Map<number, Painted[]>();
  const tall: Painted[] = [];
  let comparisons = 0;
  for (const box of all) {
    const first = Math.floor(box.top / strip);
    const last = Math.floor(box.bottom / strip);
    if (last - first > maximumStrips) tall.push(box);
    else {
      for (let index = first; index <= last; index++) {
        const list = strips.get(index);
        if (list) list.push(box);
        else strips.set(index, [box]);
      }
    }
  }
  return {
    some(box: Box, test: (other: Painted) => boolean): boolean {
      if (all.length === 0) return false;
      const here = strips.get(Math.floor(centreOf(box).y / strip)) ?? [];
      for (const list of [here, tall]) {
        for (const other of list) {
          if (++comparisons > maximumComparisons) return false;
          if (test(other)) return true;
        }
      }
      return false;
    },
  };
}

const centreOf = (box: Box) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
const contains = (box: Box, { x, y }: { x: number; y: number }) =>
  box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
const includes = (outer: Box, inner: Box) =>
  outer.left <= inner.left + 1 &&
  outer.right >= inner.right - 1 &&
  outer.top <= inner.top + 1 &&
  outer.bottom >= inner.bottom - 1;
