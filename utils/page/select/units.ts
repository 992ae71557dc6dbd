import type { Block, Layout } from './blocks';
import type { Box } from './boxes';
import { stride } from './steps';
import { tagBit } from './tags';

/** Cells this small make a table of data; tables that lay out a whole page hold more. */
const cellSize = 80;

/**
 * Judges what belongs together as one: the cells of a table of data, the items of a list, a heading with the text
 * that it is over. Returns new scores. Yields now and then, for pauses.
 */
export function* keepTogether(
  { blocks, boxes }: Layout,
  scores: Float64Array,
): Generator<void, Float64Array> {
  const result = Float64Array.from(scores);
  let steps = 0;
  for (const box of boxes) {
    if (++steps % stride === 0) yield;
    if (!isUnit(box)) continue;
    const members = blocks.slice(box.firstBlock, box.lastBlock + 1);
    const size = members.reduce((sum, { letters }) => sum + letters.size, 0);
    const mean =
      members.reduce((sum, { index, letters }) => sum + (scores[index] ?? 0) * letters.size, 0) / size;
    for (const { index } of members) result[index] = mean;
  }
  yield* keepHeadings(blocks, result);
  return result;
}

function isUnit({ element, blocks, size, parent, tags }: Box): boolean {
  if (blocks < 2) return false;
  const name = element.nodeName;
  if (name === 'TABLE') return size / blocks < cellSize && !((parent?.tags ?? 0) & tagBit('table'));
  if (name !== 'UL' && name !== 'OL') return false;
  // Of nested lists the outermost counts, and an item is one or two blocks: cards are judged one by one.
  if ((parent?.tags ?? 0) & (tagBit('list') | tagBit('table'))) return false;
  return blocks <= element.childElementCount * 1.2 && (tags & tagBit('nav')) === 0;
}

/** A heading right over text that is kept is part of it, however short it is. */
function* keepHeadings(blocks: Block[], scores: Float64Array): Generator<void> {
  for (let index = blocks.length - 2; index >= 0; index--) {
    if (index % stride === 0) yield;
    const block = blocks[index];
    const next = blocks[index + 1];
    if (!block || !next || !(block.box.tags & tagBit('heading'))) continue;
    if (next.box.tags & tagBit('heading')) continue;
    if (next.letters.size >= cellSize) scores[index] = Math.max(scores[index] ?? 0, scores[index + 1] ?? 0);
  }
}
