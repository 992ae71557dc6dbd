import { onlyColour } from './colours';

/**
 * True when a computed `clip-path`, `clip` or `mask` leaves nothing of the element. Only what is certain counts:
 * shapes with lengths that depend on the box are taken for showing something, unless they are empty in any box.
 */
export function isClippedAway(
  element: Element,
  style: CSSStyleDeclaration,
  position = style.position,
): boolean {
  const { clipPath } = style;
  if (clipPath !== 'none' && clipPath !== '' && isEmptyShape(clipPath, element)) return true;
  if ((position === 'absolute' || position === 'fixed') && isEmptyRectangle(style.clip)) return true;
  return isMaskedAway(element, style);
}

/** `clip: rect(top, right, bottom, left)`, in px: at most a single pixel remains. */
function isEmptyRectangle(clip: string): boolean {
  const edges = /^rect\(([^()]+)\)$/
    .exec(clip)?.[1]
    ?.split(/[\s,]+/)
    .map(Number.parseFloat);
  if (edges?.length !== 4) return false;
  const [top = 0, right = 0, bottom = 0, left = 0] = edges;
  return bottom - top <= 1 || right - left <= 1;
}

function isEmptyShape(shape: string, element: Element): boolean {
  const match = /^(inset|circle|ellipse|polygon|rect|xywh|url)\((.{0,2000}?)\)(?: [a-z-]+)?$/.exec(shape);
  if (!match) return false;
  const inside = (match[2] ?? '').replace(/["']/g, '');
  const words = inside.split(/[\s,]+/);
  const number = (index: number) => Number.parseFloat(words[index] ?? '');
  switch (match[1]) {
    case 'inset':
      return isEmptyInset(inside.split(/ ?round/)[0] ?? '');
    case 'circle':
      return number(0) === 0;
    case 'ellipse':
      return number(0) === 0 || number(1) === 0;
    case 'polygon':
      return isEmptyPolygon(inside);
    case 'xywh':
      return number(2) === 0 || number(3) === 0;
    case 'rect':
      return words[0] === words[2] || words[1] === words[3];
    default:
      return refersToNothing(inside, element);
  }
}

function isEmptyInset(text: string): boolean {
  const [top = '', right = top, bottom = top, left = right] = text.trim().split(/\s+/);
  const covers = (one: string, other: string) =>
    one.endsWith('%') && other.endsWith('%') && Number.parseFloat(one) + Number.parseFloat(other) >= 99.5;
  const alone = (edge: string) => edge.endsWith('%') && Number.parseFloat(edge) >= 99.5;
  return covers(top, bottom) || covers(left, right) || [top, right, bottom, left].some(alone);
}

/** All points on one horizontal or vertical line, or all the same. */
function isEmptyPolygon(text: string): boolean {
  const points = text
    .replace(/^(?:nonzero|evenodd),?\s*/, '')
    .split(',')
    .map((point) => point.trim().split(/\s+/));
  return [0, 1].some(
    (axis) => new Set(points.map((point) => Number.parseFloat(point[axis] ?? ''))).size === 1,
  );
}

/** `url(#name)` of a clip path or mask in which nothing is drawn. */
function refersToNothing(address: string, element: Element): boolean {
  const name = address.slice(address.indexOf('#') + 1);
  const target = address.includes('#') ? element.ownerDocument.getElementById(name) : null;
  return target !== null && /^(clipPath|mask)$/.test(target.localName) && target.childElementCount === 0;
}

function isMaskedAway(element: Element, style: CSSStyleDeclaration): boolean {
  const { maskImage } = style;
  if (!maskImage || maskImage === 'none') return false;
  const address = /^url\(["']?(.*?)["']?\)$/.exec(maskImage)?.[1];
  if (address !== undefined) return refersToNothing(address, element);
  if (onlyColour(maskImage)?.alpha === 0) return true;
  return /^0(?:px|%)?(?: 0(?:px|%)?)?$/.test(style.maskSize);
}
