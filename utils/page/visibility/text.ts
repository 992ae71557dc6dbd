import { type Clip, findShift, isOutOfReach, place, type Reach } from './clips';
import { blend, type Colour, looksAlike, parseColour } from './colours';
import { isNamedDisclosure } from './names';
import type { Scene } from './scene';
import type { StyleSheets } from './style-sheets';
import type { Surroundings } from './surroundings';
import { type Box, firstText, heightOf, onPage, widthOf } from './tree';

/** What the rules for text look at, made once for a page. */
export interface TextRules extends Reach {
  surroundings: Surroundings;
  styleSheets: StyleSheets;
  range: Range;
  view: Window;
}

/** The answer for text that is out of sight now and part of something a person sees. */
export const foldedText = 'folded text';

/** Smaller letters, in px, are no text to anybody. */
const leastFontSize = 2;
/** A clip this small, in px, shows a line at most. */
const oneLine = 24;

const formControls = new Set(['input', 'textarea', 'select', 'option', 'optgroup', 'button']);

/**
 * Why nobody sees an element's own text; undefined when it is seen (or there is none), and `foldedText` when a
 * person gets to see it.
 */
export function judgeText(
  element: Element,
  style: CSSStyleDeclaration,
  scene: Scene,
  rules: TextRules,
): string | undefined {
  if (scene.invisible === 'hidden') return 'invisible';
  const text = firstText(element);
  if (!text || showsPage(element)) return undefined;
  if (element.localName === 'details' && !element.hasAttribute('open')) return foldedText;
  const svg = element.namespaceURI?.endsWith('/svg') === true;
  if (!svg && Number.parseFloat(style.fontSize) < leastFontSize) return 'no size';
  let box: Box | undefined;
  if (!scene.closed && !formControls.has(element.localName)) {
    rules.range.selectNodeContents(text);
    box = onPage(rules.range.getBoundingClientRect(), rules.view);
    if (heightOf(box) < 2 || widthOf(box) < 0.5) {
      if (scene.clip?.hides) return scene.clip.hides;
      return rules.range.getClientRects().length === 0 ? 'not displayed' : 'no size';
    }
    const outside = judgePlace(element, style, box, scene, rules);
    if (outside) return outside;
  }
  return judgeColour(element, style, box, scene, { rules, svg });
}

/** The words of a frame are for browsers that have none; what is seen in its place is another page. */
const showsPage = (element: Element): boolean =>
  element.localName === 'iframe' ||
  (element.localName === 'object' && (element as HTMLObjectElement).contentWindow != null);

function judgePlace(
  element: Element,
  style: CSSStyleDeclaration,
  box: Box,
  scene: Scene,
  rules: TextRules,
): string | undefined {
  const { clip } = scene;
  if (clip?.hides) return clip.hides;
  const bounds = clip ?? (scene.fixed ? rules.shown() : rules.reach);
  if (place(box, bounds) === 'inside') {
    if (clip) clip.showsText = true;
    return rules.surroundings.isCovered(element, box, scene.layer) ? 'covered' : undefined;
  }
  const displacement = scene.displacement ?? shiftOf(element, style, clip);
  if (isOutOfReach(box, { ...scene, displacement }, rules)) return 'off-screen';
  if (!clip) return undefined;
  if (clip.element.localName === 'svg') return 'clipped';
  const small = Math.min(widthOf(clip), heightOf(clip)) < oneLine;
  if (!clip.showsText && (clip.element === element || small)) return 'clipped';
  return clip.scrolls ? undefined : foldedText;
}

/** Margins and indents of the element and the nearest blocks around it. */
function shiftOf(element: Element, style: CSSStyleDeclaration, clip: Clip | undefined) {
  const view = element.ownerDocument.defaultView;
  let found = findShift(element, style);
  let node = element.parentElement;
  for (let level = 0; level < 3 && !found && node && view && node !== clip?.element; level++) {
    found = findShift(node, view.getComputedStyle(node));
    node = node.parentElement;
  }
  return found;
}

/** The last letters that were told from what is behind them: on most pages nearly all text is as the text before. */
let seen: { colour?: Colour; alpha?: number; behind?: Colour } = {};

function judgeColour(
  element: Element,
  style: CSSStyleDeclaration,
  box: Box | undefined,
  scene: Scene,
  { rules, svg }: { rules: TextRules; svg: boolean },
): string | undefined {
  if (scene.paintedText) return undefined;
  const paint = svg ? style.fill : style.getPropertyValue('-webkit-text-fill-color') || style.color;
  if (paint.startsWith('url(')) return undefined;
  const colour: Colour | undefined = paint === 'none' ? parseColour('transparent') : parseColour(paint);
  if (!colour) return undefined;
  const alpha = colour.alpha * scene.opacity * (svg ? Number(style.fillOpacity) : 1);
  const { backdrop } = scene;
  const behind = backdrop?.colour;
  if (colour === seen.colour && alpha === seen.alpha && behind === seen.behind) return undefined;
  const isTransparent = alpha < 0.05;
  if (!isTransparent) {
    if (!behind || !looksAlike(blend({ ...colour, alpha }, behind), behind)) {
      seen = { colour, alpha, behind };
      return undefined;
    }
  }
  if (isOutlined(style, svg)) return undefined;
  if (isNamedDisclosure(element)) return foldedText;
  if (isTransparent || !backdrop) return 'transparent';
  if (box && backdrop.element && !liesIn(box, backdrop.element, rules.view)) return undefined;
  if (svg && element.closest('svg')?.querySelector('rect, path, circle, ellipse, polygon, image, use')) {
    return undefined;
  }
  if (hasPaintedLayer(element, backdrop.element)) return undefined;
  if (box && rules.surroundings.isPaintedOver(element, box, backdrop.colour)) return undefined;
  // Nobody hides a whole page. Less of it is left out, but not called hidden on purpose.
  const sheets = rules.styleSheets.state();
  if (sheets === 'useless') return undefined;
  return sheets === 'missing' ? 'without its style sheet' : 'same colour';
}

/** A shadow or an outline shows letters whatever their colour. */
function isOutlined(style: CSSStyleDeclaration, svg: boolean): boolean {
  if (style.textShadow !== 'none') return true;
  if (svg) return style.stroke !== 'none';
  return Number.parseFloat(style.getPropertyValue('-webkit-text-stroke-width')) > 0;
}

/** The page's own background is everywhere; any other is only where its box is. */
function liesIn(box: Box, element: Element, view: Window): boolean {
  if (element === element.ownerDocument.body || element === element.ownerDocument.documentElement)
    return true;
  return place(box, onPage(element.getBoundingClientRect(), view)) === 'inside';
}

/** True when `::before` or `::after` of an ancestor may paint between the text and what lies behind it. */
function hasPaintedLayer(element: Element, last: Element | undefined): boolean {
  const view = element.ownerDocument.defaultView;
  let node: Element | null = element;
  for (let level = 0; view && node && level < 12; level++, node = node.parentElement) {
    for (const layer of ['::before', '::after']) {
      const style = view.getComputedStyle(node, layer);
      if (style.content === 'none' || style.position !== 'absolute') continue;
      if (style.backgroundImage !== 'none' || (parseColour(style.backgroundColor)?.alpha ?? 1) > 0.1)
        return true;
    }
    if (node === last) return false;
  }
  return false;
}
