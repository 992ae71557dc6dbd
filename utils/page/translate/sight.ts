import { composedParent } from '../visibility/tree';
import { leastOpacity } from '../visibility/veils';

/**
 * Whether text in an element can be seen now, judged by what costs next to nothing. The reader of pages judges more
 * closely, since what it reads is believed; a translation stands where its source does and is seen as much or as little.
 */
export function isOutOfSight(element: Element, style: CSSStyleDeclaration | undefined): boolean {
  if (element.hasAttribute('hidden') && (!style || style.display === '')) return true;
  if (isClosed(element)) return true;
  if (!style) return false;
  if (style.display === 'none' || style.contentVisibility === 'hidden') return true;
  if (style.opacity !== '' && Number(style.opacity) < leastOpacity) return true;
  if (isShut(element, style)) return true;
  return /^(?:absolute|fixed)$/.test(style.position) && isForScreenReaders(element, style);
}

/** A box without height or width that cuts what is in it: a list that is folded up. */
function isShut(element: Element, { overflow, display, height, width }: CSSStyleDeclaration): boolean {
  if (!/hidden|clip/.test(overflow) || /^(?:inline|contents)$/.test(display)) return false;
  if (Number.parseFloat(height) === 0) return element.clientHeight === 0 && element.scrollHeight > 0;
  return Number.parseFloat(width) === 0 && element.clientWidth === 0 && element.scrollWidth > 0;
}

/** What is shut in a `details` that is not open: all but its summary. */
function isClosed(element: Element): boolean {
  const parent = composedParent(element);
  return parent?.localName === 'details' && !parent.hasAttribute('open') && element.localName !== 'summary';
}

/** Pixels beyond the edge of the page at which words are not meant for eyes. */
const farAway = -900;

/** The usual ways to keep words from everyone who looks: clipped to a point, or far off the page. */
function isForScreenReaders(element: Element, style: CSSStyleDeclaration): boolean {
  if (/^rect\((?:0|1px)/.test(style.clip) || /^inset\((?:50|100)%/.test(style.clipPath)) return true;
  if (Number.parseFloat(style.left) < farAway || Number.parseFloat(style.top) < farAway) return true;
  return (
    /hidden|clip/.test(style.overflow) &&
    Number.parseFloat(style.width) <= 1 &&
    Number.parseFloat(style.height) <= 1 &&
    element.childElementCount < 5
  );
}

/** Whether an element's own text can be seen; elements in it may be seen where it cannot, and the other way round. */
export const showsText = (style: CSSStyleDeclaration | undefined): boolean =>
  !style ||
  !(
    /^(?:hidden|collapse)$/.test(style.visibility) ||
    Number.parseFloat(style.fontSize) < leastSize ||
    Number.parseFloat(style.textIndent) < farAway
  );

/** Pixels below which letters are none. */
const leastSize = 1;
