/** Writes chosen sentences as Markdown: quotes, citations and headings. Knows sources, no ranking. */

import { passageText, type Source } from '../../../source';
import { escapeMarkdown, plainText } from './marks';
import type { Sentence } from './sentences';

/** A quote is a run of neighbouring sentences of one passage. */
export type Run = readonly Sentence[];

/** Groups chosen sentences, given as ascending indexes, into runs of neighbours within one passage. */
export function runsOf(sentences: readonly Sentence[], chosen: readonly number[]): Run[] {
  const runs: Sentence[][] = [];
  for (const [position, index] of chosen.entries()) {
    const sentence = sentences[index];
    if (!sentence) continue;
    const run = chosen[position - 1] === index - 1 ? runs.at(-1) : undefined;
    const last = run?.at(-1);
    if (run && last?.document === sentence.document && last.paragraph === sentence.paragraph)
      run.push(sentence);
    else runs.push([sentence]);
  }
  return runs;
}

/**
 * `> words ¶12`, or `> words 2 ¶12` among several documents, by their `numbers`. Rendered, the words are the
 * source's to the letter.
 */
export function quoteOf(run: Run, numbers: readonly number[]): string {
  const first = run[0];
  const words = run.map(({ text, spaced }, index) => (index > 0 && spaced ? ` ${text}` : text)).join('');
  const place = `¶${first?.paragraph ?? 0}`;
  return `> ${escapeMarkdown(words)} ${numbers.length > 1 ? `${numbers[first?.document ?? 0]} ${place}` : place}`;
}

/** A heading line of the answer; `level` is the number of `#`. */
export function headingLine(level: number, words: string): string {
  return `${'#'.repeat(level)} ${escapeMarkdown(words).replace(/(?<!\\)#+$/, '\\$&')}`;
}

/** Function from a sentence to the words of the heading it stands under, '' without one. */
export function headingLookup(documents: readonly Source[]): (sentence: Sentence) => string {
  const lookups = documents.map(headingsIn);
  return ({ document, paragraph }) => lookups[document]?.(paragraph) ?? '';
}

/**
 * The same for the passages of one document. The heading that repeats the document's title counts as none.
 */
function headingsIn(source: Source): (paragraph: number) => string {
  const over: number[] = [];
  let current = 0;
  for (const segment of source.segments) {
    if (segment.kind === 'heading') current = segment.number;
    over[segment.number] = current;
  }
  const firstHeading = source.segments.find((segment) => segment.kind === 'heading')?.number;
  const wordsOf = new Map<number, string>();
  return (paragraph) => {
    const heading = over[paragraph] ?? 0;
    const known = wordsOf.get(heading);
    if (known !== undefined) return known;
    const words = plainText(passageText(source, heading) ?? '', 'heading').replaceAll('\n', ' ');
    const repeatsTitle = heading === firstHeading && source.title.includes(words);
    wordsOf.set(heading, repeatsTitle ? '' : words);
    return repeatsTitle ? '' : words;
  };
}
