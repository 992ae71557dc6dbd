/** Words of a quote -> where they stand in a text, to the letter but not to the typography. */

import { type Folded, fold, foldInto, isWhole } from './fold';

/** Offsets in a text, `end` exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** Words that were left out of a quote: an ellipsis, alone or in brackets. */
const gap = /[[(（【]?\s*(?:…+|\.{3,}|(?:\. ){2,}\.|。{3,}|⋯+)\s*[\])）】]?/u;
/** Words that the one who quotes has put in: [the mill]. */
const insertion = /\[[^\]]{1,80}\]/u;

/** The parts of a quote between its gaps, folded; empty when there is nothing to compare. */
export function quoteParts(quote: string, between: RegExp = gap): string[] {
  return quote
    .split(new RegExp(between, 'gu'))
    .map((part) => foldInto(part, 0, part.length))
    .filter((part) => part !== '');
}

/** The ways to read a quote: as it is, and, where it has brackets, without what was put in. */
export function readings(quote: string): string[][] {
  const plain = quoteParts(quote);
  if (!insertion.test(quote)) return plain.length > 0 ? [plain] : [];
  const edited = quoteParts(quote, new RegExp(`${gap.source}|${insertion.source}`, 'u'));
  return [plain, edited].filter((parts) => parts.length > 0);
}

/** Where the parts stand in a text, one after the other, or undefined when one of them does not. */
export function findParts(text: string, folded: Folded, parts: string[]): Span[] | undefined {
  const spans: Span[] = [];
  let from = 0;
  for (const part of parts) {
    const found = findPart(text, folded, part, from);
    if (!found) return undefined;
    spans.push(found.span);
    from = found.next;
  }
  return spans;
}

function findPart(text: string, { text: letters, starts, ends }: Folded, part: string, from: number) {
  for (let at = letters.indexOf(part, from); at !== -1; at = letters.indexOf(part, at + 1)) {
    const start = starts[at] ?? 0;
    const end = ends[at + part.length - 1] ?? 0;
    // A letter that folds into several is found whole or not at all.
    const isSplit = starts[at - 1] === start || starts[at + part.length] === starts[at + part.length - 1];
    if (!isSplit && isWhole(text, start, end)) return { span: { start, end }, next: at + part.length };
  }
  return undefined;
}

/** Where a quote stands in a text: one span, or one for each part between its ellipses. */
export function findQuote(text: string, quote: string, folded: Folded = fold(text)): Span[] | undefined {
  for (const parts of readings(quote)) {
    const spans = findParts(text, folded, parts);
    if (spans) return spans;
  }
  return undefined;
}
