import type { FlatPage } from '../flat-page';
import { byline, countIn, firstOf, heading, inLanguage, make, notLoaded, textOf } from './build';
import { paragraphsOf } from './line-ends';
import type { SiteGap } from './types';

const comment = 'ytd-comment-view-model, ytd-comment-renderer';

/** The comments that are loaded, replies with the name of the one they answer. */
export function addComments(page: FlatPage, content: Element): SiteGap[] {
  const { document } = page;
  const comments = [...document.querySelectorAll(comment)];
  const stated = countIn(
    textOf(firstOf(document, 'ytd-comments-header-renderer #count', '#comments #count')),
  );
  const missing = stated - comments.length;
  let asked = '';
  if (comments.length > 0) content.append(heading(page, 2, inLanguage(page, 'Comments', '评论')));
  for (const element of comments) {
    const author = firstOf(element, '#author-text', '#author-comment-badge', 'h3 a');
    const isReply = element.closest('ytd-comment-replies-renderer, #replies') !== null;
    const likes = firstOf(element, '#vote-count-middle');
    const line = byline(
      page,
      author,
      isReply && asked && `→ ${asked}`,
      firstOf(element, '#published-time-text', '.published-time-text'),
      likes && make(page, 'span', '👍 ', likes),
    );
    if (!isReply) asked = textOf(line?.querySelector('strong'));
    const words = firstOf(element, '#content-text', 'yt-attributed-string');
    content.append(
      line ?? '',
      ...(words ? paragraphsOf(page, words.querySelector('[role=text]') ?? words) : []),
    );
  }
  return notLoaded(missing > 0 ? [missing] : []);
}
