/** Notes of an EPUB, which may stand in another file than their marks: both are named for the rules of pages. */

import { noteAttribute, noteMarkAttribute } from '../../page/markdown/roles';
import { type LightChild, type LightDocument, type LightElement, LightText } from '../html/dom';
import { folderOf, resolve } from './package';

/** A file of the book that is read as a page. */
export interface BookPage {
  path: string;
  document: LightDocument;
}

/** `1`, `[12]`, `(3)`, `*`, `注1`: what marks of notes look like. */
const looks =
  /^[[(（〔［【]?\s*(?:注|註)?\s*(\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§]{1,4}|[①-⑳])\s*[\])）〕］】.]?$/iu;
const backSigns = /^(?:[\s↩↑⏎^⤴↵⬆←]|\ufe0e|\ufe0f)+$/u;

/** Changes the pages in place: links inside of the book become marks of notes or plain words. */
export function nameNotes(pages: readonly BookPage[]): void {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const ids = new Map(pages.map(({ path, document }) => [path, idsOf(document)]));
  /** Texts of notes in another file than their marks, with their labels. */
  const apart = new Map<LightElement, string>();
  for (const { path, document } of pages) {
    let unnamed = 0;
    for (const link of document.querySelectorAll('a[href]')) {
      const href = link.getAttribute('href') ?? '';
      if (/^[a-z][a-z\d+.-]*:/i.test(href)) continue;
      const target = resolve(href, folderOf(path));
      const targetPath = href.startsWith('#') ? path : target.path;
      const element = ids.get(targetPath)?.get(target.fragment);
      const isSaid = /\bnoteref\b/.test(link.getAttribute('epub:type') ?? '') || isNamedMark(link);
      // Marks that are nothing but a small picture.
      if (isSaid && link.textContent.trim() === '') link.replaceChildren(String(++unnamed));
      if (targetPath === path) {
        link.setAttribute('href', target.fragment ? `#${target.fragment}` : '#');
        if (isSaid) link.setAttribute('role', 'doc-noteref');
        continue;
      }
      link.removeAttribute('href');
      const text = link.textContent.trim();
      const label =
        looks.exec(text)?.[1] ?? (isSaid ? text.replace(/\D+/g, '') || String(++unnamed) : undefined);
      const isMark = isSaid || (isRaised(link) && element !== undefined && !isBackLink(link));
      if (!label || !isMark || !byPath.has(targetPath)) continue;
      // The text of a note whose own mark leads back here.
      if (!isSaid && isInside(link, apart)) continue;
      link.replaceChildren(`[^${label}]`);
      link.setAttribute(noteMarkAttribute, '');
      const note = element && blockOf(element);
      if (note && !apart.has(note)) apart.set(note, label);
    }
  }
  for (const [note, label] of apart) nameNote(note, label);
}

function idsOf(document: LightDocument): Map<string, LightElement> {
  const ids = new Map<string, LightElement>();
  for (const element of document.querySelectorAll('[id], a[name]')) {
    const id = element.id || (element.getAttribute('name') ?? '');
    if (id && !ids.has(id)) ids.set(id, element);
  }
  return ids;
}

/** Classes by which readers of Chinese books tell a mark. */
const isNamedMark = (link: LightElement) =>
  /(^|\s)(duokan-footnote|noteref|footnote-?ref|fnref)(\s|$)/i.test(link.getAttribute('class') ?? '') ||
  link.getAttribute('role') === 'doc-noteref';
const isBackLink = (link: LightElement) =>
  /backlink/.test(`${link.getAttribute('epub:type') ?? ''} ${link.getAttribute('role') ?? ''}`);

function isRaised(link: LightElement): boolean {
  if (link.querySelector('sup')) return true;
  const parent = link.parentElement;
  const isSmall = parent?.localName === 'sup' || parent?.parentElement?.localName === 'sup';
  return isSmall || /^[[〔［【]/.test(link.textContent.trim());
}

/** The block that holds the text of a note. */
function blockOf(target: LightElement): LightElement | undefined {
  let element: LightElement | null = target;
  for (let level = 0; element && level < 4; level++) {
    if (/^(li|p|div|section|aside|dd|td|blockquote)$/.test(element.localName)) return element;
    element = element.parentElement;
  }
  return undefined;
}

function isInside(link: LightElement, notes: ReadonlyMap<LightElement, string>): boolean {
  for (let element = link.parentElement; element; element = element.parentElement)
    if (notes.has(element)) return true;
  return false;
}

/** A longer text is a page and no note. */
const longestNote = 20_000;

/** The number and the link back at its beginning are there to be clicked; its label is written anew before it. */
function nameNote(note: LightElement, label: string): void {
  note.setAttribute(noteAttribute, label);
  const text = note.textContent.trimStart();
  if (text.length > longestNote) return;
  const marks = [...note.querySelectorAll('sup').slice(0, 1), ...note.querySelectorAll('a')];
  let isNumbered = true;
  for (const mark of marks) {
    const words = mark.textContent.trim();
    const isNumber = isNumbered && text.startsWith(words) && looks.exec(words)?.[1] === label;
    if (isNumber) isNumbered = false;
    if (isNumber || backSigns.test(words)) mark.remove();
  }
  // What stood between the number and the words: `1. `, `[1]: `.
  const start = firstText(note);
  if (!isNumbered && start) start.data = start.data.replace(/^[\s.:：、)\]）］-]+/, '');
}

function firstText(root: LightElement): LightText | undefined {
  const stack: LightChild[] = [...root.childNodes].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node instanceof LightText) {
      if (node.data.trim() !== '') return node;
    } else stack.push(...[...node.childNodes].reverse());
  }
  return undefined;
}
