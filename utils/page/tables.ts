import { childrenOf, inlineMarkdown, type Page } from './markdown/inline';
import { ariaCell, isCell, roleOf } from './markdown/roles';
import type { Survey } from './markdown/survey';

/**
 * GFM tables with colspan and rowspan expanded, so that a value never slides into the wrong column.
 * Tables that only lay out a page (nested, headings or several paragraphs in cells, one column) are read as blocks.
 * Boxes with the ARIA roles of a table, its rows and cells are one.
 */

/** An attribute such as colspan="100000" must not make a table explode. */
const maximumSpan = 100;
/** Cells that spans may add for each cell that is there, and some more for small tables. */
const maximumGrowth = 8;
const freeGrowth = 2_000;
/** A longer text is written once, however many cells it spans. */
const longestRepeated = 100;
/** A cell with more text than this, in several blocks, is a piece of a page and not a value. */
const longestValue = 1_500;

interface Row {
  cells: Node[];
}

/** The cells of a table of values. */
export interface Grid {
  captions: Element[];
  rows: Row[];
  /** Captions that stand after rows. */
  endings: Element[];
}

/** The rows of a table without those of tables inside it. Whatever else stands between its cells is a cell, too. */
function gridOf(table: Element, isDropped: (node: Node) => boolean): Grid {
  const grid: Grid = { captions: [], rows: [], endings: [] };
  const isTable = table.localName === 'table';
  const stack: Node[] = [];
  const push = (element: Element) => {
    for (let child = element.lastChild; child; child = child.previousSibling) stack.push(child);
  };
  push(table);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isDropped(node) || !isContent(node)) continue;
    const part = isTable ? (partOfTable[(node as Element).localName] ?? 'other') : ariaPart(node);
    if (part === 'group') push(node as Element);
    else if (part === 'caption') (grid.rows.length > 0 ? grid.endings : grid.captions).push(node as Element);
    else if (part === 'row' && isTable) grid.rows.push({ cells: cellsOf(node as Element, isDropped) });
    else if (part === 'row') grid.rows.push({ cells: ariaCells(node as Element, isDropped) });
    else grid.rows.push({ cells: [node] });
  }
  return grid;
}

type Part = 'group' | 'caption' | 'row' | 'other';
const partOfTable: Record<string, Part> = {
  thead: 'group',
  tbody: 'group',
  tfoot: 'group',
  caption: 'caption',
  tr: 'row',
};

/** Boxes without a role may stand between the parts of such a table, to move or to paint them. */
function ariaPart(node: Node): Part {
  if (node.nodeType !== 1) return 'other';
  const role = (node as Element).getAttribute('role');
  if (role === 'row' || role === 'caption') return role;
  return (node as Element).querySelector('[role=row]') ? 'group' : 'other';
}

function ariaCells(row: Element, isDropped: (node: Node) => boolean): Node[] {
  const cells: Node[] = [];
  const stack: Node[] = [...row.childNodes].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isDropped(node) || !isContent(node)) continue;
    const isFrame =
      node.nodeType === 1 && !isCell(node as Element) && (node as Element).querySelector(ariaCell);
    if (isFrame) stack.push(...[...node.childNodes].reverse());
    else cells.push(node);
  }
  return cells;
}

function cellsOf(row: Element, isDropped: (node: Node) => boolean): Node[] {
  const cells: Node[] = [];
  for (let node = row.firstChild; node; node = node.nextSibling) {
    if (!isDropped(node) && isContent(node)) cells.push(node);
  }
  return cells;
}

function isContent(node: Node): boolean {
  if (node.nodeType === 3) return (node as Text).data.trim() !== '';
  return node.nodeType === 1 && roleOf(node as Element) !== 'skip';
}

/** The grid of a table, or undefined when its cells are parts of a page and not values in rows and columns. */
export function dataGrid(table: Element, survey: Survey, page: Page): Grid | undefined {
  const role = table.getAttribute('role');
  if (role === 'presentation' || role === 'none') return undefined;
  const grid = gridOf(table, page.isDropped);
  return isData(table, grid, survey) ? grid : undefined;
}

