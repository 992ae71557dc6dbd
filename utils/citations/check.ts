/**
 * Every citation of a block of an answer, checked word for word. The words between quotation marks next to a citation
 * have to stand in the passage that it names; see `find-quote.ts` for what counts as the same words.
 *
 * - Next to a citation is the quotation right before it (or right after, as in `¶12: “…”`), and those of its sentence.
 * - Words that stand in another passage move the citation there.
 * - Words that stand nowhere make it a miss; short words in the middle of a sentence do not: those are names and irony.
 * - Words in another script than the passage are a translation, which cannot be compared letter by letter.
 */

import type { Source } from '../source';
import { type Claimed, groupsOf, quotesFor } from './claims';
import { type Citation, findMarks, type Mark } from './marks';
import { findQuotations } from './quotes';
import { scriptsDiffer } from './scripts';
import { indexOf } from './source-index';

export type Verdict =
  /** The words stand in the passage. */
  | { state: 'verified'; words: string[] }
  /** The words stand in this other passage; `from` is what the answer said. */
  | { state: 'moved'; words: string[]; from: string }
  /** The passage exists; nothing of it is quoted, or only in translation. */
  | { state: 'place'; isTranslated?: boolean }
  /** There is no such document, no such passage, or the words stand nowhere. */
  | { state: 'missing'; why: 'document' | 'passage' }
  | { state: 'missing'; why: 'words'; words: string[] }
  /** Not known yet: the block is still being written, or a long source is still being looked through. */
  | { state: 'pending' };

/** A citation with its verdict. Where the words moved, `document` and `paragraph` are where they really stand. */
export interface CheckedMark extends Mark {
  verdict: Verdict;
}

type Text = Pick<Source, 'text' | 'segments'>;

export interface CheckOptions {
  /** The block is still being written: nothing is called wrong yet. */
  unfinished?: boolean;
  /** The block is a quotation of itself. Without quotation marks in it, all of it may be words of the source. */
  isQuotation?: boolean;
}

/** Finds and checks the citations of one block. `sources` in the order of their numbers. */
export function checkCitations(
  text: string,
  sources: readonly Text[],
  { unfinished = false, isQuotation = false }: CheckOptions = {},
): CheckedMark[] {
  const marks = findMarks(text, sources.length);
  if (marks.length === 0) return [];
  const quotations = findQuotations(text);
  const first = marks[0]?.start ?? 0;
  const all = text.slice(0, first).trim();
  if (isQuotation && quotations.length === 0 && all !== '')
    quotations.push({ start: 0, end: first, words: all, isUncertain: true });
  const checked: CheckedMark[] = [];
  let taken = 0;
  for (const group of groupsOf(text, marks)) {
    const end = group.at(-1)?.end ?? 0;
    const quotes = quotesFor(text, quotations, taken, group[0]?.start ?? 0, end);
    taken = Math.max(end, quotes.at(-1)?.end ?? 0);
    checked.push(...checkGroup(group, quotes, sources));
  }
  return (
    checked
      // Other things are called paragraph 12 in Chinese as well: what does not exist is no citation.
      .filter(
        ({ mark, verdict }) =>
          !(mark.startsWith('第') && verdict.state === 'missing' && verdict.why !== 'words'),
      )
      .map((entry) =>
        unfinished && isBad(entry.verdict) ? { ...original(entry), verdict: { state: 'pending' } } : entry,
      )
  );
}

const isBad = ({ state }: Verdict) => state === 'missing' || state === 'moved';

function original(entry: CheckedMark): CheckedMark {
  return entry.verdict.state === 'moved' ? { ...entry, mark: entry.verdict.from } : entry;
}

function checkGroup(group: Mark[], quotes: Claimed[], sources: readonly Text[]): CheckedMark[] {
  const words: string[][] = group.map(() => []);
  const lost: Claimed[] = [];
  const results = group.map((mark): CheckedMark => ({ ...mark, verdict: exists(mark, sources) }));
  let isPending = false;
  for (const quote of quotes) {
    let isThere = false;
    for (const [index, mark] of group.entries()) {
      const stands = standsIn(mark, quote.words, sources);
      if (stands === 'pending') isPending = true;
      if (stands !== true) continue;
      words[index]?.push(quote.words);
      isThere = true;
    }
    if (!isThere) lost.push(quote);
  }
  for (const [index, result] of results.entries()) {
    if (words[index]?.length) result.verdict = { state: 'verified', words: words[index] };
  }
  if (isPending) return results.map((result) => ({ ...result, verdict: { state: 'pending' } }));
  for (const quote of lost) place(quote, results, sources);
  return results;
}

