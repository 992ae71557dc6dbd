import { isOwnElement } from './own';
import type { Run } from './run';
import type { Unit } from './unit';

/** What is kept of a run to see later whether it is still what it was. */
export const cutOf = ({ outer }: Run, textOf: (node: Text) => string): Unit['cut'] => ({
  row: rowOf(outer),
  words: wordsIn(outer, textOf),
});

/** Whether the nodes of a run are in the page, where they were, between the same neighbours, with the same words. */
export function isIntact({ run, cut }: Unit, textOf: (node: Text) => string): boolean {
  const { outer, slots } = run;
  if (!outer[0] || isGone(outer[0])) return false;
  const row = rowOf(outer);
  return (
    row.length === cut.row.length &&
    row.every((node, index) => node === cut.row[index]) &&
    slots.every((slot) => slot.every(({ isConnected }) => isConnected)) &&
    wordsIn(outer, textOf) === cut.words
  );
}

/** The nodes of the page from the one before to the one behind. */
function rowOf(nodes: ChildNode[]): (Node | null)[] {
  const last = nodes.at(-1);
  const row: (Node | null)[] = [neighbour(nodes[0], 'previousSibling')];
  for (let at: Node | null = nodes[0] ?? null; at; at = neighbour(at, 'nextSibling')) {
    row.push(at);
    if (at === last) break;
  }
  row.push(neighbour(last, 'nextSibling'));
  return row;
}

/** Whether a node is in no page any more: thrown away, or with the document of a frame that is gone. */
export const isGone = (node: Node): boolean => !node.isConnected || node.ownerDocument?.defaultView === null;

/** The next node of the page itself. */
function neighbour(node: Node | undefined, side: 'previousSibling' | 'nextSibling'): Node | null {
  let at = node?.[side] ?? null;
  while (at && isOwnElement(at)) at = at[side];
  return at;
}

function wordsIn(nodes: Node[], textOf: (node: Text) => string): string {
  let words = '';
  const waiting = [...nodes].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.nodeType === 3 || node.nodeType === 4) words += textOf(node as Text);
    else if (!isOwnElement(node))
      for (let child = node.lastChild; child; child = child.previousSibling) waiting.push(child);
  }
  return words;
}