function isData(table: Element, { captions, rows, endings }: Grid, survey: Survey): boolean {
  const cells = rows.flatMap((row) => row.cells);
  const isPage = cells.some((cell) => {
    const { size, blocks } = survey.weightOf(cell as Element);
    return size > longestValue && blocks > 2;
  });
  if (isPage) return false;
  // Heads and captions of a table inside it say nothing about this one.
  if (captions.length + endings.length > 0 || cells.some(isHead)) return true;
  if (rows.every((row) => row.cells.length <= 1)) return false;
  return table.querySelector('table, h1, h2, h3, h4, pre, ul, ol, p + p') === null;
}

const isHead = (cell: Node) =>
  cell.nodeName === 'TH' ||
  (cell.nodeType === 1 && /^(?:column|row)header$/.test((cell as Element).getAttribute('role') ?? ''));

/** A table of values as Markdown, its captions before it. Empty when no cell has text. */
export function gridMarkdown({ captions, rows, endings }: Grid, page: Page): string {
  const title = (caption: Element) => inlineMarkdown(childrenOf(caption), page, { isOneLine: true });
  return [...captions.map(title), gridLines(rows, page), ...endings.map(title)].filter(Boolean).join('\n\n');
}

function gridLines(rows: Row[], page: Page): string {
  const filled = expand(rows, page);
  const [head = [], ...body] = filled;
  const hasText = (cells: string[]) => cells.some((cell) => cell !== '');
  if (!filled.some(hasText)) return '';
  let width = 0;
  for (const cells of filled) width = Math.max(width, cells.length);
  const line = (cells: string[], columns: number) =>
    `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? '').join(' | ')} |`;
  // Rows of a table as wide as a page trap are not filled up: GFM lets a row be short.
  const isWide = width * filled.length > maximumGrowth * countCells(rows) + freeGrowth;
  return [
    line(head, width),
    `|${' --- |'.repeat(width)}`,
    ...body.filter(hasText).map((cells) => line(cells, isWide ? cells.length : width)),
  ].join('\n');
}

const countCells = (rows: Row[]) => rows.reduce((sum, { cells }) => sum + cells.length, 0);

interface Carried {
  text: string;
  rows: number;
}

/** The cells of each row with those that span written into every place they cover. */
function expand(rows: Row[], page: Page): string[][] {
  let budget = maximumGrowth * countCells(rows) + freeGrowth;
  const carried = new Map<number, Carried>();
  return rows.map((row) => {
    const cells: string[] = [];
    const fillCarried = () => {
      for (let cell = carried.get(cells.length); cell; cell = carried.get(cells.length)) {
        if (--cell.rows === 0) carried.delete(cells.length);
        cells.push(cell.text);
        budget--;
      }
    };
    for (const cell of row.cells) {
      fillCarried();
      const text = cellText(cell, page);
      const columns = budget > 0 ? span(cell, 'colspan') : 1;
      const height = budget > 0 ? span(cell, 'rowspan') : 1;
      const repeated = text.length > longestRepeated ? '' : text;
      budget -= columns - 1;
      for (let column = 0; column < columns; column++) {
        if (height > 1) carried.set(cells.length, { text: repeated, rows: height - 1 });
        cells.push(column === 0 ? text : repeated);
      }
    }
    // A row that is too short, or has no cells of its own, does not stop those that reach down into it.
    fillCarried();
    let last = -1;
    for (const column of carried.keys()) last = Math.max(last, column);
    while (cells.length <= last) {
      cells.push('');
      fillCarried();
    }
    return cells;
  });
}

function cellText(cell: Node, page: Page): string {
  const isBox = cell.nodeType === 1 && isCell(cell as Element);
  const text = inlineMarkdown(isBox ? childrenOf(cell as Element) : [cell], page, { isOneLine: true });
  const line = text.includes('\n') ? text.replace(/\s*\n\s*/g, ' ') : text;
  return line.includes('|') ? line.replaceAll('|', '\\|') : line;
}

function span(cell: Node, attribute: string): number {
  if (cell.nodeType !== 1) return 1;
  const written =
    (cell as Element).getAttribute(attribute) ?? (cell as Element).getAttribute(`aria-${attribute}`);
  const value = Number.parseInt(written ?? '1', 10) || 1;
  return Math.min(maximumSpan, Math.max(1, value));
}
