import type { FlatPage } from '../flat-page';
import {
  byline,
  countIn,
  dated,
  firstOf,
  heading,
  inLanguage,
  inline,
  make,
  notLoaded,
  type Piece,
  siteContent,
  textOf,
} from './build';
import { codeBlock, linesOf, nameLanguage } from './github-code';
import type { SiteContent } from './types';

/** Text that somebody wrote: descriptions, comments, review comments, release notes. */
const written = '.markdown-body, .js-comment-body, [data-testid=markdown-body], .commit-desc pre';

/** Names of the files that lines of a diff, or of a gist, belong to; titles of releases. */
const names = [
  '.file-header .file-info a:not(.btn)',
  '.file-header a.text-mono',
  'summary a.text-mono',
  '[data-testid=review-thread] a[href*="#diff-"]',
  'h3 a[href*="#diff-"]',
  '.gist-blob-name',
  'a.Link--primary[href*="/releases/tag/"]',
].join(', ');

const holders = [
  '[data-testid=issue-body], .react-issue-comment, [data-testid^=comment-viewer-outer-box]',
  '[data-testid=review-comment], .review-comment, .timeline-comment, .js-comment, .js-comment-container',
  '[data-testid=release-card], section[aria-labelledby], .discussion-timeline-item, .Box',
].join(', ');

const authors = [
  '[data-testid=issue-body-header-author]',
  '[data-testid=avatar-link]',
  'a.author',
  '[class*=AuthorLink]',
  'a[data-hovercard-type=user]',
  'a[data-hovercard-url*="/users/"]',
];

/** Lines that were made plain code before. */
const plainCode = '.file pre, .js-file pre, .gist-file pre, .blob-wrapper pre';

/**
 * An issue, pull request, discussion, commit, release or gist: everything written and every line of the diffs that
 * are shown, in the order of the page. The old pages and the new ones differ in everything but that order.
 */
export function readThread(page: FlatPage, number: string): SiteContent | null {
  const { document } = page;
  const gaps = notLoaded(missing(document));
  const title = firstOf(
    document,
    '[data-testid=issue-title]',
    '.js-issue-title',
    'h1 .markdown-title',
    '.commit-title',
    '.gh-header-title',
    '[data-testid=commit-title]',
  );
  const name = [textOf(title), number].filter(Boolean).join(' ');
  const parts = document.body.querySelectorAll<HTMLElement>(`${written}, ${names}, ${plainCode}, tr`);
  const state = firstOf(document, '[data-testid=header-state]', '.gh-header-meta .State', '.State');
  const labels = document.querySelectorAll('[data-testid=issue-labels] a, .js-issue-labels a.IssueLabel');
  const content = make(page, 'article', name && heading(page, 1, title, number && ` ${number}`));
  content.append(byline(page, null, state, ...labels) ?? '');
  const about = firstOf(document, '.gist-content [itemprop=about]', '[itemprop=about]');
  if (about) content.append(make(page, 'p', inline(page, about)));
  return addParts(page, content, parts, number !== '') ? siteContent(content, name, gaps) : null;
}

/** True when there was anything. What follows the first text of a discussion is comments. */
function addParts(
  page: FlatPage,
  content: Element,
  parts: ArrayLike<HTMLElement>,
  isDiscussion: boolean,
): boolean {
  let last: Element | undefined;
  let lines: Piece[] = [];
  let file = '';
  let posts = 0;
  let found = false;
  const endLines = () => {
    if (lines.length > 0) content.append(codeBlock(page, file, lines));
    lines = [];
  };
  // Looked up before anything moves, while every box has all of its own.
  const all = Array.from(parts);
  const boxes = new Map(all.filter((part) => part.matches(written)).map((part) => [part, boxOf(part)]));
  for (const part of all) {
    // Inside something that is in the content already: a table in a comment.
    if (last?.contains(part)) continue;
    if (part.nodeName === 'TR') {
      if (!part.querySelector(written)) lines.push(...linesOf(part));
      continue;
    }
    if (!textOf(part)) continue;
    endLines();
    last = part;
    if (part.matches(names)) {
      file = textOf(part);
      content.append(heading(page, 3, part));
      continue;
    }
    found = true;
    if (part.matches(plainCode) && !part.matches(written)) {
      nameLanguage(part, file);
      content.append(part);
      continue;
    }
    if (posts++ === 1 && isDiscussion) content.append(heading(page, 2, inLanguage(page, 'Comments', '评论')));
    content.append(headOf(page, part, boxes.get(part)) ?? '', part);
  }
  found ||= lines.length > 0;
  endLines();
  return found || content.querySelector('pre') !== null;
}

/** The nearest box around something written that names an author and was made for nothing else. */
function boxOf(post: Element): Element | undefined {
  let box = post.closest(holders);
  // A box in a box (the notes of a release) has the author outside; no page nests them deeper.
  for (let level = 0; box && level < 3 && box.querySelector(written) === post; level++) {
    if (box.querySelector(authors.join())) return box;
    box = box.parentElement?.closest(holders) ?? null;
  }
  return undefined;
}

/** Author, date and role. */
function headOf(page: FlatPage, post: Element, box: Element | undefined): Element | null {
  if (!box) return null;
  const outside = (element: Element | null) => (element && !post.contains(element) ? element : null);
  return byline(
    page,
    outside(firstOf(box, ...authors)),
    dated(page, outside(box.querySelector('relative-time, time-ago, time'))),
    outside(firstOf(box, '[data-testid=comment-author-association]', '.timeline-comment-label')),
  );
}

/** What the page loads only when asked: how many items each time, 0 when it does not say. */
function missing(document: Document): number[] {
  const stated = document.querySelectorAll(
    '.ajax-pagination-form, [data-testid^=issue-timeline-load-more-count], .js-diff-load-container',
  );
  const counts = [...stated].map((element) => countIn(textOf(element)));
  // Resolved threads come without their comments and list the numbers of these.
  for (const thread of document.querySelectorAll('[data-deferred-content-url][data-hidden-comment-ids]')) {
    if (thread.querySelector(written)) continue;
    counts.push(thread.getAttribute('data-hidden-comment-ids')?.split(',').filter(Boolean).length ?? 0);
  }
  for (const button of document.querySelectorAll('button')) {
    const words = textOf(button);
    if (words.length < 60 && /\d (?:previous|more) repl/i.test(words)) counts.push(countIn(words));
  }
  return counts;
}
