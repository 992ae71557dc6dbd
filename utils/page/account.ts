import { countWords } from '../source';
import type { DropReason } from './select';
import { runThrough, stride } from './select/steps';
import { sizeOf } from './size';

/** Text that is on the page and was left out, for one reason. */
export interface DroppedText {
  /** Characters without white space. */
  size: number;
  words: number;
  /** The first longer piece of it, so that the user can judge what is missing. */
  sample: string;
}

/** Why text is not in the reading: it was not chosen, or it is an aid of the page's that normalising takes away. */
export type LeftOut = DropReason | 'page-tools';

/** What became of the visible text. Every piece of it is counted exactly once. */
export interface Account {
  /** Characters without white space that are in the text. */
  kept: number;
  dropped: Map<LeftOut, DroppedText>;
}

/** A sample of at least this many characters says enough. */
const goodSample = 40;

/** A piece of text as it stood before anything was moved: adapters may split its node. */
export interface PieceOfText {
  node: Text;
  data: string;
}

/** All pieces of text below an element that have letters, in page order. */
export function textsOf(root: Element): PieceOfText[] {
  return runThrough(textsInSteps(root));
}

/** The same in small steps. */
export function* textsInSteps(root: Element): Generator<void, PieceOfText[]> {
  const texts: PieceOfText[] = [];
  let steps = 0;
  const walker = root.ownerDocument.createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { data } = node as Text;
    if (++steps % stride === 0) yield;
    if (/\S/.test(data)) texts.push({ node: node as Text, data });
  }
  return texts;
}

/** Sums up the texts by what `reasonOf` says became of each: kept when it says nothing. */
export function accountFor(
  texts: PieceOfText[],
  reasonOf: (text: Text, data: string) => LeftOut | undefined,
): Account {
  return runThrough(accountInSteps(texts, reasonOf));
}

/** The same in small steps, so that the caller can let the page breathe between them. */
export function* accountInSteps(
  texts: PieceOfText[],
  reasonOf: (text: Text, data: string) => LeftOut | undefined,
): Generator<void, Account> {
  const account: Account = { kept: 0, dropped: new Map() };
  let steps = 0;
  for (const { node, data } of texts) {
    if (++steps % stride === 0) yield;
    const reason = reasonOf(node, data);
    const size = sizeOf(data);
    if (!reason) {
      account.kept += size;
      continue;
    }
    const sum = account.dropped.get(reason) ?? { size: 0, words: 0, sample: '' };
    sum.size += size;
    sum.words += countWords(data);
    if (sum.sample.length < goodSample && data.length > sum.sample.length) {
      sum.sample = data.replace(/\s+/g, ' ').trim();
    }
    account.dropped.set(reason, sum);
  }
  return account;
}

/** The reason of the dropped subtree that a node stands in; every element is looked up once. */
export function reasonsBy(dropped: Map<Node, DropReason>): (node: Node) => DropReason | undefined {
  const known = new Map<Node, DropReason | undefined>();
  return (node) => {
    // The texts of one parent follow each other, and none of them is looked up again.
    const parent = node.parentNode;
    const own = dropped.get(node);
    if (own || !parent) return own;
    return known.has(parent) ? known.get(parent) : climb(parent);
  };
  function climb(node: Node): DropReason | undefined {
    let reason: DropReason | undefined;
    let top: Node | null = node;
    for (; top; top = top.parentNode) {
      reason = known.get(top) ?? dropped.get(top);
      if (reason || known.has(top)) break;
    }
    for (let at: Node | null = node; at; at = at === top ? null : at.parentNode) known.set(at, reason);
    return reason;
  }
}
