import { scriptLanguage } from '../../source';
import type { FlatPage } from '../flat-page';
import type { SiteContent, SiteGap } from './types';

/** What adapters share: making headings and author lines, reading numbers, leaving things out. */

export type Piece = Node | string | null | undefined | false;

/** A new element of the flat document around the pieces. Nodes are moved into it; empty pieces are skipped. */
export function make(page: FlatPage, name: string, ...pieces: Piece[]): HTMLElement {
  const element = page.document.createElement(name);
  for (const piece of pieces) if (piece) element.append(piece);
  return element;
}

/** A heading of level 1 to 6; elements in it become inline, so a title that is itself a heading can be given. */
export function heading(page: FlatPage, level: number, ...pieces: Piece[]): HTMLElement {
  return make(page, `h${level}`, ...pieces.map((piece) => inline(page, piece)));
}

const blocks =
  'div,p,ul,ol,li,dl,dt,dd,table,tr,td,th,section,article,main,header,footer,aside,nav,form,pre,blockquote,figure,h1,h2,h3,h4,h5,h6';

/** The words of a piece fit for the middle of a line: blocks are taken apart, links and code stay where they can. */
export function inline(page: FlatPage, piece: Piece): Piece {
  if (!piece || typeof piece === 'string' || piece.nodeType !== 1 /* Node.ELEMENT_NODE */) return piece;
  const element = piece as Element;
  if (!element.querySelector(blocks)) {
    // Emphasis is ours to give here, and a link that runs a script leads nowhere.
    const isBare = element.matches(`${blocks},b,strong,em,i,a[href^="javascript:"]`);
    return isBare ? make(page, 'span', ...element.childNodes) : element;
  }
  const texts: Node[] = [];
  const walker = page.document.createTreeWalker(element, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node);
  return make(page, 'span', ...texts.flatMap((text, index) => (index === 0 ? [text] : [' ', text])));
}

/**
 * The line above a post: its author in bold and the details, separated by ` · `, e.g. **ada** · 2 May 2026 · 12 points.
 * A reply says whom it answers as a detail, `→ ada`. Null when there is nothing to say.
 */
export function byline(page: FlatPage, author: Piece, ...details: Piece[]): HTMLElement | null {
  const name = hasText(author) && make(page, 'strong', inline(page, author));
  const said = [name, ...details.filter(hasText).map((detail) => inline(page, detail))].filter(hasText);
  if (said.length === 0) return null;
  return make(page, 'p', ...said.flatMap((piece, index) => (index === 0 ? [piece] : [' · ', piece])));
}

function hasText(piece: Piece): piece is Node | string {
  if (!piece) return false;
  return typeof piece === 'string' ? piece.trim() !== '' : textOf(piece) !== '';
}

/**
 * The element of a date for a line above a post. Sites write “3 days ago”, which means nothing once it is read:
 * the day is added when the machine-readable date has one and the words have no year.
 */
export function dated(page: FlatPage, time: Element | null | undefined, when?: string | null): Node | null {
  if (!time) return null;
  const stamp = when ?? time.getAttribute('datetime') ?? time.getAttribute('title') ?? '';
  const day = /\b\d{4}-\d{2}-\d{2}/.exec(stamp)?.[0];
  const words = textOf(time);
  if (!day || /\d{4}/.test(words)) return words ? time : null;
  return words ? make(page, 'span', time, ` (${day})`) : page.document.createTextNode(day);
}

/** The words of a node on one line. */
export function textOf(node: Node | null | undefined): string {
  return (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** The first element with words that one of the selectors finds; earlier selectors go first. */
export function firstOf(root: ParentNode, ...selectors: string[]): HTMLElement | null {
  for (const selector of selectors) {
    for (const element of root.querySelectorAll<HTMLElement>(selector)) if (textOf(element)) return element;
  }
  return null;
}

/** All elements of a selector that lie in no other element of it, in the order of the page. */
export function outermost(root: ParentNode, selector: string): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const element of root.querySelectorAll<HTMLElement>(selector)) {
    if (!found.at(-1)?.contains(element)) found.push(element);
  }
  return found;
}

/**
 * Takes furniture (buttons, counters, menus) out of the content. It goes into a `<nav>` at the end of the flat body,
 * so that it is counted as left out, and as furniture, like everything else that is not content.
 */
export function leaveOut(page: FlatPage, root: ParentNode, selector: string): void {
  leaveOutAll(page, outermost(root, selector));
}

/** The same for single nodes, e.g. text that the page has a second time. */
export function leaveOutAll(page: FlatPage, nodes: Node[]): void {
  if (nodes.length === 0) return;
  const { body } = page.document;
  const last = body.lastElementChild;
  const place = last?.matches(`nav[${leftOut}]`) ? last : body.appendChild(make(page, 'nav'));
  place.setAttribute(leftOut, '');
  place.append(...nodes);
}

const leftOut = 'data-left-out';

/** Words of our own, in the language of the page: headings such as “Comments”. */
export function inLanguage(page: FlatPage, english: string, chinese: string): string {
  const language = page.document.documentElement.lang || scriptLanguage(page.title) || 'en';
  return /^zh\b/i.test(language) ? chinese : english;
}

const magnitudes: Record<string, number> = { k: 1e3, m: 1e6, 千: 1e3, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/** The first number in words such as “1,204 hidden items”, “1.2K comments” or “查看 3 万条评论”; 0 when there is none. */
export function countIn(words: string): number {
  const match = /(\d{1,3}(?:,\d{3})+|\d{1,15}(?:\.\d{1,3})?)\s?([km](?![a-z])|[千万萬亿億])?/i.exec(words);
  if (!match?.[1]) return 0;
  return Math.round(Number(match[1].replaceAll(',', '')) * (magnitudes[match[2]?.toLowerCase() ?? ''] ?? 1));
}

/** One gap for everything that the page would load when asked: the counts of all its “load more” together. */
export function notLoaded(counts: number[]): SiteGap[] {
  if (counts.length === 0) return [];
  return [{ why: 'not-loaded', size: counts.reduce((sum, count) => sum + count, 0) }];
}

/** The answer of an adapter, or null when the content has no words. */
export function siteContent(content: Element, title?: string, gaps: SiteGap[] = []): SiteContent | null {
  if (!textOf(content)) return null;
  return { content, ...(title ? { title } : {}), ...(gaps.length ? { gaps } : {}) };
}
