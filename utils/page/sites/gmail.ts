import type { FlatPage } from '../flat-page';
import {
  countIn,
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
import type { Site } from './types';

/** A message, open or folded; folded ones show their sender and first words, and those in a stack nothing at all. */
const message = '.adn, .adf, .kv, .kQ';

/** Gmail: the messages of a conversation in order. The list of conversations is no conversation. */
export const gmail: Site = {
  id: 'gmail',
  hosts: ['mail.google.com'],
  read(page) {
    const root = page.document.querySelector('[role="main"]') ?? page.document.body;
    const bodies = root.querySelectorAll('.a3s');
    if (bodies.length === 0) return null;
    const subject = firstOf(root, 'h2.hP', '[data-thread-perm-id]', '[data-legacy-thread-id]');
    const title = textOf(subject) || page.title.replace(/ - [^-]{1,100}@[^-]{1,100} - [^-]{1,100}$/, '');
    const content = make(page, 'article', heading(page, 1, subject ?? title));
    const missing: number[] = [];
    for (const element of outermost(root, message)) {
      if (!element.querySelector('.a3s')) missing.push(1);
      addMessage(page, content, element);
    }
    // A stack of folded messages has a number on it, and not always an element for each of them.
    const stacked = countIn(textOf(root.querySelector('.adx')));
    const folded = root.querySelectorAll('.kQ').length;
    if (stacked > folded) missing.push(stacked - folded);
    // Gmail cuts long messages and gives the rest on a page of its own.
    for (const link of content.querySelectorAll('a[href*="view=lg"]')) if (link) missing.push(0);
    leaveOut(page, content, 'button, [role="button"], [role="menu"], [role="tooltip"], .a6S, .ajR, .yj6qo');
    return siteContent(content, title, notLoaded(missing));
  },
};

function addMessage(page: FlatPage, content: HTMLElement, element: Element): void {
  const sender = firstOf(element, '.gD', '.zF', '[email]');
  const address = sender?.getAttribute('email');
  const date = element.querySelector('.g3');
  const title = date?.getAttribute('title') ?? '';
  const line = postLine(
    page,
    sender,
    firstOf(element, '.go') ?? (address && !textOf(sender).includes(address) && address),
    firstOf(element, '.hb', '.iw .g2'),
    // The visible date may be short (“Sep 3”), its title is whole.
    textOf(date).includes(title) ? date : title,
  );
  if (line) content.append(line);
  const bodies = outermost(element, '.a3s');
  content.append(...bodies);
  if (bodies.length === 0) {
    const snippet = firstOf(element, '.iA.g6', '.iA', '.g6');
    if (snippet) content.append(make(page, 'p', snippet));
  }
  const files = outermost(element, '.aZo .aV3, .aQH .aV3').filter((file) => textOf(file));
  if (files.length === 0) return;
  content.append(
    make(page, 'p', inLanguage(page, 'Attachments:', '附件：')),
    make(page, 'ul', ...files.map((file) => make(page, 'li', file))),
  );
}
