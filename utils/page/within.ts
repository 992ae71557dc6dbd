import { dataOf, ownAround, written } from './written';

/**
 * What ranges, as a selection has them, hold of a page. A range tells where a node stands in it by counting the node's
 * siblings, which for every node of a long list is quadratic: here siblings are counted once, and only where a range
 * begins or ends.
 */

/** Where a node stands in ranges. */
export interface Within {
  /** Whether an element stands in one of the ranges, in part or as a whole. */
  placeOf(element: Element): 'outside' | 'part' | 'whole';
  /** The part of a text that the ranges hold, to the letter. */
  partOf(text: Text): string;
}

/** Where an end of a range stands, seen from a node: before it, in it or behind it, or in another tree. */
type Side = 'before' | 'in' | 'behind' | 'elsewhere';

/** Answers for nodes that are asked about from the top down, each in constant time. */
export function createWithin(ranges: readonly Range[]): Within {
  const first = ranges[0]?.startContainer;
  if (!first) return { placeOf: () => 'outside', partOf: () => '' };
  const parentOf = getter(first, 'parentNode');
  const places = createPlaces(first);
  const ends = ranges.map((range) => ({
    range,
    sideOfStart: createSides([range.startContainer, range.startOffset], parentOf, places),
    sideOfEnd: createSides([range.endContainer, range.endOffset], parentOf, places),
  }));
  const touching = (node: Node) =>
    ends.flatMap(({ range, sideOfStart, sideOfEnd }) => {
      const [start, end] = [sideOfStart(node), sideOfEnd(node)];
      const isTouched = (start === 'before' || start === 'in') && (end === 'in' || end === 'behind');
      return isTouched ? [{ range, isWhole: start === 'before' && end === 'behind' }] : [];
    });
  return {
    placeOf(element) {
      const touched = touching(element);
      if (touched.length === 0) return 'outside';
      return touched.some(({ isWhole }) => isWhole) ? 'whole' : 'part';
    },
    partOf: (text) => {
      const touched = touching(text);
      const data = dataOf(text);
      // Letters of a translation are none of the text: what it stands for is taken whole.
      if (data !== text.data) return touched.length > 0 ? data : '';
      return touched
        .map(({ range }) => {
          const start = range.startContainer === text ? range.startOffset : 0;
          const end = range.endContainer === text ? range.endOffset : text.length;
          return text.data.slice(start, end);
        })
        .join('');
    },
  };
}

type Neighbour = (node: Node) => Node | null;

/**
 * What the prototype of nodes has under a name: fields of a form stand before it, and a page may add one at any time,
 * with which a walk would never end.
 */
function getter(
  node: Node,
  name: 'parentNode' | 'firstChild' | 'nextSibling' | 'previousSibling',
): Neighbour {
  for (let at = Object.getPrototypeOf(node); at; at = Object.getPrototypeOf(at)) {
    const get = Object.getOwnPropertyDescriptor(at, name)?.get;
    if (get) return (one) => get.call(one);
  }
  return (one) => one[name];
}

/** On which side of a node one end of a range is. */
function createSides(
  [container, offset]: [Node, number],
  parentOf: Neighbour,
  placeIn: ReturnType<typeof createPlaces>,
) {
  /** The nodes that hold the end, each with the child in which it is; for the innermost, none. */
  const holders = new Map<Node, Node | undefined>();
  let inner: Node | undefined;
  for (let node: Node | null = container; node; node = parentOf(node)) {
    holders.set(node, inner);
    inner = node;
  }
  /** Of nodes that do not hold the end; their children are on the same side of it. */
  const known = new WeakMap<Node, Side>();

  const sideInHolder = (node: Node, holder: Node): Side => {
    const child = holders.get(holder);
    if (node === child) return 'in';
    const place = placeIn(holder, node);
    // Between children: in front of the one whose place is the offset.
    const end = child ? placeIn(holder, child) : offset;
    return end <= place ? 'before' : 'behind';
  };

  return (node: Node): Side => {
    if (holders.has(node)) return 'in';
    const asked: Node[] = [];
    let side: Side | undefined;
    for (let at: Node = node; side === undefined; ) {
      asked.push(at);
      const parent: Node | null = parentOf(at);
      if (!parent) side = 'elsewhere';
      else if (holders.has(parent)) side = sideInHolder(at, parent);
      else {
        side = known.get(parent);
        at = parent;
      }
    }
    for (const one of asked) known.set(one, side);
    return side;
  };
}

/** The places of children in their parents, counted once for a parent. */
function createPlaces(node: Node) {
  const [firstOf, nextOf, previousOf] = (['firstChild', 'nextSibling', 'previousSibling'] as const).map(
    (name) => getter(node, name),
  ) as [Neighbour, Neighbour, Neighbour];
  const counted = new WeakMap<Node, WeakMap<Node, number>>();
  const count = (parent: Node) => {
    const places = new WeakMap<Node, number>();
    let place = 0;
    for (let child = firstOf(parent); child; child = nextOf(child)) places.set(child, place++);
    counted.set(parent, places);
    return places;
  };
  return (parent: Node, child: Node): number => {
    const places = counted.get(parent) ?? count(parent);
    // What has come since stands behind the last sibling that was counted.
    const passed: Node[] = [];
    let sibling: Node | null = child;
    while (sibling && !places.has(sibling)) {
      passed.push(sibling);
      sibling = previousOf(sibling);
    }
    const place = (sibling && places.get(sibling)) ?? -1;
    const behind = passed.length > 0 && Number.isInteger(place) ? place + 0.5 : place;
    for (const one of passed) places.set(one, behind);
    return behind;
  };
}

/**
 * Ranges of the page's own nodes. Where one begins or ends in a translation, it reaches to the beginning or the end of
 * what was translated.
 */
export const ownRanges = (ranges: readonly Range[]): Range[] =>
  ranges.map((range) => {
    const [start, end] = [ownAround(range.startContainer), ownAround(range.endContainer)];
    if (!start && !end) return range;
    const own = range.cloneRange();
    if (start) own.setStartBefore(written()?.nodesOf(start)?.[0] ?? start);
    if (end) own.setEndBefore(end);
    return own;
  });
