/** Columns as they were written -> columns with the numbers of their documents. */

import { foldInto } from '../citations/fold';
import type { Source } from '../source';
import type { WrittenColumn } from './records';
import type { ComparisonColumn } from './types';

/** A source by which a column may be called; without passages it was left out. In the order of the numbers. */
export type Named = Pick<Source, 'title' | 'segments'>;

const folded = (text: string) => foldInto(text, 0, text.length);

/** The numbers of the documents that went with the request, in order. */
export const numbersOf = (sources: readonly Named[]): number[] =>
  sources.flatMap(({ segments }, index) => (segments.length > 0 ? [index + 1] : []));

/** The document that is called so: by a number in the name, or by its title, when only one could be meant. */
export function documentCalled(name: string, sources: readonly Named[]): number | undefined {
  const numbered =
    /^(?:(?:document|doc|source|文档|文件|来源|來源)\s*)?[#[(（]?(\d{1,3})\s*(?:$|[·.:：、)）\]-](?!\d))/iu.exec(
      name.normalize('NFKC').trim(),
    );
  const number = Number(numbered?.[1]);
  if (numbered && sources[number - 1]?.segments.length) return number;
  const words = folded(name);
  if (words.length < 2) return undefined;
  const titled = numbersOf(sources).filter((one) => {
    const title = folded(sources[one - 1]?.title ?? '');
    return title.includes(words) || (title.length > 3 && words.includes(title));
  });
  return titled.length === 1 ? titled[0] : undefined;
}

/**
 * Gives every column its document: the number that was written, else the source that is called so, else the next one
 * that no column has. A number that no document has stays: its cells are found to be missing.
 */
export function columnsOf(written: WrittenColumn[], sources: readonly Named[]): ComparisonColumn[] {
  const found = written.map(
    ({ document, name }) => document ?? (name ? documentCalled(name, sources) : undefined),
  );
  const taken = new Set(found);
  const free = numbersOf(sources).filter((number) => !taken.has(number));
  let beyond = Math.max(sources.length, ...found.map((number) => number ?? 0));
  if (sources.length === 0) {
    // Nothing is known of the documents: the place is the number.
    return written.map(({ name }, index) => ({ document: found[index] ?? index + 1, name }));
  }
  return written.map(({ name }, index) => ({ document: found[index] ?? free.shift() ?? ++beyond, name }));
}
