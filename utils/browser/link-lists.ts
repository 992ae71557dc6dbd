/** The door to the browser: bookmarks and history, as addresses with titles. */

import { browser } from 'wxt/browser';

export interface ListedLink {
  title: string;
  url: string;
  /** When it was bookmarked or last visited, in milliseconds since the epoch. */
  at: number;
}

/** Pages of the history that are looked at: the ten thousand visited last. */
const mostVisited = 10_000;

interface BookmarkNode {
  title?: string;
  url?: string;
  dateAdded?: number;
  children?: BookmarkNode[];
}

/** All bookmarks that lead to pages, newest first. */
export async function listBookmarks(): Promise<ListedLink[]> {
  const links: ListedLink[] = [];
  const waiting: BookmarkNode[] = await browser.bookmarks.getTree();
  // No recursion: folders can be as deep as somebody likes.
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.url && isPage(node.url)) links.push(link(node.title, node.url, node.dateAdded));
    for (const child of node.children ?? []) waiting.push(child);
  }
  return links.sort((one, other) => other.at - one.at);
}

/** The pages that were visited last, newest first. */
export async function listHistory(): Promise<ListedLink[]> {
  const visits = await browser.history.search({ text: '', startTime: 0, maxResults: mostVisited });
  return visits
    .flatMap(({ title, url, lastVisitTime }) => (url && isPage(url) ? [link(title, url, lastVisitTime)] : []))
    .sort((one, other) => other.at - one.at);
}

const isPage = (url: string) => /^https?:/i.test(url);
const link = (title: string | undefined, url: string, at = 0): ListedLink => ({
  title: title || '',
  url,
  at,
});
