/** The words of a selection: whole ones, what stands around them, and where they can be replaced. */

import { mostAround, type SelectedText } from './types';

/** Characters that are looked at on either side of a cut for the rest of its word. */
const longestWord = 200;

interface Point {
  node: Text;
  offset: number;
}

const styleOf = (element: Element) => element.ownerDocument.defaultView?.getComputedStyle(element);

/** Elements whose text is no text of the page. */
const mute = /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|TEXTAREA|OPTION)$/i;

const isInline = (element: Element): boolean => {
  const display = styleOf(element)?.display ?? '';
  return /^(inline|contents|ruby)/.test(display) && display !== 'inline-block';
};

/** The nearest element around a node that begins a line of its own. */
export function blockOf(node: Node): Element | undefined {
  let at: Node | null = node.nodeType === 1 ? node : node.parentNode;
  while (at) {
    if (at.nodeType === 1 && !isInline(at as Element)) return at as Element;
    at = at.parentNode;
  }
  return undefined;
}

/** Texts of a block on one side of a node, nearest first; it ends at a line break and where another block begins. */
function* neighbours(node: Text, direction: 'before' | 'after'): Generator<Text> {
  const block = blockOf(node);
  if (!block) return;
  const walker = node.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  walker.currentNode = node;
  for (;;) {
    const next = direction === 'before' ? walker.previousNode() : walker.nextNode();
    if (!next) return;
    if (next.nodeType === 3) {
      const parent = next.parentElement;
      if (parent && blockOf(parent) !== block) return;
      if (!parent || !mute.test(parent.nodeName)) yield next as Text;
      continue;
    }
    // Going back, the elements that the text itself stands in are met as well.
    if (next.nodeName === 'BR' || (!isInline(next as Element) && !next.contains(node))) return;
  }
}

/** The text before or after a point in its block, up to `most` characters, in pieces from the point outwards. */
function reach({ node, offset }: Point, direction: 'before' | 'after', most: number) {
  const pieces: { node: Text; text: string }[] = [];
  let length = 0;
  const take = (text: Text, own: string) => {
    pieces.push({ node: text, text: own });
    length += own.length;
  };
  take(node, direction === 'before' ? node.data.slice(0, offset) : node.data.slice(offset));
  if (length < most)
    for (const next of neighbours(node, direction)) {
      take(next, next.data);
      if (length >= most) break;
    }
  return pieces;
}

/** The point that many characters from `point`, over the borders of elements. */
function moved({ node, offset }: Point, direction: 'before' | 'after', by: number): Point {
  let left = by;
  for (const { node: at, text } of reach({ node, offset }, direction, by)) {
    if (left > text.length) {
      left -= text.length;
      continue;
    }
    const from = at === node ? offset : direction === 'before' ? at.length : 0;
    return { node: at, offset: direction === 'before' ? from - left : from + left };
  }
  return { node, offset };
}

