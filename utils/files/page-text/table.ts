/** Tables of pages as those of Markdown, in pieces that are small enough to be cited. */

import { blocks } from './names';
import { isElement, type PageElement, type PageNode } from './tree';

/** An attribute such as colspan="100000" must not make a table explode. */
const maximumSpan = 100;
/** Cells that spans may add for each cell that is there, and some more for small tables. */
const maximumGrowth = 8;
const freeGrowth = 2_000;
/** A longer text is written once, however many cells it spans. */
const longestRepeated = 100;
/** A cell with more text than this in several blocks is a piece of a page and not a value. */
const longestValue = 1_500;
/** Characters at which a piece of a table ends with its row. */
const longestPiece = 3_000;

export interface TableParts {
  captions: PageElement[];
  rows: PageElement[][];
  /** It holds values; else it only lays out a page. */
  isTable: boolean;
}

/** The rows of a table, without those of tables inside it. */
export function partsOfTable(table: PageElement): TableParts {
  const captions: PageElement[] = [];
  const rows: PageElement[][] = [];
  const stack: PageNode[] = [...table.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    if (node.name === 'caption') captions.push(node);
    else if (node.name === 'tr') rows.push(node.children.filter(isElement).filter(isCell));
    else if (/^t(head|body|foot)$/.test(node.name)) stack.push(...[...node.children].reverse());
  }
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const isLayout = /^(presentation|none)$/.test(table.attributes.role ?? '');
  const isTable = !isLayout && columns > 1 && rows.length > 1 && rows.flat().every(isValue);
  return { captions, rows, isTable };
}

const isCell = ({ name }: PageElement) => name === 'td' || name === 'th';

/** Whether a cell holds a value: no table, list or heading, and not several long paragraphs. */
function isValue(cell: PageElement): boolean {
  let paragraphs = 0;
  let length = 0;
  const stack: PageNode[] = [cell];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) {
      length += node.length;
      continue;
    }
    if (/^(table|ul|ol|dl|pre|blockquote|h[1-6])$/.test(node.name)) return false;
    if (node !== cell && blocks.has(node.name)) paragraphs++;
    for (const child of node.children) stack.push(child);
  }
  return paragraphs < 2 || length < longestValue;
}

/** The rows with spans filled in, so that no value slides into another column. */
export function gridOf(rows: readonly PageElement[][], textOf: (cell: PageElement) => string): string[][] {
  const cells = rows.reduce((sum, row) => sum + row.length, 0);
  let left = cells * maximumGrowth + freeGrowth;
  const grid: string[][] = rows.map(() => []);
  for (const [index, row] of rows.entries()) {
    let column = 0;
    for (const cell of row) {
      const line = grid[index] as string[];
      while (line[column] !== undefined) column++;
      const text = textOf(cell);
      const across = spanOf(cell.attributes.colspan);
      const down = Math.min(spanOf(cell.attributes.rowspan), rows.length - index);
      const repeated = text.length <= longestRepeated ? text : '';
      for (let y = 0; y < down; y++)
        for (let x = 0; x < across; x++) {
          const isFirst = x === 0 && y === 0;
          if (!isFirst && left-- <= 0) continue;
          const below = grid[index + y] as string[];
          if (isFirst || below[column + x] === undefined) below[column + x] = isFirst ? text : repeated;
        }
      column += across;
    }
  }
  const width = Math.min(
    grid.reduce((most, line) => Math.max(most, line.length), 0),
    Math.max(1, Math.floor((cells * maximumGrowth + freeGrowth) / Math.max(1, grid.length))),
  );
  return grid.map((line) => Array.from({ length: Math.max(width, line.length) }, (_, at) => line[at] ?? ''));
}

const spanOf = (value: string | undefined): number => {
  const span = Number.parseInt(value ?? '', 10);
  return span >= 1 ? Math.min(span, maximumSpan) : 1;
};

/** A grid as tables of Markdown. A long one comes in pieces, each below its head. */
export function tablePieces(grid: readonly string[][]): string[] {
  const [head = [], ...body] = grid
    .map((row) => row.map(escaped))
    .filter((row) => row.some((text) => text !== ''));
  const top = `${rowOf(head)}\n${rowOf(head.map(() => '---'))}`;
  const pieces: string[] = [];
  let lines: string[] = [];
  let length = 0;
  for (const row of body) {
    const line = rowOf(row);
    if (lines.length > 0 && length + line.length > longestPiece) {
      pieces.push([top, ...lines].join('\n'));
      lines = [];
      length = 0;
    }
    lines.push(line);
    length += line.length;
  }
  if (lines.length > 0 || pieces.length === 0) pieces.push([top, ...lines].join('\n'));
  return pieces;
}

const rowOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const escaped = (text: string) => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, '<br>');
