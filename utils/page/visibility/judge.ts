import { isPutAside } from '../written';
import { isClippedAway } from './clip-shapes';
import { type Clip, findDisplacement, isOutOfReach, reachOf } from './clips';
import { type Disclosures, findDisclosures, isRestOfDetails } from './disclosures';
import { isStackingContext, openingScene, paintBackground, type Scene } from './scene';
import { createStyleSheets } from './style-sheets';
import { createSurroundings } from './surroundings';
import { foldedText, judgeText, type TextRules } from './text';
import { heightOf, onPage, widthOf } from './tree';
import { createVeils, leastOpacity, type Veils } from './veils';

/** The answer for one element, and what its children take over. */
export interface Judgement {
  visibility: 'visible' | 'collapsed' | 'hidden';
  reason: string;
  hidesSubtree: boolean;
  scene: Scene;
}

/** Judges an element by its style and box, given the judgement of its parent in the composed tree. */
export type Judge = (element: Element, above: Judgement | undefined) => Judgement;

export function createJudge(document: Document, view: Window): Judge {
  const disclosures = findDisclosures(document);
  const veils = createVeils(document, view);
  const start = openingScene(document, view);
  const rules: TextRules = {
    surroundings: createSurroundings(document, view),
    styleSheets: createStyleSheets(document, view),
    range: document.createRange(),
    view,
    ...reachOf(document, view),
  };
  return (element, above) => {
    if (above?.hidesSubtree) return above;
    const style = view.getComputedStyle(element);
    const found = enter(element, style, above?.scene ?? start, { disclosures, veils, rules });
    if (typeof found === 'string') return hidden(above?.scene ?? start, found, true);
    const reason = judgeText(element, style, found, rules);
    if (reason === foldedText) return { ...answer(found), visibility: 'collapsed' };
    if (reason !== undefined) return hidden(found, reason, false);
    return above?.scene === found && isPlain(above) ? above : answer(found);
  };
}

const answer = (scene: Scene): Judgement => ({
  visibility: scene.closed ? 'collapsed' : 'visible',
  reason: '',
  hidesSubtree: false,
  scene,
});

/** True for what `answer` says of a scene: elements that change nothing share it with their parent. */
const isPlain = ({ visibility, scene }: Judgement): boolean =>
  visibility === (scene.closed ? 'collapsed' : 'visible');

const hidden = (scene: Scene, reason: string, hidesSubtree: boolean): Judgement => ({
  visibility: 'hidden',
  reason,
  hidesSubtree,
  scene,
});

interface Helpers {
  disclosures: Disclosures;
  veils: Veils;
  rules: TextRules;
}

/** Parts of SVG drawings that are not drawn where they stand. */
const neverDrawn = new Set(['defs', 'symbol', 'clipPath', 'mask', 'marker', 'pattern', 'desc', 'metadata']);

/**
 * The values that several rules need. Each question to a computed style costs as much as all the rest of a rule, so
 * none is asked twice, and none that the display already answers.
 */
interface Look {
  style: CSSStyleDeclaration;
  display: string;
  position: string;
  /** Transforms do nothing to boxes in a line: there it is `none`. */
  transform: string;
}

/** The scene inside an element, or why nothing in it is seen. */
function enter(
  element: Element,
  style: CSSStyleDeclaration,
  above: Scene,
  { disclosures, veils, rules }: Helpers,
): Scene | string {
  let scene = above;
  const set = (change: Partial<Scene>) => {
    scene = { ...scene, ...change };
  };
  const isRoot = element === element.ownerDocument.body || element === element.ownerDocument.documentElement;

  if (neverDrawn.has(element.localName)) return 'not displayed';
  if (isRestOfDetails(element)) set({ closed: true });
  const { display } = style;
  if (isWithoutBox(element, style, display, scene.closed)) {
    // Not drawn while its translation is, and one click away.
    if (!isPutAside(element) && !disclosures.isClosed(element)) return 'not displayed';
    set({ closed: true });
  } else if (display === 'contents') return paintBackground(scene, element, style);

  const transform = display === 'inline' ? 'none' : style.transform;
  const look: Look = { style, display, position: style.position, transform };
  const veil = findVeil(element, look, scene.opacity);
  if (typeof veil === 'string') {
    if (disclosures.isClosed(element)) set({ closed: true });
    else if (!veils.isLifted(element, style)) return veil;
  } else if (veil !== scene.opacity) set({ opacity: veil });

  if (style.visibility === 'visible') {
    if (scene.invisible) set({ invisible: undefined });
  } else if (!scene.invisible) {
    if (disclosures.isClosed(element)) set({ closed: true, invisible: 'waiting' });
    else set({ invisible: veils.isLifted(element, style) ? 'waiting' : 'hidden' });
  }

  scene = paintBackground(scene, element, style);
  if (scene.closed || isRoot) return scene;
  scene = position(scene, element, look);
  return cut(scene, element, look, { disclosures, veils, rules });
}

