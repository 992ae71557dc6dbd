import type { FlatPage } from '../flat-page';

/**
 * An adapter for one site: a plain object of data and pure functions. It says which nodes of the flat page are the
 * content and in what order; Markdown, numbering and the account of what is missing are made from them as everywhere.
 */
export interface Site {
  id: string;
  /** Hosts it knows: equal, or a subdomain of one of them. */
  hosts: string[];
  /** For software that runs on many hosts: whether this page was made by it. */
  matches?(page: FlatPage): boolean;
  /**
   * Addresses on the page's own host whose text `read` needs, by name: a transcript, an export. The reader fetches
   * them with the user's session. Nothing is fetched when the page has the text already.
   */
  resources?(page: FlatPage): Record<string, string>;
  /** The resources are the user's own document: they are fetched only after a click. */
  asksFirst?: boolean;
  /**
   * The content, or null when this is not a kind of page that the adapter knows (generic reading takes over).
   * Nodes of the flat page are moved into `content`, never copied and never shortened: what is not in it counts as
   * left out. New elements (a heading “Comments”, an author line) may be made with `page.document`.
   */
  read(page: FlatPage, resources: Record<string, string>): SiteContent | null;
}

export interface SiteContent {
  title?: string;
  content: Element;
  /** Things the page has but did not show or give, e.g. a transcript that is not open. */
  gaps?: SiteGap[];
}

/**
 * - `not-loaded`: the page shows a part and loads more when asked; `size` counts what is not there, 0 when unknown
 * - `transcript`: the words of a video, which the page did not give
 * - `export`: the document itself, which the site hands out only on request
 */
export interface SiteGap {
  why: 'not-loaded' | 'transcript' | 'export';
  size: number;
}
