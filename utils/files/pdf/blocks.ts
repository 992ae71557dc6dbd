import { sizeOf } from './characters';
import { medianOf, quantile } from './columns';
import { type HeadingStyle, isHeadingLine, type Styles, styleOf } from './headings';
import { type Inline, plainText, toMarkdown } from './inline';
import { joinLine, type Vocabulary } from './join';
import { type Line, lineOf, rowsOf, withoutBullet } from './rows';
import { findTables } from './tables';
import type { Region } from './types';

/** A paragraph, heading, item, table or listing, and the page on which it begins. */
export interface Block {
  kind: 'text' | 'heading' | 'list-item' | 'code' | 'table';
  page: number;
  inlines: Inline[];
  /** Ready-made text of tables and listings. */
  markdown?: string;
  style?: HeadingStyle;
  depth: number;
  ordered: boolean;
  size: number;
  /** Whether its last line reaches the edge, so that it may go on in the next column or page. */
  endsFull: boolean;
  /** Whether its first line is set in like the beginning of a paragraph. */
  indented: boolean;
}

interface Measure {
  x0: number;
  x1: number;
  /** Distance of baselines inside paragraphs. */
  pitch: number;
}

export interface BlockOptions {
  page: number;
  styles: Styles;
  vocabulary: Vocabulary;
}

/** The blocks of a region, in order. */
export function blocksOf(region: Region, options: BlockOptions): Block[] {
  const rows = rowsOf(region.fragments);
  const tables = findTables(rows);
  const blocks: Block[] = [];
  let index = 0;
  for (const table of [...tables, { from: rows.length, to: rows.length, markdown: '' }]) {
    blocks.push(...textBlocks(rows.slice(index, table.from).map(lineOf), options));
    if (table.markdown) {
      const size = rows[table.from]?.size ?? 0;
      blocks.push({ ...emptyBlock('table', options.page, size), markdown: table.markdown });
    }
    index = table.to;
  }
  return blocks;
}

const emptyBlock = (kind: Block['kind'], page: number, size: number): Block => ({
  kind,
  page,
  inlines: [],
  depth: 0,
  ordered: false,
  size,
  endsFull: false,
  indented: false,
});

function textBlocks(lines: Line[], { page, styles, vocabulary }: BlockOptions): Block[] {
  const measure = measureOf(lines);
  const blocks: Block[] = [];
  /** Where the marks of the open lists stand, the outermost first. */
  const levels: number[] = [];
  let block: Block | undefined;
  let previous: Line | undefined;
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    const isCode = line.mono && !styles.mono;
    if (isCode) {
      const code: Block = block?.kind === 'code' ? block : emptyBlock('code', page, line.size);
      if (code !== block) blocks.push(code);
      code.markdown = codeLine(code.markdown, line, previous, measure);
      block = code;
    } else if (
      block &&
      previous &&
      block.kind !== 'code' &&
      continues(block, previous, line, next, measure, styles)
    ) {
      if (line.spread || previous.spread) block.inlines.push({ text: '\n' }, ...line.inlines);
      else
        joinLine(
          block.inlines,
          line.inlines.map((inline) => ({ ...inline })),
          vocabulary,
        );
    } else {
      const style = isHeadingLine(line, previous, next, measure, styles) ? styleOf(line) : undefined;
      const kind = style ? 'heading' : line.item ? 'list-item' : 'text';
      block = emptyBlock(kind, page, line.size);
      block.style = style;
      if (line.item && !style) {
        block.depth = depthOf(levels, line);
        block.ordered = line.item.ordered;
      } else levels.length = 0;
      const inlines = line.inlines.map((inline) => ({ ...inline }));
      block.inlines = kind === 'list-item' ? withoutBullet(inlines) : inlines;
      block.indented = line.x0 - measure.x0 > 0.8 * line.size;
      blocks.push(block);
    }
    block.endsFull = measure.x1 - line.x1 < 2.5 * line.size;
    previous = line;
  }
  return blocks.filter((one) => one.markdown !== undefined || sizeOf(plainText(one.inlines)) > 0);
}

/** The deepest list that the mark of this line stands in; marks further to the right open a list inside. */
function depthOf(levels: number[], line: Line): number {
  while (levels.length > 1 && line.x0 < (levels.at(-1) ?? 0) - 0.5 * line.size) levels.pop();
  if (levels.length === 0 || line.x0 > (levels.at(-1) ?? 0) + 0.5 * line.size) levels.push(line.x0);
  return levels.length - 1;
}

