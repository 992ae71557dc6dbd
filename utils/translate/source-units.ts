import type { PassageKind, Source } from '../source';
import type { Inline } from './inline-marks';
import { cutPassage } from './passage-cutter';
import { withoutStructure } from './source-lines';
import type { PageUnit } from './types';
import { hasWords } from './unit-language';
import { writeInline } from './write-inline';

/**
 * A source cut into units to translate, and put together again with their translations: the same Markdown in everything
 * but the words. Code and what has no words is left as it is.
 */

/** How a block of a passage is drawn. */
export interface LineShape {
  type: 'line';
  /** How many quotes it stands in. */
  quotes: number;
  /** Columns by which it is indented. */
  indent: number;
  /** `-`, `3.`, `:` or `[^2]:`, before the first line of an item. */
  marker?: string;
  /** Whether the box of a task is ticked, where there is one. */
  task?: boolean;
  /** 1 to 6. */
  heading?: number;
}

export type Shape =
  | LineShape
  | { type: 'code'; language: string }
  | { type: 'rule' }
  /** `isSheet`: a cell of a sheet, where tabs part cells and pipes are text. */
  | { type: 'cell'; row: number; column: number; isSheet?: true };

/** A run of inline content of a passage. */
export interface Block {
  /** What the source has before it: marks of structure, white space, ends of lines. */
  before: string;
  content: Inline;
  shape: Shape;
  /** Id of its unit; absent where there is nothing to translate. */
  unit?: number;
}

export interface CutPassage {
  /** Its ¶. */
  number: number;
  kind: PassageKind;
  page?: number;
  blocks: Block[];
  /** What the source has after the last block. */
  after: string;
}

/** A unit of a source: what `PageUnit` is, and the ¶ it belongs to. */
export interface SourceUnit extends PageUnit {
  passage: number;
}

export interface CutSource {
  passages: CutPassage[];
  units: SourceUnit[];
}

/** The passages of a source, cut; a passage at a time, so that a long source can be cut in pieces of time. */
export function* cutInSteps(source: Pick<Source, 'text' | 'segments'>): Generator<void, CutSource> {
  const cut: CutSource = { passages: [], units: [] };
  for (const { number, start, end, kind, page } of source.segments) {
    yield;
    const passage = cutPassage({ text: source.text.slice(start, end), kind });
    for (const block of passage.blocks) {
      if (block.shape.type === 'code' || block.shape.type === 'rule' || !hasWords(block.content.marked))
        continue;
      block.unit = cut.units.length + 1;
      cut.units.push({
        id: block.unit,
        text: block.content.marked,
        kind: unitKind(block.shape, kind),
        passage: number,
      });
    }
    cut.passages.push({ number, kind, ...(page === undefined ? {} : { page }), ...passage });
  }
  return cut;
}

export function cutSource(source: Pick<Source, 'text' | 'segments'>): CutSource {
  const steps = cutInSteps(source);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function unitKind(shape: Shape, kind: PassageKind): PageUnit['kind'] {
  if (shape.type === 'cell') return 'cell';
  if (kind === 'heading' || (shape.type === 'line' && shape.heading)) return 'heading';
  return shape.type === 'line' && shape.marker ? 'item' : 'text';
}

/** A passage as Markdown. What `translationOf` has nothing for stays as it is. */
export function writePassage(
  passage: Pick<CutPassage, 'blocks' | 'after'>,
  translationOf: (unit: number) => string | undefined,
): string {
  let text = '';
  for (const { before, content, shape, unit } of passage.blocks) {
    const translation = unit === undefined ? undefined : translationOf(unit);
    text += before;
    if (translation === undefined || translation === content.marked) text += writeRaw(content, shape);
    else {
      const isSheet = shape.type === 'cell' && shape.isSheet === true;
      const written = writeInline(content, translation.trim(), { isCell: shape.type === 'cell' && !isSheet });
      if (isSheet) text += written.replace(/\s*[\t\r\n]+\s*/g, ' ');
      else text += shape.type === 'line' ? withoutStructure(written) : written;
    }
  }
  return text + passage.after;
}

const writeRaw = (content: Inline, shape: Shape): string =>
  shape.type === 'cell' && !shape.isSheet ? content.raw.replaceAll('|', '\\|') : content.raw;
