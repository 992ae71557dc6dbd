import type { FlatPage } from '../flat-page';

/** What kind of page it says it is, each 0 or 1. */
export interface PageSignals {
  article: number;
  product: number;
  discussion: number;
  collection: number;
  documentation: number;
  /** Segments of its path. */
  depth: number;
  /** Words in its last segment: titles of articles are many words. */
  words: number;
  hasNumber: number;
  title: string;
}

const kinds = {
  article: {
    type: /Article|BlogPosting|Report\b|Recipe|HowTo/,
    address: /\/(?:news|blog|article|story|post|(?:19|20)\d\d\/\d\d)s?\b/,
  },
  product: {
    type: /\bProduct(?:Group|Model)?\b/,
    address: /\/(?:products?|dp|item|itm|p|ip|pd|sku|buy)\/|\.p\?|-p-\d/,
  },
  discussion: {
    type: /DiscussionForumPosting|QAPage|Question\b/,
    address:
      /forum|thread|topic|community|questions?\b|discuss|viewtopic|\/t\/|comments\/|\/threads?\b|bbs|tieba|zhidao/,
  },
  collection: {
    type: /CollectionPage|ItemList|OfferCatalog|SearchResultsPage/,
    address:
      /\/(?:collections?|category|categories|shop|c|cat|tag|topics?|search|browse|list|jobs?)(?:\/|\?|$)/,
  },
  documentation: {
    type: /TechArticle|APIReference|SoftwareSourceCode/,
    address: /docs?\b|\/api\b|reference|guide|manual|developer|wiki|learn|tutorial|handbook|help/,
  },
};

/** Reads what the page says of itself: its address, and the data for search engines in the live page's head. */
export function pageSignals(page: FlatPage): PageSignals {
  const live = page.liveOf(page.document.body)?.ownerDocument;
  const { host, path } = addressOf(page.url);
  const types = `${schemaTypes(page.document, live)} `;
  const social = live?.querySelector('meta[property="og:type"]')?.getAttribute('content') ?? '';
  const is = (kind: keyof typeof kinds) =>
    (kinds[kind].type.test(types) ? 2 : 0) + (kinds[kind].address.test(host + path) ? 1 : 0);
  const segments = path.split('/').filter(Boolean);
  return {
    article: is('article') + (social === 'article' ? 4 : 0),
    product: is('product') + (/product/.test(social) ? 4 : 0),
    discussion: is('discussion'),
    collection: is('collection'),
    documentation: is('documentation'),
    depth: segments.length,
    words: (segments.at(-1) ?? '').split(/[-_+]|%20/).length,
    hasNumber: /\d{4,}/.test(path) ? 1 : 0,
    title: page.title.toLowerCase(),
  };
}

function addressOf(url: string): { host: string; path: string } {
  if (!URL.canParse(url)) return { host: '', path: '/' };
  const { host, pathname, search } = new URL(url);
  return { host, path: (pathname + search).toLowerCase() };
}

/** The names of the schema.org types on the page; only names are looked for, so broken JSON is no matter. */
function schemaTypes(flat: Document, live: Document | null | undefined): string {
  const names: string[] = [];
  for (const element of flat.querySelectorAll('[itemtype]'))
    names.push(element.getAttribute('itemtype') ?? '');
  for (const script of live?.querySelectorAll('script[type="application/ld+json"]') ?? []) {
    for (const [, type] of (script.textContent ?? '').matchAll(
      /"@type"\s*:\s*\[?\s*"([A-Za-z:/.]{1,80})"/g,
    )) {
      names.push(type ?? '');
    }
  }
  return names.join(' ');
}
