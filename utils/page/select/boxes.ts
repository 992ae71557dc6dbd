import type { Block } from './blocks';
import { placeNames, placesIn } from './names';
import { stride } from './steps';
import { tagBit, tagsOf } from './tags';

/** An element with what its subtree holds. */
export interface Box {
  element: Element;
  parent: Box | undefined;
  depth: number;
  /** Own tag and class; boxes of one template share it. */
  kind: string;
  /** Bits of the tags that it is or stands in, see `tagNames`. */
  tags: number;
  /** 1 to 6 in a heading, else 0. */
  level: number;
  /** Steps up to the nearest element named so, for each of `placeNames`; `far` when there is none. */
  names: Uint8Array;
  size: number;
  linked: number;
  voted: number;
  /** Size of longer blocks that are hardly linked: what reads as prose. */
  prose: number;
  blocks: number;
  headings: number;
  firstBlock: number;
  lastBlock: number;
  /** Boxes beside it, itself included, of the same kind. */
  group: Group | undefined;
  /** The groups of its children. */
  groups: Map<string, Group> | undefined;
  sections: Sections;
  /** The nearest box of three or more of its kind, itself or around it, and the one whose kind holds most text. */
  nearestItem: Box | undefined;
  largestItem: Box | undefined;
  /** Steps up to the first box that holds most of what Readability took. */
  votesAbove: number;
  /** The names of the last child: the next one mostly has the same. */
  lastNames: { places: number; names: Uint8Array } | undefined;
}

/**
 * The boxes around a text: the first with several blocks, the first with a tenth (third, half) of the page. Boxes that
 * are none of these share those of their parent.
 */
export interface Sections {
  several: Box;
  tenth: Box;
  third: Box;
  half: Box;
}

/** Siblings made from one template. */
export interface Group {
  count: number;
  size: number;
  linked: number;
  prose: number;
  blocks: number;
  voted: number;
}

export const far = 15;

const headingLevels: Record<string, number> = { H1: 1, H2: 2, H3: 3, H4: 4, H5: 5, H6: 6 };
const headingBit = tagBit('heading');

/** Text of at least this size that is hardly linked reads as prose. */
export const proseSize = 80;

/** A box for an element, not yet counted. */
export function createBox(element: Element, parent: Box | undefined): Box {
  const { localName } = element;
  // Most elements of a big page have no attributes, and asking for each costs more than all the rest.
  const isNamed = element.hasAttributes();
  const name = isNamed ? (element.getAttribute('class') ?? '') : '';
  const places = placesIn(`${localName === 'div' ? '' : localName} ${name} ${isNamed ? element.id : ''}`);
  const box = {
    element,
    parent,
    depth: parent ? parent.depth + 1 : 0,
    kind: name ? `${localName}.${name.replace(/\d+/g, '0').slice(0, 60)}` : localName,
    tags: tagsOf(element) | (parent?.tags ?? 0),
    level: headingLevels[element.nodeName] ?? parent?.level ?? 0,
    names: namesIn(places, parent),
    size: 0,
    linked: 0,
    voted: 0,
    prose: 0,
    blocks: 0,
    headings: 0,
    firstBlock: -1,
    lastBlock: -1,
    group: undefined,
    groups: undefined,
    nearestItem: undefined,
    largestItem: undefined,
    votesAbove: 0,
    lastNames: undefined,
  } as Omit<Box, 'sections'> as Box;
  box.sections = parent?.sections ?? { several: box, tenth: box, third: box, half: box };
  return box;
}

function namesIn(places: number, parent: Box | undefined): Uint8Array {
  if (parent?.lastNames?.places === places) return parent.lastNames.names;
  const names = new Uint8Array(placeNames.length);
  for (let index = 0; index < names.length; index++) {
    names[index] = places & (1 << index) ? 0 : Math.min(far, (parent?.names[index] ?? far) + 1);
  }
  if (parent) parent.lastNames = { places, names };
  return names;
}

/** Adds up blocks into the boxes around them, and boxes into groups of siblings. Yields now and then, for pauses. */
export function* sumUp(blocks: Block[], boxes: Box[]): Generator<void> {
  let steps = 0;
  for (const block of blocks) {
    if (++steps % stride === 0) yield;
    const { box } = block;
    const { size } = block.letters;
    box.size += size;
    box.linked += block.linked;
    box.voted += block.voted;
    if (size >= proseSize && block.linked < size * 0.3) box.prose += size;
    box.blocks++;
    if (box.tags & headingBit) box.headings++;
    if (box.firstBlock < 0) box.firstBlock = block.index;
    box.lastBlock = block.index;
  }
  // A box comes after its parent, so from the end every box is complete when it is added to its parent.
  for (let index = boxes.length - 1; index > 0; index--) {
    if (++steps % stride === 0) yield;
    const box = boxes[index] as Box;
    const { parent } = box;
    if (!parent || box.blocks === 0) continue;
    parent.size += box.size;
    parent.linked += box.linked;
    parent.voted += box.voted;
    parent.prose += box.prose;
    parent.blocks += box.blocks;
    parent.headings += box.headings;
    if (parent.firstBlock < 0 || box.firstBlock < parent.firstBlock) parent.firstBlock = box.firstBlock;
    parent.lastBlock = Math.max(parent.lastBlock, box.lastBlock);
  }
  for (const box of boxes) {
    if (++steps % stride === 0) yield;
    if (!box.parent || box.blocks === 0) continue;
    const group = groupOf(box, box.parent);
    group.count++;
    group.size += box.size;
    group.linked += box.linked;
    group.prose += box.prose;
    group.blocks += box.blocks;
    group.voted += box.voted;
    box.group = group;
  }
  for (const box of boxes) {
    if (++steps % stride === 0) yield;
    if (box.parent) placeBox(box, box.parent, boxes[0] as Box);
  }
}

/** Parents come before their children, so what holds further up is known already. */
function placeBox(box: Box, parent: Box, root: Box): void {
  const { size } = root;
  const above = parent.sections;
  if (box.blocks <= 1 && box.size < size * 0.1) box.sections = above;
  else {
    box.sections = {
      several: box.blocks > 1 ? box : above.several,
      tenth: box.size >= size * 0.1 ? box : above.tenth,
      third: box.size >= size * 0.33 ? box : above.third,
      half: box.size >= size * 0.5 ? box : above.half,
    };
  }
  const isItem = (box.group?.count ?? 0) >= 3;
  const isLarger = (box.group?.size ?? 0) > (parent.largestItem?.group?.size ?? 0);
  box.nearestItem = isItem ? box : parent.nearestItem;
  box.largestItem = isItem && isLarger ? box : parent.largestItem;
  const holdsVotes = root.voted > 0 && box.voted >= root.voted * 0.9;
  box.votesAbove = holdsVotes ? 0 : parent.votesAbove + 1;
}

function groupOf({ kind }: Box, parent: Box): Group {
  parent.groups ??= new Map();
  let group = parent.groups.get(kind);
  if (!group) {
    group = { count: 0, size: 0, linked: 0, prose: 0, blocks: 0, voted: 0 };
    parent.groups.set(kind, group);
  }
  return group;
}
