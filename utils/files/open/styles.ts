import type { XmlElement } from '../markup';
import { childOf, descendantsOf, elementsOf } from '../office/package';
import { levelOfName, roleOfName } from '../word/styles';

export interface OpenStyle {
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  raised?: 'up' | 'down';
  isHidden?: boolean;
  /** 1 to 9 for headings. */
  level?: number;
  role?: 'quote' | 'code';
  /** A font whose letters may be signs. */
  font?: string;
  /** Of lists, by name. */
  list?: string;
}

export interface ListLevel {
  isNumbered: boolean;
  format: string;
  before: string;
  after: string;
  start: number;
  /** How many levels are shown: 2 for `1.2`. */
  levels: number;
}

export interface OpenStyles {
  styles: Map<string, OpenStyle>;
  /** By the name of the list style, then by level from 0. */
  lists: Map<string, ListLevel[]>;
  /** Of headings. */
  outline: ListLevel[];
}

/** The styles of all parts of a document, each with what it inherits. */
export function readStyles(...parts: (XmlElement | undefined)[]): OpenStyles {
  const written = new Map<string, XmlElement>();
  const lists = new Map<string, ListLevel[]>();
  let outline: ListLevel[] = [];
  for (const part of new Set(parts)) {
    for (const group of elementsOf(part)) {
      if (group.name !== 'office:styles' && group.name !== 'office:automatic-styles') continue;
      for (const element of elementsOf(group)) {
        const name = element.attributes['style:name'] ?? '';
        if (element.name === 'style:style')
          written.set(keyOf(element.attributes['style:family'], name), element);
        else if (element.name === 'text:list-style') lists.set(name, levelsOf(element));
        else if (element.name === 'text:outline-style') outline = levelsOf(element);
      }
    }
  }
  const styles = new Map<string, OpenStyle>();
  for (const key of written.keys()) {
    const line: string[] = [];
    const seen = new Set<string>();
    for (let at = key; written.has(at) && !seen.has(at) && !styles.has(at); at = parentOf(written.get(at))) {
      seen.add(at);
      line.push(at);
    }
    for (const each of line.reverse()) {
      const element = written.get(each);
      styles.set(each, { ...styles.get(parentOf(element)), ...ownStyle(element) });
    }
  }
  return { styles, lists, outline };
}

/** Styles of words and of paragraphs may have the same name. */
export const keyOf = (family: string | undefined, name: string | undefined): string => `${family} ${name}`;

const parentOf = (element: XmlElement | undefined): string =>
  keyOf(element?.attributes['style:family'], element?.attributes['style:parent-style-name']);

function ownStyle(element: XmlElement | undefined): OpenStyle {
  const style: OpenStyle = {};
  const text = childOf(element, 'style:text-properties')?.attributes ?? {};
  const weight = text['fo:font-weight'];
  if (weight) style.bold = weight === 'bold' || Number(weight) >= 600;
  const slant = text['fo:font-style'];
  if (slant) style.italic = slant !== 'normal';
  const line = text['style:text-line-through-style'] ?? text['style:text-line-through-type'];
  if (line) style.strike = line !== 'none';
  const position = text['style:text-position'];
  if (position) style.raised = raisedBy(position);
  const display = text['text:display'];
  if (display) style.isHidden = display === 'none';
  const name = (element?.attributes['style:display-name'] ?? element?.attributes['style:name'] ?? '').replace(
    /_20_/g,
    ' ',
  );
  const level = levelOfName(name);
  if (level !== undefined) style.level = level;
  const role = roleOfName(name);
  if (role) style.role = role;
  const font = text['style:font-name'] ?? text['fo:font-family'];
  if (font) style.font = font.replace(/^['"]|['"]$/g, '');
  const list = element?.attributes['style:list-style-name'];
  if (list) style.list = list;
  return style;
}

function raisedBy(position: string): 'up' | 'down' | undefined {
  const first = position.trim().split(/\s+/)[0] ?? '';
  if (first === 'super') return 'up';
  if (first === 'sub') return 'down';
  const height = Number.parseFloat(first);
  return height > 0 ? 'up' : height < 0 ? 'down' : undefined;
}

function levelsOf(style: XmlElement): ListLevel[] {
  const levels: ListLevel[] = [];
  for (const element of elementsOf(style)) {
    const { attributes } = element;
    const index = Number(attributes['text:level'] ?? 0) - 1;
    if (!(index >= 0 && index < 10)) continue;
    const format = attributes['style:num-format'] ?? '';
    levels[index] = {
      isNumbered:
        element.name !== 'text:list-level-style-bullet' &&
        element.name !== 'text:list-level-style-image' &&
        format !== '',
      format,
      before: attributes['style:num-prefix'] ?? '',
      after: attributes['style:num-suffix'] ?? '',
      start: Number(attributes['text:start-value'] ?? 1) || 1,
      levels: Number(attributes['text:display-levels'] ?? 1) || 1,
    };
  }
  return levels;
}

/** Names of pages whose style hides them. */
export function hiddenPageStyles(...parts: (XmlElement | undefined)[]): Set<string> {
  const names = new Set<string>();
  for (const part of new Set(parts)) {
    for (const style of descendantsOf(part, 'style:style')) {
      const properties = childOf(style, 'style:drawing-page-properties')?.attributes;
      if (properties?.['presentation:visibility'] === 'hidden')
        names.add(style.attributes['style:name'] ?? '');
    }
  }
  return names;
}
