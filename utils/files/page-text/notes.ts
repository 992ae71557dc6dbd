/** Footnotes of pages: which links are their marks, and which elements their texts. */

import { elementsIn, isElement, type PageElement, textIn } from './tree';

export interface PageNotes {
  /** The label of the note whose text has this id. */
  labelOf: (id: string) => string | undefined;
  /** The label that a link is the mark of, undefined where it is none. */
  markOf: (link: PageElement) => string | undefined;
  /** Whether a link only leads back to the mark. `isFirst`: nothing of the note stands before it. */
  isWayBack: (link: PageElement, isFirst: boolean) => boolean;
}

/** `1`, `[12]`, `(3)`, `*`, `†`, `注1`: what marks of notes look like. */
const looks =
  /^[[(（〔［【]?\s*(?:注|註|note\s*)?(\d{1,4}|[a-z]|[ivxlc]{1,6}|[*∗†‡§¶]{1,4}|[①-⑳])\s*[\])）〕］】.]?$/i;

const typeOf = ({ attributes }: PageElement): string =>
  `${attributes['epub:type'] ?? ''} ${attributes.role ?? ''}`;
const isBack = (element: PageElement) => /\b(doc-)?backlink\b/.test(typeOf(element));

/** A page of several that are one text: `path` is its own, `addressOf` the path and id that its links lead to. */
export interface NotedPage {
  path: string;
  root: PageElement;
  addressOf: (href: string) => string | undefined;
}

/** The notes of all pages of a text. Returns what holds for the page with this path. */
export function notesOf(pages: readonly NotedPage[]): (page: NotedPage) => PageNotes {
  /** By the address of their text. */
  const labels = new Map<string, string>();
  /** By the address of their mark, which is where a way back leads. */
  const marks = new Set<string>();
  const known = new Map<PageElement, string>();
  const targets = targetsOf(pages);
  let unnamed = 0;
  for (const page of pages) {
    for (const { link, isRaised, outerId } of linksIn(page.root)) {
      const target = page.addressOf(link.attributes.href ?? '');
      const text = textIn(link).trim();
      if (target === undefined || isBack(link)) continue;
      const isSaid = /\b(doc-)?noteref\b/.test(typeOf(link)) || link.attributes.role === 'doc-noteref';
      const isLikely = isRaised && looks.test(text) && targets.has(target);
      if (!isSaid && !isLikely) continue;
      const id = link.attributes.id ?? outerId;
      // The text of a note whose way back looks like a mark.
      if (!isSaid && id !== undefined && labels.has(`${page.path}#${id}`)) continue;
      const label =
        labels.get(target) ?? looks.exec(text)?.[1] ?? `${text.replace(/\D/g, '') || `note${++unnamed}`}`;
      labels.set(target, label);
      known.set(link, label);
      if (id !== undefined) marks.add(`${page.path}#${id}`);
    }
  }
  return ({ path, addressOf }) => ({
    labelOf: (id) => labels.get(`${path}#${id}`),
    markOf: (link) => known.get(link),
    isWayBack(link, isFirst) {
      const text = textIn(link).trim();
      if (isBack(link)) return /^[^\p{L}]*$/u.test(text) || looks.test(text);
      const target = link.attributes.href === undefined ? undefined : addressOf(link.attributes.href);
      if (target === undefined) return false;
      if (/^(?:[↩↵⤴↑^⏎←\s]|\ufe0e|\ufe0f)+$/.test(text)) return true;
      return looks.test(text) && (marks.has(target) || isFirst);
    },
  });
}

/** The addresses of all elements that have an id. */
function targetsOf(pages: readonly NotedPage[]): Set<string> {
  const found = new Set<string>();
  for (const { path, root } of pages) {
    for (const { attributes, name } of elementsIn(root)) {
      if (attributes.id) found.add(`${path}#${attributes.id}`);
      if (name === 'a' && attributes.name) found.add(`${path}#${attributes.name}`);
    }
  }
  return found;
}

/** The links of a page; raised are those in small letters above the line, or with nothing else in them. */
function* linksIn(root: PageElement): Generator<{ link: PageElement; isRaised: boolean; outerId?: string }> {
  const stack: { node: PageElement; isRaised: boolean; outerId?: string }[] = [
    { node: root, isRaised: false },
  ];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, isRaised, outerId } = next;
    if (node.name === 'a' && node.attributes.href) {
      const isInside = node.children.some((child) => isElement(child) && child.name === 'sup');
      const isClassed = /\b(note|fn|foot|sup)/i.test(node.attributes.class ?? '');
      const isBracketed = /^[[〔［【]/.test(textIn(node).trim());
      yield {
        link: node,
        isRaised: isRaised || isInside || isClassed || isBracketed,
        ...(outerId === undefined ? {} : { outerId }),
      };
      continue;
    }
    const isSup = node.name === 'sup';
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child && isElement(child))
        stack.push({
          node: child,
          isRaised: isRaised || isSup,
          outerId: isSup ? node.attributes.id : outerId,
        });
    }
  }
}
