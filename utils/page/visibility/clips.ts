import { elementBeside } from '../written';
import { isNamedCarousel } from './names';
import type { Scene } from './scene';
import { type Box, heightOf, onPage, widthOf } from './tree';

/** A box that shows only what lies inside it. */
export interface Clip extends Box {
  element: Element;
  /** True when a person can scroll in it. */
  scrolls: boolean;
  /** Why nothing in it is seen. */
  hides?: string;
  /** True once text was found inside: what follows below a visible beginning is content. */
  showsText: boolean;
}

/** An element that was moved away from its place on purpose, and in which directions. */
export interface Displacement {
  element: Element;
  sideways: boolean;
  upright: boolean;
}

/** Lengths in CSS px. Less than `moved` is layout; off-canvas menus and text moved away are moved by more. */
const moved = 100;
/** Farther than this to the right nobody scrolls, even where it is possible. */
const farAway = 3000;

/** How an element is displaced by its own position or transform; undefined when it stands where layout put it. */
export function findDisplacement(element: Element, style: CSSStyleDeclaration): Displacement | undefined {
  let sideways = false;
  let upright = false;
  if (style.position !== 'static') {
    const left = Number.parseFloat(style.left);
    const top = Number.parseFloat(style.top);
    sideways = Math.abs(left) >= moved;
    upright = top <= -moved || top >= farAway;
  }
  for (const [x, y] of shifts(style)) {
    sideways ||= Math.abs(x) >= moved;
    upright ||= Math.abs(y) >= moved;
  }
  return sideways || upright ? { element, sideways, upright } : undefined;
}

/** Translations of `transform` and `translate`, in px; percentages count as far. */
function shifts({ transform, translate }: CSSStyleDeclaration): [number, number][] {
  const found: [number, number][] = [];
  const numbers = /^matrix(3d)?\(([^()]+)\)$/.exec(transform);
  if (numbers) {
    const values = (numbers[2] ?? '').split(',').map(Number);
    found.push(numbers[1] ? [values[12] ?? 0, values[13] ?? 0] : [values[4] ?? 0, values[5] ?? 0]);
  }
  if (translate && translate !== 'none') {
    const [x = '0', y = '0'] = translate.split(' ');
    const length = (value: string) => Number.parseFloat(value) * (value.endsWith('%') ? 10 : 1);
    found.push([length(x), length(y)]);
  }
  return found;
}

/** Margins, indents and padding that move text away; asked only for text that is out of sight. */
export function findShift(element: Element, style: CSSStyleDeclaration): Displacement | undefined {
  const { marginLeft, marginTop, textIndent, paddingLeft, marginRight } = style;
  const far = (value: string) => Math.abs(Number.parseFloat(value)) >= moved;
  const sideways =
    far(marginLeft) || far(textIndent) || far(paddingLeft) || Number.parseFloat(marginRight) <= -farAway;
  const upright = Number.parseFloat(marginTop) <= -moved;
  return sideways || upright ? { element, sideways, upright } : undefined;
}

export type Placement = 'inside' | 'sideways' | 'above-or-below';

/** Where a box lies from another: less than two px in common is nothing that can be read. */
export function place(box: Box, bounds: Box): Placement {
  const least = (size: number) => Math.min(2, size / 2);
  const across = Math.min(box.right, bounds.right) - Math.max(box.left, bounds.left);
  if (across <= least(widthOf(box))) return 'sideways';
  const down = Math.min(box.bottom, bounds.bottom) - Math.max(box.top, bounds.top);
  return down <= least(heightOf(box)) ? 'above-or-below' : 'inside';
}

/** Where text that no box cuts can be seen, in the page's coordinates. */
export interface Reach {
  /** What scrolling the page can reach. Down there is no end. */
  reach: Box;
  /** What the window shows now, for what stays in place when the page scrolls. */
  shown(): Box;
}

export function reachOf(document: Document, view: Window): Reach {
  const width = document.documentElement.clientWidth;
  const rightToLeft = view.getComputedStyle(document.documentElement).direction === 'rtl';
  return {
    reach: {
      left: rightToLeft ? -farAway : 0,
      top: 0,
      right: width + farAway,
      bottom: Number.POSITIVE_INFINITY,
    },
    shown: () => onPage({ left: 0, top: 0, right: width, bottom: view.innerHeight }, view),
  };
}

/**
 * True when what is displaced is a slide, or the track that slides lie on: its name says so, or it lies in a row
 * with others of its size, or holds such a row. Sees a bounded number of neighbours.
 */
export function isSlide(moved: Element, clip: Clip | undefined): boolean {
  const named = [moved, moved.parentElement, moved.firstElementChild, clip?.element];
  if (named.some((element) => element && element.localName !== 'body' && isNamedCarousel(element)))
    return true;
  if (!clip) return false;
  const own = moved.getBoundingClientRect();
  return isRow(moved.firstElementChild, widthOf(clip), own) || isRow(moved, widthOf(clip), own, moved);
}

/** Three elements side by side, wide enough for slides, of the same width and with something in each. */
function isRow(first: Element | null, clipWidth: number, own: Box, around?: Element): boolean {
  const boxes: Box[] = [];
  const neighbours = around
    ? [elementBeside(around, 'previousElementSibling'), around, elementBeside(around, 'nextElementSibling')]
    : [first, first?.nextElementSibling];
  for (const element of neighbours) {
    if (element?.firstChild) boxes.push(element.getBoundingClientRect());
  }
  const width = widthOf(boxes[0] ?? own);
  return (
    boxes.length >= 2 &&
    width >= clipWidth * 0.2 &&
    boxes.every((box) => Math.abs(widthOf(box) - width) <= 2) &&
    new Set(boxes.map((box) => Math.round(box.left))).size === boxes.length
  );
}

/** True for a box that was moved to where nobody gets by scrolling, or by turning over the slides of a carousel. */
export function isOutOfReach(
  box: Box,
  { clip, displacement, fixed }: Pick<Scene, 'clip' | 'displacement' | 'fixed'>,
  { reach, shown }: Reach,
): boolean {
  const bounds = clip ?? (fixed ? shown() : reach);
  const where = place(box, bounds);
  if (where === 'inside') return false;
  if (!displacement) return !clip && !fixed && (box.right <= bounds.left || box.bottom <= bounds.top);
  if (where === 'sideways' ? !displacement.sideways : !displacement.upright) return false;
  return !isSlide(displacement.element, clip);
}
