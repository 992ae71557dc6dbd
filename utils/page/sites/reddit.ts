import type { FlatPage } from '../flat-page';
import { hostOf, pathOf, straightenLinks } from './addresses';
import {
  countIn,
  dated,
  firstOf,
  heading,
  inLanguage,
  leaveOut,
  make,
  notLoaded,
  outermost,
  siteContent,
  textOf,
} from './build';
import { postLine } from './post-line';
import { depthsOf, partsOf, type Reply, thread } from './thread';
import type { Site, SiteContent, SiteGap } from './types';

/**
 * Reddit: a post and the tree of its comments, on www.reddit.com (web components: `shreddit-post`, `shreddit-comment`)
 * and on old.reddit.com (`.thing`). Lists of posts are read like any other list.
 */
export const reddit: Site = {
  id: 'reddit',
  hosts: ['reddit.com'],
  read(page) {
    if (!/\/comments\//.test(pathOf(page.url))) return null;
    const root = page.document.body;
    const post = root.querySelector('shreddit-post');
    if (post) return readNew(page, post);
    const thing = root.querySelector('.thing.link');
    return thing && root.querySelector('.commentarea') ? readOld(page, thing) : null;
  },
};

function readNew(page: FlatPage, post: Element): SiteContent | null {
  const title = firstOf(post, '[slot="title"]', 'h1');
  const content = make(page, 'article', heading(page, 1, title ?? post.getAttribute('post-title')));
  const name = textOf(content);
  const line = postLine(
    page,
    firstOf(post, 'a.author-name', '[slot="authorName"] a', 'a[href*="/user/"]') ??
      post.getAttribute('author'),
    firstOf(post, 'a.subreddit-name', '[slot="credit-bar"] a[href*="/r/"]') ??
      post.getAttribute('subreddit-prefixed-name'),
    timeIn(page, post.querySelector('time, faceplate-timeago'), post.getAttribute('created-timestamp')),
    points(page, post.getAttribute('score')),
    firstOf(post, 'shreddit-post-flair', '[slot="post-flair"]'),
  );
  if (line) content.append(line);
  content.append(...bodyOfPost(page, post));

  const parts = partsOf(page.document.body, 'shreddit-comment', {
    body: '[slot="comment"], [id$="-comment-rtjson-content"]',
    meta: '[slot="commentMeta"]',
    author: '[slot="commentMeta"] a[href*="/user/"], [noun="comment_author"] a',
    time: 'time, faceplate-timeago',
  });
  const depths = depthsOf(parts.keys(), 'shreddit-comment');
  const gaps = gapsOf(
    outermost(page.document.body, moreComments),
    Number(post.getAttribute('comment-count')),
    parts.size,
  );
  const replies = [...parts].map(([comment, { body, meta, author, time }]): Reply => {
    const depth = Number(comment.getAttribute('depth') ?? Number.NaN);
    return {
      depth: Number.isInteger(depth) ? depth : (depths.get(comment) ?? 0),
      author: textOf(author) ? author : comment.getAttribute('author'),
      details: [
        points(page, comment.getAttribute('score')),
        timeIn(page, time, comment.getAttribute('created')),
      ],
      // Of a removed comment only the line that says so is there.
      body: [body ?? meta],
    };
  });
  return finish(page, content, name, replies, gaps);
}

/** Text, pictures, poll and link of a post: whatever of them it has. */
function bodyOfPost(page: FlatPage, post: Element): Element[] {
  const body: Element[] = outermost(
    post,
    '[slot="post-removed-banner"], [slot="text-body"], [slot="post-media-container"], [slot="poll"], shreddit-post-text-body',
  );
  const link = post.getAttribute('content-href') ?? '';
  const isElsewhere = hostOf(link) !== '' && !/(^|\.)(reddit\.com|redd\.it)$/.test(hostOf(link));
  if (isElsewhere && !body.some((part) => part.querySelector(`a[href="${quotable(link)}"]`))) {
    const anchor = make(page, 'a', link);
    anchor.setAttribute('href', link);
    body.unshift(make(page, 'p', anchor));
  }
  return body;
}

/** An address as it may stand in an attribute selector. */
const quotable = (text: string) => text.replace(/["\\\n]/g, '\\$&');

const moreComments =
  'faceplate-partial[src*="/more-comments/"], faceplate-partial[src*="/shreddit/comments/"], shreddit-async-loader[src*="/comments/"], [slot="more-comments-permalink"], .more-comments-link';

/** How many comments the page has beyond those it loaded, when it says that there are more. */
function gapsOf(markers: Element[], total: number, loaded: number): SiteGap[] {
  if (markers.length === 0 && (loaded > 0 || !total)) return [];
  const counts = markers.map(
    (marker) =>
      Number(marker.querySelector('faceplate-number[number]')?.getAttribute('number')) ||
      countIn(textOf(marker.querySelector('button, a') ?? marker)),
  );
  // Where one of them does not say how many it would load, the sum is too small: then the post's own count helps.
  const isCounted = counts.length > 0 && counts.every((count) => count > 0);
  const missing = Math.max(0, (total || 0) - loaded);
  return notLoaded(isCounted || missing === 0 ? counts : [missing]);
}

function readOld(page: FlatPage, thing: Element): SiteContent | null {
  const root = page.document.body;
  const title = firstOf(thing, 'a.title', '.title a', '.title');
  if (!title) return null;
  const name = textOf(title);
  const content = make(page, 'article', heading(page, 1, title));
  const line = postLine(
    page,
    firstOf(thing, '.tagline .author') ?? thing.getAttribute('data-author'),
    thing.getAttribute('data-subreddit-prefixed') ?? firstOf(thing, '.tagline .subreddit'),
    timeIn(page, thing.querySelector('.tagline time')),
    points(page, thing.getAttribute('data-score')) ?? firstOf(thing, '.score.unvoted'),
    firstOf(thing, '.linkflairlabel'),
  );
  if (line) content.append(line);
  content.append(...outermost(thing, '.usertext-body .md, .media-preview-content, .crosspost-preview'));

  const parts = partsOf(root, '.thing.comment', {
    body: '.usertext-body',
    author: '.tagline .author, .tagline em',
    score: '.tagline .score.unvoted',
    time: '.tagline time',
  });
  const depths = depthsOf(parts.keys(), '.thing.comment');
  const markers = [
    ...root.querySelectorAll(
      '.commentarea .morecomments, .commentarea .deepthread, .commentarea .morerecursion',
    ),
  ];
  const gaps = gapsOf(markers, Number(thing.getAttribute('data-comments-count')), parts.size);
  const replies = [...parts].map(
    ([comment, { body, author, score, time }]): Reply => ({
      depth: depths.get(comment) ?? 0,
      author: author ?? comment.getAttribute('data-author'),
      details: [score, timeIn(page, time)],
      body: [body],
    }),
  );
  return finish(page, content, name, replies, gaps);
}

function finish(
  page: FlatPage,
  content: HTMLElement,
  title: string,
  replies: Reply[],
  gaps: SiteGap[],
): SiteContent | null {
  if (replies.length > 0) {
    content.append(heading(page, 2, inLanguage(page, 'Comments', '评论')), thread(page, replies));
  }
  leaveOut(page, content, 'button, form, shreddit-comment-action-row, faceplate-screen-reader-content');
  straightenLinks(content);
  return siteContent(content, title, gaps);
}

function timeIn(
  page: FlatPage,
  time: Element | null | undefined,
  when?: string | null,
): Node | string | null {
  return (
    dated(page, time, time?.getAttribute('ts') ?? time?.getAttribute('datetime') ?? when) ??
    when?.slice(0, 10) ??
    null
  );
}

function points(page: FlatPage, score: string | null): string | null {
  if (!score || !Number.isFinite(Number(score))) return null;
  return inLanguage(page, score === '1' ? '1 point' : `${score} points`, `${score} 分`);
}
