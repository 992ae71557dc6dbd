import type { FlatPage } from '../flat-page';
import { pathOf } from './addresses';
import { countIn, dated, firstOf, heading, leaveOut, make, outermost, siteContent, textOf } from './build';
import { paragraphsOf } from './line-ends';
import { postLine } from './post-line';
import type { Site } from './types';

const tweets = 'article[data-testid="tweet"], article[role="article"]';

/**
 * X: the posts of a conversation, a profile or a search in the order of the page, and long articles. The list holds
 * only what is near the screen, so that there is nearly always more than can be read.
 */
export const x: Site = {
  id: 'x',
  hosts: ['x.com', 'twitter.com'],
  read(page) {
    const column = page.document.querySelector('[data-testid="primaryColumn"]') ?? page.document.body;
    const isConversation = /\/(?:status|article)\//.test(pathOf(page.url));
    const posts = outermost(column, tweets).filter(
      (post) => !post.closest('[data-testid="placementTracking"]'),
    );
    const end = isConversation ? recommendationsIn(column, posts) : undefined;
    const content = make(page, 'article');
    let hasMore = !isConversation || posts.length === 0 || isScrolled(page, column);
    let replies = 0;
    let answers = 0;
    for (const post of posts) {
      if (end && follows(end, post)) break;
      if (post.querySelector(showMore)) hasMore = true;
      replies = Math.max(
        replies,
        countIn(post.querySelector('[data-testid="reply"]')?.getAttribute('aria-label') ?? ''),
      );
      answers++;
      addPost(page, content, post);
    }
    // An article on a page of its own, without a post around it.
    const article = posts.length === 0 && column.querySelector('[data-testid="twitterArticleRichTextView"]');
    if (article) {
      addArticle(page, content, column);
      hasMore = false;
    }
    if (!article && posts.length === 0) return null;
    if (isConversation && replies > answers - 1) hasMore = true;
    for (const image of content.querySelectorAll('img')) {
      if (defaultAlternatives.test(image.alt.trim())) image.setAttribute('alt', '');
    }
    leaveOut(page, content, 'button, [role="button"], [role="group"][aria-label], [data-testid="caret"]');
    return siteContent(content, titleOf(page), hasMore ? [{ why: 'not-loaded', size: 0 }] : []);
  },
};

const showMore = '[data-testid="tweet-text-show-more-link"]';
/** What X writes where nobody described the picture. */
const defaultAlternatives = /^(?:image|图像|图片|圖片|画像|이미지|imagen|bild)$/i;

/** “(3) Ada on X: “words” / X” without the number of notifications and the name of the site. */
function titleOf(page: FlatPage): string {
  return page.title.replace(/^\(\d{1,9}\+?\) /, '').replace(/ \/ (?:X|Twitter)$/, '');
}

/** Below a conversation stand posts that have nothing to do with it, under a heading (“Discover more”). */
function recommendationsIn(column: Element, posts: Element[]): Element | undefined {
  const first = posts[0];
  if (!first) return undefined;
  return [...column.querySelectorAll('[data-testid="cellInnerDiv"] h2')].find(
    (title) => !title.closest(tweets) && follows(first, title),
  );
}

const follows = (before: Element, after: Element) =>
  (before.compareDocumentPosition(after) & 4) /* Node.DOCUMENT_POSITION_FOLLOWING */ !== 0;

