import { childrenOf } from '../composed';
import { nameOf } from '../flat-element';
import { documentOf, isForeign, isFrame } from '../frame-document';
import { languageOf } from '../language';
import { composedParent } from '../visibility/tree';
import { type Cut, cut } from './cut';
import { isNavigation, kindOf } from './kinds';
import { plainMarked } from './marked';
import { isOwnElement, langAttribute } from './own';
import { createRoles, type Role, type Roles, type ShadowRootOf } from './roles';
import { createRooms } from './rooms';
import type { Run } from './run';
import type { Extent } from './types';

export interface SegmentOptions {
  shadowRootOf: ShadowRootOf;
  extent: Extent;
  /** A text as the page wrote it, where something else stands there now. */
  textOf?: (node: Text) => string;
  /** Nodes of runs that were cut before and are as they were: they are passed over. */
  isKnown?: (node: Node) => boolean;
  /** Called with each element whose text cannot be seen now, and may come to be. */
  onHidden?(element: Element): void;
  /** Called with each frame of another site: this script has no way into it. */
  onForeign?(frame: Element): void;
  /** Called with each document and shadow root that is walked. */
  onRoot(root: Document | ShadowRoot): void;
}

/** What is known from the elements around a row of nodes. */
interface Context {
  roles: Roles;
  rooms: ReturnType<typeof createRooms>;
  kind: Run['kind'];
  lang?: string;
}

interface Step {
  nodes: Node[];
  index: number;
  /** The block whose children these are. */
  box: Element;
  context: Context;
  /** Inline content since the last break. */
  row: ChildNode[];
}

/** Nodes of a line after which it is cut all the same, so that no page can hold the browser. */
const longestRow = 4_000;
/** Deeper nesting of inline elements than this is taken apart. */
const deepestLine = 100;

/**
 * The runs of a part of the live page, in the order in which they stand there: the longest rows of inline content
 * within one block, broken at blocks, at what is never translated and at two line ends. The page is only read. Yields
 * undefined now and then, for pauses; linear in the number of nodes.
 */
export function* segment(
  root: Element | ShadowRoot | Document,
  options: SegmentOptions,
): Generator<Run | undefined> {
  const top = startOf(root);
  const context = top && contextOf(top, options);
  const start = top && context && blockAround(top, context.roles, options);
  if (!start) return;
  options.onRoot(root.getRootNode() as Document | ShadowRoot);
  const stack: Step[] = [];
  let count = 0;
  const enter = (nodes: ArrayLike<Node> | undefined, box: Element, context: Context) => {
    if (nodes) stack.push({ nodes: Array.from(nodes), index: 0, box, context, row: [] });
  };
  const childNodes = (element: Element) => {
    const shadow = options.shadowRootOf(element);
    if (shadow) options.onRoot(shadow);
    return childrenOf(element, options.shadowRootOf);
  };
  enter(
    root.nodeType === 11 && start === top ? (root as ShadowRoot).childNodes : childNodes(start),
    start,
    context,
  );

  for (let step = stack.at(-1); step; step = stack.at(-1)) {
    if (++count % 16 === 0) yield undefined;
    const node = step.nodes[step.index++];
    if (!node) {
      stack.pop();
      yield* flush(step);
      continue;
    }
    if (options.isKnown?.(node)) {
      yield* flush(step);
      continue;
    }
    if (node.nodeType === 3 || node.nodeType === 4) {
      yield* add(step, node as Text);
      continue;
    }
    if (node.nodeType !== 1 && typeof node.nodeType === 'number') continue;
    const element = node as Element;
    const { roles } = step.context;
    let role: Role = roles.of(element);
    if (role === 'none') {
      if (element.firstChild && !isOwnElement(element)) options.onHidden?.(element);
      continue;
    }
    if (role === 'inline' && (yield* hasBlocks(element, roles, 0))) role = 'block';
    if (role === 'inline' || role === 'atom') {
      if (nameOf(element) === 'BR' && endsWithBreak(step.row)) yield* flush(step);
      else yield* add(step, element as Element & ChildNode);
      continue;
    }
    yield* flush(step);
    if (role === 'break') {
      if (!isFrame(element, nameOf(element))) continue;
      const inner = documentOf(element);
      if (isForeign(element)) options.onForeign?.(element);
      if (!inner?.body) continue;
      options.onRoot(inner);
      enter(childNodes(inner.body), inner.body, contextOf(inner.body, options));
      continue;
    }
    if (options.extent === 'main' && isNavigation(element)) continue;
    enter(childNodes(element), element, inside(step.context, element));
  }

  function* add(step: Step, node: ChildNode): Generator<Run | undefined> {
    const last = step.row.at(-1);
    // What slots show may come from several places: a run has one parent.
    if (last && (last.parentNode !== node.parentNode || step.row.length >= longestRow)) yield* flush(step);
    step.row.push(node);
  }

  function* flush(step: Step): Generator<Run | undefined> {
    const { row, box, context } = step;
    step.row = [];
    if (row.length === 0) return;
    const parent = row[0]?.parentElement ?? (row[0]?.parentNode as Partial<ShadowRoot> | null)?.host;
    if (!parent) return;
    if (!context.roles.showsText(parent)) {
      options.onHidden?.(parent);
      // The space between boxes in a line is often made to vanish so: the boxes are there.
      for (const node of row) {
        const isSeen = node.nodeType === 1 && context.roles.showsText(node as Element);
        const alone = isSeen ? cut([node], context.roles) : undefined;
        if (alone) yield runOf(alone, box, context);
      }
      return;
    }
    const made = cut(row, context.roles);
    if (made) yield runOf(made, box, context);
    else for (const node of row) enterHost(node, context);
  }

  /** A word of a shadow tree that stands alone is not a part of any line. */
  function enterHost(node: ChildNode, context: Context): void {
    if (node.nodeType !== 1) return;
    const shadow = context.roles.of(node as Element) === 'atom' && options.shadowRootOf(node as Element);
    if (!shadow) return;
    options.onRoot(shadow);
    enter(shadow.childNodes, node as Element, inside(context, node as Element));
  }
}

