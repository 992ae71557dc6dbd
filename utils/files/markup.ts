/**
 * XML as files have it: read in one pass from the beginning to the end, in time that is linear in its length and
 * without recursion. What a DTD declares is passed over, so no entity is ever expanded and nothing is ever fetched.
 * What is not well-formed is read as far as it can be told, because a damaged file is better than none.
 */

import { Names } from './markup/names';
import { decodeEntities, endOfDoctype } from './markup/syntax';

export { decodeMarkup } from './markup/decode';

export interface XmlElement {
  /** With its prefix, `w:p`; the prefix is the one that the reader knows its namespace by. */
  name: string;
  /** By name, without a prototype. */
  attributes: Readonly<Record<string, string>>;
  children: XmlNode[];
}

export type XmlNode = XmlElement | string;

export interface XmlOptions {
  /**
   * The prefix by which each namespace is called, whatever the file calls it; '' for none. Namespaces that are not
   * here keep the prefix that the file gives them.
   */
  namespaces?: Readonly<Record<string, string>>;
}

/**
 * The deepest level of a tree. Elements that are deeper hang at this level, in order and with their own text: nothing
 * is lost, and whoever walks the tree by recursion is safe.
 */
export const deepestLevel = 300;

const noAttributes: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

/** The root of a document as a tree; undefined where there is no element. */
export function parseXml(text: string, options: XmlOptions = {}): XmlElement | undefined {
  const reader = new XmlReader(text, options);
  while (reader.next()) if (reader.kind === 'open') return reader.element();
  return undefined;
}

/** Reads a document piece by piece, so that a large one need not be in memory as a tree. */
export class XmlReader {
  /** What was read last. */
  kind: 'open' | 'close' | 'text' | 'end' = 'text';
  /** Of the element that opens or closes. */
  name = '';
  attributes: Readonly<Record<string, string>> = noAttributes;
  /** Of `text`. */
  text = '';
  /** It closes at once: a `close` follows. */
  private isEmpty = false;
  /** False when the document ends before its elements do, or closes what is not open. */
  isWellFormed = true;

  private readonly source: string;
  private at = 0;
  private readonly open: { written: string; name: string; declared?: string[] }[] = [];
  /** How often each name is open, so that a stray end is told at once. */
  private readonly counts = new Map<string, number>();
  /** Closes that are due: of an empty element, or of elements that were left open. */
  private due = 0;
  private readonly names: Names;

  constructor(source: string, { namespaces = {} }: XmlOptions = {}) {
    this.source = source;
    this.names = new Names(namespaces);
  }

  /** How many elements are open, the one that was just opened among them. */
  get depth(): number {
    return this.open.length;
  }

  /** How far it is, from 0 to 1. */
  get share(): number {
    return this.source.length === 0 ? 1 : this.at / this.source.length;
  }

  /** Goes on to the next piece; false at the end. */
  next(): boolean {
    if (this.isEmpty) {
      this.isEmpty = false;
      this.due = 1;
    }
    if (this.due > 0) return this.close();
    const { source } = this;
    while (this.at < source.length) {
      const start = this.at;
      if (source.charCodeAt(start) !== 60) {
        const end = source.indexOf('<', start);
        this.at = end === -1 ? source.length : end;
        this.text = decodeEntities(source.slice(start, this.at));
        this.kind = 'text';
        return true;
      }
      if (this.tag(start)) return true;
    }
    if (this.open.length > 0) {
      this.isWellFormed = false;
      this.due = this.open.length;
      return this.close();
    }
    this.kind = 'end';
    return false;
  }

  /** After `open`: the element with all that is in it. The next piece is what follows it. */
  element(): XmlElement {
    const root: XmlElement = { name: this.name, attributes: this.attributes, children: [] };
    const path = [root];
    const outside = this.depth;
    while (this.next()) {
      const parent = path[Math.min(path.length, deepestLevel) - 1] as XmlElement;
      if (this.kind === 'text') (path.at(-1) ?? root).children.push(this.text);
      else if (this.kind === 'open') {
        const element: XmlElement = { name: this.name, attributes: this.attributes, children: [] };
        parent.children.push(element);
        path.push(element);
      } else {
        if (this.depth < outside) break;
        path.pop();
      }
    }
    return root;
  }

  /** After `open`: passes over all that is in it. */
  skip(): void {
    const outside = this.depth;
    while (this.next()) if (this.kind === 'close' && this.depth < outside) return;
  }

