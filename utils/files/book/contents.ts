/** The table of contents of an EPUB, and how its chapters are counted. */

import type { Archive } from '../archive';
import { safely } from '../archive/safely';
import type { LightElement } from '../html/dom';
import { parseHtml } from '../html/parse';
import { parseXml, type XmlElement } from '../markup';
import { numberIn } from './chapter-number';
import { type BookPackage, folderOf, namespaces, resolve, words } from './package';

export interface Entry {
  title: string;
  path: string;
  fragment: string;
  /** 0 at the top. */
  depth: number;
}

/** An entry with the number by which its passages are cited, undefined where it is no chapter. */
export interface Chapter extends Entry {
  number?: number;
}

/** The entries in their order, of the navigation of EPUB 3, else of the index of EPUB 2. */
export function contentsOf(archive: Archive, book: BookPackage): Entry[] {
  const { navigation, index } = book;
  for (const read of [
    navigation === undefined ? undefined : () => fromNavigation(archive, navigation),
    index === undefined ? undefined : () => fromIndex(archive, index),
  ]) {
    const entries = read?.() ?? [];
    if (entries.length > 0) return entries;
  }
  return [];
}

function fromNavigation(archive: Archive, path: string): Entry[] {
  const text = safely(() => archive.text(path));
  if (text === undefined) return [];
  const navs = parseHtml(text, { isXhtml: true }).querySelectorAll('nav');
  const nav = navs.find((one) => /\btoc\b/.test(one.getAttribute('epub:type') ?? '')) ?? navs[0];
  const entries: Entry[] = [];
  const stack: { element: LightElement; depth: number }[] = nav ? [{ element: nav, depth: -1 }] : [];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { element, depth } = next;
    const href = element.localName === 'a' ? element.getAttribute('href') : null;
    if (href) {
      const title = element.textContent.replace(/\s+/g, ' ').trim();
      if (title) entries.push({ title, ...resolve(href, folderOf(path)), depth: Math.max(0, depth) });
      continue;
    }
    const inner = element.localName === 'ol' || element.localName === 'ul' ? depth + 1 : depth;
    for (const child of element.children.reverse()) stack.push({ element: child, depth: inner });
  }
  return entries;
}

function fromIndex(archive: Archive, path: string): Entry[] {
  const text = safely(() => archive.text(path));
  const root = text === undefined ? undefined : parseXml(text, { namespaces });
  const entries: Entry[] = [];
  const stack: { element: XmlElement; depth: number }[] = root ? [{ element: root, depth: -1 }] : [];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { element, depth } = next;
    const children = element.children.filter((child): child is XmlElement => typeof child !== 'string');
    if (element.name === 'navPoint') {
      const title = words(children.find(({ name }) => name === 'navLabel'));
      const source = children.find(({ name }) => name === 'content')?.attributes.src;
      if (title && source) entries.push({ title, ...resolve(source, folderOf(path)), depth });
    }
    // Lists of pages and of pictures are no contents.
    if (element.name === 'pageList' || element.name === 'navList') continue;
    for (let child = children.length - 1; child >= 0; child--) {
      const inner = children[child] as XmlElement;
      stack.push({ element: inner, depth: inner.name === 'navPoint' ? depth + 1 : depth });
    }
  }
  return entries;
}

/**
 * Chapters as their book counts them: where the titles have numbers that go up, chapter 7 is the one that is called
 * so, and prefaces have none; sections below it belong to it. Else the highest entries are counted from 1.
 */
export function numberChapters(entries: readonly Entry[]): { chapters: Chapter[]; count: number } {
  const numbers = entries.map(({ title }) => numberIn(title));
  const numbered = entries.flatMap((_, index) => numbers[index] ?? []);
  const goUp = numbered.every((number, index) => index === 0 || number > (numbered[index - 1] ?? 0));
  if (numbered.length > 1 && goUp) {
    let current: { number: number; depth: number } | undefined;
    const chapters = entries.map((entry, index) => {
      const number = numbers[index];
      if (number !== undefined) current = { number, depth: entry.depth };
      else if (current && entry.depth <= current.depth) current = undefined;
      return { ...entry, ...(current ? { number: current.number } : {}) };
    });
    return { chapters, count: numbered.length };
  }
  // One entry for the whole book with its chapters below it.
  const tops = entries.filter(({ depth }) => depth === 0);
  const level = tops.length === 1 && entries.length > 1 ? 1 : 0;
  let count = 0;
  const chapters = entries.map((entry) => {
    if (entry.depth === level) count++;
    return { ...entry, ...(count > 0 ? { number: count } : {}) };
  });
  return { chapters, count };
}
