/** Presentations: pptx, pptm, ppsx and odp. Every passage knows its slide. */

import { AppError } from '../errors';
import { openArchive } from './archive';
import { documentReading } from './document/reading';
import { readImpress } from './slides/impress';
import { readPowerPoint } from './slides/powerpoint';
import type { ReadFile } from './types';

export const readSlides: ReadFile = async (bytes, context) => {
  const { name } = context;
  const { writer, gaps, notes, slides } = isOpenDocument(bytes, name)
    ? readImpress(bytes, context)
    : readPowerPoint(bytes, context);
  const passages = writer.finish();
  if (slides > 0 && passages.length === 0) throw new AppError('file-nothing', { name });
  return documentReading({ name, passages, gaps, notes, units: { slides } });
};

const isOpenDocument = (bytes: Uint8Array, name: string): boolean => {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isArchive && openArchive(bytes, { name }).has('content.xml');
};
