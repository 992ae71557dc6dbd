import { AppError } from '../../errors';
import type { FileNote, Gap } from '../../source';
import { openArchive } from '../archive';
import { Account, mergedGaps } from '../document/account';
import { type CellBlocks, DocumentWriter, textOf } from '../document/writer';
import type { XmlElement } from '../markup';
import { alternativeOf, chartMarkdown, diagramLines } from '../office/drawing';
import { childOf, chosen, descendantsOf, elementsOf, OfficePackage, textIn } from '../office/package';
import type { FileContext } from '../types';
import { drawnParagraphs } from './drawing-text';

export interface SlideText {
  writer: DocumentWriter;
  gaps: Gap[];
  notes: FileNote[];
  slides: number;
}

/** Stands first on a slide that the show skips. */
export const hiddenSlide = '[Hidden slide]';

interface Slide {
  files: OfficePackage;
  path: string;
  writer: DocumentWriter;
  account: Account;
}

/** Reads the slides of a PowerPoint file in the order in which they are shown. */
export function readPowerPoint(bytes: Uint8Array, context: FileContext): SlideText {
  const { name, signal, budget, onProgress } = context;
  const files = new OfficePackage(openArchive(bytes, { name, signal, budget }));
  const main = files.mainPart('ppt/presentation.xml');
  const presentation = files.tree(main);
  if (presentation?.name !== 'p:presentation') throw new AppError('file-broken', { name });
  const account = new Account();
  const writer = new DocumentWriter();
  const ids = elementsOf(childOf(presentation, 'p:sldIdLst')).map(({ attributes }) => attributes['r:id']);
  let comments = 0;
  for (const [index, id] of ids.entries()) {
    signal?.throwIfAborted();
    const path = files.relationship(main, id)?.target;
    const tree = files.tree(path);
    if (!path || !tree) {
      if (!path || !files.damaged.has(path)) account.count('unread-parts', `slide ${index + 1}`);
      continue;
    }
    writer.place = { slide: index + 1 };
    // What the show skips is on a slide of the file all the same.
    if (/^(?:0|false)$/.test(tree.attributes.show ?? '1')) writer.paragraph(hiddenSlide);
    readSlide(tree, { files, path, writer, account });
    comments += readComments({ files, path, writer, account }, main);
    onProgress?.({ done: index + 1, total: ids.length, unit: 'slides' });
  }
  return {
    writer,
    gaps: mergedGaps([...account.gaps(), ...files.gaps()]),
    notes: [{ what: 'comments', size: comments }],
    slides: ids.length,
  };
}

function readSlide(tree: XmlElement, slide: Slide): void {
  const shapes = elementsOf(childOf(childOf(tree, 'p:cSld'), 'p:spTree'));
  // The title is first wherever it was drawn.
  const isTitle = (shape: XmlElement) => /^(?:title|ctrTitle)$/.test(placeholder(shape) ?? '');
  for (const shape of shapes.filter(isTitle)) readShape(shape, slide);
  for (const shape of shapes) if (!isTitle(shape)) readShape(shape, slide);
  const { files, path, writer } = slide;
  const notes = files.tree(files.related(path, 'notesSlide'));
  for (const shape of descendantsOf(notes, 'p:sp')) {
    // Notes repeat the picture, the number and the date of their slide.
    if (placeholder(shape) !== 'body') continue;
    const text = drawnParagraphs(childOf(shape, 'p:txBody'), () => undefined).map((one) => one.text);
    if (text.length > 0) writer.add(`[Notes: ${text.join('\n')}]`, 'text');
  }
}

/** `title`, `body`, `sldNum`; undefined for a box that was drawn on this slide alone. */
function placeholder(shape: XmlElement): string | undefined {
  const element = childOf(childOf(elementsOf(shape)[0], 'p:nvPr'), 'p:ph');
  return element && (element.attributes.type ?? 'obj');
}

function readShape(shape: XmlElement, slide: Slide): void {
  const { account } = slide;
  switch (shape.name) {
    case 'p:sp':
      readText(shape, slide);
      break;
    case 'p:grpSp':
      for (const child of elementsOf(shape)) readShape(child, slide);
      break;
    case 'mc:AlternateContent':
      for (const child of chosen(shape)) readShape(child, slide);
      break;
    case 'p:pic': {
      account.count('pictures');
      const alternative = alternativeOf(descendantsOf(shape, 'p:cNvPr')[0]);
      if (alternative) slide.writer.paragraph(`![${alternative}]`);
      if (descendantsOf(shape, 'a:videoFile').length + descendantsOf(shape, 'a:audioFile').length > 0)
        account.count('embedded-files', 'media');
      break;
    }
    case 'p:graphicFrame':
      readFrame(shape, slide);
      break;
    default:
      break;
  }
}