/** How far a point is inside a word: to its beginning, or to its end; 0 between words. */
function insideBy(point: Point, direction: 'before' | 'after', lang: string | undefined): number {
  const before = reach(point, 'before', longestWord)
    .reduceRight((all, { text }) => all + text, '')
    .slice(-longestWord);
  const after = reach(point, 'after', longestWord)
    .reduce((all, { text }) => all + text, '')
    .slice(0, longestWord);
  if (!/[\p{L}\p{N}\p{M}]$/u.test(before) || !/^[\p{L}\p{N}\p{M}'’]/u.test(after)) return 0;
  const segmenter = new Intl.Segmenter(known(lang), { granularity: 'word' });
  const word = segmenter.segment(before + after).containing(before.length);
  if (!word || word.index === before.length) return 0;
  return direction === 'before'
    ? before.length - word.index
    : word.index + word.segment.length - before.length;
}

/** A tag that the browser takes; pages write what they like. */
function known(lang: string | undefined): string | undefined {
  try {
    return lang ? Intl.getCanonicalLocales(lang)[0] : undefined;
  } catch {
    return undefined;
  }
}

/** The first or last text of a range that has characters in it, with the place where the range begins or ends. */
function edge(range: Range, which: 'start' | 'end'): Point | undefined {
  const node = which === 'start' ? range.startContainer : range.endContainer;
  const offset = which === 'start' ? range.startOffset : range.endOffset;
  return node.nodeType === 3 ? { node: node as Text, offset } : undefined;
}

/** Moves the ends of a range to the ends of the words that they cut. True when it has grown. */
export function widen(range: Range, lang?: string): boolean {
  const start = edge(range, 'start');
  const end = edge(range, 'end');
  // An end in front of a whole block, as three clicks make it, cuts nothing.
  const back = start && start.offset < start.node.length ? insideBy(start, 'before', lang) : 0;
  const on = end && end.offset > 0 ? insideBy(end, 'after', lang) : 0;
  if (start && back > 0) {
    const { node, offset } = moved(start, 'before', back);
    range.setStart(node, offset);
  }
  if (end && on > 0) {
    const { node, offset } = moved(end, 'after', on);
    range.setEnd(node, offset);
  }
  return back > 0 || on > 0;
}

/** Texts that a range holds, with the part of each that is in it; those that nobody sees are none. */
export function* textsIn(range: Range): Generator<{ node: Text; start: number; end: number }> {
  const root = range.commonAncestorContainer;
  const document = root.ownerDocument ?? (root as Document);
  const visible = new Map<Element, boolean>();
  const isVisible = (element: Element) => {
    const asked = visible.get(element);
    if (asked !== undefined) return asked;
    const answer = element.checkVisibility?.({ visibilityProperty: true }) ?? true;
    visible.set(element, answer);
    return answer;
  };
  const part = (node: Text) => ({
    node,
    start: node === range.startContainer ? range.startOffset : 0,
    end: node === range.endContainer ? range.endOffset : node.length,
  });
  if (root.nodeType === 3) return yield part(root as Text);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const first = startOf(range, walker);
  for (let node: Node | null = first; node; node = walker.nextNode()) {
    if (range.comparePoint(node, 0) > 0) return;
    const parent = node.parentElement;
    if (parent && (mute.test(parent.nodeName) || !isVisible(parent))) continue;
    const found = part(node as Text);
    if (found.end > found.start) yield found;
  }
}

/** The first text at or behind the beginning of a range. */
function startOf({ startContainer, startOffset }: Range, walker: TreeWalker): Node | null {
  if (startContainer.nodeType === 3) {
    walker.currentNode = startContainer;
    return startContainer;
  }
  const child = startContainer.childNodes[startOffset];
  if (child) {
    walker.currentNode = child;
    return child.nodeType === 3 ? child : walker.nextNode();
  }
  // Behind the last child: on to what follows.
  let last: Node = startContainer;
  while (last.lastChild) last = last.lastChild;
  walker.currentNode = last;
  return walker.nextNode();
}

/** The words of a range as they stand on the screen: white space is one space, an empty line lies between blocks. */
export function wordsIn(range: Range): string {
  const pieces: string[] = [];
  let block: Element | undefined;
  let previous: Text | undefined;
  const blocks = new Map<Element | null, Element | undefined>();
  for (const { node, start, end } of textsIn(range)) {
    const parent = node.parentElement;
    const own = blocks.has(parent) ? blocks.get(parent) : blockOf(node);
    blocks.set(parent, own);
    if (previous && own !== block) pieces.push('\n\n');
    else if (previous && isBroken(previous, node)) pieces.push('\n');
    const text = node.data.slice(start, end);
    pieces.push(
      /^pre/.test((parent && styleOf(parent)?.whiteSpace) ?? '') ? text : text.replace(/\s+/g, ' '),
    );
    block = own;
    previous = node;
  }
  return pieces
    .join('')
    .replace(/[ \t]+(?=\n)|(?<=\n)[ \t]+/g, '')
    .replace(/ {2,}/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Whether a line break stands between two texts that follow each other. */
function isBroken(one: Text, next: Text): boolean {
  for (let at: Node | null = one; at && at !== next; ) {
    if (at.nextSibling) {
      at = at.nextSibling;
      while (at.firstChild && at !== next) at = at.firstChild;
    } else at = at.parentNode;
    if (at?.nodeName === 'BR') return true;
    if (at?.contains(next)) return false;
  }
  return false;
}

/**
 * Widens a range to whole words and says what it holds.
 * Undefined when there is nothing in it that anybody can read.
 */
export function takeWords(range: Range): SelectedText | undefined {
  const near =
    range.startContainer.nodeType === 1
      ? (range.startContainer as Element)
      : range.startContainer.parentElement;
  const lang =
    near?.closest('[lang]')?.getAttribute('lang') || near?.ownerDocument.documentElement.lang || undefined;
  const chosen = wordsIn(range);
  if (!chosen) return undefined;
  const hasGrown = widen(range, lang);
  const text = hasGrown ? wordsIn(range) : chosen;
  const start = edge(range, 'start');
  const end = edge(range, 'end');
  const around = (point: Point | undefined, direction: 'before' | 'after') => {
    if (!point) return '';
    const texts = reach(point, direction, mostAround).map((piece) => piece.text);
    const all = (direction === 'before' ? texts.reverse() : texts).join('').replace(/\s+/g, ' ');
    return direction === 'before' ? all.slice(-mostAround) : all.slice(0, mostAround);
  };
  return {
    text,
    ...(hasGrown && text !== chosen ? { chosen } : {}),
    before: around(start, 'before'),
    after: around(end, 'after'),
    ...(lang ? { lang } : {}),
    canReplace: isReplaceable(range),
  };
}

/** Whether a range lies in one block of text. */
function isReplaceable(range: Range): boolean {
  let block: Element | undefined;
  for (const { node } of textsIn(range)) {
    const own = blockOf(node);
    if (block && own !== block) return false;
    block = own;
  }
  return block !== undefined;
}
