/** A page as passages: its words in their order, with headings, lists, quotes, tables, notes and line breaks. */

import type { Passage, PassageKind, Place } from '../../source';
import { fenced } from '../file-reading';
import { Line } from './inline';
import { hasBlocks, isHidden, isSameAddress, outward, pictureOf, withBreaks } from './looks';
import { mathOf } from './math';
import { blocks, deepestIndent, embedded, unseen } from './names';
import type { PageNotes } from './notes';
import { gridOf, partsOfTable, tablePieces } from './table';
import { isElement, type PageElement, type PageNode, textIn } from './tree';

export interface PageOptions {
  /** Which links are marks of notes, and which elements are their texts. */
  notes?: PageNotes;
  /** Called with the id of every element before its words. May return a passage that is to stand there. */
  onId?: (id: string, element: PageElement) => Passage | undefined;
  /** Where a passage that begins now begins. */
  place?: () => Place | undefined;
  /** The address of a link as it is to be told, undefined where only its words are. */
  linkOf?: (address: string) => string | undefined;
}

export interface PageText {
  passages: Passage[];
  pictures: number;
  /** Audio, video and other files that the page shows. */
  embedded: number;
  /** Text that the page does not show. */
  hidden: { size: number; sample?: string };
}

/** The passages of a page, or of a part of one. */
export function pageText(root: PageElement, options: PageOptions = {}): PageText {
  const walker = new Walker(options);
  walker.walk(root);
  walker.flush();
  return walker.found;
}

interface Container {
  first: string;
  rest: string;
  kind: 'item' | 'quote';
  /** Its first words are still to come. */
  isFresh: boolean;
}

class Walker {
  readonly found: PageText = { passages: [], pictures: 0, embedded: 0, hidden: { size: 0 } };
  private readonly line = new Line();
  private readonly containers: Container[] = [];
  private readonly lists: { number: number | undefined; step: number }[] = [];
  private heading = 0;
  /** The mark of a note whose words come next. */
  private note = '';
  private place: Place | undefined;
  private hasPlace = false;
  private readonly options: PageOptions;

  constructor(options: PageOptions) {
    this.options = options;
  }

  walk(node: PageNode): void {
    if (!isElement(node)) {
      this.begin(node);
      this.line.words(node);
      return;
    }
    const { name, attributes } = node;
    if (unseen.has(name)) return;
    if (isHidden(node)) {
      const text = textIn(node).replace(/\s+/g, ' ').trim();
      this.found.hidden.size += text.length;
      this.found.hidden.sample ??= text || undefined;
      return;
    }
    const isBlock = blocks.has(name);
    if (isBlock) this.flush();
    const id = attributes.id ?? (name === 'a' ? attributes.name : undefined);
    if (id) this.meet(id, node);
    this.element(node);
    if (isBlock) this.flush();
  }

  /** What is done with elements that are more than their words. */
  private readonly kinds: Record<string, (node: PageElement) => void> = {
    br: () => this.break(),
    ul: (node) => this.list(node),
    menu: (node) => this.list(node),
    dir: (node) => this.list(node),
    ol: (node) => this.list(node),
    li: (node) => this.item(node),
    blockquote: (node) => this.inside({ first: '> ', rest: '> ', kind: 'quote', isFresh: true }, node),
    pre: (node) => this.code(node),
    listing: (node) => this.code(node),
    xmp: (node) => this.code(node),
    table: (node) => this.table(node),
    ruby: (node) => this.ruby(node),
    sup: (node) => this.script(node),
    sub: (node) => this.script(node),
    a: (node) => this.link(node),
    img: (node) => this.picture(node),
    image: (node) => this.picture(node),
    math: (node) => this.exactly(mathOf(node)),
    hr: () => {},
    wbr: () => {},
  };

  private element(node: PageElement): void {
    const { name } = node;
    if (/^h[1-6]$/.test(name)) this.inHeading(Number(name[1]), node);
    else if (Object.hasOwn(this.kinds, name)) this.kinds[name]?.(node);
    else {
      if (embedded.has(name)) this.found.embedded++;
      this.children(node);
    }
  }

  private break(): void {
    // Two of them end a paragraph.
    if (this.line.endsWithBreak) this.flush();
    else if (!this.line.isEmpty) this.line.break();
  }

  private exactly(text: string): void {
    this.begin(text);
    this.line.exactly(text);
  }

  private children(node: PageElement): void {
    for (const child of node.children) this.walk(child);
  }

  /** Ends the paragraph, if one is open. */
  flush(): void {
    const text = this.line.take();
    const place = this.hasPlace ? this.place : this.options.place?.();
    this.hasPlace = false;
    if (text === '') return;
    const marks = this.heading > 0 ? `${'#'.repeat(this.heading)} ` : '';
    const words = this.heading > 0 ? text.replace(/\s*\n\s*/g, ' ') : text;
    this.put(this.note + marks + words, this.heading > 0 ? 'heading' : 'text', place);
    this.note = '';
  }

  /** Where a passage begins is known when its first word is met. */
  private begin(text: string): void {
    if (this.hasPlace || text.trim() === '') return;
    this.place = this.options.place?.();
    this.hasPlace = true;
  }

