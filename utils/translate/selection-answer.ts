/** The answer of a model to a selection: the translation, and below it what words were taken to mean. */

import { lenientValues } from '../compare/lenient-json';
import type { Source } from '../source';
import { countOf, firstParagraphWith } from './occurrences';

/** What a word of the selection was taken to mean. `count` and `paragraph` are counted in the document by us. */
export interface SelectionTerm {
  source: string;
  target: string;
  /** Why, in the model's words. */
  reason: string;
  /** How often the document has it. */
  count: number;
  /** The number (¶) of the first paragraph that does. */
  paragraph?: number;
}

export interface SelectionAnswer {
  text: string;
  terms: { source: string; target: string; reason: string }[];
  alternatives: string[];
}

const opening = /(?:^|\n)[ \t]*<terms>/;
const mostTerms = 3;
/** Characters of a line with a term; a page may make a model write more, and that is no term. */
const longest = 1_000;

/** What begins a line in which other words for a translation may still come, or a frame around such lines. */
const noWording = /^(?:[{[\]]|```|<)/;
/** The figure or mark with which models begin the lines of a list. */
const listMark = /^(?:\d{1,2}[.)、:：]|[-*•])\s*/;
/** Other wordings that are shown; three are asked for. */
const mostAlternatives = 6;

/**
 * What stands in an answer, whole or still coming. A translation that a model put into quotation marks or a fence of
 * code is taken out of it.
 * @param isChoice it was asked for other wordings: nothing of it is the translation. A model that does not keep to the
 * form writes them as lines of text
 */
export function readSelectionAnswer(answer: string, isComplete = true, isChoice = false): SelectionAnswer {
  const at = answer.search(opening);
  let text = at < 0 ? answer : answer.slice(0, at);
  // What may become the opening line is not shown for the blink of an eye.
  if (at < 0 && !isComplete) text = text.replace(/\n[ \t]*<?t?e?r?m?s?$/, '');
  const rest = at < 0 ? '' : answer.slice(at);
  const terms: SelectionAnswer['terms'] = [];
  const alternatives: string[] = [];
  for (const line of rest.split('\n')) {
    const value = objectIn(line);
    const [source, target, reason] = Array.isArray(value?.t) ? value.t : [];
    if (
      typeof source === 'string' &&
      typeof target === 'string' &&
      source.trim() &&
      line.length <= longest &&
      terms.length < mostTerms
    )
      terms.push({
        source: source.trim(),
        target: target.trim(),
        reason: typeof reason === 'string' ? reason.trim() : '',
      });
  }
  for (const line of text.split('\n')) {
    const value = objectIn(line);
    if (typeof value?.a === 'string' && value.a.trim()) alternatives.push(value.a.trim());
  }
  if (isChoice && isComplete && alternatives.length === 0)
    for (const line of text.split('\n')) {
      const words = line.trim().replace(listMark, '');
      if (words && !noWording.test(words)) alternatives.push(words);
    }
  if (isChoice || alternatives.length > 0)
    return { text: '', terms, alternatives: [...new Set(alternatives)].slice(0, mostAlternatives) };
  return { text: unwrapped(text), terms, alternatives };
}

function objectIn(line: string): Record<string, unknown> | undefined {
  const trimmed = line.trim();
  if (!trimmed.startsWith('{')) return undefined;
  const [value] = lenientValues(trimmed, false) ?? [];
  return value && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
}

function unwrapped(text: string): string {
  const trimmed = text
    .replace(/^\s*```[\w-]*\n/, '')
    .replace(/\n```\s*$/, '')
    .trim();
  const [, inside] =
    /^<(?:translation|selection)\b[^>]*>\s*([\s\S]*?)\s*(?:<\/(?:translation|selection)\b[^>]*>)?$/.exec(
      trimmed,
    ) ?? [];
  return inside ?? trimmed;
}

/** The terms whose words the selection really has, with their places in the document. */
export const placedTerms = (
  terms: SelectionAnswer['terms'],
  selection: string,
  source: Pick<Source, 'text' | 'segments'>,
): SelectionTerm[] =>
  terms
    .filter((term) => countOf(selection, term.source) > 0)
    .map((term) => {
      const paragraph = firstParagraphWith(source, term.source);
      return {
        ...term,
        count: countOf(source.text, term.source),
        ...(paragraph === undefined ? {} : { paragraph }),
      };
    });
