import { isOwnElement } from './own';
import type { Run } from './run';
import type { Unit } from './unit';

/** What is kept of a run to see later whether it is still what it was. */
export function cutOf({ outer }: Run, textOf: (node: Text) => string): Unit['cut'] {
  return {
    before: neighbour(outer[0], 'previousSibling'),
    after: neighbour(outer.at(-1), 'nextSibling'),
    words: wordsIn(outer, textOf),
  };
}

/** Whether the nodes of a run are in the page, where they were, between the same neighbours, with the same words. */
export function isIntact({ run, cut }: Unit, textOf: (node: Text) => string): boolean {
  const { outer, slots } = run;
  for (const [index, node] of outer.entries()) {
    if (!node.isConnected) return false;
    const next = neighbour(node, 'nextSibling');
    if (next !== (index + 1 < outer.length ? outer[index + 1] : cut.after)) return false;
  }
  return (
    neighbour(outer[0], 'previousSibling') === cut.before &&
    slots.every((slot) => slot.every(({ isConnected }) => isConnected)) &&
    wordsIn(outer, textOf) === cut.words
  );
}

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
