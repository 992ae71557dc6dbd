import { composedParent } from '../visibility/tree';

type StyleOf = (element: Element) => CSSStyleDeclaration | undefined;

/** Red, green, blue from 0 to 255. */
type Colour = [number, number, number];

/** What is behind the letters in an element; undefined where that cannot be told from its surroundings alone. */
type Ground = Colour | undefined;

/** By how much red, green and blue together may differ for two colours to be one to the eye. */
const sameToTheEye = 24;

/** Tells whether letters have the colour of what is behind them. What is asked about is kept: for one walk only. */
export function createInk(styleOf: StyleOf): (element: Element) => boolean {
  const known = new Map<Element, Ground>();
  const groundOf = (element: Element): Ground => {
    const path: Element[] = [];
    let found: Ground = [255, 255, 255];
    for (let at: Element | null = element; at; at = composedParent(at)) {
      if (known.has(at)) {
        found = known.get(at);
        break;
      }
      path.push(at);
    }
    for (const at of path.reverse()) {
      found = groundIn(at, styleOf(at), found);
      known.set(at, found);
    }
    return found;
  };
  return (element) => {
    const style = styleOf(element);
    const ink = style && readColour(style.color);
    if (!style || !ink || !/^(?:none)?$/.test(style.textShadow)) return false;
    const ground = groundOf(element);
    if (!ground) return false;
    const [colour, opacity] = ink;
    if (opacity === 0) return true;
    return opacity === 1 && difference(colour, ground) < sameToTheEye;
  };
}

/**
 * What an element puts behind its letters. Where something may lie there that is not among the elements around it (a
 * picture, a box that was moved, what a dark page begins with), nobody knows without looking: then letters count as seen.
 */
function groundIn(element: Element, style: CSSStyleDeclaration | undefined, behind: Ground): Ground {
  if (!style) return undefined;
  const isRoot = /^(?:BODY|HTML)$/i.test(element.nodeName);
  const colour = readColour(style.backgroundColor);
  if (!colour || !/^(?:none)?$/.test(style.backgroundImage)) return undefined;
  if (isRoot && /dark/.test(style.colorScheme)) return colour[1] === 1 ? colour[0] : undefined;
  const isMoved = !isRoot && (style.position !== 'static' || /grid$/.test(style.display));
  if (colour[1] === 1) return colour[0];
  return colour[1] > 0 || isMoved || style.mixBlendMode !== 'normal' ? undefined : behind;
}

const difference = (one: Colour, other: Colour): number =>
  one.reduce((sum, part, index) => sum + Math.abs(part - (other[index] ?? 0)), 0);

/** A colour as styles give it, and how opaque it is from 0 to 1; undefined in other colour spaces. */
function readColour(text: string): [Colour, number] | undefined {
  const [, red, green, blue, opacity = '1'] =
    /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(text) ?? [];
  return red === undefined ? undefined : [[Number(red), Number(green), Number(blue)], Number(opacity)];
}
