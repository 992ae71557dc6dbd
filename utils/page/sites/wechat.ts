import type { FlatPage } from '../flat-page';
import {
  byline,
  firstOf,
  heading,
  inLanguage,
  leaveOut,
  make,
  outermost,
  siteContent,
  textOf,
} from './build';
import type { Site } from './types';

/** Articles of public accounts (公众号): texts, image messages (图片消息) and short texts. */
export const wechat: Site = {
  id: 'wechat',
  hosts: ['mp.weixin.qq.com'],

  read(page) {
    const { document } = page;
    const bodies = bodiesOf(document);
    if (bodies.length === 0) return null;

    const title = firstOf(
      document,
      '#activity-name',
      '#js_text_title',
      'h1.rich_media_title',
      '.rich_media_title',
    );
    const name = textOf(title);
    const content = make(page, 'article');
    if (title) content.append(heading(page, 1, title));
    content.append(byline(page, null, ...authorsOf(document)) ?? '');
    for (const body of bodies) {
      nameCards(page, body);
      endLines(body);
      content.append(body);
    }
    const original = originalAddress(page);
    if (original) {
      const words = firstOf(document, '#js_view_source');
      const link = make(page, 'a', ...(words ? words.childNodes : ['阅读原文']));
      link.setAttribute('href', original);
      content.append(make(page, 'p', link));
    }
    addComments(page, content);
    return siteContent(content, name);
  },
};

/** The text of an article, or the pictures and the words of an image message. */
function bodiesOf(document: Document): HTMLElement[] {
  const article = firstOf(document, '#js_content', '#js_text_desc');
  if (article) return [article];
  const words = firstOf(document, '#js_image_desc', '.share_notice', '#js_common_share_desc');
  if (!words) return [];
  // A text that stands among its pictures is not moved twice.
  const pictures = outermost(
    document,
    '.swiper_item, #img_list img, #img_swiper_content img, .image_content img',
  );
  return [...pictures.filter((picture) => !picture.contains(words) && !words.contains(picture)), words];
}

/** 原创, author, account, date and place, each as the page writes it. */
function authorsOf(document: Document): HTMLElement[] {
  const found = [
    '#copyright_logo',
    '#js_author_name, #meta_content > .rich_media_meta_text:not(#publish_time)',
    '#js_name, .wx_follow_nickname, .profile_nickname',
    '#publish_time',
    '#js_ip_wording',
  ].map((selector) => firstOf(document, selector));
  return found.filter((element, index): element is HTMLElement => {
    // An author and an account of the same name are said once.
    return element !== null && !found.slice(0, index).some((other) => textOf(other) === textOf(element));
  });
}

/** Cards that are drawn by scripts and say in attributes what they are: selector, kind, attributes with words. */
const cards: [string, string, string, string[]][] = [
  ['mpvoice, mp-common-mpaudio, mpaudio', 'Audio', '音频', ['name', 'author']],
  ['qqmusic, mp-common-qqmusic', 'Music', '音乐', ['music_name', 'singer', 'albumname']],
  ['mpvideosnap, mp-common-videosnap', 'Video', '视频号', ['data-nickname', 'data-desc']],
  ['iframe.video_iframe, mpvideo', 'Video', '视频', ['data-title', 'data-desc', 'title']],
  [
    'mp-miniprogram, mp-common-miniprogram',
    'Mini program',
    '小程序',
    ['data-miniprogram-title', 'data-miniprogram-nickname'],
  ],
  ['mp-common-profile', 'Account', '公众号', ['data-nickname', 'data-signature']],
  ['iframe.vote_iframe, mp-common-vote', 'Vote', '投票', ['data-title']],
];

/** Says in words what a card stands for, where the page shows a drawing; a card with words of its own keeps them. */
function nameCards(page: FlatPage, body: Element): void {
  for (const [selector, english, chinese, attributes] of cards) {
    for (const card of body.querySelectorAll(selector)) {
      if (textOf(card)) continue;
      const words = attributes
        .map((attribute) => decoded(card.getAttribute(attribute) ?? ''))
        .filter(Boolean);
      const length = duration(Number(card.getAttribute('play_length')));
      const said = [words.join(', '), length].filter(Boolean).join(' ');
      // The name stands before the card: an iframe shows no words of its own.
      card.before(make(page, 'p', `[${inLanguage(page, english, chinese)}${said && `: ${said}`}]`));
    }
  }
}

/** In a piece of code every line is a `<code>` of its own; nothing but their boxes parts them. */
function endLines(body: Element): void {
  for (const line of body.querySelectorAll('pre > code + code')) line.before('\n');
}

/** `play_length` is in milliseconds, except in old articles, where it is in seconds (always under three hours). */
function duration(length: number): string {
  if (!(length > 0)) return '';
  const seconds = Math.round(length > 10_800 ? length / 1000 : length);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Attributes of cards are percent-encoded in some editors. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value).trim();
  } catch {
    return value.trim();
  }
}

/** Where 阅读原文 leads. The link itself is a script; the address stands in a script of the page. */
function originalAddress(page: FlatPage): string | undefined {
  const link = page.document.querySelector('#js_view_source');
  const address = link?.getAttribute('href') ?? '';
  if (link && /^https?:/i.test(address)) return address;
  const scripts = page.liveOf(page.document.body)?.ownerDocument?.querySelectorAll('script:not([src])') ?? [];
  for (const script of scripts) {
    const found = /\bmsg_source_url\s*=\s*(['"])(https?:[^'"\s<>]{1,2000})\1/.exec(
      script.textContent ?? '',
    )?.[2];
    if (!found) continue;
    const url = found
      .replace(/\\x([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replaceAll('&amp;', '&');
    if (URL.canParse(url)) return new URL(url).href;
  }
  return undefined;
}

/** 留言, where the page shows them: name and words of each, with the author's answers. */
function addComments(page: FlatPage, content: Element): void {
  const area = firstOf(
    page.document,
    '#js_cmt_area',
    '#js_cmt_main',
    '.discuss_container',
    '.comment_primary_area',
  );
  if (!area || content.contains(area)) return;
  const items = outermost(area, '.js_comment_item, .discuss_item, .comment_item');
  if (items.length === 0) return;
  content.append(heading(page, 2, inLanguage(page, 'Comments', '留言')));
  for (const item of items) {
    leaveOut(page, item, 'button, .discuss_opr, .media_tool_meta, .js_like_btn, .comment_operate');
    const name = firstOf(item, '.nickname', '.discuss_nickname', '.js_nickname', '[class*=nickname]');
    const date = firstOf(item, '.discuss_extra_info', '.discuss_date', '.comment_time', 'time');
    content.append(byline(page, name, date) ?? '', make(page, 'div', ...item.childNodes));
  }
}
