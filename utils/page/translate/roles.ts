import { isClobbered } from '../clobbered';
import { mayHaveShadow } from '../composed';
import { holdsSource, nameOf } from '../flat-element';
import { createInk } from './ink';
import { ownTag } from './own';
import { isOutOfSight, showsText } from './sight';

/**
 * What an element is to someone who cuts a page into runs of text:
 * - `none`: not there, the run goes on as if it were not
 * - `break`: nothing in it is translated, and a run ends at it
 * - `atom`: nothing in it is translated, and it stands in the middle of a run
 * - `inline`: a part of a run
 * - `block`: has runs of its own
 */
export type Role = 'none' | 'break' | 'atom' | 'inline' | 'block';

const names = (list: string) => new Set(list.split(' '));

const nothing = names(
  'SCRIPT STYLE TEMPLATE LINK META HEAD TITLE BASE DATALIST NOSCRIPT SOURCE TRACK PARAM COL COLGROUP RT RP WBR',
);
const breaks = names(
  'PRE TEXTAREA INPUT SELECT VIDEO AUDIO OBJECT EMBED CANVAS HR PROGRESS METER MAP PORTAL IFRAME FRAME',
);
/** Pictures, line ends, and what is written in a language of its own. */
const atoms = names('IMG PICTURE BR CODE KBD SAMP MATH SVG');

/** Elements that stand in a line by their name; where they float they are the large letter at the beginning. */
const inlineNames = names('A ABBR B BIG EM FONT I MARK SMALL SPAN STRONG SUB SUP U');

/** Letters in a shadow tree that are a word or two in a line; more is text of its own. */
const shortShadow = 40;

function roleOfHost(root: ShadowRoot | null | undefined): Role {
  if (!root) return 'inline';
  const isWord = !root.querySelector('slot') && (root.textContent ?? '').trim().length <= shortShadow;
  return isWord ? 'atom' : 'block';
}

const htmlNamespace = 'http://www.w3.org/1999/xhtml';

export type ShadowRootOf = (element: Element) => ShadowRoot | null | undefined;

/** Answers about the elements of one walk: styles are asked for once, and the answers are thrown away with it. */
export interface Roles {
  of(element: Element): Role;
  /** The display of an element that was asked about, as it is drawn. */
  style(element: Element): CSSStyleDeclaration | undefined;
  /** A text as the page wrote it. */
  textOf(node: Text): string;
  /** Whether an element's own text can be seen. */
  showsText(element: Element): boolean;
}

export function createRoles(
  document: Document,
  {
    shadowRootOf,
    textOf = ({ data }) => data,
  }: { shadowRootOf: ShadowRootOf; textOf?: (node: Text) => string },
): Roles {
  const view = document.defaultView;
  const known = new Map<Element, Role>();
  const styles = new Map<Element, CSSStyleDeclaration>();
  const style = (element: Element) => {
    let found = styles.get(element);
    if (!found && view) {
      found = view.getComputedStyle(element);
      styles.set(element, found);
    }
    return found;
  };
  const hasNoInk = createInk(style);
  return {
    style,
    textOf,
    showsText: (element) => showsText(style(element)) && !hasNoInk(element),
    of(element) {
      let role = known.get(element);
      if (!role) {
        role = roleOf(element, style);
        if (role === 'inline' && mayHaveShadow(element)) role = roleOfHost(shadowRootOf(element));
        known.set(element, role);
      }
      return role;
    },
  };
}

/** Text under `visibility: hidden` is not seen, and elements below it may be. */
const isShown = (style: CSSStyleDeclaration | undefined): boolean =>
  !/^(?:hidden|collapse)$/.test(style?.visibility ?? '');

function roleOf(element: Element, styleOf: (element: Element) => CSSStyleDeclaration | undefined): Role {
  if (isClobbered(element)) return 'block';
  const name = nameOf(element);
  if (nothing.has(name) || element.localName.startsWith(ownTag)) return 'none';
  if (element.getAttribute('aria-hidden') === 'true' && !holdsSource(element)) return 'none';
  const style = styleOf(element);
  if (isOutOfSight(element, style)) return 'none';
  if (breaks.has(name)) return isShown(style) ? 'break' : 'none';
  const isInline = isInLine(element, name, style?.display ?? '', styleOf);
  if (isInline && !isShown(style)) return 'none';
  if (isUntouchable(element, name)) return isInline || name === 'BR' ? 'atom' : 'break';
  return isInline ? 'inline' : 'block';
}

/** Names, and what pages and libraries say of themselves. */
function isUntouchable(element: Element, name: string): boolean {
  if (atoms.has(name) || element.namespaceURI !== htmlNamespace) return true;
  if (isNote(element, name)) return true;
  if (!element.hasAttributes()) return false;
  return (
    element.getAttribute('translate')?.toLowerCase() === 'no' ||
    element.classList.contains('notranslate') ||
    isEditable(element) ||
    holdsSource(element)
  );
}

const isEditable = (element: Element) => {
  const value = element.getAttribute('contenteditable');
  return (value !== null && value.toLowerCase() !== 'false') || element.getAttribute('role') === 'textbox';
};

/** A reference to a footnote: `[1]`, `12`, `*`. */
const isNote = (element: Element, name: string) =>
  (name === 'SUP' || (name === 'A' && element.getAttribute('role') === 'doc-noteref')) &&
  /^\s*(?:\[?[\d,\s–-]{1,9}\]?|[*†‡§¶]{1,3}|\[(?:[a-z]|note \d+)\])\s*$/.test(element.textContent ?? '') &&
  (name === 'A' || element.querySelector('a') !== null);

function isInLine(
  element: Element,
  name: string,
  display: string,
  styleOf: (element: Element) => CSSStyleDeclaration | undefined,
): boolean {
  if (display === '') return !blockNames.has(name);
  if (display === 'contents') return name !== 'SLOT' && inlineNames.has(name);
  if (/^(?:inline|ruby)/.test(display)) return name !== 'BUTTON' || isInSentence(element);
  if (!inlineNames.has(name)) return false;
  // A large first letter floats, and is a part of its word all the same.
  const float = styleOf(element)?.float ?? 'none';
  return float !== 'none' && (element.textContent ?? '').trim().length <= 3;
}

/** A button between words is a part of their sentence; others stand for themselves. */
const isInSentence = ({ parentNode }: Element): boolean =>
  Array.from(parentNode?.childNodes ?? []).some(
    (node) => node.nodeType === 3 && /\p{L}/u.test(node.nodeValue ?? ''),
  );

/** For documents without layout. */
const blockNames = names(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY BUTTON CAPTION CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM FRAMESET H1 H2 H3 H4 H5 H6 HEADER HGROUP HTML LEGEND LI MAIN MENU NAV OL P SECTION SLOT SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL',
);