function readText(shape: XmlElement, { files, path, writer, account }: Slide): void {
  const type = placeholder(shape);
  const linkOf = (id: string | undefined) => {
    const relationship = files.relationship(path, id);
    return relationship?.isExternal ? relationship.target : undefined;
  };
  const hidden = descendantsOf(childOf(shape, 'p:nvSpPr'), 'p:cNvPr')[0]?.attributes.hidden;
  const paragraphs = drawnParagraphs(childOf(shape, 'p:txBody'), linkOf);
  if (hidden === '1' || hidden === 'true') {
    account.words('hidden', paragraphs.map(({ text }) => text).join(' '));
    return;
  }
  if (type === 'sldNum') return;
  const isHeading = type === 'title' || type === 'ctrTitle';
  if (isHeading) {
    writer.heading(1, paragraphs.map(({ text }) => text.replaceAll('\n', ' ')).join(' '));
    return;
  }
  // Bodies of slides are lists unless they say that they are not; single boxes are text unless they say so.
  const isList = (type === 'body' || type === 'obj') && paragraphs.length > 1;
  for (const { text, depth, mark, isPlain } of paragraphs) {
    if (mark !== undefined || (!isPlain && (isList || depth > 0))) writer.listItem(depth, mark ?? '', text);
    else writer.paragraph(text);
  }
}

function readFrame(frame: XmlElement, slide: Slide): void {
  const { files, path, writer, account } = slide;
  const [table] = descendantsOf(frame, 'a:tbl');
  if (table) writer.table(tableRows(table));
  for (const chart of descendantsOf(frame, 'c:chart')) {
    account.count('charts');
    const markdown = chartMarkdown(files.tree(files.relationship(path, chart.attributes['r:id'])?.target));
    if (markdown) writer.add(markdown, markdown.includes('|') ? 'table' : 'text');
  }
  if (descendantsOf(frame, 'cx:chart').length > 0) account.count('charts');
  for (const diagram of descendantsOf(frame, 'dgm:relIds')) {
    const data = files.tree(files.relationship(path, diagram.attributes['r:dm'])?.target);
    for (const line of diagramLines(data)) writer.listItem(0, '', line);
  }
  const [object] = descendantsOf(frame, 'p:oleObj');
  if (object) account.count('embedded-files', object.attributes.progId);
}

function tableRows(table: XmlElement): CellBlocks[][] {
  return elementsOf(table)
    .filter(({ name }) => name === 'a:tr')
    .map((row) =>
      elementsOf(row)
        .filter(({ name, attributes }) => name === 'a:tc' && !attributes.hMerge && !attributes.vMerge)
        .map((cell) => ({
          passages: drawnParagraphs(childOf(cell, 'a:txBody'), () => undefined).map(({ text }) => ({
            text,
            kind: 'text',
          })),
          columns: Number(cell.attributes.gridSpan ?? 1),
          rows: Number(cell.attributes.rowSpan ?? 1),
        })),
    );
}

/** Comments of both kinds that PowerPoint has; how many there are. */
function readComments({ files, path, writer }: Slide, main: string): number {
  const authors = new Map<string, string>();
  for (const type of ['commentAuthors', 'authors']) {
    for (const { attributes } of elementsOf(files.tree(files.related(main, type)))) {
      if (attributes.id !== undefined && attributes.name) authors.set(attributes.id, attributes.name);
    }
  }
  let count = 0;
  for (const { type, target } of files.relationships(path)) {
    if (type !== 'comments') continue;
    for (const comment of elementsOf(files.tree(target))) {
      const body = new DocumentWriter();
      for (const { text } of drawnParagraphs(childOf(comment, 'p188:txBody'), () => undefined))
        body.paragraph(text);
      const text = (textIn(childOf(comment, 'p:text')) || textOf(body.finish())).replace(/\s+/g, ' ').trim();
      if (text === '') continue;
      const author = authors.get(comment.attributes.authorId ?? '');
      writer.add(`[Comment${author ? ` by ${author}` : ''}: ${text}]`, 'text');
      count++;
    }
  }
  return count;
}
