import { firstOf, heading, leaveOut, make, siteContent, textOf } from './build';
import type { Site } from './types';

/** Inside the text of a wiki page, but about the wiki: edit links, boxes of links to other pages, contents lists. */
const furniture = [
  '.mw-editsection, .mw-editsection-like, .mw-jump-link, #jump-to-nav, .printfooter, .catlinks, .mw-indicators',
  '.shortdescription, .mw-empty-elt, .mw-cite-backlink, .cite-accessibility-label, .toc, #toc, .toclimit-2, .mw-hidden-catlinks',
  '.navbox, .navbox-styles, .vertical-navbox, .navbox-container, .navigation-box, .NavFrame.collapsed',
  '.sidebar.nomobile, .sistersitebox, .side-box.metadata, .portalbox, .portal-bar, .bandeau-portail',
  '.asbox, .stub, .authority-control, .mw-authority-control, #normdaten, [role=navigation]',
  '.mw-collapsible-toggle, .mw-kartographer-container .mw-ui-button, .mw-file-magnify, .magnify',
].join(', ');

/** Wikipedia and its sister projects, in every language, on the desktop and the mobile host. */
export const wikipedia: Site = {
  id: 'wikipedia',
  hosts: [
    'wikipedia.org',
    'wiktionary.org',
    'wikibooks.org',
    'wikinews.org',
    'wikiquote.org',
    'wikisource.org',
    'wikiversity.org',
    'wikivoyage.org',
    'wikimedia.org',
    'mediawiki.org',
    'wikifunctions.org',
  ],

  read(page) {
    const { document } = page;
    const text = document.querySelector<HTMLElement>('#mw-content-text');
    // Pages of files, history, search and editing are no text; generic reading knows lists better.
    if (!text?.querySelector('.mw-parser-output, .mf-section-0') || isTool(document)) return null;
    const title = firstOf(document, '#firstHeading', '.mw-first-heading', 'h1');
    const name = textOf(title);
    leaveOut(page, text, furniture);
    const content = make(page, 'article', title && !text.contains(title) && heading(page, 1, title), text);
    return siteContent(content, name);
  },
};

function isTool(document: Document): boolean {
  return (
    document.querySelector('#editform, #filehistory, .wikibase-entityview, .searchresults, #pagehistory') !==
    null
  );
}
