import { type Inline, inlinesOf, plainText } from './inline';
import type { Fragment, Row } from './types';

/** Fragments whose baselines differ by less than this share of the size stand on one line. */
const sameRow = 0.3;

/** Marks before the items of a list. A dash is one only with a space after it. */
const bullet = /^[•‣◦▪▫●○■□◆◇►▸➢➤✓✔·∙\uf0b7\uf0a7\uf0d8*–—-]$/;
const label = /^(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivxIVX]{1,5}[.)])$/;

/** Fragments of a region as rows. A bullet or a number that stands apart belongs to the text after it. */
export function rowsOf(fragments: Fragment[]): Row[] {
  const rows: Row[] = [];
  for (const fragment of fragments) {
    const row = rows.at(-1);
    if (row && Math.abs(row.y - fragment.y) < sameRow * Math.max(row.size, fragment.size))
      row.cells.push(fragment);
    else rows.push({ cells: [fragment], x0: 0, x1: 0, y: fragment.y, size: fragment.size });
  }
  for (const row of rows) {
    row.cells.sort((a, b) => a.x0 - b.x0);
    const [first, second] = row.cells;
    if (first && second && isMark(textOf(first)) && second.x0 - first.x1 < 5 * row.size) {
      const [space] = first.runs;
      const gap = {
        ...second,
        runs: [...first.runs, ...(space ? [{ ...space, text: ' ' }] : []), ...second.runs],
        x0: first.x0,
      };
      row.cells.splice(0, 2, gap);
    }
    row.x0 = Math.min(...row.cells.map(({ x0 }) => x0));
    row.x1 = Math.max(...row.cells.map(({ x1 }) => x1));
  }
  return rows;
}

const textOf = ({ runs }: Fragment) =>
  runs
    .map(({ text }) => text)
    .join('')
    .trim();
const isMark = (text: string) => bullet.test(text) || label.test(text);

/** One line of running text. */
export interface Line {
  inlines: Inline[];
  text: string;
  x0: number;
  x1: number;
  y: number;
  size: number;
  bold: boolean;
  mono: boolean;
  /** Where the words of a list item begin, after its mark. */
  item?: { ordered: boolean; textX: number };
  /** Its parts stand far from each other. */
  spread: boolean;
}

export function lineOf(row: Row): Line {
  const inlines = inlinesOf(row.cells);
  const text = plainText(inlines).trim();
  const runs = row.cells.flatMap((cell) => cell.runs).filter((run) => run.text.trim());
  return {
    inlines,
    text,
    x0: row.x0,
    x1: row.x1,
    y: row.y,
    size: row.size,
    bold: runs.every((run) => run.bold),
    mono: runs.every((run) => run.mono),
    item: itemOf(row, text),
    spread: row.cells.some((cell, index) => cell.x0 - (row.cells[index - 1]?.x1 ?? cell.x0) > 2 * row.size),
  };
}

function itemOf(row: Row, text: string): Line['item'] {
  const [mark = '', rest] = text.split(' ', 2);
  if (!rest || !isMark(mark)) return undefined;
  // A space of no width separates a mark that stands apart from the words after it.
  const runs = row.cells[0]?.runs ?? [];
  const after = runs.find(
    (run, index) =>
      index > 0 &&
      run.text.trim() &&
      runs
        .slice(0, index)
        .map((one) => one.text)
        .join('')
        .trim() === mark,
  );
  return { ordered: !bullet.test(mark), textX: after?.x0 ?? row.x0 + (mark.length + 1) * 0.5 * row.size };
}

/** The words of a list item without its bullet; numbers are kept. */
export function withoutBullet(inlines: Inline[]): Inline[] {
  const [first, ...rest] = inlines;
  if (!first) return inlines;
  const text = first.text.trimStart();
  const end = text.indexOf(' ');
  if (end < 0) return bullet.test(text) ? rest : inlines;
  return bullet.test(text.slice(0, end)) ? [{ ...first, text: text.slice(end + 1) }, ...rest] : inlines;
}
