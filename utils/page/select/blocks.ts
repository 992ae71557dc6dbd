import { type Box, createBox, sumUp } from './boxes';
import { addLetters, type Letters, noLetters } from './letters';
import { stride } from './steps';
import { tagBit } from './tags';

/** A piece of text without a block boundary in it: a paragraph, a heading, a list item's own words, a whole `<pre>`. */
export interface Block {
  index: number;
  texts: Text[];
  /** The innermost block-level element around it. */
  box: Box;
  letters: Letters;
  /** Size of the words in links. */
  linked: number;
  /** Size of the words that Readability took for the article. */
  voted: number;
  /** Size of the blocks before it. */
  before: number;
  /** The first characters of its text, white space folded. */
  start: string;
  /** The last characters. */
  end: string;
}

export interface Layout {
  blocks: Block[];
  boxes: Box[];
  root: Box;
}

/** Elements that run with the words around them; every other element begins a new block. */
const inline = new Set(
  'A ABBR ACRONYM B BDI BDO BIG BR CITE CODE DATA DEL DFN EM FONT I IMG INS KBD LABEL MARK MATH NOBR Q RP RT RUBY S SAMP SMALL SPAN STRIKE STRONG SUB SUP SVG svg TIME TT U VAR WBR'.split(
    ' ',
  ),
);

/** Cuts the text below `root` into blocks. Linear, without recursion. Yields now and then, for pauses. */
export function* layOut(root: Element, votes: Set<Text> | undefined): Generator<void, Layout> {
  const blocks: Block[] = [];
  const rootBox = createBox(root, undefined);
  const boxes = [rootBox];
  let block: Block | undefined;
  let isOpen = false;
  let box = rootBox;
  let before = 0;
  /** Inside `<pre>` nothing begins a new block. */
  let solid: Box | undefined;

  const close = () => {
    if (!solid) isOpen = false;
  };
  const addText = (text: Text) => {
    if (!/\S/.test(text.data)) return;
    if (!block || !isOpen) {
      if (block) before += block.letters.size;
      let holder = box;
      while (holder.parent && inline.has(holder.element.nodeName)) holder = holder.parent;
      block = createBlock(blocks.length, solid ?? holder, before);
      blocks.push(block);
      isOpen = true;
    }
    const size = block.letters.size;
    addLetters(block.letters, text.data);
    const added = block.letters.size - size;
    block.texts.push(text);
    if (box.tags & linkBit) block.linked += added;
    if (votes?.has(text)) block.voted += added;
  };

  let steps = 0;
  for (let node: Node | null = root.firstChild; node; ) {
    if (++steps % stride === 0) yield;
    let next: Node | null = null;
    if (node.nodeType === 3) addText(node as Text);
    else if (node.nodeType === 1) {
      const element = node as Element;
      if (!inline.has(element.nodeName)) close();
      if (element.firstChild) {
        box = createBox(element, box);
        boxes.push(box);
        if (element.nodeName === 'PRE' && !solid) solid = box;
        next = element.firstChild;
      }
    }
    if (!next) {
      let at: Node = node;
      while (!at.nextSibling && at.parentNode && at.parentNode !== root) {
        at = at.parentNode;
        if (solid === box) solid = undefined;
        if (!inline.has(at.nodeName)) close();
        if (box.parent) box = box.parent;
      }
      next = at.nextSibling;
    }
    node = next;
  }
  for (const each of blocks) {
    if (++steps % stride === 0) yield;
    finish(each);
  }
  yield* sumUp(blocks, boxes);
  return { blocks, boxes, root: rootBox };
}

const linkBit = tagBit('link');

function createBlock(index: number, box: Box, before: number): Block {
  const letters = noLetters();
  return { index, texts: [], box, letters, linked: 0, voted: 0, before, start: '', end: '' };
}

/** Characters of a block that are looked at for what they say. */
const startLength = 160;

function finish(block: Block): void {
  let start = '';
  for (const { data } of block.texts) {
    start += `${start === '' ? '' : ' '}${data.slice(0, startLength * 2)}`;
    if (start.length >= startLength * 2) break;
  }
  block.start = start.replace(/\s+/g, ' ').trim().slice(0, startLength);
  block.end = (block.texts.at(-1)?.data ?? '').slice(-40).trimEnd().slice(-2);
}