/** When the first place of the list is not at its top, posts above it have been taken off the page. */
function isScrolled(page: FlatPage, column: Element): boolean {
  const cell = column.querySelector('[data-testid="cellInnerDiv"]');
  const live = cell && (page.liveOf(cell) as HTMLElement | undefined);
  const top = /translateY\((\d{1,9})/.exec(live?.style?.transform ?? '')?.[1];
  return Number(top ?? 0) > 0;
}

function addPost(page: FlatPage, content: HTMLElement, post: Element): void {
  const quoted = post.querySelectorAll('[data-testid="User-Name"]')[1]?.closest('[role="link"]');
  // A quoted post stays in its place, and is out of the way while the post around it is read.
  const quote = make(page, 'blockquote');
  if (quoted && post.contains(quoted)) {
    quote.setAttribute('data-quoted', '');
    quoted.replaceWith(quote);
  }
  readEmoji(page, post);
  const counters = post.querySelector('[role="group"][aria-label]')?.getAttribute('aria-label');
  const line = lineOf(page, post, firstOf(post, '[data-testid="socialContext"]'), counters);
  if (line) content.append(line);
  if (quoted && quote.parentElement) {
    readEmoji(page, quoted);
    const quotedLine = lineOf(page, quoted, null, null);
    if (quotedLine) quote.append(quotedLine);
    addParts(page, quote, quoted);
  }
  addParts(page, content, post);
}

/** Emoji are pictures; in words and names they are characters. */
function readEmoji(page: FlatPage, post: Element): void {
  for (const image of post.querySelectorAll('img[src*="/emoji/"]')) {
    image.replaceWith(page.document.createTextNode(image.getAttribute('alt') ?? ''));
  }
}

function lineOf(page: FlatPage, post: Element, context: Element | null, counters: string | null | undefined) {
  const name = post.querySelector('[data-testid="User-Name"]');
  const time = post.querySelector('time');
  const parts = [...(name?.querySelectorAll('a') ?? [])].filter(
    (link) => textOf(link) && !link.contains(time),
  );
  // In a quoted post the names are no links.
  const words =
    parts.length > 0
      ? parts
      : [...(name?.querySelectorAll('span') ?? [])].filter(
          (span) => textOf(span) && !span.querySelector('span'),
        );
  const handle = words.find((part) => textOf(part).startsWith('@'));
  const author = words.find(
    (part) => part !== handle && textOf(part) !== '·' && !part.contains(time) && !time?.contains(part),
  );
  return postLine(page, author ?? handle, author && handle, dated(page, time), context, counters);
}

/** What a post consists of besides its author, in the order of the page. */
const parts = [
  '[data-testid="tweetText"]',
  '[data-testid="tweetPhoto"]',
  '[data-testid="card.wrapper"]',
  '[data-testid="birdwatch-pivot"]',
  '[data-testid="twitterArticleReadView"]',
  '[data-testid="twitterArticleRichTextView"]',
  '[data-testid="twitter-article-title"]',
  'blockquote[data-quoted]',
].join(', ');

function addParts(page: FlatPage, target: HTMLElement, post: Element): void {
  for (const part of partsIn(post)) {
    const kind = part.getAttribute('data-testid') ?? '';
    if (kind === 'tweetText') target.append(...paragraphsOf(page, part));
    else if (kind === 'twitterArticleReadView') addArticle(page, target, part);
    else if (kind === 'twitter-article-title') target.append(heading(page, 2, part));
    else if (kind === 'birdwatch-pivot') target.append(make(page, 'blockquote', part));
    else target.append(make(page, 'div', part));
  }
}

/** Parts with words or pictures that lie in no other part. */
function partsIn(post: Element): Element[] {
  return outermost(post, parts).filter((part) => textOf(part) || part.querySelector('img'));
}

function addArticle(page: FlatPage, target: HTMLElement, view: Element): void {
  const title = view.querySelector('[data-testid="twitter-article-title"]');
  const text = view.querySelector('[data-testid="twitterArticleRichTextView"]');
  if (title) target.append(heading(page, 1, title));
  for (const photo of outermost(view, '[data-testid="tweetPhoto"]'))
    if (!text?.contains(photo)) target.append(photo);
  if (!text) return;
  // Posts inside the article are quotations.
  for (const inner of text.querySelectorAll('[data-testid="simpleTweet"], [data-testid="tweet"]')) {
    const quote = make(page, 'blockquote');
    inner.replaceWith(quote);
    addPost(page, quote, inner);
  }
  // Above a block of code stands its language, which the code itself says as well.
  for (const block of text.querySelectorAll('[data-testid="markdown-code-block"]')) {
    const code = block.querySelector('pre');
    if (!code) continue;
    block.replaceWith(code);
    page.document.body.append(block);
  }
  target.append(text);
}
