import type { Block, Layout } from './blocks';
import type { PageSignals } from './page-signals';
import { tagBit } from './tags';

/**
 * Scores (logarithms of odds) from which a block is kept. A lost word is worse than one too many, so a block stays
 * that is seven times as likely to be no text. On the development pages (cross-validated, mean of seven kinds) -2
 * keeps 96.5 % of the text at a precision of 0.72; -1.5 keeps 95.3 % at 0.74, -2.5 keeps 97.2 % at 0.70.
 */
const articleLimit = -2;
/** On a page that is an article for certain, more may be asked: of what Readability chose, and of what it did not. */
const chosenLimit = -1.5;
const unchosenLimit = -0.5;
/** In `everything` only short words of menus and the like go, when there is hardly a doubt. */
const everythingLimit = -3.5;

/** Less text than this, and less than a third of the page, is none: a directory is read with its navigation. */
const minimumSize = 120;

/** Decides for each block whether it is kept, by its score. */
export function createLimits(
  layout: Layout,
  scores: Float64Array,
  signals: PageSignals,
  mode: 'article' | 'everything',
): (block: Block) => boolean {
  const scoreOf = ({ index }: Block) => scores[index] ?? 0;
  if (mode === 'everything') return (block) => scoreOf(block) > everythingLimit || isReadable(block);
  const isCertain = saysArticle(signals) && agrees(layout, scores);
  const isKept = (block: Block) => {
    if (!isCertain) return scoreOf(block) > articleLimit;
    return scoreOf(block) > (block.voted > block.letters.size / 2 ? chosenLimit : unchosenLimit);
  };
  return hasText(layout, isKept) ? isKept : () => true;
}

/** The page says that it is an article, and nothing else. */
function saysArticle({ article, product, discussion, collection, documentation }: PageSignals): boolean {
  return article >= 1 && product < 2 && discussion < 1 && collection < 1 && documentation < 1;
}

/** Whether Readability and the judge mean the same text: most of what is sure was chosen, and the other way round. */
function agrees({ blocks, root }: Layout, scores: Float64Array): boolean {
  let sure = 0;
  let both = 0;
  for (const { index, letters, voted } of blocks) {
    if ((scores[index] ?? 0) <= 0.5) continue;
    sure += letters.size;
    both += voted;
  }
  return both > 0 && both >= sure * 0.85 && both >= root.voted * 0.7;
}

function hasText({ blocks, root }: Layout, isKept: (block: Block) => boolean): boolean {
  const wanted = Math.min(minimumSize, root.size / 3);
  let size = 0;
  for (const block of blocks) if (isKept(block)) size += block.letters.size;
  return size >= wanted;
}

const menuTags = tagBit('nav') | tagBit('button') | tagBit('dialog');
const readableSize = 60;

/** Words that somebody might miss: more than a label, and not a link. */
function isReadable({ box, letters, linked }: Block): boolean {
  return letters.size >= readableSize && linked < letters.size / 2 && !(box.tags & menuTags);
}
