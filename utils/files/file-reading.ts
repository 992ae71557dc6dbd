/** What readers of files that hold other files, or code, have in common. */

import { type Passage, passageText } from '../source';
import type { FileReading } from './types';

/** The passages of a reading, as they were before they were numbered. */
export const passagesOf = (reading: FileReading): Passage[] =>
  reading.segments.map(({ number, kind, page, place }) => ({
    text: passageText(reading, number) ?? '',
    kind,
    ...(page === undefined ? {} : { page }),
    ...(place === undefined ? {} : { place }),
  }));

/** Text in a fence that nothing inside can end: it is longer than any row of backticks in it. */
export function fenced(text: string, language = ''): string {
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Characters of names that a gap shows. */
const longestSample = 300;

/** Names for the sample of a gap: as many as are read at a glance, and that there are more. */
export function namesSample(names: readonly string[]): string {
  let sample = '';
  for (const [index, name] of names.entries()) {
    if (index > 0 && sample.length + name.length > longestSample) return `${sample}, …`;
    sample += index > 0 ? `, ${name}` : name;
  }
  return sample;
}
