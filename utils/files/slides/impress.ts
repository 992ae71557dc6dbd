import { AppError } from '../../errors';
import { mergedGaps } from '../document/account';
import { inlineMarkdown } from '../document/inline';
import { DocumentWriter } from '../document/writer';
import { childOf, descendantsOf, elementsOf } from '../office/package';
import { commentPassages, notePassages } from '../open/ending';
import { openReading, readRuns } from '../open/inline';
import { bodyOf, openDocument } from '../open/package';
import { OpenStory } from '../open/story';
import { hiddenPageStyles, readStyles } from '../open/styles';
import type { FileContext } from '../types';
import { hiddenSlide, type SlideText } from './powerpoint';

/** Reads the slides of an OpenDocument presentation. */
export function readImpress(bytes: Uint8Array, context: FileContext): SlideText {
  const { name, signal, onProgress } = context;
  const file = openDocument(bytes, context);
  const body = bodyOf(file, 'office:presentation');
  if (!body) throw new AppError('file-broken', { name });
  const reading = openReading(file, readStyles(file.styles, file.content));
  const hiddenStyles = hiddenPageStyles(childOf(file.content, 'office:automatic-styles'));
  const writer = new DocumentWriter();
  const pages = elementsOf(body).filter((element) => element.name === 'draw:page');
  for (const [index, page] of pages.entries()) {
    signal?.throwIfAborted();
    writer.place = { slide: index + 1 };
    if (hiddenStyles.has(page.attributes['draw:style-name'] ?? '')) writer.paragraph(hiddenSlide);
    const story = new OpenStory(reading, writer);
    const isTitle = (className: string | undefined) => className === 'title';
    const shapes = elementsOf(page);
    for (const shape of shapes) {
      if (!isTitle(shape.attributes['presentation:class'])) continue;
      const lines = descendantsOf(shape, 'text:p').map((line) =>
        inlineMarkdown(readRuns(line, reading, {}).runs, { isOneLine: true, isBold: true }),
      );
      writer.heading(1, lines.filter(Boolean).join(' '));
    }
    for (const shape of shapes) {
      const { name: kind, attributes } = shape;
      if (isTitle(attributes['presentation:class']) || kind === 'presentation:notes') continue;
      // What repeats on every slide is filled in by the program.
      if (/^(?:page-number|date-time)$/.test(attributes['presentation:class'] ?? '')) continue;
      story.block(shape);
    }
    const notes = new OpenStory(reading);
    for (const shape of elementsOf(childOf(page, 'presentation:notes'))) {
      if (shape.attributes['presentation:class'] === 'notes') notes.block(shape);
    }
    const words = notes.writer.finish().map(({ text }) => text);
    if (words.length > 0) writer.add(`[Notes: ${words.join('\n')}]`, 'text');
    onProgress?.({ done: index + 1, total: pages.length, unit: 'slides' });
  }
  writer.place = undefined;
  for (const { text, kind } of notePassages(reading)) writer.add(text, kind);
  const comments = commentPassages(reading);
  for (const { text, kind } of comments) writer.add(text, kind);
  return {
    writer,
    gaps: mergedGaps([...reading.account.gaps(), ...file.gaps]),
    notes: [{ what: 'comments', size: comments.length }],
    slides: pages.length,
  };
}
