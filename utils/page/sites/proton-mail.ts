import type { FlatPage } from '../flat-page';
import { firstOf, heading, leaveOut, make, notLoaded, outermost, siteContent, textOf } from './build';
import { labelLine, postLine } from './post-line';
import type { Site } from './types';

const message = '[data-testid^="message-view"], [data-shortcut-target="message-container"]';
const bodySelector = '[data-testid="message-content:body"], .message-content';

/** Proton Mail: the messages of a conversation. Each text stands in a frame of its own, which is opened before. */
export const protonMail: Site = {
  id: 'proton-mail',
  hosts: ['mail.proton.me', 'mail.protonmail.com'],
  read(page) {
    const messages = outermost(page.document.body, message);
    if (!messages.some((element) => textOf(element.querySelector(bodySelector)))) return null;
    const subject = firstOf(page.document.body, '[data-testid="conversation-header:subject"]', 'h1');
    const title = textOf(subject) || page.title;
    const content = make(page, 'article', heading(page, 1, subject ?? title));
    let folded = 0;
    for (const element of messages) if (!addMessage(page, content, element)) folded++;
    return siteContent(content, title, notLoaded(folded > 0 ? [folded] : []));
  },
};

/** Adds a message. False when it is folded, so that only its header is on the page. */
function addMessage(page: FlatPage, content: HTMLElement, element: Element): boolean {
  const body = firstOf(element, bodySelector);
  const header = element.querySelector('[data-testid^="message-header"], .message-header') ?? element;
  const sender = firstOf(header, '[data-testid="recipients:sender"]', '[data-testid="message-header:from"]');
  const time = firstOf(header, 'time', '[data-testid^="item-date"]');
  const recipients = firstOf(
    header,
    '[data-testid="message-header:to"]',
    '[data-testid^="recipients:"][data-testid*="list"]',
  );
  if (!body) {
    leaveOut(page, header, 'button, [role="button"]:not([data-testid])');
    const line = sender || time ? postLine(page, sender, recipients, time) : labelLine(page, [header]);
    if (line) content.append(line);
    return false;
  }
  const line = postLine(page, sender, recipients, time);
  if (line) content.append(line);
  content.append(body);
  leaveOut(page, body, 'button');
  const files = outermost(element, '[data-testid="attachment-list:item"], .message-attachmentList [title]');
  if (files.length > 0) content.append(make(page, 'ul', ...files.map((file) => make(page, 'li', file))));
  return true;
}