  /** A tag, a comment or their like; true when it is a piece. */
  private tag(start: number): boolean {
    const { source } = this;
    const next = source.charCodeAt(start + 1);
    if (next === 33) {
      if (source.startsWith('<!--', start)) this.pass(start + 4, '-->');
      else if (source.startsWith('<![CDATA[', start)) {
        const end = source.indexOf(']]>', start + 9);
        if (end === -1) this.isWellFormed = false;
        this.text = source.slice(start + 9, end === -1 ? source.length : end);
        this.at = end === -1 ? source.length : end + 3;
        this.kind = 'text';
        return true;
      } else {
        this.at = endOfDoctype(source, start);
        if (this.at === source.length) this.isWellFormed = false;
      }
      return false;
    }
    if (next === 63) {
      this.pass(start + 2, '?>');
      return false;
    }
    if (next === 47) return this.endTag(start);
    if (isSpace(next) || Number.isNaN(next)) {
      // A lone sign that should have been written as an entity.
      this.isWellFormed = false;
      this.at = start + 1;
      this.text = '<';
      this.kind = 'text';
      return true;
    }
    return this.startTag(start);
  }

  private pass(from: number, mark: string): void {
    const end = this.source.indexOf(mark, from);
    if (end === -1) this.isWellFormed = false;
    this.at = end === -1 ? this.source.length : end + mark.length;
  }

  private endTag(start: number): boolean {
    const end = this.source.indexOf('>', start);
    this.at = end === -1 ? this.source.length : end + 1;
    const written = this.source.slice(start + 2, end === -1 ? undefined : end).trim();
    if (!this.counts.get(written)) {
      this.isWellFormed = false;
      return false;
    }
    while (this.open.at(-1 - this.due)?.written !== written) {
      this.isWellFormed = false;
      this.due++;
    }
    this.due++;
    return this.close();
  }

  private startTag(start: number): boolean {
    const { source } = this;
    let at = endOfName(source, start + 1);
    const written = source.slice(start + 1, at);
    let attributes: Record<string, string> | undefined;
    let declared: string[] | undefined;
    this.isEmpty = false;
    for (;;) {
      while (isSpace(source.charCodeAt(at))) at++;
      const code = source.charCodeAt(at);
      if (Number.isNaN(code)) {
        this.isWellFormed = false;
        break;
      }
      if (code === 62) {
        at++;
        break;
      }
      if (code === 47) {
        this.isEmpty = source.charCodeAt(at + 1) === 62;
        at++;
        continue;
      }
      const nameEnd = Math.max(endOfName(source, at), at + 1);
      const name = source.slice(at, nameEnd);
      at = nameEnd;
      while (isSpace(source.charCodeAt(at))) at++;
      let value = '';
      if (source.charCodeAt(at) === 61) {
        at++;
        while (isSpace(source.charCodeAt(at))) at++;
        const quote = source.charCodeAt(at);
        const isQuoted = quote === 34 || quote === 39;
        let end = isQuoted ? source.indexOf(String.fromCharCode(quote), at + 1) : endOfName(source, at);
        if (end === -1) end = source.length;
        value = decodeEntities(source.slice(isQuoted ? at + 1 : at, end));
        at = isQuoted ? end + 1 : end;
      }
      if (name === 'xmlns' || name.startsWith('xmlns:')) {
        declared ??= [];
        this.names.declare(name.slice(6), value);
        declared.push(name.slice(6));
      } else {
        attributes ??= Object.create(null) as Record<string, string>;
        if (!(name in attributes)) attributes[name] = value;
      }
    }
    this.at = at;
    this.attributes = attributes ? this.names.ofAttributes(attributes) : noAttributes;
    this.name = this.names.of(written);
    this.kind = 'open';
    this.open.push({ written, name: this.name, ...(declared ? { declared } : {}) });
    this.counts.set(written, (this.counts.get(written) ?? 0) + 1);
    return true;
  }

  private close(): boolean {
    this.due--;
    const { written, name, declared } = this.open.pop() as {
      written: string;
      name: string;
      declared?: string[];
    };
    this.counts.set(written, (this.counts.get(written) ?? 1) - 1);
    if (declared) this.names.forget(declared);
    this.kind = 'close';
    this.name = name;
    return true;
  }
}

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Where a name, or a value without quotes, ends. */
function endOfName(source: string, start: number): number {
  let at = start;
  for (; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === 62 || code === 61 || code === 47 || isSpace(code)) break;
  }
  return at;
}
