import type { FlatPage } from '../flat-page';
import { straightenLinks } from './addresses';
import {
  countIn,
  firstOf,
  heading,
  leaveOut,
  make,
  notLoaded,
  outermost,
  siteContent,
  textOf,
} from './build';
import { labelLine, makeInline, postLine } from './post-line';
import { depthsOf, partsOf, thread } from './thread';
import type { Site, SiteContent } from './types';

/** 知乎: a question with the answers that are loaded, or an article of a column (专栏). */
export const zhihu: Site = {
  id: 'zhihu',
  hosts: ['zhihu.com'],
  read(page) {
    const root =
      page.document.querySelector('.QuestionPage, .Post-Main, .Post-content, main') ?? page.document.body;
    const answers = outermost(root, '.AnswerItem');
    if (answers.length > 0 || root.querySelector('.QuestionHeader-title'))
      return readQuestion(page, root, answers);
    const text = root.querySelector('.Post-RichTextContainer, .Post-RichText');
    return text ? readArticle(page, root, text) : null;
  },
};

function readQuestion(page: FlatPage, root: Element, answers: Element[]): SiteContent | null {
  const title =
    firstOf(root, '.QuestionHeader-title') ?? firstOf(page.document.body, '.QuestionHeader-title');
  const name = textOf(title);
  const content = make(page, 'article', heading(page, 1, title));
  const topics = labelLine(page, outermost(root, '.QuestionHeader-topics .TopicLink'));
  if (topics) content.append(topics);
  const missing: number[] = [];
  const detail = firstOf(root, '.QuestionRichText', '.QuestionHeader-detail');
  // Folded, the detail is its first words; the rest comes when it is opened.
  if (
    detail?.querySelector('.QuestionRichText-more, .QuestionRichText--collapsed') ||
    detail?.matches('.QuestionRichText--collapsed')
  ) {
    missing.push(0);
  }
  if (detail) content.append(detail);

  // “22 个回答”, or “查看全部 22 个回答” where one answer is shown.
  const counts = [...root.querySelectorAll('.List-headerText, .ViewAll, .QuestionMainAction')].map(
    (element) => countIn(textOf(element)),
  );
  const total = counts.reduce((most, count) => Math.max(most, count), 0);
  for (const answer of answers) {
    if (addPost(page, content, answer, '.AnswerItem')) missing.push(0);
  }
  if (total > answers.length) missing.push(total - answers.length);
  return finish(page, content, name, missing);
}

function readArticle(page: FlatPage, root: Element, text: Element): SiteContent | null {
  const title = firstOf(root, '.Post-Title', 'h1');
  const name = textOf(title);
  const content = make(page, 'article', heading(page, 1, title));
  const line = lineOf(page, root, authorOf(root));
  if (line) content.append(line);
  content.append(text);
  const topics = labelLine(page, outermost(root, '.Post-topicsAndReviewer .TopicLink'));
  if (topics) content.append(topics);
  return finish(page, content, name, []);
}

/** Adds an answer with its comments. True when the page shows only its beginning. */
function addPost(page: FlatPage, content: HTMLElement, post: Element, own: string): boolean {
  const rich = post.querySelector('.RichContent');
  const isFolded =
    rich?.matches('.is-collapsed') ||
    post.querySelector('.ContentItem-expandButton, .ContentItem-more') !== null;
  const text = firstOf(post, '.RichContent-inner', `${own} [itemprop="text"]`, '.RichText');
  const author = authorOf(post);
  if (!text) return false;
  if (author) {
    const name = heading(page, 2, author);
    makeInline(page, name);
    content.append(name);
  }
  const line = lineOf(page, post, null);
  if (line) content.append(line);
  content.append(text);
  addComments(page, content, post);
  return isFolded === true;
}

const authorOf = (post: Element) => firstOf(post, '.AuthorInfo-name .UserLink-link', '.AuthorInfo-name');

/** Who wrote it (an answer has that as its heading), what they are, how many agree, and when. */
function lineOf(page: FlatPage, post: Element, author: Element | null): HTMLElement | null {
  const votes = post.querySelector('.VoteButton--up');
  const agree = votes?.getAttribute('aria-label') || textOf(votes);
  return postLine(
    page,
    author,
    firstOf(post, '.AuthorInfo-badgeText', '.AuthorInfo-detail'),
    countIn(agree ?? '') > 0 && agree?.trim(),
    firstOf(post, '.ContentItem-time'),
  );
}

const comment = '[data-id], .CommentItemV2';

/** Comments that are open. Their classes are made by a machine; each has an id and a link to its author. */
function addComments(page: FlatPage, content: HTMLElement, post: Element): void {
  for (const box of outermost(post, '.Comments-container, .CommentListV2, .CommentsV2')) {
    const parts = partsOf(box, comment, {
      author: 'a[href*="/people/"], .UserLink-link',
      body: '.CommentContent, .CommentItemV2-content, .CommentRichText',
      time: '.CommentItemV2-time, time',
    });
    const depths = depthsOf(parts.keys(), comment);
    const replies = [...parts].flatMap(([element, { author, body, time }]) =>
      body ? [{ depth: depths.get(element) ?? 0, author, details: [time], body: [body] }] : [],
    );
    if (replies.length > 0) content.append(heading(page, 3, '评论'), thread(page, replies));
  }
}

function finish(page: FlatPage, content: HTMLElement, title: string, missing: number[]): SiteContent | null {
  addComments(page, content, page.document.body);
  readFormulas(page, content);
  leaveOut(page, content, 'button, form, .ContentItem-actions, .QuestionRichText-more, noscript, .Popover');
  straightenLinks(content);
  return siteContent(content, title, notLoaded(missing));
}

/** Formulas are pictures, or drawings by MathJax; the source is an attribute. */
function readFormulas(page: FlatPage, content: Element): void {
  for (const formula of content.querySelectorAll('.ztext-math[data-tex], img[eeimg][alt]')) {
    const source = (formula.getAttribute('data-tex') ?? formula.getAttribute('alt') ?? '').trim();
    if (!source) continue;
    // A formula on a line of its own ends with a line break of TeX.
    const isBlock = source.endsWith('\\\\') || formula.getAttribute('data-eeimg') === '2';
    const tex = isBlock ? source.replace(/\\\\$/, '').trim() : source;
    formula.replaceWith(page.document.createTextNode(isBlock ? `$$${tex}$$` : `$${tex}$`));
  }
}
