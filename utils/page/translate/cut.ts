import { nameOf } from '../flat-element';
import { escapeMarked } from './marked';
import type { Roles } from './roles';
import type { Mark, Run } from './run';

/** A run before anything is known of its surroundings. */
export interface Cut {
  outer: ChildNode[];
  nodes: ChildNode[];
  displays: Run['displays'];
  text: string;
  marks: Mark[];
  slots: Text[][];
  edges: Run['edges'];
  hasMore: boolean;
}

/** Elements that say something by their name. Others are marked when they look different from what is around them. */
const meaningful = new Set(
  'A ABBR B BDI BDO BUTTON CITE DEL DFN EM I INS LABEL MARK Q S STRIKE STRONG SUB SUP U VAR'.split(' '),
);
const pictures = new Set('IMG PICTURE SVG BR'.split(' '));

const isText = (node: Node): node is Text => node.nodeType === 3 || node.nodeType === 4;
const isElement = (node: Node): node is Element => node.nodeType === 1;

/**
 * Makes marked text of inline nodes that follow each other in one parent: without what is at their ends and says
 * nothing, and from the inside of an element that holds all of it, so that its translation comes to stand in there.
 * Undefined when there is nothing to translate.
 */
export function cut(nodes: ChildNode[], roles: Roles): Cut | undefined {
  const outer = trim(nodes, roles);
  let row = outer;
  for (;;) {
    const [only, another] = row.filter((node) => isMeant(node, roles));
    if (!only) return undefined;
    if (another || !isElement(only) || roles.of(only) !== 'inline') break;
    const inner = trim([...only.childNodes], roles);
    if (inner.length === 0 || inner.some((node) => node.parentNode !== only)) return undefined;
    row = inner;
  }
  const writer = createWriter(roles);
  for (const node of row) writer.add(node);
  const made = writer.end();
  const displays = row.map((node) => (isElement(node) ? roles.style(node)?.display : undefined));
  return isWorth(made.plain) ? { ...made, outer, nodes: row, displays } : undefined;
}

/** Without white space, pictures and what is not seen at both ends. */
function trim(nodes: ChildNode[], roles: Roles): ChildNode[] {
  let start = 0;
  let end = nodes.length;
  const says = (node: ChildNode | undefined) =>
    node !== undefined && isMeant(node, roles) && !isPicture(node);
  while (start < end && !says(nodes[start])) start++;
  while (end > start && !says(nodes[end - 1])) end--;
  return nodes.slice(start, end);
}

const isPicture = (node: Node) => isElement(node) && pictures.has(nameOf(node).toUpperCase());

/** Something that a reader sees. */
function isMeant(node: Node, roles: Roles): boolean {
  if (isText(node)) return /[^\s\u200B\u2060\uFEFF]/.test(roles.textOf(node));
  if (!isElement(node)) return false;
  const role = roles.of(node);
  return role === 'atom' || (role === 'inline' && /\S/.test(node.textContent ?? ''));
}

function createWriter(roles: Roles) {
  let text = '';
  let plain = '';
  let hasMore = false;
  let ended: string | undefined;
  let begun: string | undefined;
  let isBegun = false;
  /** White space that comes before the next word, if there is one. */
  let gap = '';
  const marks: Mark[] = [];
  const slots: Text[][] = [[]];

  const tag = (written: string, keepsGap: boolean) => {
    if (keepsGap) flushGap();
    text += written;
    slots.push([]);
  };
  const flushGap = () => {
    if (gap && plain && !/[ \n]$/.test(plain)) {
      text += gap;
      plain += gap;
    }
    gap = '';
  };
  const addText = (node: Text) => {
    slots.at(-1)?.push(node);
    const data = roles.textOf(node).replace(/\u00AD/g, '');
    const owner = node.parentElement;
    const keeps =
      /\n/.test(data) && /^(?:pre|break-spaces)/.test((owner && roles.style(owner)?.whiteSpace) ?? '');
    // As it is drawn: white space in a row is one space, and line ends where they are drawn.
    for (const [piece] of data.matchAll(/[ \t\n\r\f]+|[^ \t\n\r\f]+/g)) {
      if (/[ \t\n\r\f]/.test(piece[0] ?? '')) {
        const drawn = keeps && piece.includes('\n') ? '\n' : ' ';
        if (gap !== '\n') gap = drawn;
      } else {
        flushGap();
        text += escapeMarked(piece);
        plain += piece;
      }
    }
    if (!isBegun) begun = /^\s*/.exec(roles.textOf(node))?.[0];
    isBegun = true;
    ended = /\s*$/.exec(roles.textOf(node))?.[0];
  };
  const addElement = (element: Element) => {
    const role = roles.of(element);
    if (role === 'none') {
      // The readings over Han characters are seen.
      if (/^R[TP]$/.test(nameOf(element))) hasMore = true;
      return;
    }
    if (role !== 'inline') {
      isBegun = true;
      marks.push({ element, isAtom: true });
      tag(`<${marks.length}/>`, true);
      plain += '\uFFFC';
      ended = undefined;
      return;
    }
    if (!/\S/.test(element.textContent ?? '') && !element.querySelector('img,svg')) return;
    const isMarked = saysSomething(element, roles);
    if (!isMarked) {
      for (const child of element.childNodes) add(child);
      return;
    }
    marks.push({ element, isAtom: false });
    const mark = marks.length;
    tag(`<${mark}>`, true);
    for (const child of element.childNodes) add(child);
    tag(`</${mark}>`, false);
  };
  const add = (node: Node) => {
    if (isText(node)) addText(node);
    else if (isElement(node)) addElement(node);
  };
  return {
    add,
    end: () => ({ text, plain, marks, slots, edges: [begun, ended] satisfies Run['edges'], hasMore }),
  };
}

function saysSomething(element: Element, roles: Roles): boolean {
  const name = nameOf(element);
  if (meaningful.has(name)) return true;
  const parent = element.parentElement;
  const own = roles.style(element);
  const around = parent && roles.style(parent);
  if (!own || !around) return false;
  return (
    own.color !== around.color ||
    own.fontWeight !== around.fontWeight ||
    own.fontStyle !== around.fontStyle ||
    !/^(?:baseline)?$/.test(own.verticalAlign) ||
    !/^(?:none)?$/.test(own.textDecorationLine) ||
    !/^rgba\(0, 0, 0, 0\)$|^transparent$|^$/.test(own.backgroundColor)
  );
}

/** Addresses, handles, file names, versions, numbers, and whatever else has no words of a language. */
const noLanguage =
  /^(?:(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[@#][\w.-]+|[\w.-]*[\w-]\.(?:com|org|net|io|dev|[a-z]{2})(?:\/\S*)?|[\w./\\-]*[\w-]\.[a-z]\w{0,4}|v?\d[\w.+-]*|(?=\w*\d)[0-9a-f]{7,64}|[A-Z]{1,5}-\d+)$/i;

function isWorth(plain: string): boolean {
  const words = plain.replace(/\uFFFC/g, ' ').trim();
  if (!/\p{L}/u.test(words)) return false;
  if (/\s/.test(words))
    return !words
      .split(/[\s,;|·•/]+/)
      .every((word) => word === '' || !/\p{L}/u.test(word) || noLanguage.test(word));
  return !noLanguage.test(words) && (words.length > 1 || /\p{Script=Han}/u.test(words));
}
