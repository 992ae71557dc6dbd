/** What the tests of readers ask of a reading. */

import { passagesOf } from '@/utils/files/file-reading';
import type { FileReading } from '@/utils/files/types';
import { placeMark } from '@/utils/source';

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** The passages as `kind [place]: text`. */
export const shown = (reading: FileReading): string[] =>
  passagesOf(reading).map((passage) => {
    const place = placeMark(passage);
    return `${passage.kind}${place ? ` [${place}]` : ''}: ${passage.text}`;
  });

/** The text that fenced passages hold, joined as it was cut. */
export const unfenced = (reading: FileReading): string =>
  passagesOf(reading)
    .map(({ text }) => text.slice(text.indexOf('\n') + 1, text.lastIndexOf('\n')))
    .join('\n');

/** Lines that a model could take for the mark of a passage, beside the marks that are. */
export function falseMarks({ text, segments }: Pick<FileReading, 'text' | 'segments'>): number {
  const lines = text.match(/(^|[\n\r\v\f\u0085\u2028\u2029])¶\d/g)?.length ?? 0;
  return lines - segments.length;
}
