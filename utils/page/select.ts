import { mayAskReadability, readabilityChoice } from './article';
import type { FlatPage } from './flat-page';
import { pathOf } from './path-of';
import { type Block, type Layout, layOut } from './select/blocks';
import { isConsent } from './select/consent';
import { judge, type Verdicts } from './select/judge';
import { createLimits } from './select/limits';
import { pageSignals } from './select/page-signals';
import { phrases } from './select/phrases';
import { droppedRoots } from './select/roots';
import { runThrough, stride } from './select/steps';
import { tagBit } from './select/tags';
import { keepTogether } from './select/units';

/**
 * Why a part of the page is not in the text: `furniture` frames the text (navigation, site header, banners, buttons,
 * lists of links), `outside-article` is other text beside it.
 */
export type DropReason = 'furniture' | 'outside-article';

export interface Selection {
  /** Roots of the subtrees of the flat page that are not part of the text. No root is inside another. */
  dropped: Map<Node, DropReason>;
}

export interface SelectOptions {
  /** `article`: the text, without what stands around it. `everything`: all but what is certainly no text. */
  mode: 'article' | 'everything';
  /** Called with each subtree that is left out. `size` is in characters without white space. */
  trace?: (removal: { reason: string; path: string; size: number; sample: string }) => void;
}

/** Decides which nodes of the flat page are the text. Leaves the page as it is. */
export function select(page: FlatPage, options: SelectOptions): Selection {
  return runThrough(selectInSteps(page, options));
}

/** The same in small steps, so that the caller can let the page breathe between them. */
export function* selectInSteps(page: FlatPage, { mode, trace }: SelectOptions): Generator<void, Selection> {
  const { body } = page.document;
  const votes = mayAskReadability(page.document) ? readabilityChoice(page.document) : undefined;
  yield;
  const layout = yield* layOut(body, votes);
  if (layout.blocks.length === 0) return { dropped: new Map() };
  const signals = pageSignals(page);
  yield;
  const verdicts = yield* judge(layout, signals);
  const scores = yield* keepTogether(layout, verdicts.scores);
  const consent = consentBlocks(layout);
  yield;
  const isKept = createLimits(layout, scores, signals, mode);
  const reasons = new Map<Text, DropReason>();
  for (const block of layout.blocks) {
    if (block.index % stride === 0) yield;
    const reason = consent.has(block) ? 'furniture' : isKept(block) ? undefined : reasonFor(block);
    if (reason) for (const text of block.texts) reasons.set(text, reason);
  }
  const dropped = yield* droppedRoots(body, (text) => reasons.get(text));
  if (trace) report(dropped, layout, verdicts, trace);
  return { dropped };
}

/** Blocks of banners that ask for consent: they lie over the page and are no part of it, whatever they say. */
function consentBlocks({ blocks, boxes, root }: Layout): Set<Block> {
  const found = new Set<Block>();
  for (const box of boxes) {
    // A page about cookies is named after them too, but it is more than a fifth of itself.
    if (box.blocks === 0 || box.size > root.size / 5 || !isConsent(box.element)) continue;
    for (let index = box.firstBlock; index <= box.lastBlock; index++) {
      const block = blocks[index];
      if (block) found.add(block);
    }
  }
  return found;
}

const menuTags = tagBit('nav') | tagBit('button') | tagBit('dialog');
const frameTags = tagBit('header') | tagBit('footer') | tagBit('aside');
const textTags = tagBit('main') | tagBit('article');
/** Shorter words that name an action are a label. */
const labelSize = 60;

function reasonFor({ box, letters, linked, start }: Block): DropReason {
  const isFrame = (box.tags & menuTags) !== 0 || ((box.tags & frameTags) !== 0 && !(box.tags & textTags));
  const isLabel = letters.size < labelSize && phrases.action.test(start);
  return isFrame || isLabel || linked >= letters.size / 2 || phrases.legal.test(start)
    ? 'furniture'
    : 'outside-article';
}

function report(
  dropped: Map<Node, DropReason>,
  { blocks }: Layout,
  verdicts: Verdicts,
  trace: NonNullable<SelectOptions['trace']>,
): void {
  const blockOf = new Map<Text, Block>();
  for (const block of blocks) for (const text of block.texts) blockOf.set(text, block);
  for (const [node, reason] of dropped) {
    const walker = node.ownerDocument?.createTreeWalker(node, 4 /* NodeFilter.SHOW_TEXT */);
    let largest: Block | undefined = node.nodeType === 3 ? blockOf.get(node as Text) : undefined;
    for (let text = walker?.nextNode(); text; text = walker?.nextNode()) {
      const block = blockOf.get(text as Text);
      if (block && block.letters.size > (largest?.letters.size ?? 0)) largest = block;
    }
    const sample = (node.textContent ?? '').replace(/\s+/g, ' ').trim();
    const why = largest ? verdicts.reasons(largest).join(', ') : '';
    trace({
      reason: `${reason}: ${why}`,
      path: pathOf(node),
      size: sample.replaceAll(' ', '').length,
      sample,
    });
  }
}
