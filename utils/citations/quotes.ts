/** Quotations in the text of an answer. */

import type { Span } from './find-quote';

export interface Quotation extends Span {
  /** What stands between the quotation marks. */
  words: string;
  /** Single quotation marks may be apostrophes: only what is found counts. */
  isUncertain: boolean;
}

/** What closes a quotation, by what opens it. German, Swedish and Polish close with marks that open elsewhere. */
const closers: Record<string, string> = {
  '“': '”',
  '„': '“”',
  '”': '”',
  '«': '»',
  '»': '«',
  '‹': '›',
  '「': '」',
  '『': '』',
  '﹁': '﹂',
  '｢': '｣',
  '"': '"',
  '＂': '＂',
  '‘': '’',
};
const anyMark = /["＂“”„«»‹›「」『』﹁﹂｢｣‘’]/g;
/** Longer ones come from a mark without its partner. */
const longest = 4_000;

/** The quotations of a text, outermost ones only, in order. Linear in its length. */
export function findQuotations(text: string): Quotation[] {
  const found: Quotation[] = [];
  let open: { mark: string; at: number } | undefined;
  for (const { 0: mark, index } of text.matchAll(anyMark)) {
    const before = text[index - 1] ?? ' ';
    const after = text[index + 1] ?? ' ';
    if (open && index - open.at > longest) open = undefined;
    if (open && (closers[open.mark] ?? '').includes(mark) && closes(open.mark, before, after)) {
      const words = text.slice(open.at + 1, index).trim();
      if (words !== '') found.push({ start: open.at, end: index + 1, words, isUncertain: open.mark === '‘' });
      open = undefined;
    } else if (opens(mark, before, after) && (!open || open.mark === mark)) open = { mark, at: index };
  }
  return found;
}

/** An apostrophe stands between letters; a straight mark after a space and before a letter opens the next quotation. */
function closes(opener: string, before: string, after: string): boolean {
  if (opener === '‘') return !/[\p{L}\p{N}]/u.test(after);
  return opener !== '"' || !(/\s/.test(before) && /[\p{L}\p{N}]/u.test(after));
}

function opens(mark: string, before: string, after: string): boolean {
  // French puts a space within its marks.
  if (!(mark in closers) || (/\s/.test(after) && mark !== '«' && mark !== '‹')) return false;
  // 5" is a length.
  if (mark === '"') return !(/\p{N}/u.test(before) && !/[\p{L}\p{N}]/u.test(after));
  // In most languages these close.
  if (mark === '”' || mark === '»') return /[\s([—–]/.test(before);
  return true;
}