function exists({ document, paragraph, last }: Citation, sources: readonly Text[]): Verdict {
  const source = sources[document - 1];
  // A source that was left out keeps its number and has no text.
  if (!source || source.segments.length === 0) return { state: 'missing', why: 'document' };
  const index = indexOf(source);
  const isThere =
    index.passage(paragraph) !== undefined && (last === undefined || index.passage(last) !== undefined);
  return isThere ? { state: 'place' } : { state: 'missing', why: 'passage' };
}

function standsIn(
  { document, paragraph, last = paragraph }: Citation,
  words: string,
  sources: readonly Text[],
) {
  const source = sources[document - 1];
  if (!source) return false;
  const index = indexOf(source);
  let result: boolean | 'pending' = false;
  for (let number = paragraph; number <= last && result !== true; number++)
    result = index.stands(number, words) || result;
  return result;
}

/** Fewer letters than this say nothing by where they stand: words such as “tide” are all over a text. */
const telling = (words: string) =>
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(words) ? 5 : 12;

/** What becomes of the citations of a group when these words are not where they are said to be. */
function place(quote: Claimed, results: CheckedMark[], sources: readonly Text[]): void {
  const lacks = ({ verdict: { state } }: CheckedMark) => state === 'place' || state === 'missing';
  const free = results.findLast(lacks) ?? results.at(-1);
  const isTelling = quote.letters >= telling(quote.words);
  if (!free || !(quote.isNext || isTelling)) return;
  const found = findIn(free, quote.words, sources);
  if (found === 'pending') free.verdict = { state: 'pending' };
  // Nothing can be said of them: the mark stays what it is.
  else if (found === 'many') return;
  else if (!found) miss(quote, results, sources);
  else if (isTelling && lacks(free)) move(free, found, quote.words, sources.length);
}

/** The words stand at `found`, which is not what the answer said. */
function move(mark: CheckedMark, found: Citation, words: string, documents: number): void {
  const { document, paragraph } = found;
  // Words over the end of a passage stand where they begin.
  if (
    document === mark.document &&
    paragraph >= mark.paragraph &&
    paragraph <= (mark.last ?? mark.paragraph)
  ) {
    mark.verdict = { state: 'verified', words: [words] };
    return;
  }
  const label = `${documents > 1 ? `${document} ` : ''}¶${paragraph}`;
  const from = mark.mark;
  Object.assign(mark, { document, paragraph, last: undefined, mark: label, isUnnamed: false });
  mark.verdict = { state: 'moved', words: [words], from };
}

/** The words stand nowhere. */
function miss(quote: Claimed, results: CheckedMark[], sources: readonly Text[]): void {
  if (quote.isUncertain) return;
  const blamed =
    results.findLast(({ verdict }) => verdict.state === 'place' || 'words' in verdict) ?? results.at(-1);
  if (!blamed || (blamed.verdict.state === 'missing' && blamed.verdict.why !== 'words')) return;
  const { verdict } = blamed;
  if (isTranslation(blamed, quote.words, sources)) {
    if (verdict.state === 'place') blamed.verdict = { state: 'place', isTranslated: true };
    return;
  }
  const before = verdict.state === 'missing' ? verdict.words : [];
  blamed.verdict = { state: 'missing', why: 'words', words: [...before, quote.words] };
}

/** Looks through the named document first, then through the others. */
function findIn(
  { document }: Citation,
  words: string,
  sources: readonly Text[],
): Citation | 'pending' | 'many' | undefined {
  let unknown: 'pending' | 'many' | undefined;
  for (const at of new Set([document - 1, ...sources.keys()])) {
    const source = sources[at];
    const found = source && indexOf(source).find(words);
    if (found === 'pending' || (found === 'many' && !unknown)) unknown = found;
    else if (typeof found === 'number') return { document: at + 1, paragraph: found };
  }
  return unknown;
}

function isTranslation({ document, paragraph }: Citation, words: string, sources: readonly Text[]): boolean {
  const source = sources[document - 1];
  const passage = source && indexOf(source).passage(paragraph);
  return passage !== undefined && scriptsDiffer(words, passage);
}
