/** Answers as people read them elsewhere: a comparison is a table, and not the lines that a program reads. */

import { answerParts } from '../compare';
import type { Source } from '../source';
import {
  comparisonIn,
  comparisonLines,
  comparisonMarkdown,
  writtenComparison,
} from './export/comparison-text';

/**
 * An answer as Markdown with its comparisons as tables. `sources` in the order of their numbers; without them nothing is
 * checked.
 */
export const readable = (text: string, sources?: readonly Source[]): string =>
  answerParts(text)
    .map(({ text: words, comparison }) => {
      if (comparison === undefined) return words;
      const read = comparisonIn(comparison, sources);
      return (
        comparisonMarkdown(writtenComparison(read, sources), sources?.length ?? read.columns.length, false) ||
        words
      );
    })
    .join('\n');

/** The words of an answer, to be searched and shown in a line: without the form of a comparison. */
export const wordsOf = (text: string): string =>
  answerParts(text)
    .map(({ text: words, comparison }) =>
      comparison === undefined ? words : comparisonLines(comparisonIn(comparison, [])),
    )
    .join('\n');
