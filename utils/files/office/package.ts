/** Packages of Office: parts in a zip archive, tied to each other by relationships. None of them leads out of it. */

import { AppError } from '../../errors';
import type { Gap } from '../../source';
import type { Archive } from '../archive';
import { parseXml, type XmlElement, XmlReader } from '../markup';
import { namespaces } from './namespaces';

export interface Relationship {
  id: string;
  /** The last word of its type: `footnotes`, `image`, `hyperlink`. */
  type: string;
  /** The path of a part, or an address outside. */
  target: string;
  isExternal: boolean;
}

export class OfficePackage {
  readonly archive: Archive;
  /** Parts that could not be read. */
  readonly damaged = new Set<string>();
  private readonly known = new Map<string, Relationship[]>();

  constructor(archive: Archive) {
    this.archive = archive;
  }

  /** The part that the package is about. */
  mainPart(usual: string): string {
    const main = this.relationships('').find(
      ({ type, isExternal }) => type === 'officeDocument' && !isExternal,
    );
    return main && this.archive.has(main.target) ? main.target : usual;
  }

  /** What a part is tied to; '' for the package itself. */
  relationships(part: string): Relationship[] {
    const found = this.known.get(part);
    if (found) return found;
    const slash = part.lastIndexOf('/') + 1;
    const folder = part.slice(0, slash);
    const list: Relationship[] = [];
    for (const { name, attributes } of elementsOf(this.tree(`${folder}_rels/${part.slice(slash)}.rels`))) {
      if (name !== 'Relationship') continue;
      const isExternal = attributes.TargetMode === 'External';
      const target = attributes.Target ?? '';
      list.push({
        id: attributes.Id ?? '',
        type: (attributes.Type ?? '').replace(/^.*\//, ''),
        target: isExternal ? target : target.startsWith('/') ? target.slice(1) : resolved(folder, target),
        isExternal,
      });
    }
    this.known.set(part, list);
    return list;
  }

  relationship(part: string, id: string | undefined): Relationship | undefined {
    return id === undefined ? undefined : this.relationships(part).find((one) => one.id === id);
  }

  /** The first part of this type that a part is tied to. */
  related(part: string, type: string): string | undefined {
    return this.relationships(part).find((one) => one.type === type && !one.isExternal)?.target;
  }

  /** A part to be read piece by piece; undefined where there is none, or it is damaged. */
  reader(path: string | undefined): XmlReader | undefined {
    const text = path === undefined ? undefined : this.text(path);
    return text === undefined ? undefined : new XmlReader(text, { namespaces });
  }

  tree(path: string | undefined): XmlElement | undefined {
    const text = path === undefined ? undefined : this.text(path);
    return text === undefined ? undefined : parseXml(text, { namespaces });
  }

  text(path: string): string | undefined {
    try {
      return this.archive.text(path);
    } catch (error) {
      // What was packed to do harm ends the reading; a part that is damaged is one part less.
      if (!(error instanceof AppError) || error.code !== 'file-broken') throw error;
      this.damaged.add(path);
      return undefined;
    }
  }

  /** What every package may have that is no text. */
  gaps(): Gap[] {
    const paths = this.archive.entries.map(({ path }) => path);
    const macros = paths.filter((path) =>
      /(?:^|\/)(?:vbaProject\.bin|macrosheets\/[^/]+\.xml)$/i.test(path),
    ).length;
    const unread = [...this.damaged, ...this.archive.duplicates];
    return [
      { why: 'macros', size: macros },
      { why: 'unread-parts', size: unread.length, sample: unread.slice(0, 5).join(', ') },
    ];
  }
}

function resolved(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of (folder + target).replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The elements directly in one. */
export const elementsOf = (element: XmlElement | undefined): XmlElement[] =>
  element ? element.children.filter((child) => typeof child !== 'string') : [];

/** The first element of this name directly in one. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  for (const child of element?.children ?? [])
    if (typeof child !== 'string' && child.name === name) return child;
  return undefined;
}

/**
 * Every element of this name below one, in order, none inside another. Of what is drawn in several ways only one is
 * looked at. What stands in elements called `except` is left out.
 */
export function descendantsOf(element: XmlElement | undefined, name: string, except = ''): XmlElement[] {
  const found: XmlElement[] = [];
  const stack: XmlElement[] = element ? elementsOf(element).reverse() : [];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at.name === name) found.push(at);
    else if (at.name === 'mc:AlternateContent') stack.push(...chosen(at).reverse());
    else if (at.name !== except) stack.push(...elementsOf(at).reverse());
  }
  return found;
}

/** Of the ways in which something is drawn for newer and older programs, the one for the newest. */
export function chosen(alternate: XmlElement): XmlElement[] {
  const ways = elementsOf(alternate);
  const way =
    ways.find(({ name }) => name === 'mc:Choice') ?? ways.find(({ name }) => name === 'mc:Fallback');
  return elementsOf(way);
}

/** All text in an element. */
export function textIn(element: XmlElement | undefined): string {
  const pieces: string[] = [];
  const stack: (XmlElement | string)[] = element ? [element] : [];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (typeof at === 'string') pieces.push(at);
    else
      for (let index = at.children.length - 1; index >= 0; index--)
        stack.push(at.children[index] as XmlElement | string);
  }
  return pieces.join('');
}
