import { isClobbered } from '../clobbered';
import { dataOf, isOwnElement, wordsOf } from '../written';
import { isLateMain, isNamedOverlay, isNamedReveal } from './names';

/** Less than this is not seen: black on white at 5 % has a contrast of 1.1. */
export const leastOpacity = 0.05;

/** The share of a page's text behind veils from which the page itself is waiting to be shown. */
const wholePage = 0.75;
/** A smaller share of the page's characters, scripts among them, is not what a page waits with. */
const leastPart = 0.05;
/** So many blocks of the same class that wait alike are an effect of the page. */
const manyAlike = 3;

/** Tells apart text that is about to be shown (when scrolled to, when the page has loaded) from hidden text. */
export interface Veils {
  /** True when an element without opacity (or clipped, invisible, scaled to nothing) is content all the same. */
  isLifted(element: Element, style: CSSStyleDeclaration): boolean;
  /** True when a box without size holds nearly all text of the page: its script has yet to lay it out. */
  isWholePage(element: Element): boolean;
}

export function createVeils(document: Document, view: Window): Veils {
  let survey: Survey | undefined;
  let pageLength: number | undefined;
  return {
    isWholePage(element) {
      survey ??= surveyPage(document, view);
      return ownTextLength(element) < 200 && wordsOf(element).length >= survey.all * wholePage;
    },
    isLifted(element, style) {
      if (element === document.body || element === document.documentElement || isLateMain(element))
        return true;
      const inFlow = isInFlow(element, style);
      if (
        inFlow &&
        (isNamedReveal(element) ||
          isMoving(element) ||
          waitsToMove(element, style) ||
          isBigBlock(element, style))
      )
        return true;
      // Menus and tooltips out of the flow are on every page: for them nobody goes through all of it.
      pageLength ??= document.body ? wordsOf(document.body).length : 0;
      if (!inFlow && wordsOf(element).length < pageLength * leastPart) return false;
      survey ??= surveyPage(document, view);
      if (survey.share >= wholePage) return true;
      return inFlow && (survey.alike.get(likeness(element)) ?? 0) >= manyAlike;
    },
  };
}

/** It leaves its place on the page free, as what is shown later does; menus and tooltips do not. */
function isInFlow(element: Element, { position }: CSSStyleDeclaration): boolean {
  if (position === 'absolute' || position === 'fixed' || isNamedOverlay(element)) return false;
  const { offsetWidth = 0, offsetHeight = 0 } = element as HTMLElement;
  return offsetWidth >= 20 && offsetHeight >= 10;
}

/** An animation that is under way, or one that scrolling drives. What has ended has its final look. */
function isMoving(element: Element): boolean {
  return element.getAnimations?.().some(({ playState }) => playState === 'running') ?? false;
}

/** Out of place and about to move: by a transition of its opacity, or by a script that has set both itself. */
function waitsToMove(element: Element, style: CSSStyleDeclaration): boolean {
  const { transform, translate, transitionProperty, transitionDuration } = style;
  if (transform === 'none' && (translate === 'none' || !translate)) return false;
  if (/\b(?:all|opacity)\b/.test(transitionProperty) && /[1-9]/.test(transitionDuration)) return true;
  return (element.getAttribute('style') ?? '').slice(0, 1000).includes('opacity');
}

/**
 * A large part of the page that waits for its script, with pictures, a transition or an element yet to be defined:
 * nobody leaves so much of a page empty.
 */
function isBigBlock(
  element: Element,
  { transitionProperty, transitionDuration }: CSSStyleDeclaration,
): boolean {
  if ((element as HTMLElement).offsetHeight < 150) return false;
  if (/\bopacity\b/.test(transitionProperty) && /[1-9]/.test(transitionDuration)) return true;
  return element.matches(':not(:defined)') || element.querySelector('img, picture, video') !== null;
}

interface Survey {
  /** Share of the page's displayed text, in characters, that no opacity or `visibility` shows. */
  share: number;
  /** Characters of displayed text. */
  all: number;
  /** How many blocks of each class have no opacity. */
  alike: Map<string, number>;
}

const likeness = (element: Element) => `${element.localName} ${element.getAttribute('class') ?? ''}`;

/** One pass over the page, made only when something on it is veiled. */
function surveyPage(document: Document, view: Window): Survey {
  const veiled = new Set<Element>();
  const alike = new Map<string, number>();
  let behind = 0;
  let all = 0;
  for (const element of document.body?.querySelectorAll('*') ?? []) {
    if (isClobbered(element) || isOwnElement(element)) continue;
    const parent = element.parentElement;
    const style = view.getComputedStyle(element);
    const clear = Number(style.opacity) < leastOpacity;
    const inside = parent !== null && veiled.has(parent);
    if (clear || inside) veiled.add(element);
    if (clear && !inside && element.getAttribute('class')) {
      const { length } = wordsOf(element);
      if (length >= 20) alike.set(likeness(element), (alike.get(likeness(element)) ?? 0) + 1);
    }
    const size = ownTextLength(element);
    if (size === 0 || !element.checkVisibility()) continue;
    all += size;
    if (veiled.has(element) || style.visibility !== 'visible') behind += size;
  }
  return { share: behind / Math.max(1, all), all: Math.max(1, all), alike };
}

function ownTextLength(element: Element): number {
  let size = 0;
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === 3 /* Node.TEXT_NODE */) size += dataOf(node as Text).trim().length;
  }
  return size;
}