function measureOf(lines: Line[]): Measure {
  const body = lines.filter(({ spread }) => !spread);
  const distances: number[] = [];
  for (let index = 1; index < lines.length; index++) {
    const [one, other] = [lines[index - 1], lines[index]];
    if (one && other && one.size === other.size && other.y - one.y < 3 * one.size)
      distances.push(other.y - one.y);
  }
  const size = medianOf(lines.map((line) => line.size));
  return {
    x0: quantile(
      body.map(({ x0 }) => x0),
      0.1,
    ),
    x1: quantile(
      body.map(({ x1 }) => x1),
      0.9,
    ),
    // Most distances are inside paragraphs; a low quantile withstands pages of single lines.
    pitch: distances.length > 0 ? quantile(distances, 0.3) : 1.2 * size,
  };
}

/** Whether a line goes on with the block before it. */
function continues(
  block: Block,
  previous: Line,
  line: Line,
  next: Line | undefined,
  measure: Measure,
  styles: Styles,
): boolean {
  const distance = line.y - previous.y;
  const pitch = Math.max(measure.pitch, 0.9 * line.size);
  if (distance > 1.35 * pitch && distance > 1.6 * line.size) return false;
  if (distance > 1.35 * pitch || distance < -0.5 * line.size) return false;
  if (Math.abs(line.size - previous.size) > 0.08 * previous.size) return false;
  if (block.kind === 'heading') {
    return (
      block.style !== undefined &&
      line.bold === previous.bold &&
      isHeadingLine(line, undefined, next, measure, styles) &&
      !line.item
    );
  }
  if (line.item && (block.kind === 'list-item' || !line.item.ordered)) return false;
  if (line.item?.ordered && isEnd(previous.text)) return false;
  if (previous.bold && !line.bold && isShort(previous, measure)) return false;
  if (block.kind === 'list-item') {
    // Below the words of the item, or, without hanging, right at the edge after a full line.
    return line.x0 > previous.x0 - 0.5 * line.size || !isShort(previous, measure);
  }
  const isIndented = line.x0 - previous.x0 > 0.8 * line.size && line.x0 - measure.x0 > 0.8 * line.size;
  if (isIndented && (isEnd(previous.text) || !isShort(previous, measure))) return isCentred(previous, line);
  if (line.spread || previous.spread) return line.spread && previous.spread;
  return !(isEnd(previous.text) && wouldHaveFitted(previous, line, measure));
}

const isCentred = (one: Line, other: Line) =>
  Math.abs(one.x0 + one.x1 - other.x0 - other.x1) < 0.6 * one.size;
const isShort = (line: Line, measure: Measure) => measure.x1 - line.x1 > 0.15 * (measure.x1 - measure.x0);
/** A sentence, or something that introduces others, ends here. */
export const isEnd = (text: string) =>
  /[.!?:;。！？：；…]["'”’)\]）」』〕】]*(?:<sup>.{1,8}<\/sup>)?$/u.test(text.trimEnd());

/** A line that leaves room for the next word is the last of its paragraph. */
function wouldHaveFitted(previous: Line, line: Line, measure: Measure): boolean {
  const first = line.text.match(/^(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)/)?.[0] ?? '';
  const width = line.text.length > 0 ? ((line.x1 - line.x0) * (first.length + 1)) / line.text.length : 0;
  return measure.x1 - previous.x1 > width + 0.5 * line.size;
}

/** A listing keeps its line ends, blank lines and indents, measured in the width of its letters. */
function codeLine(
  before: string | undefined,
  line: Line,
  previous: Line | undefined,
  measure: Measure,
): string {
  const letter = line.text.length > 0 ? (line.x1 - line.x0) / line.text.length : line.size * 0.6;
  const indent = Math.max(0, Math.round((line.x0 - measure.x0) / (letter || 1)));
  const text = `${' '.repeat(Math.min(indent, 120))}${line.text}`;
  if (before === undefined) return text;
  const skipped = previous && line.y - previous.y > 1.7 * measure.pitch ? '\n' : '';
  return `${before}\n${skipped}${text}`;
}

/** A block as the text of a passage. */
export function blockText(block: Block, levelOf: (style: HeadingStyle) => number): string {
  if (block.kind === 'code') {
    const fence = block.markdown?.includes('```') ? '````' : '```';
    return `${fence}\n${block.markdown}\n${fence}`;
  }
  if (block.markdown !== undefined) return block.markdown;
  const text = toMarkdown(block.inlines);
  if (block.style) return `${'#'.repeat(levelOf(block.style))} ${text.replace(/\n/g, ' ')}`;
  if (block.kind !== 'list-item') return text;
  return `${'  '.repeat(block.depth)}${block.ordered ? '' : '- '}${text}`;
}
