import { type NumberedText, numberPassages, type Passage } from '../../source';
import { type Block, blockText } from './blocks';
import { levelsOf } from './headings';
import { layOut } from './layout';
import type { PageText } from './types';

/** Blocks of text as passages; headings have the levels that their sizes say. */
export function passagesOf(blocks: Block[]): Passage[] {
  const levelOf = levelsOf(blocks.flatMap(({ style }) => style ?? []));
  return blocks
    .map((block): Passage => ({ kind: block.kind, page: block.page, text: blockText(block, levelOf) }))
    .filter(({ text }) => text.trim() !== '');
}

/** Pages that come from no PDF, as what was recognised in a picture, which has no pages. */
export const passagesOfPages = (pages: PageText[]): NumberedText =>
  numberPassages(passagesOf(layOut(pages).blocks).map(({ page: _, ...passage }) => passage));