function runOf(made: Cut, box: Element, { kind, lang, rooms }: Context): Run {
  const words = plainMarked(made.text);
  return { ...made, kind, box, lang: languageOf(lang, words), ...rooms.of(box, made, kind, words.length) };
}

function startOf(root: Element | ShadowRoot | Document): Element | null {
  if (root.nodeType === 9) return (root as Document).body;
  return root.nodeType === 11 ? (root as ShadowRoot).host : (root as Element);
}

/** The nearest block around an element that is walked; undefined where nothing is translated. */
function blockAround(element: Element, roles: Roles, { extent }: SegmentOptions): Element | undefined {
  let start: Element | undefined;
  for (let at: Element | null = element; at; at = composedParent(at)) {
    // Who asks for a translation has been told by the page as a whole that there should be none, and asks all the same.
    if (/^(?:BODY|HTML)$/i.test(at.nodeName)) return start ?? at;
    const role = roles.of(at);
    if (role === 'none' || role === 'break' || (extent === 'main' && isNavigation(at))) return undefined;
    if (role === 'atom') start = undefined;
    else if (role === 'block') start ??= at;
  }
  return start;
}

function contextOf(element: Element, options: SegmentOptions): Context {
  const document = element.ownerDocument;
  const roles = createRoles(document, options);
  let lang: string | undefined;
  let kind: Run['kind'] | undefined;
  for (let at: Element | null = element; at; at = at.parentElement ?? hostOf(at)) {
    lang ??= langOf(at);
    kind ??= kindOf(at);
  }
  return { roles, rooms: createRooms(roles), kind: kind ?? 'text', lang };
}

/** What the page says, and not what was written there with a translation. */
const langOf = (element: Element): string | undefined =>
  (!element.hasAttribute?.(langAttribute) && element.getAttribute?.('lang')) || undefined;

const hostOf = (element: Element): Element | null =>
  (element.parentNode as Partial<ShadowRoot> | null)?.host ?? null;

function inside(context: Context, element: Element): Context {
  const kind = kindOf(element) ?? context.kind;
  const lang = langOf(element) ?? context.lang;
  return kind === context.kind && lang === context.lang ? context : { ...context, kind, lang };
}

/** Whether blocks stand in an element that is drawn in a line: then it is no part of one. */
function* hasBlocks(element: Element, roles: Roles, depth: number): Generator<undefined, boolean> {
  if (depth > deepestLine) return true;
  let count = 0;
  for (let child = element.firstElementChild; child; child = child.nextElementSibling) {
    if (++count % 16 === 0) yield undefined;
    const role = roles.of(child);
    if (role === 'block' || role === 'break' || count > longestRow) return true;
    if (role === 'inline' && child.firstElementChild && (yield* hasBlocks(child, roles, depth + 1)))
      return true;
  }
  return false;
}

/** Whether the last thing in a row is a line end. */
function endsWithBreak(row: ChildNode[]): boolean {
  for (let index = row.length - 1; index >= 0; index--) {
    const node = row[index];
    if (node?.nodeType === 1) return nameOf(node as Element) === 'BR';
    if (/\S/.test(node?.nodeValue ?? '')) return false;
  }
  return false;
}
