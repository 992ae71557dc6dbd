/** Word documents: docx, docm, dotx. What they show is read; what they hide, delete or embed is counted and said. */

import { AppError } from '../errors';
import type { Passage } from '../source';
import { openArchive } from './archive';
import { mergedGaps } from './document/account';
import { documentReading } from './document/reading';
import { descendantsOf, elementsOf, OfficePackage, textIn } from './office/package';
import type { ReadFile } from './types';
import { openWord, type WordDocument } from './word/document';
import { oneLine, Story } from './word/story';

export const readWord: ReadFile = async (bytes, { name, signal, budget, onProgress }) => {
  const files = new OfficePackage(openArchive(bytes, { name, signal, budget }));
  const main = files.mainPart('word/document.xml');
  const reader = files.reader(main);
  if (!reader) throw new AppError('file-broken', { name });
  const document = openWord(files, main);
  const story = new Story(document, main);
  let lang: string | undefined;
  let isInBody = false;
  let done = 0;
  while (reader.next()) {
    if (reader.kind !== 'open') continue;
    if (reader.name === 'w:body') isInBody = true;
    else if (isInBody) {
      const block = reader.element();
      lang ??= descendantsOf(block, 'w:lang')[0]?.attributes['w:val'];
      story.block(block);
      const share = Math.floor(reader.share * 100);
      if (share > done) {
        done = share;
        onProgress?.({ done: Math.floor(reader.share * bytes.length), total: bytes.length, unit: 'bytes' });
        signal?.throwIfAborted();
      }
    } else if (reader.name !== 'w:document') reader.skip();
  }
  if (!isInBody) throw new AppError('file-broken', { name });
  if (!reader.isWellFormed) files.damaged.add(main);
  const body = story.finish();
  const notes = readNotes(document, main);
  const around = readMargins(document, main);
  const comments = readComments(document, main);
  const glossary = files.related(main, 'glossaryDocument');
  if (glossary) document.account.count('unread-parts', glossary);
  return documentReading({
    name,
    passages: [...body, ...notes, ...around, ...comments],
    gaps: mergedGaps([...document.account.gaps(), ...files.gaps()]),
    notes: [{ what: 'comments', size: comments.length }],
    ...(lang ? { lang } : {}),
  });
};

/** Footnotes and endnotes in the order in which the text names them. A note may name others. */
function readNotes(document: WordDocument, main: string): Passage[] {
  const parts = {
    footnote: { path: document.files.related(main, 'footnotes'), name: 'w:footnote' },
    endnote: { path: document.files.related(main, 'endnotes'), name: 'w:endnote' },
  };
  const passages: Passage[] = [];
  const trees = Object.entries(parts).map(([kind, { path, name }]) => {
    const notes = new Map(
      elementsOf(document.files.tree(path))
        .filter((note) => note.name === name && !/separator|notice/i.test(note.attributes['w:type'] ?? ''))
        .map((note) => [note.attributes['w:id'] ?? '', note]),
    );
    return [kind, { notes, path: path ?? '' }] as const;
  });
  const byKind = new Map<string, (typeof trees)[number][1]>(trees);
  const { named } = document.notes;
  for (let index = 0; index < named.length; index++) {
    const { kind, id, label } = named[index] as (typeof named)[number];
    const found = byKind.get(kind);
    const note = found?.notes.get(id);
    if (!found || !note) continue;
    found.notes.delete(id);
    const story = new Story(document, found.path);
    story.blocks(note);
    const [first, ...rest] = story.finish();
    if (!first) continue;
    passages.push({ ...first, kind: 'text', text: `[^${label}]: ${first.text}` }, ...rest);
  }
  // Notes that only deleted text names, or none.
  for (const [, { notes }] of trees) {
    for (const note of notes.values()) document.account.words('hidden', textIn(note));
  }
  return passages;
}

/** Headers and footers, each text once. */
function readMargins(document: WordDocument, main: string): Passage[] {
  const passages: Passage[] = [];
  for (const [type, label] of [
    ['header', 'Header'],
    ['footer', 'Footer'],
  ] as const) {
    const seen = new Set<string>();
    for (const { type: found, target, isExternal } of document.files.relationships(main)) {
      if (found !== type || isExternal) continue;
      const story = new Story(document, target);
      story.blocks(document.files.tree(target));
      const text = oneLine(story);
      // A page number alone is no text.
      if (!/\p{L}/u.test(text) || seen.has(text)) continue;
      seen.add(text);
      passages.push({ text: `[${label}: ${text}]`, kind: 'text' });
    }
  }
  return passages;
}

/** Comments with their authors and the words that they are about. */
function readComments(document: WordDocument, main: string): Passage[] {
  const path = document.files.related(main, 'comments');
  const passages: Passage[] = [];
  for (const comment of elementsOf(document.files.tree(path))) {
    if (comment.name !== 'w:comment') continue;
    const story = new Story(document, path ?? '');
    story.blocks(comment);
    const text = oneLine(story);
    if (text === '') continue;
    const { 'w:author': author = '', 'w:date': date = '', 'w:id': id = '' } = comment.attributes;
    const anchor = document.comments.anchorOf(id);
    const by = author.trim() ? ` by ${author.trim()}` : '';
    const on = /^\d{4}-\d\d-\d\d/.exec(date)?.[0];
    const about = anchor ? ` on “${anchor}”` : '';
    passages.push({ text: `[Comment${by}${on ? `, ${on}` : ''}${about}: ${text}]`, kind: 'text' });
  }
  return passages;
}
