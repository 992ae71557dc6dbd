import type { FlatPage } from '../flat-page';
import { byline, make, type Piece } from './build';

const blocks =
  'div, p, section, header, ul, ol, li, dl, dt, dd, h1, h2, h3, h4, h5, h6, table, tbody, tr, td';

/**
 * The line above a post as `byline` makes it, in one line even where the page lays its pieces out as blocks. Its links
 * (profiles, permanent addresses) would be longer than the posts of most discussions: their words are enough.
 */
export function postLine(page: FlatPage, author: Piece, ...details: Piece[]): HTMLElement | null {
  const line = byline(page, author, ...details);
  if (!line) return null;
  makeInline(page, line);
  for (const link of line.querySelectorAll('a[href]')) link.removeAttribute('href');
  return line;
}

/** Turns the blocks inside an element into parts of a line. */
export function makeInline(page: FlatPage, element: Element): void {
  for (const block of element.querySelectorAll(blocks)) {
    const part = make(page, 'span');
    block.replaceWith(part);
    while (block.firstChild) part.append(block.firstChild);
    // Blocks have a line each; in one line they need a space between them.
    if (part.nextSibling) part.after(' ');
  }
}

/** Labels (topics, tags) as one line, or null when there are none. */
export function labelLine(page: FlatPage, labels: Element[]): HTMLElement | null {
  return postLine(page, null, ...labels);
}
