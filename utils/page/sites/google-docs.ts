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

/**
 * Documents of Google Docs. Their text is drawn, so it is not on the page; the export of the document has all of it.
 * Sheets, slides and published documents are left to generic reading.
 */
export const googleDocs: Site = {
  id: 'google-docs',
  hosts: ['docs.google.com'],
  asksFirst: true,

  resources(page): Record<string, string> {
    const address = exportAddress(page.url);
    return address ? { document: address } : {};
  },

  read(page, resources) {
    if (!exportAddress(page.url)) return null;
    const name = nameOf(page);
    const body = exported(page, resources.document ?? '');
    const drawn = body ? [] : outermost(page.document, '.kix-page, .kix-paragraphrenderer').filter(textOf);
    const hasTitle = body?.querySelector('h1') != null;
    const content = make(page, 'article', name && !hasTitle && heading(page, 1, name), body, ...drawn);
    addComments(page, content);
    return siteContent(content, name, body ? [] : [{ why: 'export', size: 0 }]);
  },
};

/** The export on the same host and for the same account; undefined for pages that are no document in its editor. */
function exportAddress(address: string): string | undefined {
  const { origin, pathname } = new URL(address);
  const match = /^(?:\/a\/[\w.-]+)?(\/document(?:\/u\/\d+)?\/d\/[\w-]{20,})\/(?:edit|view|preview)?\/?$/.exec(
    pathname.endsWith('/') ? pathname : `${pathname}/`,
  );
  return match?.[1] && `${origin}${match[1]}/export?format=html`;
}

function nameOf(page: FlatPage): string {
  const title = firstOf(
    page.document,
    '.docs-title-input-label-inner',
    '#docs-title-widget',
    '.docs-title-input',
  );
  return textOf(title) || page.title.replace(/ - Google .{2,12}$/, '');
}

/** The exported document as nodes of the flat page; null when the answer is something else, such as a sign-in page. */
function exported(page: FlatPage, html: string): Element | null {
  if (!html) return null;
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  if (!parsed.body.matches('.doc-content') && !/\.c\d+\{/.test(styleOf(parsed))) return null;
  const { bold, italic } = emphasisOf(styleOf(parsed));
  for (const element of parsed.querySelectorAll('style, script, meta, link')) element.remove();
  const body = make(page, 'div', ...page.document.adoptNode(parsed.body).childNodes);
  // A title is a paragraph of its own style there.
  for (const title of body.querySelectorAll('p.title')) {
    if (textOf(title)) title.replaceWith(heading(page, 1, ...title.childNodes));
  }
  emphasize(page, body, bold, 'strong');
  emphasize(page, body, italic, 'em');
  for (const link of body.querySelectorAll('a[href]'))
    link.setAttribute('href', target(link.getAttribute('href') ?? ''));
  // Pictures come as data of megabytes; their descriptions are what can be read.
  for (const image of body.querySelectorAll('img[src^="data:"]')) image.removeAttribute('src');
  return textOf(body) ? body : null;
}

const styleOf = (parsed: Document) =>
  Array.from(parsed.querySelectorAll('style'), (style) => style.textContent ?? '').join('\n');

/** The export marks bold and italic words by classes that its style sheet explains. */
function emphasisOf(style: string): { bold: string[]; italic: string[] } {
  const bold: string[] = [];
  const italic: string[] = [];
  for (const [, name, rules] of style.matchAll(/\.(c\d{1,5})\{([^{}]{0,2000})\}/g)) {
    if (!name || !rules) continue;
    if (/font-weight:(?:[6-9]00|bold)/.test(rules)) bold.push(name);
    if (/font-style:italic/.test(rules)) italic.push(name);
  }
  return { bold, italic };
}

function emphasize(page: FlatPage, body: Element, classes: string[], name: string): void {
  const wanted = new Set(classes);
  for (const span of wanted.size > 0 ? body.querySelectorAll('span[class]') : []) {
    if (!textOf(span) || span.closest('h1, h2, h3, h4, h5, h6')) continue;
    if ([...span.classList].some((each) => wanted.has(each)))
      span.append(make(page, name, ...span.childNodes));
  }
}

/** Links of the export lead through a page that counts clicks; the real address is in its query. */
function target(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  const real =
    /^(?:www\.)?google\.com$/.test(url.hostname) && url.pathname === '/url'
      ? url.searchParams.get('q')
      : null;
  return real && /^(?:https?|mailto):/i.test(real) ? real : address;
}

/** Comments in the margin, with their answers. */
function addComments(page: FlatPage, content: Element): void {
  const threads = outermost(
    page.document,
    '.docos-docoview-active, .docos-anchoreddocoview, .docos-docoview',
  );
  const replies = threads.flatMap((thread) =>
    outermost(thread, '.docos-replyview, .docos-docoview-rootreply'),
  );
  if (replies.length === 0) return;
  content.append(heading(page, 2, inLanguage(page, 'Comments', '评论')));
  for (const reply of replies) {
    leaveOut(page, reply, 'button, [role=button], .docos-replyview-buttons');
    const words = firstOf(reply, '.docos-replyview-body', '.docos-replyview-static');
    const line = byline(page, firstOf(reply, '.docos-author'), firstOf(reply, '.docos-replyview-timestamp'));
    content.append(line ?? '', words ? make(page, 'div', words) : '');
  }
}
