import type { FlatPage } from '../flat-page';
import {
  firstOf,
  heading,
  inLanguage,
  inline,
  leaveOut,
  leaveOutAll,
  make,
  outermost,
  siteContent,
  textOf,
} from './build';
import type { Site, SiteContent } from './types';

/** Abstracts, and papers in HTML as LaTeXML makes them (arXiv itself and ar5iv). */
export const arxiv: Site = {
  id: 'arxiv',
  hosts: ['arxiv.org', 'ar5iv.org'],

  read(page) {
    const paper = firstOf(page.document, 'article.ltx_document', '.ltx_document:not(.package-alerts)');
    return paper ? readPaper(page, paper) : readAbstract(page);
  },
};

/** Title, authors, dates, abstract, the table of facts, the history of versions, and where the paper is. */
function readAbstract(page: FlatPage): SiteContent | null {
  const { document } = page;
  const abstract = firstOf(document, 'blockquote.abstract');
  const title = firstOf(document, '#abs h1.title', 'h1.title', 'h1.mathjax');
  if (!abstract || !title) return null;
  for (const element of [title, abstract]) leaveOut(page, element, '.descriptor');
  const name = textOf(title);
  const content = make(page, 'article', heading(page, 1, title));
  for (const selector of ['.authors', '.dateline']) {
    const line = firstOf(document, selector);
    if (line) content.append(make(page, 'p', inline(page, line)));
  }
  content.append(
    heading(page, 2, inLanguage(page, 'Abstract', '摘要')),
    make(page, 'p', inline(page, abstract)),
  );
  const facts = [...document.querySelectorAll('.metatable tr')].flatMap((row) => factOf(page, row) ?? []);
  if (facts.length > 0) content.append(make(page, 'ul', ...facts));
  content.append(...outermost(document, '.submission-history'));
  const papers = [
    ...document.querySelectorAll<HTMLAnchorElement>('.full-text a.abs-button, .full-text li > a'),
  ];
  // Two of the links are scripts or licences; a paper has an address of its own.
  const links = papers.filter((link) =>
    /\/(pdf|html|src|e-print|format)\//.test(link.getAttribute('href') ?? ''),
  );
  if (links.length > 0) {
    content.append(heading(page, 2, inLanguage(page, 'Full text', '全文')));
    content.append(make(page, 'ul', ...links.map((link) => make(page, 'li', link))));
  }
  return siteContent(content, name);
}

/** A row of the table of facts as a line: “Comments: 15 pages, 5 figures”. */
function factOf(page: FlatPage, row: Element): Element | null {
  leaveOut(page, row, '.button-and-tooltip, button, [role=tooltip]');
  const [label, value] = row.querySelectorAll('td, th');
  if (!label || !value || !textOf(value)) return null;
  const name = textOf(label) && make(page, 'strong', inline(page, label));
  return make(page, 'li', name, name && ' ', inline(page, value));
}

/** A paper: its article, with equations as lines. */
function readPaper(page: FlatPage, paper: HTMLElement): SiteContent | null {
  const name = textOf(firstOf(paper, '.ltx_title_document', 'h1'));
  leaveOut(page, paper, '.ltx_TOC, .ltx_page_navbar, .ltx_dates:empty, .ltx_listing_data, .sr-only, button');
  for (const note of outermost(paper, '.ltx_note')) placeNote(page, note);
  for (const table of outermost(paper, 'table.ltx_eqn_table, table.ltx_equation, table.ltx_equationgroup')) {
    table.replaceWith(equationLines(page, table));
  }
  tidy(page, paper);
  // Number, version, field and date, as printed in the margin of the first page.
  const stamp = firstOf(page.document, '#watermark-tr');
  const content = make(page, 'article', stamp && make(page, 'p', inline(page, stamp)), paper);
  return siteContent(content, name);
}

/** What style sheets say on the page is said with elements and blanks. */
function tidy(page: FlatPage, paper: Element): void {
  for (const title of paper.querySelectorAll('.ltx_theorem > .ltx_title, .ltx_proof > .ltx_title')) {
    // “Theorem 2.” begins a paragraph; as a heading it would cut the section in two.
    title.replaceWith(make(page, 'p', make(page, 'strong', ...title.childNodes)));
  }
  for (const title of paper.querySelectorAll('.ltx_title_abstract')) {
    title.replaceWith(heading(page, 2, ...title.childNodes));
  }
  for (const note of paper.querySelectorAll('.ltx_author_notes, .ltx_contact')) note.before(' ');
  for (const mark of paper.querySelectorAll('.ltx_tag_bibitem')) mark.after(' ');
  // The list has its bullets and numbers already; “(a)” is not one of them.
  const marks = [...paper.querySelectorAll('li > .ltx_tag_item')];
  leaveOutAll(
    page,
    marks.filter((mark) => /^(?:[•·∙◦*–-]|\d{1,3}\.)$/.test(textOf(mark))),
  );
}

/** Equations are laid out as tables with blank cells and their numbers at the side. */
function equationLines(page: FlatPage, table: Element): Element {
  const lines = make(page, 'div');
  for (const row of table.querySelectorAll('tr')) {
    const cells = [...row.querySelectorAll('td, th')].filter((cell) => cell.childNodes.length > 0);
    // Formulas first, then the number.
    cells.sort((first, second) => Number(isNumber(first)) - Number(isNumber(second)));
    if (cells.length === 0) continue;
    lines.append(make(page, 'div', ...cells.flatMap((cell) => [...cell.childNodes, ' '])));
  }
  return lines;
}

const isNumber = (cell: Element) => cell.matches('.ltx_eqn_eqno');

/**
 * A note stays where its mark is, in the form in which Pandoc writes such notes. It is shown only under the pointer, so
 * the flat page may not have its words; the live page has.
 */
function placeNote(page: FlatPage, note: Element): void {
  if (textOf(note).startsWith('^[')) return;
  const words = note.querySelector('.ltx_note_content') ?? hiddenWords(page, note);
  if (!words) return;
  leaveOut(page, note, '.ltx_note_mark, .ltx_tag_note, .ltx_note_type');
  for (const mark of words.querySelectorAll('.ltx_note_mark, .ltx_tag_note, .ltx_note_type')) mark.remove();
  note.replaceChildren('^[', ...words.childNodes, ']');
}

function hiddenWords(page: FlatPage, note: Element): Element | null {
  const live = page.liveOf(note) as Element | undefined;
  const words = live?.querySelector?.('.ltx_note_content');
  if (!words) return null;
  const copy = page.document.importNode(words, true);
  for (const formula of copy.querySelectorAll('math[alttext]')) {
    formula.replaceWith(`$${formula.getAttribute('alttext')}$`);
  }
  return copy;
}
