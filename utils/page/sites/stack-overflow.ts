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
import type { Site } from './types';

/** Questions of Stack Overflow and all Stack Exchange sites, with their answers and comments in the page's order. */
export const stackOverflow: Site = {
  id: 'stack-overflow',
  hosts: [
    'stackoverflow.com',
    'stackexchange.com',
    'serverfault.com',
    'superuser.com',
    'askubuntu.com',
    'mathoverflow.net',
    'stackapps.com',
  ],

  read(page) {
    const { document } = page;
    const question = document.querySelector<HTMLElement>('#question, .js-question');
    if (!question || !bodyOf(question)) return null;
    const answers = [...document.querySelectorAll<HTMLElement>('#answers .answer, #answers .js-answer')];
    const title = firstOf(
      document,
      '#question-header h1',
      'h1[itemprop=name]',
      'h1 .question-hyperlink',
      'h1',
    );
    const name = textOf(title);
    const counts = [question, ...answers].map(hiddenComments);
    const header = firstOf(document, '#answers-header h2', '#answers-header');
    const missing = answersIn(header) - answers.length;

    const content = make(page, 'article', title && heading(page, 1, title));
    addPost(page, content, question);
    if (answers.length > 0) {
      // The number of answers is a word of the page; the answers on further pages are in the gap.
      content.append(
        heading(page, 2, header?.localName === 'h2' ? header : inLanguage(page, 'Answers', '回答')),
      );
    }
    for (const answer of answers) addPost(page, content, answer, inLanguage(page, 'Answer', '回答'));
    return siteContent(content, name, notLoaded([...counts, missing].filter((count) => count > 0)));
  },
};

const bodyOf = (post: Element) => firstOf(post, '.js-post-body', '.post-text', '.s-prose', '[itemprop=text]');

/** Author, date, votes and mark; then the text, the notices (closed, duplicate), the tags and the comments. */
function addPost(page: FlatPage, content: Element, post: HTMLElement, name?: string): void {
  const isAccepted = post.matches('.accepted-answer, .js-accepted-answer, [itemprop=acceptedAnswer]');
  const accepted = isAccepted && inLanguage(page, 'accepted', '已采纳');
  const signature = signatureOf(post);
  const votes = firstOf(post, '.js-vote-count', '.vote-count-post', '[itemprop=upvoteCount]');
  const tags = [...post.querySelectorAll('.post-taglist .post-tag, .js-post-tag-list-wrapper .s-tag')];
  if (name) content.append(heading(page, 3, accepted ? `${name} (${accepted})` : name));
  content.append(
    byline(
      page,
      signature &&
        firstOf(signature, '.user-details a', '[itemprop=author] a', '.s-user-card--link', '.user-details'),
      signature && dated(page, signature.querySelector('.relativetime, .s-user-card--time, time')),
      votes && make(page, 'span', inline(page, votes), ` ${inLanguage(page, 'votes', '票')}`),
    ) ?? '',
    ...outerNotices(post),
    bodyOf(post) ?? '',
    byline(page, null, ...new Set(tags)) ?? '',
  );
  const comments = [...post.querySelectorAll('.js-comment, li.comment')].map((comment) =>
    commentOf(page, comment),
  );
  if (comments.length === 0) return;
  content.append(heading(page, 4, inLanguage(page, 'Comments', '评论')), make(page, 'ul', ...comments));
}

/** The card of the author. Editors have a card too; the author's is marked, or the last one. */
function signatureOf(post: Element): Element | undefined {
  const cards = [...post.querySelectorAll('.user-info, .s-user-card')].filter(
    (card) => !card.closest('.js-comment'),
  );
  return (
    cards.find((card) => card.querySelector('[itemprop=author]') || card.matches('.owner')) ?? cards.at(-1)
  );
}

function outerNotices(post: Element): Element[] {
  const body = bodyOf(post);
  const found = [...post.querySelectorAll('.js-post-notice, aside.s-notice, .bounty-notification')];
  return found.filter((notice) => !body?.contains(notice) && textOf(notice) !== '');
}

function commentOf(page: FlatPage, comment: Element): Piece {
  const score = firstOf(comment, '.comment-score span', '.js-comment-score');
  const line = byline(
    page,
    firstOf(comment, '.comment-user', '[itemprop=author] a', '.s-user-card--link'),
    dated(page, comment.querySelector('.relativetime-clean, .comment-date [title], time')),
    score && make(page, 'span', '+', inline(page, score)),
  );
  const words = firstOf(comment, '.comment-copy', '[itemprop=text]');
  return words && make(page, 'li', ...(line ? [...line.childNodes, ': '] : []), inline(page, words));
}

/** Comments behind “Show 4 more comments”. */
function hiddenComments(post: Element): number {
  const link = post.querySelector('.js-show-link:not(.dno)');
  return link ? countIn(textOf(link)) : 0;
}

/** Answers are shown thirty a page; the heading says how many there are. */
function answersIn(header: Element | null): number {
  const stated =
    header?.getAttribute('data-answercount') ??
    header?.querySelector('[data-answercount]')?.getAttribute('data-answercount');
  return countIn(stated ?? textOf(header));
}
