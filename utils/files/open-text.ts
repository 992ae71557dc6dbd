/** OpenDocument texts: odt, ott, and fodt, which is one XML file. */

import { AppError } from '../errors';
import { mergedGaps } from './document/account';
import { documentReading } from './document/reading';
import { commentPassages, marginPassages, notePassages } from './open/ending';
import { openReading } from './open/inline';
import { bodyOf, openDocument } from './open/package';
import { OpenStory } from './open/story';
import { readStyles } from './open/styles';
import type { ReadFile } from './types';

export const readOpenText: ReadFile = async (bytes, context) => {
  const { name } = context;
  const file = openDocument(bytes, context);
  const body = bodyOf(file, 'office:text');
  if (!body) throw new AppError('file-broken', { name });
  const reading = openReading(file, readStyles(file.styles, file.content));
  const story = new OpenStory(reading);
  story.blocks(body);
  const passages = story.writer.finish();
  const notes = notePassages(reading);
  const margins = marginPassages(reading);
  const comments = commentPassages(reading);
  return documentReading({
    name,
    passages: [...passages, ...notes, ...margins, ...comments],
    gaps: mergedGaps([...reading.account.gaps(), ...file.gaps]),
    notes: [{ what: 'comments', size: comments.length }],
  });
};