/**
 * `display: none`, unslotted, fallback of a picture or film, or contents not displayed. In a closed disclosure there
 * is only the style to go by.
 */
function isWithoutBox(
  element: Element,
  style: CSSStyleDeclaration,
  display: string,
  closed: boolean,
): boolean {
  if (!isNeverSkipped(display) && style.contentVisibility === 'hidden') return true;
  if (closed || display === 'none') return display === 'none';
  return display !== 'contents' && !isSurelyDrawn(element) && !element.checkVisibility();
}

/** Parts of lists, tables and lines that cannot have a shadow tree: what is displayed in one that is drawn is drawn. */
const plainParents = new Set('A UL OL LI TABLE THEAD TBODY TR TD TH B I EM STRONG'.split(' '));
const plainChildren = new Set([
  ...plainParents,
  ...'DIV P SPAN H1 H2 H3 H4 H5 H6 SECTION ARTICLE'.split(' '),
]);
const isSurelyDrawn = ({ nodeName, parentNode }: Element) =>
  parentNode !== null && plainParents.has(parentNode.nodeName) && plainChildren.has(nodeName);

/** `content-visibility` does nothing to boxes in a line and to parts of tables (CSS Containment 2, section 4). */
const isNeverSkipped = (display: string) =>
  display === 'inline' || display === 'table-row' || display === 'table-cell';

/** Why an element cannot be seen through, or how much of it can: opacity from 0 to 1. */
function findVeil(element: Element, look: Look, opacity: number): string | number {
  const { style, display, transform, position } = look;
  const { filter, opacity: own } = style;
  let left = opacity;
  if (own !== '1') left *= Number(own);
  if (filter !== 'none' && filter !== '') {
    left *= Number(/opacity\(([\d.e-]+)\)/.exec(filter)?.[1] ?? 1);
    if (/contrast\(0\)/.test(filter)) return 'same colour';
    if (Number(/blur\(([\d.]+)px\)/.exec(filter)?.[1] ?? 0) >= 16) return 'blurred';
  }
  if (left < leastOpacity) return 'transparent';
  if (display !== 'inline' && isScaledAway(transform, style.scale)) return 'no size';
  if (isClippedAway(element, style, position)) {
    return isTiny(element, position) ? 'for screen readers' : 'clipped';
  }
  return left;
}

function isScaledAway(transform: string, scale: string | undefined): boolean {
  if (transform.startsWith('matrix') && isFlattened(transform)) return true;
  if (!scale || scale === 'none') return false;
  return scale
    .split(' ')
    .slice(0, 2)
    .some((factor) => Math.abs(Number(factor)) < 0.02);
}

/** A transform to less than a fiftieth in one direction. */
function isFlattened(transform: string): boolean {
  const values = transform
    .slice(transform.indexOf('(') + 1, -1)
    .split(',')
    .map(Number);
  const [a = 1, b = 0, c = 0, d = 1] =
    values.length === 16 ? [values[0], values[1], values[4], values[5]] : values;
  return Math.abs(a * d - b * c) < 0.0004 || Math.hypot(a, b) < 0.02 || Math.hypot(c, d) < 0.02;
}

