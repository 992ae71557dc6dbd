/** What hangs on a sheet: comments, text boxes, charts, pictures, the names of tables. */

import type { Archive } from '../archive';
import { XmlReader } from '../markup';
import type { BookText, SheetBuilder } from './book-text';
import { parseCellName } from './cell-names';
import { innerText, namespaces, relationsOf, richText } from './package';

/** Notes, and comments that are answered; those have an old note each that says only that they are there. */
export function readComments(
  sheet: SheetBuilder,
  notes: string | undefined,
  threaded: string | undefined,
  people: Map<string, string>,
): void {
  const answered = new Set<string>();
  if (threaded !== undefined) {
    const xml = new XmlReader(threaded, namespaces);
    let ref = '';
    let author: string | undefined;
    while (xml.next()) {
      if (xml.kind !== 'open') continue;
      if (xml.name === 'tc:threadedComment') {
        ref = xml.attributes.ref ?? '';
        author = people.get(xml.attributes.personId ?? '');
      } else if (xml.name === 'tc:text') {
        const cell = parseCellName(ref);
        answered.add(ref);
        if (cell) sheet.comment({ ...cell, author, text: innerText(xml) });
      }
    }
  }
  if (notes === undefined) return;
  const authors: string[] = [];
  const xml = new XmlReader(notes, namespaces);
  let ref = '';
  let author: string | undefined;
  while (xml.next()) {
    if (xml.kind !== 'open') continue;
    if (xml.name === 'author') authors.push(innerText(xml));
    else if (xml.name === 'comment') {
      ref = xml.attributes.ref ?? '';
      author = authors[Number(xml.attributes.authorId)];
    } else if (xml.name === 'text') {
      const text = richText(xml).trim();
      const cell = parseCellName(ref);
      if (!cell || answered.has(ref)) continue;
      // Most notes begin with the name of who wrote them.
      sheet.comment({ ...cell, author: author && !text.startsWith(author) ? author : undefined, text });
    }
  }
}

/** Text boxes are text of the sheet; charts and pictures are said to be missing. */
export function readDrawing(archive: Archive, part: string, sheet: SheetBuilder, book: BookText): void {
  const text = archive.text(part);
  if (text === undefined) return;
  book.miss(
    'charts',
    relationsOf(archive, part).filter(({ type }) => /^chart(?:Ex)?$/.test(type)).length,
    sheet.name,
  );
  const xml = new XmlReader(text, namespaces);
  let at = { column: 1, row: 1 };
  let pictures = 0;
  let words: string[] | undefined;
  let inside = '';
  let isFrom = false;
  while (xml.next()) {
    const { kind, name } = xml;
    if (kind === 'text') {
      if (inside === 'a:t' && words) words[words.length - 1] += xml.text;
      else if (isFrom && inside === 'xdr:col') at.column = (Number(xml.text) || 0) + 1;
      else if (isFrom && inside === 'xdr:row') at.row = (Number(xml.text) || 0) + 1;
    } else if (kind === 'open') {
      inside = name;
      if (name === 'xdr:from') isFrom = true;
      else if (name === 'xdr:pic') pictures++;
      else if (name === 'xdr:txBody') words = [];
      else if (name === 'a:p') words?.push('');
      else if (name === 'a:br' && words?.length) words[words.length - 1] += '\n';
    } else {
      inside = '';
      if (name === 'xdr:from') isFrom = false;
      else if (name === 'xdr:txBody' && words) {
        sheet.box({ ...at, text: words.join('\n').trim() });
        words = undefined;
      } else if (/Anchor$/.test(name)) at = { column: 1, row: 1 };
    }
  }
  book.miss('pictures', pictures, sheet.name);
}

export function readTableName(text: string | undefined): { name: string; range: string } | undefined {
  if (text === undefined) return undefined;
  const xml = new XmlReader(text, namespaces);
  while (xml.next()) {
    if (xml.kind !== 'open' || xml.name !== 'table') continue;
    const { displayName, name, ref } = xml.attributes;
    return ref ? { name: displayName ?? name ?? '', range: ref } : undefined;
  }
  return undefined;
}