  private put(text: string, kind: PassageKind, place = this.options.place?.()): void {
    const shown = this.containers.slice(0, deepestIndent);
    const isItem = this.containers.some((one) => one.kind === 'item' && one.isFresh);
    const isQuote = this.containers.some((one) => one.kind === 'quote');
    const first = shown.map((one) => (one.isFresh ? one.first : one.rest)).join('');
    const rest = shown.map((one) => one.rest).join('');
    for (const one of this.containers) if (one.kind === 'item') one.isFresh = false;
    const inner = kind === 'text' ? (isItem ? 'list-item' : isQuote ? 'quote' : 'text') : kind;
    const lines = rest === '' ? text : text.replaceAll('\n', `\n${rest}`);
    this.found.passages.push({ text: first + lines, kind: inner, ...(place ? { place } : {}) });
  }

  private meet(id: string, node: PageElement): void {
    const label = this.options.notes?.labelOf(id);
    if (this.options.onId) {
      const passage = this.options.onId(id, node);
      if (passage) {
        this.flush();
        this.found.passages.push(passage);
      }
    }
    if (label !== undefined && this.line.isEmpty && this.note === '') this.note = `[^${label}]: `;
  }

  private inHeading(level: number, node: PageElement): void {
    const outer = this.heading;
    this.heading = level;
    this.children(node);
    this.flush();
    this.heading = outer;
  }

  private list(node: PageElement): void {
    const start = Number.parseInt(node.attributes.start ?? '1', 10);
    const isReversed = node.attributes.reversed !== undefined;
    const number = node.name === 'ol' ? (Number.isFinite(start) ? start : 1) : undefined;
    this.lists.push({ number, step: isReversed && node.attributes.start ? -1 : 1 });
    this.children(node);
    this.lists.pop();
  }

  private item(node: PageElement): void {
    const list = this.lists.at(-1);
    let first = '- ';
    if (list?.number !== undefined) {
      const value = Number.parseInt(node.attributes.value ?? '', 10);
      if (Number.isFinite(value)) list.number = value;
      first = `${list.number}. `;
      list.number += list.step;
    }
    // The text of a note has a mark of its own.
    if (this.note) first = '';
    this.inside({ first, rest: ' '.repeat(first.length), kind: 'item', isFresh: true }, node);
  }

  private inside(container: Container, node: PageElement): void {
    this.containers.push(container);
    this.children(node);
    this.flush();
    this.containers.pop();
  }

  private code(node: PageElement): void {
    const text = textIn(withBreaks(node)).replace(/\r\n?/g, '\n').replace(/^\n/, '').replace(/\s+$/, '');
    if (text.trim() !== '') this.put(fenced(text), 'code');
  }

  private table(node: PageElement): void {
    const { captions, rows, isTable } = partsOfTable(node);
    if (!isTable) {
      this.children(node);
      return;
    }
    for (const caption of captions) {
      this.children(caption);
      this.flush();
    }
    const grid = gridOf(rows, (cell) => this.wordsIn(cell));
    for (const piece of tablePieces(grid)) this.put(piece, 'table');
  }

  /** The words of a part as one line or several. Pictures and files in it are counted. */
  private wordsIn(node: PageElement): string {
    const inner = new Walker({ ...this.options, place: undefined });
    inner.children(node);
    inner.flush();
    const { passages, pictures, embedded: files, hidden } = inner.found;
    this.found.pictures += pictures;
    this.found.embedded += files;
    this.found.hidden.size += hidden.size;
    this.found.hidden.sample ??= hidden.sample;
    return passages.map(({ text }) => text).join('\n');
  }

  /** A word with its reading, as it is written where small letters cannot be: 漢(かん)字(じ). */
  private ruby(node: PageElement): void {
    for (const child of node.children) {
      if (!isElement(child)) this.walk(child);
      else if (child.name === 'rt' || child.name === 'rtc') {
        const reading = textIn(child).replace(/\s+/g, ' ').trim();
        if (reading) this.line.exactly(`(${reading})`);
      } else if (child.name === 'rb' || child.name !== 'rp') this.children(child);
    }
  }

  private script(node: PageElement): void {
    const { name } = node;
    const text = textIn(node).trim();
    const isPlain = !node.children.some((child) => isElement(child) && child.name === 'a');
    if (isPlain && /^[\p{L}\p{N}+−-]{1,6}$/u.test(text)) this.exactly(`<${name}>${text}</${name}>`);
    else this.children(node);
  }

  private link(node: PageElement): void {
    const { href } = node.attributes;
    const mark = this.options.notes?.markOf(node);
    if (mark !== undefined) {
      this.exactly(`[^${mark}]`);
      return;
    }
    // The sign that leads from a note back to its mark.
    if (this.options.notes?.isWayBack(node, this.line.isEmpty && this.note !== '')) return;
    const address = href === undefined ? undefined : (this.options.linkOf ?? outward)(href);
    const words = textIn(node).replace(/\s+/g, ' ').trim();
    if (!address || words === '' || isSameAddress(words, address) || hasBlocks(node)) {
      this.children(node);
      return;
    }
    const outside = textIn(node);
    // Spaces at the ends of the words stand outside the brackets.
    if (/^\s/.test(outside)) this.line.words(' ');
    this.exactly(`[${this.wordsIn(node).replace(/\s+/g, ' ').replace(/[[\]]/g, '\\$&')}](${address})`);
    if (/\s$/.test(outside)) this.line.words(' ');
  }

  private picture(node: PageElement): void {
    const shown = pictureOf(node);
    if (!shown) return;
    this.found.pictures++;
    if (shown.text) this.exactly(shown.text);
  }
}
