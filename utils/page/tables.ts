import type TurndownService from 'turndown';
import { cellEnd, cellHead, cellStart, rowEnd } from './internal-marks';

/**
 * GFM tables with colspan and rowspan expanded, so that a value never slides into the wrong column.
 * Tables that only lay out a page (nested, headings or several paragraphs in cells, one column) are read as blocks.
 */

const cellPattern = new RegExp(`${cellStart}(\\d+),(\\d+)${cellHead}([^${cellEnd}]*)${cellEnd}`, 'gu');

/** An attribute such as colspan="100000" must not make a table explode. */
const maximumSpan = 100;

/** A row without cells counts: cells may reach down into it. Turndown would drop it as blank. */
export const isGridRow = (node: Node): boolean => node.nodeName === 'TR' && !isLayoutTable(node as Element);

export function addTableRules(turndown: TurndownService): void {
  turndown.addRule('table-cell', {
    filter: ['td', 'th'],
    replacement: (content, node) => {
      if (isLayoutTable(node as Element)) return `\n\n${content.trim()}\n\n`;
      const text = content
        .trim()
        .replace(/\s*\n+\s*/g, ' ')
        .replaceAll('|', '\\|');
      return `${cellStart}${span(node, 'colspan')},${span(node, 'rowspan')}${cellHead}${text}${cellEnd}`;
    },
  });
  turndown.addRule('table-row', {
    filter: 'tr',
    replacement: (content, node) => (isLayoutTable(node as Element) ? content : `${content}${rowEnd}`),
  });
  turndown.addRule('table-part', {
    filter: ['thead', 'tbody', 'tfoot', 'colgroup', 'col'],
    replacement: (content) => content,
  });
  turndown.addRule('table-caption', {
    filter: 'caption',
    // The caption is set before the table by the table rule; it would break the grid here.
    replacement: (content, node) => (isLayoutTable(node as Element) ? `\n\n${content.trim()}\n\n` : ''),
  });
  turndown.addRule('table', {
    filter: 'table',
    replacement: (content, node) => {
      if (isLayoutTable(node as Element)) return `\n\n${content.trim()}\n\n`;
      const caption = (node as HTMLTableElement).caption?.textContent?.replace(/\s+/g, ' ').trim();
      return `\n\n${caption ? `${caption}\n\n` : ''}${grid(content)}\n\n`;
    },
  });
}

function grid(content: string): string {
  const rows: string[][] = [];
  const carried = new Map<number, { text: string; rows: number }>();
  for (const row of content.split(rowEnd).slice(0, -1)) {
    const cells: string[] = [];
    const fillCarried = () => {
      for (let cell = carried.get(cells.length); cell; cell = carried.get(cells.length)) {
        if (--cell.rows === 0) carried.delete(cells.length);
        cells.push(cell.text);
      }
    };
    for (const [, columns = '1', height = '1', text = ''] of row.matchAll(cellPattern)) {
      fillCarried();
      for (let column = 0; column < Number(columns); column++) {
        if (Number(height) > 1) carried.set(cells.length, { text, rows: Number(height) - 1 });
        cells.push(text);
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
    if (cells.length > 0) rows.push(cells);
  }
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return '';
  const line = (cells: string[]) =>
    `| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n');
}

const layout = new WeakMap<Element, boolean>();

function isLayoutTable(element: Element): boolean {
  const table = element.closest('table');
  if (!table) return true;
  const known = layout.get(table);
  if (known !== undefined) return known;
  const rows = [...table.rows];
  // Heads and captions of a table inside it say nothing about this one.
  const hasHead = table.caption !== null || rows.some((row) => row.querySelector(':scope > th') !== null);
  const answer =
    table.getAttribute('role') === 'presentation' ||
    (!hasHead &&
      (table.querySelector('table, h1, h2, h3, h4, pre, ul, ol, p + p') !== null ||
        rows.every((row) => row.cells.length <= 1)));
  layout.set(table, answer);
  return answer;
}

const span = (node: Node, attribute: string) =>
  Math.min(
    maximumSpan,
    Math.max(1, Number.parseInt((node as Element).getAttribute(attribute) ?? '1', 10) || 1),
  );
