import type { FlatPage } from '../flat-page';
import {
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
import { labelLine, postLine } from './post-line';
import type { Site } from './types';

const bodySelector = '[id^="UniqueMessageBody"], [role="document"][aria-label]';
const timeSelector = '[data-testid="SentReceivedSavedTime"]';

/** Outlook on the web: the messages of the conversation in the reading pane, in the order shown. */
export const outlook: Site = {
  id: 'outlook',
  hosts: [
    'outlook.live.com',
    'outlook.office.com',
    'outlook.office365.com',
    'outlook.cloud.microsoft',
    'outlook.office365.cn',
    'partner.outlook.cn',
  ],
  read(page) {
    const pane =
      page.document.querySelector('#ConversationReadingPaneContainer') ??
      page.document.querySelector('[data-app-section="ConversationContainer"]') ??
      page.document.querySelector('#ReadingPaneContainerId') ??
      page.document.querySelector('[role="main"]') ??
      page.document.body;
    const bodies = outermost(pane, bodySelector).filter((body) => !isEditor(body));
    if (bodies.length === 0) return null;
    const subject = firstOf(pane, '[id^="CONV_"][id$="_SUBJECT"]', '[id$="_SUBJECT"]', '[role="heading"]');
    const title = textOf(subject) || page.title;
    const content = make(page, 'article', heading(page, 1, subject ?? title));
    const folded: number[] = [];
    for (const message of messagesIn(pane, bodies)) {
      const body = outermost(message, bodySelector).find((part) => !isEditor(part));
      if (!body) folded.push(1);
      addMessage(page, content, message, body);
    }
    return siteContent(content, title, notLoaded(folded));
  },
};

/** A message that is being written has the same name as one that is read. */
const isEditor = (body: Element) =>
  body.getAttribute('contenteditable') === 'true' || body.getAttribute('role') === 'textbox';

/**
 * The elements of the messages, open and folded, whatever their classes are: each is the largest element that holds
 * one date (or one text, where dates are not marked).
 */
function messagesIn(pane: Element, bodies: Element[]): Element[] {
  const times = [...pane.querySelectorAll(timeSelector)];
  const anchors = times.length >= bodies.length ? times : bodies;
  const counts = new Map<Element, number>();
  for (const anchor of anchors) {
    for (let element: Element | null = anchor; element && element !== pane; element = element.parentElement) {
      counts.set(element, (counts.get(element) ?? 0) + 1);
    }
  }
  if (anchors.length === 1) return [pane];
  return anchors.map((anchor) => {
    let message = anchor;
    for (let above = message.parentElement; above && counts.get(above) === 1; above = above.parentElement)
      message = above;
    return message;
  });
}

function addMessage(page: FlatPage, content: HTMLElement, message: Element, body: Element | undefined): void {
  if (!body) {
    // What is left of a folded message is its sender, its date and its first words.
    const line = labelLine(page, wordsIn(message));
    if (line) content.append(line);
    return;
  }
  const header = (...selectors: string[]) => {
    const found = selectors.flatMap((selector) => [...message.querySelectorAll(selector)]);
    return found.find((element) => textOf(element) && !body.contains(element) && !element.contains(body));
  };
  const line = postLine(
    page,
    header(
      '[id$="_FROM"]',
      '[aria-label^="From:"]',
      '[aria-label^="发件人"]',
      '[aria-label^="寄件者"]',
      '[title*="@"]',
    ),
    header('[aria-label^="To:"]', '[aria-label^="收件人"]'),
    header('[aria-label^="Cc:"]', '[aria-label^="抄送"]', '[aria-label^="副本"]'),
    header(timeSelector),
  );
  if (line) content.append(line);
  const files = header(
    '[role="listbox"][aria-label*="ttachment"]',
    '[aria-label="Attachments"]',
    '[aria-label*="附件"]',
  );
  if (files) leaveOut(page, files, 'button, [role="button"]');
  leaveOut(page, body, 'button, [role="button"], [role="toolbar"]');
  content.append(body);
  if (!files) return;
  const names = outermost(files, '[role="option"]');
  content.append(
    make(page, 'p', inLanguage(page, 'Attachments:', '附件：')),
    names.length > 0 ? make(page, 'ul', ...names.map((name) => make(page, 'li', name))) : files,
  );
}

/** The outermost elements that hold words themselves, each a piece of a line. */
function wordsIn(message: Element): Element[] {
  const pieces: Element[] = [];
  for (const element of message.querySelectorAll('*')) {
    const hasWords = [...element.childNodes].some((node) => node.nodeType === 3 && textOf(node));
    if (hasWords && !pieces.at(-1)?.contains(element)) pieces.push(element);
  }
  return pieces;
}
