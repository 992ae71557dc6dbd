import { stride } from '../select/steps';
import { sizeOf } from '../size';
import { isCell, isParagraphBreak, mathAttribute, type Role, roleOf } from './roles';

/** Characters of text, without white space, and blocks of text in an element. */
export interface Weight {
  size: number;
  blocks: number;
}

/** What has to be known about the elements of a page before it is written down. */
export interface Survey {
  /** True when blocks stand in the element, so that it cannot be one line of text. */
  hasBlocks(element: Element): boolean;
  /** Of headings, items, cells and the like that hold blocks; nothing for any other element. */
  weightOf(element: Element): Weight;
}

interface Entry extends Weight {
  element: Element;
  role: Role;
  next: Node | null;
}

const nothing: Weight = { size: 0, blocks: 0 };
/** Roles of elements that are one passage, unless they are too long for it. */
const weighed = new Set<Role>(['heading', 'item', 'definition', 'quote', 'note']);

/**
 * Looks at every node once, without recursion. `isDropped` leaves out a node with everything below it. In small
 * steps, so that the caller can let the page breathe between them.
 */
export function* surveyInSteps(root: Element, isDropped: (node: Node) => boolean): Generator<void, Survey> {
  const holders = new Set<Element>();
  const weights = new Map<Element, Weight>();
  const stack: Entry[] = isDropped(root) ? [] : [entryOf(root, roleOf(root))];
  let steps = 0;
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const node = top.next;
    if (++steps % stride === 0) yield;
    if (!node) {
      stack.pop();
      finish(top, stack.at(-1), holders, weights);
      continue;
    }
    top.next = node.nextSibling;
    if (isDropped(node)) continue;
    if (node.nodeType === 3) top.size += sizeOf((node as Text).data);
    else if (node.nodeType === 1) {
      const element = node as Element;
      if (isParagraphBreak(element)) top.blocks++;
      else {
        const role = roleOf(element);
        if (role !== 'skip') stack.push(entryOf(element, role));
      }
    }
  }
  return {
    hasBlocks: (element) => holders.has(element),
    weightOf: (element) => weights.get(element) ?? nothing,
  };
}

function entryOf(element: Element, role: Role): Entry {
  const isWhole = element.localName === 'svg' || element.hasAttribute(mathAttribute);
  return { element, role, next: isWhole ? null : element.firstChild, size: 0, blocks: 0 };
}

function finish(
  entry: Entry,
  parent: Entry | undefined,
  holders: Set<Element>,
  weights: Map<Element, Weight>,
): void {
  const { element, role, size, blocks } = entry;
  if (blocks > 0) holders.add(element);
  const cell =
    element.localName === 'td' || element.localName === 'th' || (role === 'block' && isCell(element));
  // Without blocks it is one piece, however long, and nobody asks for more.
  if (blocks > 0 && (weighed.has(role) || cell)) weights.set(element, { size, blocks });
  if (!parent) return;
  parent.size += size;
  parent.blocks += blocks + (role === 'inline' ? 0 : 1);
}