/** The usual pattern for text that only screen readers are to find: a box of one pixel out of the flow. */
function isTiny(element: Element, position: string): boolean {
  if (position !== 'absolute' && position !== 'fixed') return false;
  const box = element.getBoundingClientRect();
  return widthOf(box) <= 2 && heightOf(box) <= 2;
}

function isTransformed({ style, display, transform }: Look): boolean {
  if (display === 'inline') return false;
  if (transform !== 'none') return true;
  const { translate } = style;
  return translate !== undefined && translate !== 'none' && translate !== '';
}

/** Positioned elements leave the clips of their parents, come before others, and may be moved away. */
function position(above: Scene, element: Element, look: Look): Scene {
  const { style, position: kind } = look;
  const transformed = isTransformed(look);
  const opaque = above.backdrop?.element === element;
  if (kind === 'static' && !transformed && !opaque) return above;
  const scene = { ...above };
  if (kind === 'absolute') scene.clip = above.absoluteClip;
  if (kind === 'fixed') {
    scene.clip = above.fixedClip;
    scene.fixed = true;
  }
  if (kind !== 'static' || transformed) {
    scene.displacement = findDisplacement(element, style) ?? scene.displacement;
    scene.absoluteClip = scene.clip;
    if (transformed) scene.fixedClip = scene.clip;
  }
  if (kind !== 'static') {
    const order = style.zIndex === 'auto' ? 0 : Number(style.zIndex);
    scene.layer = Math.max(scene.layer ?? order, order);
  }
  if (isStackingContext(style)) {
    // Under an opaque ancestor: nothing in it can be seen. Told by a clip, so that the text says why.
    const buried = kind !== 'static' && Number(style.zIndex) < 0 && above.lid !== undefined;
    if (buried) scene.clip = { ...nothing, element, hides: 'covered' };
    scene.lid = undefined;
  } else if (opaque) scene.lid = element;
  return scene;
}

const nothing = { left: 0, top: 0, right: 0, bottom: 0, scrolls: false, showsText: false };

/** The outermost `svg` cuts like any box; inside there are no boxes. */
const isInSvg = (element: Element) =>
  element.namespaceURI?.endsWith('/svg') === true &&
  element.parentElement?.namespaceURI?.endsWith('/svg') === true;

/** Boxes that cut what is in them: the clip for the element's own text and children. */
function cut(
  scene: Scene,
  element: Element,
  { style, display, position: kind }: Look,
  { disclosures, veils, rules }: Helpers,
): Scene {
  if ((display === 'inline' && element.localName !== 'svg') || display.startsWith('table-')) return scene;
  if (style.overflow === 'visible') return scene;
  const { overflowX, overflowY } = style;
  if (overflowX === 'visible' && overflowY === 'visible') return scene;
  if (scene.clip?.hides || isInSvg(element)) return scene;
  const { left, top, right, bottom } = onPage(element.getBoundingClientRect(), rules.view);
  const clip: Clip = {
    element,
    left: overflowX === 'visible' ? Number.NEGATIVE_INFINITY : left,
    right: overflowX === 'visible' ? Number.POSITIVE_INFINITY : right,
    top: overflowY === 'visible' ? Number.NEGATIVE_INFINITY : top,
    bottom: overflowY === 'visible' ? Number.POSITIVE_INFINITY : bottom,
    scrolls: /auto|scroll/.test(overflowX + overflowY),
    showsText: false,
  };
  if (widthOf(clip) < 2 || heightOf(clip) < 2) {
    const screenReaders = isTiny(element, kind);
    if (veils.isWholePage(element) || (!screenReaders && disclosures.isFolded(element))) {
      return { ...scene, closed: true };
    }
    clip.hides = screenReaders ? 'for screen readers' : 'no size';
  } else if (isOutOfReach({ left, top, right, bottom }, scene, rules)) clip.hides = 'off-screen';
  const positioned = kind !== 'static' || style.transform !== 'none';
  return {
    ...scene,
    clip,
    absoluteClip: positioned ? clip : scene.absoluteClip,
    fixedClip: style.transform === 'none' ? scene.fixedClip : clip,
    displacement: clip.hides ? scene.displacement : undefined,
  };
}
