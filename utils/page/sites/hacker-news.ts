import type { FlatPage } from '../flat-page';
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
import { type Reply, thread } from './thread';
import type { Site, SiteContent } from './types';

/** Hacker News: a story with its comments, a comment with its replies, and the lists of stories. All of it is tables. */
export const hackerNews: Site = {
  id: 'hacker-news',
  hosts: ['news.ycombinator.com'],
  read(page) {
    const root = page.document.body;
    const item = root.querySelector('.fatitem');
    if (item) return readItem(page, item);
    const stories = storiesIn(root);
    if (stories.length > 0) return readList(page, stories);
    const comments = commentsIn(page, root);
    return comments.length > 0 ? finish(page, make(page, 'article', thread(page, comments)), []) : null;
  },
};

/** The row of a story's title, and the row below it with points, author and age. */
interface Story {
  title: HTMLElement;
  subtext: Element | null;
}

function storiesIn(root: ParentNode): Story[] {
  return [...root.querySelectorAll<HTMLElement>('tr.athing')].flatMap((row) => {
    const title = firstOf(row, '.titleline', 'td.title a');
    const below = row.nextElementSibling;
    return title ? [{ title, subtext: below?.querySelector('.subtext, .subline') ?? null }] : [];
  });
}

function readItem(page: FlatPage, item: Element): SiteContent | null {
  const content = make(page, 'article');
  const [story] = storiesIn(item);
  let comments = 0;
  if (story) {
    comments = countIn(textOf([...(story.subtext?.querySelectorAll('a[href*="item?id"]') ?? [])].at(-1)));
    content.append(heading(page, 1, story.title));
    const line = lineOf(page, story.subtext);
    if (line) content.append(line);
  }
  // A comment that is read on its own, the text of a story, the choices of a poll.
  content.append(thread(page, commentsIn(page, item)));
  content.append(...outermost(item, '.toptext, table').filter(textOf));

  const replies = commentsIn(page, page.document.body);
  if (replies.length > 0) {
    content.append(heading(page, 2, inLanguage(page, 'Comments', '评论')), thread(page, replies));
  }
  const isCut = page.document.querySelector('a.morelink') !== null;
  return finish(page, content, isCut ? [Math.max(0, comments - replies.length)] : []);
}

function readList(page: FlatPage, stories: Story[]): SiteContent | null {
  const rank = Number.parseInt(textOf(page.document.querySelector('.rank')), 10);
  const list = make(page, 'ol');
  if (rank > 1) list.setAttribute('start', String(rank));
  for (const { title, subtext } of stories) {
    const comments = [...(subtext?.querySelectorAll('a[href*="item?id"]') ?? [])].at(-1);
    list.append(make(page, 'li', make(page, 'p', title), lineOf(page, subtext, comments)));
  }
  const introduction = [...page.document.querySelectorAll('#bigbox > td > div')].filter(textOf);
  return finish(
    page,
    make(page, 'article', ...introduction, list),
    page.document.querySelector('a.morelink') ? [0] : [],
  );
}

function lineOf(page: FlatPage, subtext: Element | null, comments?: Element): HTMLElement | null {
  if (!subtext) return null;
  const age = subtext.querySelector('.age');
  return postLine(
    page,
    firstOf(subtext, '.hnuser'),
    firstOf(subtext, '.score'),
    dated(page, age),
    age?.contains(comments ?? null) ? null : comments,
  );
}

/** Comments in the order of the page; the width of the space before each one says how deep it stands. */
function commentsIn(page: FlatPage, root: ParentNode): Reply[] {
  const replies: Reply[] = [];
  for (const row of root.querySelectorAll('tr.athing')) {
    const cell = row.querySelector('.comment');
    if (!cell) continue;
    const head = row.querySelector('.comhead');
    const marks = /\[(?:flagged|dead|dupe)\]/g;
    leaveOut(page, cell, '.reply');
    replies.push({
      depth: depthOf(row),
      author: head && firstOf(head, '.hnuser'),
      details: [
        head && dated(page, head.querySelector('.age')),
        (textOf(head).match(marks) ?? []).join(' '),
        head && firstOf(head, '.onstory a'),
      ],
      body: [cell],
    });
  }
  return replies;
}

function depthOf(row: Element): number {
  const cell = row.querySelector('td.ind');
  const indent = Number.parseInt(cell?.getAttribute('indent') ?? '', 10);
  if (indent >= 0) return indent;
  const width = Number.parseInt(cell?.querySelector('img')?.getAttribute('width') ?? '', 10);
  return width >= 0 ? Math.round(width / 40) : 0;
}

function finish(page: FlatPage, content: HTMLElement, missing: number[]): SiteContent | null {
  leaveOut(page, content, 'form, input, textarea, .votelinks, .togg, .navs');
  return siteContent(content, page.title.replace(/ \| Hacker News$/, ''), notLoaded(missing));
}
