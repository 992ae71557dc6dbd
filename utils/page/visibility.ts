import { isClobbered } from './clobbered';
import { createAttributeJudge } from './visibility/attributes';
import { createJudge, type Judge, type Judgement } from './visibility/judge';
import { composedParent } from './visibility/tree';
import { leastOpacity } from './visibility/veils';

/**
 * What a person can see on the live page. `collapsed` is text one click away (accordion, tab, “read more”):
 * it is content and is read. `hidden` is text nobody can reach: it is left out and counted as a gap.
 */
export type Visibility = 'visible' | 'collapsed' | 'hidden';

export interface PageVisibility {
  /** Class of an element's own text. Answers are kept as long as they are of use to a walk through the page. */
  of(element: Element): Visibility;
  /**
   * True when nothing below the element can be seen either, so that a walk may skip the subtree. Under
   * `visibility: hidden` and in boxes without size a descendant may be seen again.
   */
  hidesSubtree(element: Element): boolean;
  /** Why a hidden element's text is not seen: `not displayed`, `transparent`, `off-screen`. Empty for other text. */
  reason(element: Element): string;
}

/**
 * Decides what a person can see on a page, by style and layout as they are now. The page is only read. Elements may
 * be asked about in any order; in the order of the document the beginning of a clipped text is known before its end.
 */
export function createVisibility(document: Document): PageVisibility {
  const known = new Map<Element, Judgement>();
  const { defaultView: view } = document;
  const judgeByLooks =
    view && hasLayout(document) ? createJudge(document, view) : createAttributeJudge(document);
  const judge: Judge = (element, above) => {
    try {
      return isClobbered(element) ? judgeClobbered(element, above, view) : judgeByLooks(element, above);
    } catch {
      // A page may answer a question with anything. What cannot be judged is what its surroundings are.
      return above ?? seen;
    }
  };
  let last: Element | undefined;
  let lastJudgement: Judgement | undefined;
  const judgementOf = (element: Element): Judgement => {
    // Most elements are asked about several times in a row.
    if (element === last && lastJudgement) return lastJudgement;
    last = element;
    lastJudgement = known.get(element) ?? judgeAnew(element);
    return lastJudgement;
  };
  const judgeAnew = (element: Element): Judgement => {
    const parent = composedParent(element);
    const around = parent ? known.get(parent) : undefined;
    if (!around) return judgeFromTop(element);
    const judgement = judge(element, around);
    // The answer for one that holds nothing but text is not needed when the walk has gone on.
    if (element.firstElementChild) known.set(element, judgement);
    return judgement;
  };
  const judgeFromTop = (element: Element): Judgement => {
    const path: Element[] = [];
    let above: Judgement | undefined;
    for (let node: Element | null = element; node; node = composedParent(node)) {
      above = known.get(node);
      if (above) break;
      path.push(node);
    }
    for (let node = path.pop(); node; node = path.pop()) {
      above = judge(node, above);
      known.set(node, above);
    }
    return above ?? judge(element, undefined);
  };
  return {
    of: (element) => judgementOf(element).visibility,
    hidesSubtree: (element) => judgementOf(element).hidesSubtree,
    reason: (element) => judgementOf(element).reason,
  };
}

/** Libraries that parse pages have no layout: there no element has a box, the root included. */
const seen: Judgement = {
  visibility: 'visible',
  reason: '',
  hidesSubtree: false,
  scene: { closed: false, opacity: 1, paintedText: false, fixed: false },
};

/** By its style alone, which no field of it can stand in for. */
function judgeClobbered(form: Element, above: Judgement | undefined, view: Window | null): Judgement {
  if (above?.hidesSubtree) return above;
  const { display = '', opacity = '1' } = view?.getComputedStyle(form) ?? {};
  const scene = above?.scene ?? seen.scene;
  const reason = display === 'none' ? 'not displayed' : Number(opacity) < leastOpacity ? 'transparent' : '';
  return reason === '' ? { ...seen, scene } : { visibility: 'hidden', reason, hidesSubtree: true, scene };
}

function hasLayout(document: Document): boolean {
  return document.documentElement.getClientRects().length > 0;
}
