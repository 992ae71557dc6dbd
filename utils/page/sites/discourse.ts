import type { FlatPage } from '../flat-page';
import { straightenLinks } from './addresses';
import {
  countIn,
  dated,
  firstOf,
  heading,
  inLanguage,
  leaveOut,
  make,
  notLoaded,
  siteContent,
  textOf,
} from './build';
import { labelLine, postLine } from './post-line';
import type { Site, SiteContent } from './types';

/**
 * Topics of Discourse, the software of many forums. Its list holds only the posts near the screen; without scripts it
 * is a plain page (`crawler-post`) of twenty posts.
 */
export const discourse: Site = {
  id: 'discourse',
  hosts: [],
  matches(page) {
    if (page.document.querySelector('#main-outlet .topic-post, #main-outlet .crawler-post')) return true;
    const live = page.liveOf(page.document.body)?.ownerDocument;
    return live?.querySelector('meta[name="generator"][content^="Discourse"]') != null;
  },
  read(page) {
    const root = page.document.querySelector('#main-outlet') ?? page.document.body;
    const title = firstOf(root, '#topic-title .fancy-title', 'h1[data-topic-id]', '#topic-title h1', 'h1');
    const posts = [...root.querySelectorAll('.topic-post, .crawler-post, .small-action, .time-gap')].filter(
      (post) => !post.closest('.embedded-posts'),
    );
    const name = textOf(title);
    title?.removeAttribute('href');
    for (const link of title?.querySelectorAll('a') ?? []) link.removeAttribute('href');
    const content = make(page, 'article', heading(page, 1, title));
    const labels = [
      ...root.querySelectorAll(
        '#topic-title .badge-category__name, #topic-title .category-name, #topic-title .discourse-tag',
      ),
    ];
    const labelled = labelLine(page, labels);
    if (labelled) content.append(labelled);
    let loaded = 0;
    for (const post of posts) {
      if (post.matches('.crawler-post') ? addCrawlerPost(page, content, post) : addPost(page, content, post))
        loaded++;
    }
    if (loaded === 0) return null;
    for (const share of content.querySelectorAll('.poll .percentage')) share.after(' ');
    leaveOut(page, content, furniture);
    straightenLinks(content);
    return siteContent(content, name || page.title, gapsOf(root, loaded));
  },
};

/** Buttons that Discourse puts into posts. The choices of a poll are buttons as well, and are kept. */
const furniture =
  '.quote-controls, .cooked-selection-barrier, .codeblock-button-wrapper, .poll-buttons, .lightbox .meta, .small-action-buttons, .d-icon';

/** How many posts the topic has beyond those that are on the page, when it says so. */
function gapsOf(root: Element, loaded: number): SiteContent['gaps'] {
  const position = textOf(root.ownerDocument.querySelector('.timeline-replies, #topic-progress .nums'));
  // “8 / 49”: the second number is how many there are.
  const total = countIn(position.split('/')[1] ?? '');
  // Far from the screen, a post is an empty place with its number.
  const cloaked = [...root.querySelectorAll('[data-post-number]')].filter(
    (post) => !post.querySelector('article, .topic-body'),
  ).length;
  const missing = Math.max(cloaked, total - loaded);
  const next = root.ownerDocument.querySelector('a[rel="next"]');
  return missing > 0 || next ? notLoaded([Math.max(0, missing)]) : [];
}

/** Adds a post, or the line that something was done to the topic. True when it counts as a post. */
function addPost(page: FlatPage, content: HTMLElement, post: Element): boolean {
  if (post.matches('.time-gap')) {
    content.append(make(page, 'p', make(page, 'em', ...post.childNodes)));
    return false;
  }
  if (post.matches('.small-action')) {
    const words = post.querySelector('.small-action-desc') ?? post;
    content.append(make(page, 'p', make(page, 'em', ...words.childNodes)));
    return true;
  }
  const cooked = [...post.querySelectorAll('.cooked')].filter(
    (part) => !part.closest('.embedded-posts, .post__embedded-posts'),
  );
  if (cooked.length === 0) return false;
  const solution = [...post.querySelectorAll('aside.accepted-answer')].filter(
    (part) => !part.closest('.cooked'),
  );
  const date = post.querySelector('.post-date .relative-date, .relative-date');
  const time = Number(date?.getAttribute('data-time'));
  const answered = firstOf(post, '.reply-to-tab');
  const line = postLine(
    page,
    firstOf(post, '.names .username', '.names a[data-user-card]', '.username'),
    firstOf(post, '.names .full-name'),
    answered && make(page, 'span', '→ ', ...answered.childNodes),
    dated(page, date, isDate(time) ? new Date(time).toISOString() : null),
    numberOf(post),
    likesOf(page, post),
    isSolution(post) && inLanguage(page, '✓ Solution', '✓ 解决方案'),
  );
  if (line) content.append(line);
  content.append(...cooked, ...solution);
  return true;
}

/** Milliseconds since the epoch within what a Date can hold. */
const isDate = (time: number) => time > 0 && time < 8.64e15;

function addCrawlerPost(page: FlatPage, content: HTMLElement, post: Element): boolean {
  const text = post.querySelector('.post, [itemprop="text"]');
  if (!text) return false;
  const line = postLine(
    page,
    firstOf(post, '.creator', '[itemprop="author"]'),
    dated(page, post.querySelector('time')),
    numberOf(post),
    firstOf(post, '.post-likes'),
  );
  if (line) content.append(line);
  content.append(text);
  return true;
}

/** The number by which other posts refer to this one. */
function numberOf(post: Element): string | null {
  const article = post.querySelector('article[id^="post_"]') ?? post;
  const number = post.getAttribute('data-post-number') ?? /^post_(\d{1,9})$/.exec(article.id)?.[1];
  return number ? `#${number}` : null;
}

function likesOf(page: FlatPage, post: Element): string | null {
  const count = countIn(textOf(post.querySelector('.like-count')));
  return count > 0 ? inLanguage(page, count === 1 ? '1 like' : `${count} likes`, `${count} 赞`) : null;
}

const isSolution = (post: Element) =>
  post.matches('.accepted-answer') ||
  post.querySelector('.post-action-menu__solved-accepted, .accepted-text, article.accepted-answer') !== null;
