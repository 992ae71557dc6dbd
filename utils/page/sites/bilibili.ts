import type { FlatPage } from '../flat-page';
import {
  byline,
  countIn,
  firstOf,
  heading,
  inLanguage,
  inline,
  make,
  notLoaded,
  outermost,
  siteContent,
  textOf,
} from './build';
import { paragraphsOf } from './line-ends';
import type { Site, SiteGap } from './types';

/**
 * Videos of Bilibili: title, author, date, description, tags, parts, and the comments that are loaded. Subtitles are on
 * another host and come only with the player, so they are always a gap.
 */
export const bilibili: Site = {
  id: 'bilibili',
  hosts: ['bilibili.com'],

  read(page) {
    const { document } = page;
    if (!/^\/(?:video|bangumi\/play|list)\//.test(new URL(page.url).pathname)) return null;
    const title = firstOf(document, 'h1.video-title', '#viewbox_report h1', '[class*=mediainfo_mediaTitle]');
    if (!title) return null;
    const name = textOf(title);
    const tags = [...document.querySelectorAll('.tag-panel .tag-link, #v_tag .tag-link')];
    const views = firstOf(document, '.view-text', '.view.item');
    const line = byline(
      page,
      firstOf(document, '.up-info-container .up-name', 'a.up-name', '.staff-name'),
      firstOf(document, '.pubdate-ip-text', '.pubdate-text', '.pubdate'),
      views && make(page, 'span', inline(page, views), ` ${inLanguage(page, 'views', '播放')}`),
    );
    const description = firstOf(document, '#v_desc .desc-info-text', '.desc-info-text', '.basic-desc-info');
    const content = make(page, 'article', heading(page, 1, title), line);
    if (description) content.append(...paragraphsOf(page, description));
    content.append(byline(page, null, ...tags) ?? '');
    addParts(page, content);
    const gaps: SiteGap[] = [{ why: 'transcript', size: 0 }, ...addComments(page, content)];
    return siteContent(content, name, gaps);
  },
};

/** The parts of a video or the videos of its series, by their names. */
function addParts(page: FlatPage, content: Element): void {
  const items = outermost(page.document, '.video-pod__item, #multi_page .list-box li, .video-episode-card');
  const names = items.flatMap(
    (item) => firstOf(item, '.title', '.part', '.video-episode-card__info-title') ?? [],
  );
  if (names.length === 0) return;
  content.append(heading(page, 2, inLanguage(page, 'Parts', '选集')));
  content.append(make(page, 'ul', ...names.map((name) => make(page, 'li', ...name.childNodes))));
}

const comment = 'bili-comment-renderer, bili-comment-reply-renderer';

/** Comments lie in nested shadow trees, which the flat page has opened. */
function addComments(page: FlatPage, content: Element): SiteGap[] {
  const { document } = page;
  const area = document.querySelector('bili-comments, #commentapp');
  const comments = area ? outermost(area, comment) : [];
  const stated = area ? countIn(textOf(firstOf(area, 'bili-comments-header-renderer #count', '#count'))) : 0;
  if (comments.length > 0) content.append(heading(page, 2, inLanguage(page, 'Comments', '评论')));
  let asked = '';
  for (const element of comments) {
    const isReply = element.localName === 'bili-comment-reply-renderer';
    const line = byline(
      page,
      firstOf(element, '#user-name a', '#user-name', 'bili-comment-user-info'),
      isReply && asked && `→ ${asked}`,
      firstOf(element, '#pubdate'),
    );
    if (!isReply) asked = textOf(line?.querySelector('strong'));
    const words = firstOf(element, 'bili-rich-text #contents', 'bili-rich-text', '#content');
    content.append(line ?? '', ...(words ? paragraphsOf(page, words) : []));
  }
  const missing = stated - comments.length;
  return notLoaded(missing > 0 ? [missing] : []);
}
