import type { Line } from './rows';

/** How a heading is set: its size and whether it is bold. An outline may say its depth. */
export interface HeadingStyle {
  size: number;
  bold: boolean;
  depth?: number;
}

/** What the whole document says about its text. */
export interface Styles {
  /** The size of most characters. */
  body: number;
  /** Most of the text is bold, or typewritten: then neither says anything. */
  bold: boolean;
  mono: boolean;
}

/** Letters larger than the text by this factor are a heading's. */
const largerBy = 1.12;
/** Longer lines are text, however they are set. */
const longestHeading = 200;
/** Bold lines of the text's size are headings when they are short. */
const longestBold = 110;

/** Whether a line is a heading by its size, or by standing alone in bold. */
export function isHeadingLine(
  line: Line,
  previous: Line | undefined,
  next: Line | undefined,
  measure: { x0: number; x1: number; pitch: number },
  { body, bold }: Styles,
): boolean {
  const { text } = line;
  if (text.length > longestHeading || line.spread || !/\p{L}/u.test(text)) return false;
  // A single large letter begins a chapter's first word.
  if (line.size >= body * largerBy) return text.length > 1;
  if (!line.bold || bold || line.size < body * 0.95 || text.length > longestBold) return false;
  if (/[.,;，。；]$/.test(text) && !/^\d+(\.\d+)*\.?\s/.test(text)) return false;
  const startsApart = previous === undefined || line.y - previous.y > 1.1 * measure.pitch || !previous.bold;
  const endsShort = measure.x1 - line.x1 > 0.05 * (measure.x1 - measure.x0) || next === undefined;
  return startsApart && endsShort;
}

export const styleOf = (line: Line): HeadingStyle => ({
  size: Math.round(line.size * 2) / 2,
  bold: line.bold,
});

/** The level of each style: the largest is 1; of equal sizes the bold one is higher. At most six. */
export function levelsOf(styles: HeadingStyle[]): (style: HeadingStyle) => number {
  const key = ({ size, bold }: HeadingStyle) => size * 2 + (bold ? 1 : 0);
  const order = [...new Set(styles.filter(({ depth }) => depth === undefined).map(key))].sort(
    (a, b) => b - a,
  );
  return (style) => Math.min(6, style.depth ?? Math.max(0, order.indexOf(key(style))) + 1);
}
