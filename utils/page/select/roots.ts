import { stride } from './steps';

/**
 * The largest subtrees below `root` of which nothing is kept, each with the reason that holds for most of its text.
 * They are disjoint, and every text node with letters is either kept or in exactly one of them. Linear in the page
 * (elements stand at most 300 deep), without recursion. Yields now and then, for pauses.
 */
export function* droppedRoots<Reason>(
  root: Element,
  reasonOf: (text: Text) => Reason | undefined,
): Generator<void, Map<Node, Reason>> {
  /** Elements with kept text somewhere below. */
  const kept = new Set<Node>([root]);
  const left: { text: Text; reason: Reason }[] = [];
  let steps = 0;
  const walker = root.ownerDocument.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node as Text;
    if (++steps % stride === 0) yield;
    if (!/\S/.test(text.data)) continue;
    const reason = reasonOf(text);
    if (reason !== undefined) left.push({ text, reason });
    else for (let at = text.parentNode; at && !kept.has(at); at = at.parentNode) kept.add(at);
  }
  const sizes = new Map<Node, Map<Reason, number>>();
  for (const { text, reason } of left) {
    if (++steps % stride === 0) yield;
    const sums = sizesAt(topOf(text, kept), sizes);
    sums.set(reason, (sums.get(reason) ?? 0) + text.data.length);
  }
  const roots = new Map<Node, Reason>();
  for (const [node, sums] of sizes) {
    if (++steps % stride === 0) yield;
    roots.set(node, largest(sums));
  }
  return roots;
}

function topOf(text: Text, kept: Set<Node>): Node {
  let top: Node = text;
  for (let at = text.parentNode; at && !kept.has(at); at = at.parentNode) top = at;
  return top;
}

function sizesAt<Reason>(node: Node, sizes: Map<Node, Map<Reason, number>>): Map<Reason, number> {
  let sums = sizes.get(node);
  if (!sums) {
    sums = new Map();
    sizes.set(node, sums);
  }
  return sums;
}

function largest<Reason>(sums: Map<Reason, number>): Reason {
  return [...sums].reduce((one, other) => (other[1] > one[1] ? other : one))[0];
}
