import type { FlatPage } from '../flat-page';
import { make, outermost, type Piece, textOf } from './build';

const cells = 'td.blob-code, td.js-file-line, td.diff-text-cell, code.diff-text';

/** The lines of a row: one, or in the view of two columns the old and the new one. */
export function linesOf(row: Element): Piece[] {
  const found = outermost(row, cells);
  const [left, right] = found;
  const shown = left && right && textOf(left) === textOf(right) ? [right] : found;
  return shown.flatMap((cell) => {
    const text = cell.querySelector('.diff-text-inner, .blob-code-inner') ?? cell;
    const nodes = [...text.childNodes];
    if (nodes.length === 0 && cell.matches('.empty-cell, .empty-diff-line, .blob-code-empty')) return [];
    const end = text.textContent?.endsWith('\n') ? '' : '\n';
    return [markOf(cell), ...nodes, end];
  });
}

/** `+`, `-` or a blank before a line of a diff; nothing before its headings and before lines of a file. */
function markOf(cell: Element): string {
  const stated = cell.querySelector('[data-code-marker]') ?? cell;
  const mark =
    stated.getAttribute('data-code-marker') ?? cell.querySelector('.diff-text-marker')?.textContent ?? '';
  if (/^[-+]/.test(mark)) return mark.slice(0, 1);
  if (cell.matches('.blob-code-addition') || cell.querySelector('.diff-text.addition')) return '+';
  if (cell.matches('.blob-code-deletion') || cell.querySelector('.diff-text.deletion')) return '-';
  const isPlain =
    cell.matches('.js-file-line, .blob-code-hunk, .diff-hunk-cell, .hunk') || cell.querySelector('.hunk');
  return isPlain ? '' : ' ';
}

/** Code with its language: `diff` when lines are marked as in one, else what the name of the file says. */
export function codeBlock(page: FlatPage, file: string, lines: Piece[]): Element {
  const block = make(page, 'pre', make(page, 'code', ...lines));
  const isDiff = lines.some((line) => line === '+' || line === '-' || line === ' ');
  nameLanguage(block, isDiff ? '.diff' : file);
  return block;
}

/**
 * Gives a block of code the language that the name of its file ends with, unless it has one. It stands where the step
 * that knows languages by their classes puts it: adapters come after that step.
 */
export function nameLanguage(block: Element, file: string): void {
  const extension = /\.([a-z0-9+#-]{1,16})$/i.exec(file)?.[1];
  if (extension && !block.hasAttribute('data-language')) {
    block.setAttribute('data-language', extension.toLowerCase());
  }
}
