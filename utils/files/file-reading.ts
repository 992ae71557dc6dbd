/** What readers of files that are not pages have in common: the end of their work, and code in fences. */

import { AppError } from '../errors';
import { type Gap, numberPassages, type Passage, passageText, scriptLanguage } from '../source';
import type { FileReading } from './types';

/**
 * Passages as a reading, under the name of their file. A line that begins like the mark of a passage is moved by a
 * space.
 * @throws AppError file-nothing when there is no text
 */
export function fileReading(
  passages: readonly Passage[],
  {
    name,
    file,
    gaps = [],
    lang,
  }: { name: string; lang?: string } & Pick<FileReading, 'file'> & { gaps?: Gap[] },
): FileReading {
  const numbered = numberPassages(
    passages.map((passage) => ({ ...passage, text: withoutMarks(passage.text) })),
  );
  if (numbered.segments.length === 0) throw new AppError('file-nothing', { name });
  const first = numbered.segments.find(({ kind }) => kind !== 'heading')?.start ?? 0;
  const language = scriptLanguage(numbered.text.slice(first)) ?? lang;
  return {
    title: name,
    ...(language === undefined ? {} : { lang: language }),
    ...numbered,
    gaps: gaps.filter(({ size }) => size > 0),
    file,
  };
}

/** No line may look like the mark of a passage, wherever lines are taken to end. */
export const withoutMarks = (text: string): string =>
  text.includes('¶') ? text.replace(/([\n\r\v\f\u0085\u2028\u2029])(?=¶\d)/g, '$1 ') : text;

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
