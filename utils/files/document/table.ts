/** Tables of documents as Markdown, merged cells written into every place they cover. */

export interface Cell {
  /** Its text as one line or several. */
  text: string;
  /** Places that it covers, from 1. */
  columns?: number;
  rows?: number;
}

/** A span of thousands must not make a table explode. */
const maximumSpan = 100;
/** Places that spans may add for each cell that is there, and some more for small tables. */
const maximumGrowth = 8;
const freeGrowth = 2_000;
/** A longer text is written once, however many places it covers. */
const longestRepeated = 100;

/** Empty when no cell has text. */
export function tableMarkdown(rows: readonly (readonly Cell[])[]): string {
  const filled = expand(rows);
  const kept = filled.filter((cells) => cells.some((cell) => cell !== ''));
  const [head, ...body] = kept;
  if (!head) return '';
  let width = 0;
  let count = 0;
  for (const cells of kept) {
    width = Math.max(width, cells.length);
    count += cells.length;
  }
  // Rows of a table as wide as a trap are not filled up: a row may be short.
  const isWide = width * kept.length > maximumGrowth * count + freeGrowth;
  const line = (cells: string[], columns: number) =>
    `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  return [
    line(head, width),
    `|${' --- |'.repeat(width)}`,
    ...body.map((cells) => line(cells, isWide ? cells.length : width)),
  ].join('\n');
}

function expand(rows: readonly (readonly Cell[])[]): string[][] {
  let budget = freeGrowth;
  for (const cells of rows) budget += maximumGrowth * cells.length;
  const carried = new Map<number, { text: string; rows: number }>();
  return rows.map((row) => {
    const cells: string[] = [];
    const fillCarried = () => {
      for (let cell = carried.get(cells.length); cell; cell = carried.get(cells.length)) {
        if (--cell.rows === 0) carried.delete(cells.length);
        cells.push(cell.text);
        budget--;
      }
    };
    for (const cell of row) {
      fillCarried();
      const text = cellLine(cell.text);
      const columns = budget > 0 ? span(cell.columns) : 1;
      const height = budget > 0 ? span(cell.rows) : 1;
      const repeated = text.length > longestRepeated ? '' : text;
      budget -= columns - 1;
      for (let column = 0; column < columns; column++) {
        if (height > 1) carried.set(cells.length, { text: repeated, rows: height - 1 });
        cells.push(column === 0 ? text : repeated);
      }
    }
    fillCarried();
    return cells;
  });
}

const span = (value = 1) => Math.min(maximumSpan, Math.max(1, value || 1));

/** A cell is one line, and no `|` in it ends it. */
export const cellLine = (text: string): string =>
  text
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
