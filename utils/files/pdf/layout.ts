import { readsFromRight } from './bidi';
import { type Block, blocksOf, isEnd } from './blocks';
import { regionsOf } from './columns';
import { fragmentsOf } from './fragments';
import { type Furniture, findFurniture } from './furniture';
import type { Styles } from './headings';
import { joinInitials } from './initials';
import { plainText } from './inline';
import { joinLine, learnWords, type Vocabulary } from './join';
import type { Fragment, PageText } from './types';

export interface Layout {
  blocks: Block[];
  furniture: Furniture;
}

/** Puts the pages' text into blocks in the order of reading, and joins what columns and pages have divided. */
export function layOut(pages: PageText[]): Layout {
  const sets = pages.map(({ number, height, directions }) => ({
    number,
    height,
    // Running heads are looked for in the main direction of writing.
    directions: directions.map(fragmentsOf),
    fragments: [] as Fragment[],
  }));
  for (const set of sets) set.fragments = set.directions[0] ?? [];
  const furniture = findFurniture(sets, stylesOf(sets.flatMap(({ fragments }) => fragments)).body);
  for (const set of sets) {
    set.directions = set.directions.map((fragments) =>
      fragments.filter((fragment) => !furniture.fragments.has(fragment)),
    );
  }
  const joined = joinInitials(
    sets.flatMap(({ directions }) => directions),
    vocabularyOf,
  );
  for (const set of sets) set.directions = joined.splice(0, set.directions.length);
  const all = sets.flatMap(({ directions }) => directions.flat());
  const styles = stylesOf(all);
  const vocabulary = vocabularyOf(all);
  const blocks: Block[] = [];
  for (const { number, directions } of sets) {
    for (const fragments of directions) {
      const regions = regionsOf(fragments, { rightToLeft: isRightToLeftPage(fragments) });
      for (const region of regions)
        append(blocks, blocksOf(region, { page: number, styles, vocabulary }), vocabulary);
    }
  }
  return { blocks, furniture };
}

function stylesOf(fragments: Fragment[]): Styles {
  const sizes = new Map<number, number>();
  let characters = 0;
  let bold = 0;
  let mono = 0;
  for (const { runs } of fragments) {
    for (const run of runs) {
      const size = Math.round(run.size * 2) / 2;
      sizes.set(size, (sizes.get(size) ?? 0) + run.text.length);
      characters += run.text.length;
      if (run.bold) bold += run.text.length;
      if (run.mono) mono += run.text.length;
    }
  }
  let body = 10;
  let most = 0;
  for (const [size, count] of sizes) if (count > most) [body, most] = [size, count];
  return { body, bold: bold > characters / 2, mono: mono > characters * 0.6 };
}

function vocabularyOf(fragments: Fragment[]): Vocabulary {
  const vocabulary: Vocabulary = new Set();
  let previous: string | undefined;
  for (const { runs } of fragments) {
    const text = runs
      .map((run) => run.text)
      .join('')
      .trim();
    learnWords(vocabulary, text, previous);
    previous = text;
  }
  return vocabulary;
}

const isRightToLeftPage = (fragments: Fragment[]) =>
  readsFromRight(fragments.map(({ runs }) => runs.map(({ text }) => text).join('')).join(''));

/** Notes between the end of a page and the rest of its last paragraph: at most so many blocks. */
const notesBetween = 12;

/** Adds the blocks of the next region; the first goes on with the last paragraph before when both are halves. */
function append(blocks: Block[], added: Block[], vocabulary: Vocabulary): void {
  const [first, ...rest] = added;
  if (!first) return;
  const host = first.kind === 'text' ? halfBefore(blocks, first) : undefined;
  if (host) {
    joinLine(host.inlines, first.inlines, vocabulary);
    host.endsFull = first.endsFull;
  } else blocks.push(first);
  blocks.push(...rest);
}

/** The block that a text goes on with: the last one, or the last before the notes at the foot of the page. */
function halfBefore(blocks: Block[], next: Block): Block | undefined {
  for (let back = 1; back <= notesBetween; back++) {
    const block = blocks.at(-back);
    if (!block) return undefined;
    const isSameSize = Math.abs(block.size - next.size) <= 0.08 * next.size;
    const isNote = block.kind === 'text' && block.size < 0.95 * next.size;
    if (isSameSize && (block.kind === 'text' || block.kind === 'list-item'))
      return goesOn(block, next) ? block : undefined;
    if (!isNote) return undefined;
  }
  return undefined;
}

function goesOn(block: Block, next: Block): boolean {
  const before = plainText(block.inlines).trimEnd();
  const after = plainText(next.inlines).trimStart();
  if (!before || isEnd(before) || next.indented) return false;
  if (/[\p{L}\d][-\u00ad\u2010]$/u.test(before)) return true;
  if (/^[\p{Ll}，。、；：,;]/u.test(after)) return true;
  // A capital or a character without case goes on only with a line that was full.
  return block.endsFull && /^[\p{L}\p{N}“"(（《]/u.test(after);
}
