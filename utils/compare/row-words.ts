/**
 * Words of one row of a table. Between the words that a model takes from it stand other cells, so that they are no words
 * of the text one after the other: “Weight 186 g” of `| Weight | 172 g | 186 g |`.
 */

import { findQuote } from '../citations';

/** Longer quotations, and rows, are nothing that is said of one cell. */
const mostParts = 24;
const longestRow = 4_000;

/** The parts of a quotation that stand in one row in their order, undefined when there is no such row. */
export function rowWords(quote: string, passage: string): string[] | undefined {
  if (!passage.includes('|')) return undefined;
  const parts = quote
    .split(/[|:：\t]|\s[-–—]\s|\s+/)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  if (parts.length < 2 || parts.length > mostParts) return undefined;
  for (const row of passage.split('\n')) {
    // Folding a row is dear, and most rows lack a part.
    if (row.length > longestRow || !parts.every((part) => row.includes(part))) continue;
    if (standInOrder(parts, row)) return parts;
  }
  return undefined;
}

function standInOrder(parts: string[], row: string): boolean {
  let rest = row;
  for (const part of parts) {
    const end = findQuote(rest, part)?.at(-1)?.end;
    if (end === undefined) return false;
    rest = rest.slice(end);
  }
  return true;
}
