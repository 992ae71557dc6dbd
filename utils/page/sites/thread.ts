import type { FlatPage } from '../flat-page';
import { make, type Piece, textOf } from './build';
import { postLine } from './post-line';

/** One post of a discussion, with how deep it stands below the post that started it (0: it answers that one). */
export interface Reply {
  depth: number;
  author: Piece;
  /** What the line above the post says besides its author: points, date. */
  details: Piece[];
  body: Piece[];
}

/** Deeper replies stand at this depth; whom they answer is said in words at every depth. */
const maximumQuotes = 6;

/**
 * A discussion in reading order. A reply is quoted once for each level and names whom it answers. Replies are not put
 * into each other: each is a passage of its own, and the text grows with the number of posts, not with their depth.
 */
export function thread(page: FlatPage, replies: Iterable<Reply>): HTMLElement {
  const root = make(page, 'section');
  const authors: string[] = [];
  for (const { depth: wanted, author, details, body } of replies) {
    const depth = Math.max(0, Math.min(wanted || 0, authors.length));
    const parent = authors[depth - 1];
    authors.length = depth;
    authors.push(typeof author === 'string' ? author : author ? textOf(author) : '');
    let target: HTMLElement = root;
    for (let level = 0; level < Math.min(depth, maximumQuotes); level++) {
      const quote = make(page, 'blockquote');
      target.append(quote);
      target = quote;
    }
    const line = postLine(page, author, parent && `→ ${parent}`, ...details);
    if (line) target.append(line);
    for (const piece of body) if (piece) target.append(make(page, 'div', piece));
  }
  return root;
}

/**
 * The first element of each kind for each post, where posts may stand inside each other: what belongs to an inner post
 * is not taken for the outer one. Linear in the page.
 */
export function partsOf<Name extends string>(
  root: ParentNode,
  post: string,
  selectors: Record<Name, string>,
): Map<Element, Partial<Record<Name, HTMLElement>>> {
  const found = new Map<Element, Partial<Record<Name, HTMLElement>>>();
  for (const element of root.querySelectorAll(post)) found.set(element, {});
  for (const [name, selector] of Object.entries(selectors) as [Name, string][]) {
    for (const element of root.querySelectorAll<HTMLElement>(selector)) {
      const owner = element.closest(post);
      const parts = owner && found.get(owner);
      if (!parts || owner === element) continue;
      // An avatar is a link to the author as well, but without words.
      const known = parts[name];
      if (!known || (!textOf(known) && textOf(element))) parts[name] = element;
    }
  }
  return found;
}

/** How many posts of the same kind each post stands in. Posts come in the order of the page. */
export function depthsOf(posts: Iterable<Element>, post: string): Map<Element, number> {
  const depths = new Map<Element, number>();
  for (const element of posts) {
    const parent = element.parentElement?.closest(post);
    depths.set(element, parent ? (depths.get(parent) ?? 0) + 1 : 0);
  }
  return depths;
}
