import { pathOf } from '../path-of';
import { sizeOf } from '../size';

/** Text that normalising took off the page. */
export interface TakenText {
  /** What it was: `line numbers and buttons of code`, `edit link`. */
  what: string;
  /** `tag.class` of what it stood in. */
  path: string;
  /** Characters without white space. */
  size: number;
  sample: string;
}

/**
 * What becomes of the words of a page while it is normalised. A step takes words away or writes them anew through
 * this, so that each visible character can be accounted for afterwards.
 */
export class Changes {
  /** In order; pieces of one kind that stand in the same element are one entry. */
  readonly taken: TakenText[] = [];
  /** For text that is no longer on the page: the text that says the same, or nothing. */
  private readonly fates = new Map<Text, Text | undefined>();
  private lastHolder: Element | null = null;

  /** Takes a node and all its words off the page. */
  remove(node: Element, what: string): void {
    for (const text of textsIn(node)) this.take(text, what, node.parentElement ?? node);
    node.remove();
  }

  /** Notes that text is about to go because it is no part of what is written in its place. */
  take(text: Text, what: string, holder: Element): void {
    if (this.fates.has(text)) return;
    this.fates.set(text, undefined);
    const size = sizeOf(text.data);
    if (size === 0) return;
    const words = text.data.replace(/\s+/g, ' ').trim();
    const last = this.taken.at(-1);
    if (last?.what === what && this.lastHolder === holder) {
      last.size += size;
      if (last.sample.length < longestSample) last.sample += ` ${words}`;
    } else this.taken.push({ what, path: pathOf(holder), size, sample: words });
    this.lastHolder = holder;
  }

  /** Takes away what is left of nodes that something else replaces: nothing there may go unnoticed. */
  takeRest(nodes: Iterable<Node>, what: string, holder: Element): void {
    for (const node of nodes) for (const text of textsIn(node)) this.take(text, what, holder);
  }

  /** Notes that `place` says what the words below `nodes` said. Words already taken away stay taken away. */
  rewrite(nodes: Iterable<Node>, place: Text): void {
    for (const node of nodes) {
      for (const text of textsIn(node))
        if (text !== place && !this.fates.has(text)) this.fates.set(text, place);
    }
  }

  /** The text of the page that says what `text` said; undefined when it was taken away. */
  fateOf(text: Text): Text | undefined {
    let at: Text | undefined = text;
    while (at && this.fates.has(at)) at = this.fates.get(at);
    return at;
  }
}

/** Characters of what was taken away that are kept to show what it was. */
const longestSample = 80;

/** The texts of a node, itself included. */
export function* textsIn(node: Node): Generator<Text> {
  if (node.nodeType === 3 /* Node.TEXT_NODE */) yield node as Text;
  if (node.nodeType !== 1 /* Node.ELEMENT_NODE */) return;
  const walker = node.ownerDocument?.createTreeWalker(node, 4 /* NodeFilter.SHOW_TEXT */);
  for (let text = walker?.nextNode(); text; text = walker?.nextNode()) yield text as Text;
}
