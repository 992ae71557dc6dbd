/** Which quotations of an answer speak for which of its citations. */

import { foldInto } from './fold';
import type { Mark } from './marks';
import type { Quotation } from './quotes';

/** A quotation for which a citation is given as its place. */
export interface Claimed extends Quotation {
  /** Nothing stands between it and the citation. */
  isNext: boolean;
  /** How many letters there are to compare. */
  letters: number;
}

/** Citations with nothing but commas between them speak of the same words. */
export function groupsOf(text: string, marks: Mark[]): Mark[][] {
  const groups: Mark[][] = [];
  for (const mark of marks) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (
      group &&
      before &&
      group.length < most &&
      /^[\s,，、;；&\])）】[(（【]*(?:(?:and|und|et|和|及|與|与)\s*)?$/.test(
        text.slice(before.end, mark.start),
      )
    )
      group.push(mark);
    else groups.push([mark]);
  }
  return groups;
}

/** More citations than this in a row, or quotations for one, are nothing that a person reads. */
const most = 40;

const sentenceEnd = /[.!?](?=\s)|[。！？]|\n/g;
/** Between a quotation and the citation right after it. */
const justMarks = /^[\s\p{P}\u2060]{0,12}$/u;
/** Between a citation and the quotation that it introduces. */
const introduction = /^[^.!?。！？\n"“”„«»「『]{0,24}$/;

/** The quotations that a group of citations vouches for. */
export function quotesFor(
  text: string,
  quotations: Quotation[],
  taken: number,
  start: number,
  end: number,
): Claimed[] {
  const claimed: Claimed[] = [];
  const from = Math.max(taken, sentenceStart(text, quotations, taken, start));
  for (const quotation of within(quotations, from, start)) {
    const isNext = justMarks.test(text.slice(quotation.end, start));
    claimed.push({ ...quotation, isNext, letters: lettersOf(quotation.words) });
  }
  if (claimed.length === 0) {
    const following = quotations[firstFrom(quotations, end)];
    const after = following && text.slice(following.end, following.end + 14);
    if (
      following &&
      introduction.test(text.slice(end, following.start)) &&
      !/^[\s\p{P}]*(?:\d{1,3} )?¶/u.test(after ?? '')
    )
      claimed.push({ ...following, isNext: false, letters: lettersOf(following.words) });
  }
  return claimed.filter(({ letters }) => letters > 1).slice(-most);
}

const lettersOf = (words: string) => foldInto(words, 0, words.length).length;

/** The first of the quotations that begins at or after an offset. */
function firstFrom(quotations: Quotation[], offset: number): number {
  let low = 0;
  let high = quotations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((quotations[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function within(quotations: Quotation[], from: number, to: number): Quotation[] {
  const list: Quotation[] = [];
  for (let index = firstFrom(quotations, from); index < quotations.length; index++) {
    const quotation = quotations[index];
    if (!quotation || quotation.end > to) break;
    list.push(quotation);
  }
  return list;
}

/** Where the sentence begins that ends before `end`; ends of sentences within quotations do not count. */
function sentenceStart(text: string, quotations: Quotation[], from: number, end: number): number {
  // Tried once for each run of marks, at its beginning.
  const body = text.slice(from, end).replace(/(?<![\s\p{P}\u2060])[\s\p{P}\u2060]+$/u, '');
  let start = from;
  for (const { index, 0: mark } of body.matchAll(sentenceEnd)) {
    const at = from + index;
    const position = firstFrom(quotations, at) - 1;
    const around = quotations[position];
    if (!around || around.end <= at) start = at + mark.length;
  }
  return start;
}
