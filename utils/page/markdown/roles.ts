/** What an element is to the reader: told by its name and by what normalising and flattening wrote on it. */
export type Role =
  | 'skip'
  | 'inline'
  | 'block'
  | 'heading'
  | 'code'
  | 'table'
  | 'list'
  | 'item'
  | 'term'
  | 'definition'
  | 'quote'
  | 'rule'
  | 'note'
  | 'formula';

/** On an element whose text is LaTeX: `inline` or `display`. */
export const mathAttribute = 'data-math';
/** On an element that is the text of a footnote: its label. */
export const noteAttribute = 'data-note';
/** On a mark that points to a footnote; its text is the finished mark, `[^1]`. */
export const noteMarkAttribute = 'data-note-mark';
/**
 * On an element that is shown otherwise than its name says: `block`, `inline`, or `apart`, a box in a line whose
 * words do not join those beside it.
 */
export const displayAttribute = 'data-wholemoon-display';
/** On an element whose line feeds are shown (`white-space: pre-wrap` and its like). */
export const spaceAttribute = 'data-wholemoon-space';

const names: Partial<Record<Role, string>> = {
  skip: 'script style template head title link meta base datalist param source track canvas rp area col colgroup',
  block:
    'html body div section article main nav aside header footer form fieldset address center details dialog figure ' +
    'figcaption legend summary hgroup search p caption thead tbody tfoot tr td th frameset noframes optgroup dl',
  heading: 'h1 h2 h3 h4 h5 h6',
  code: 'pre listing xmp plaintext',
  table: 'table',
  list: 'ul ol menu dir',
  item: 'li',
  term: 'dt',
  definition: 'dd',
  quote: 'blockquote',
  rule: 'hr',
};

const roles = new Map<string, Role>();
for (const [role, list] of Object.entries(names)) {
  for (const name of list.split(' ')) roles.set(name, role as Role);
}

/** What other elements are by their ARIA role: tables and headings made of plain boxes. */
const ariaRoles: Record<string, Role> = Object.assign(Object.create(null), {
  heading: 'heading',
  table: 'table',
  grid: 'table',
  treegrid: 'table',
  row: 'block',
  rowgroup: 'block',
  caption: 'block',
  cell: 'block',
  gridcell: 'block',
  columnheader: 'block',
  rowheader: 'block',
});

/** Cells of tables that are made of plain boxes. */
export const ariaCell = '[role=cell], [role=gridcell], [role=columnheader], [role=rowheader]';
const ariaCellName = /^(?:cell|gridcell|columnheader|rowheader)$/;

/** True for a cell of a table, and for what is one by its ARIA role. */
export function isCell(element: Element): boolean {
  const { localName } = element;
  if (localName === 'td' || localName === 'th') return true;
  return element.hasAttributes() && ariaCellName.test(element.getAttribute('role') ?? '');
}

/** The role of an element. Elements that HTML does not know are inline: their text is always kept. */
export function roleOf(element: Element): Role {
  if (!element.hasAttributes() && element.localName !== 'noscript') {
    return roles.get(element.localName) ?? 'inline';
  }
  const math = element.getAttribute(mathAttribute);
  if (math) return math === 'display' ? 'formula' : 'inline';
  if (element.hasAttribute(noteAttribute)) return 'note';
  // With scripts switched off the elements of a <noscript> are on the page; else it is a string that nobody sees.
  if (element.localName === 'noscript') return element.firstElementChild ? 'block' : 'skip';
  const role = roles.get(element.localName) ?? 'inline';
  if (role !== 'inline' && role !== 'block') return role;
  const named = ariaRoles[element.getAttribute('role') ?? ''];
  if (named) return named;
  const display = element.getAttribute(displayAttribute);
  return display === 'block' || display === 'inline' ? display : role;
}

/** The level of a heading, 1 to 6. */
export function headingLevel(element: Element): number {
  const level = Number(/^h([1-6])$/.exec(element.localName)?.[1] ?? element.getAttribute('aria-level') ?? 2);
  return Number.isInteger(level) ? Math.min(6, Math.max(1, level)) : 2;
}

/** True for the second of two line breaks in a row: the blank line they make separates paragraphs. */
export function isParagraphBreak(element: Element): boolean {
  if (element.localName !== 'br') return false;
  for (let node = element.previousSibling; node; node = node.previousSibling) {
    if (node.nodeType === 1) return (node as Element).localName === 'br';
    if (node.nodeType === 3 && (node as Text).data.trim() !== '') return false;
  }
  return false;
}
