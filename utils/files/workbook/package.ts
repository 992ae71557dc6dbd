/** The parts of an Office Open XML package and how they point to each other. */

import type { Archive } from '../archive';
import { type XmlOptions, XmlReader } from '../markup';

const office = ['http://schemas.openxmlformats.org', 'http://purl.oclc.org/ooxml'];

/** Whatever prefixes a file has, these are ours: none for what sheets are made of. */
export const namespaces: XmlOptions = {
  namespaces: {
    [`${office[0]}/spreadsheetml/2006/main`]: '',
    [`${office[1]}/spreadsheetml/main`]: '',
    [`${office[0]}/package/2006/relationships`]: '',
    [`${office[0]}/officeDocument/2006/relationships`]: 'r',
    [`${office[1]}/officeDocument/relationships`]: 'r',
    [`${office[0]}/drawingml/2006/main`]: 'a',
    [`${office[1]}/drawingml/main`]: 'a',
    [`${office[0]}/drawingml/2006/spreadsheetDrawing`]: 'xdr',
    [`${office[1]}/drawingml/spreadsheetDrawing`]: 'xdr',
    'http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments': 'tc',
  },
};

export interface Relation {
  id: string;
  /** The last word of its type: `worksheet`, `comments`, `drawing`. */
  type: string;
  /** The path of the part, or the address of what is outside. */
  target: string;
  isExternal: boolean;
}

/** What a part points to, in the order of the file. `part` is '' for the package itself. */
export function relationsOf(archive: Archive, part: string): Relation[] {
  const at = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, at);
  const text = archive.text(`${folder}_rels/${part.slice(at)}.rels`);
  const relations: Relation[] = [];
  if (text === undefined) return relations;
  const xml = new XmlReader(text, namespaces);
  while (xml.next()) {
    if (xml.kind !== 'open' || xml.name !== 'Relationship') continue;
    const { Id = '', Type = '', Target = '', TargetMode } = xml.attributes;
    const isExternal = TargetMode === 'External';
    relations.push({
      id: Id,
      type: Type.slice(Type.lastIndexOf('/') + 1),
      target: isExternal ? Target : resolve(folder, Target),
      isExternal,
    });
  }
  return relations;
}

function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts = folder.split('/').filter(Boolean);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Text as OOXML writes it: characters that XML cannot hold are `_x000D_`. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** After the opening of a string item (`si`, `is`, `text`): its words, without the readings of ruby text. */
export function richText(xml: XmlReader): string {
  const outside = xml.depth;
  let text = '';
  let isText = false;
  while (xml.next()) {
    if (xml.kind === 'text') {
      if (isText) text += xml.text;
    } else if (xml.kind === 'open') {
      if (xml.name === 'rPh' || xml.name === 'phoneticPr') xml.skip();
      else isText = xml.name === 't';
    } else {
      isText = false;
      if (xml.depth < outside) break;
    }
  }
  return decodeEscapes(text);
}

/** After an opening: all words up to its end. */
export function innerText(xml: XmlReader): string {
  const outside = xml.depth;
  let text = '';
  while (xml.next()) {
    if (xml.kind === 'text') text += xml.text;
    else if (xml.kind === 'close' && xml.depth < outside) break;
  }
  return text;
}
