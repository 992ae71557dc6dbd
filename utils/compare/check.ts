/**
 * Every cell of a comparison, checked against the document of its column. The words that it quotes have to stand there,
 * and so have the figures of its text: an invented cell is found out, and what is only unsure is not called wrong.
 */

import { indexOf } from '../citations';
import type { CheckedMark, Verdict } from '../citations/check';
import { foldInto } from '../citations/fold';
import { scriptsDiffer } from '../citations/scripts';
import type { SourceIndex } from '../citations/source-index';
import type { Source } from '../source';
import { checkFigures, type FigureState } from './check-figures';
import { rowWords } from './row-words';
import type { ComparisonCell } from './types';

export interface CheckedCell {
  /**
   * - `verified`: the quoted words stand in the passage, and so does every figure of the text.
   * - `moved`: they stand in another passage, which `mark` names.
   * - `place`: the passage exists; nothing is quoted to the letter, or it cannot be said.
   * - `missing`: no such document or passage, or words or figures stand nowhere in the document.
   * - `uncited`: neither words nor a place were given.
   * - `pending`: not known yet; see `watchChecks`.
   */
  state: Verdict['state'] | 'uncited';
  /** The place as a citation, where there is one. */
  mark?: CheckedMark;
  /** What of the cell stands nowhere: words it quotes, figures of its text. */
  missing?: string[];
}

type Text = Pick<Source, 'text' | 'segments' | 'lang'>;

/** Paragraphs of a run that are looked through. */
const longestRun = 200;
/** Quotations with fewer letters prove nothing. */
const leastLetters = 2;

const checked = new WeakMap<
  ComparisonCell,
  { source: Text; document: number; count: number; result: CheckedCell }
>();

/** The verdict on a cell; `document` is the number of its column. `sources` in the order of their numbers. */
export function checkCell(cell: ComparisonCell, document: number, sources: readonly Text[]): CheckedCell {
  const source = sources[document - 1];
  const known = checked.get(cell);
  if (known && known.source === source && known.document === document && known.count === sources.length)
    return known.result;
  const result = check(cell, document, source, sources.length > 1 ? `${document} ` : '');
  if (source && result.state !== 'pending')
    checked.set(cell, { source, document, count: sources.length, result });
  return result;
}

function check(
  cell: ComparisonCell,
  document: number,
  source: Text | undefined,
  prefix: string,
): CheckedCell {
  const { text, quote, paragraph, last } = cell;
  const markAt = (number: number, verdict: Verdict, until?: number): CheckedMark => ({
    document,
    paragraph: number,
    ...(until && until > number ? { last: until } : {}),
    start: 0,
    end: 0,
    mark: `${prefix}¶${number}${until && until > number ? `–${until}` : ''}`,
    isUnnamed: false,
    verdict,
  });
  const named = (verdict: Verdict) =>
    paragraph === undefined ? {} : { mark: markAt(paragraph, verdict, last) };

  // A source that was left out keeps its number and has no text.
  if (!source || source.segments.length === 0)
    return { state: 'missing', missing: [], ...named({ state: 'missing', why: 'document' }) };

  const index = indexOf(source);
  const passages = passagesOf(index, paragraph, last);
  const words = quote && foldInto(quote, 0, quote.length).length >= leastLetters ? quote : undefined;
  const quoted = words === undefined ? undefined : findWords(words, index, passages, source);
  if (quoted === 'pending') return { state: 'pending', ...named({ state: 'pending' }) };

  const isThere = paragraph !== undefined && passages.length > 0;
  const isElsewhere =
    typeof quoted === 'object' && !passages.some((one) => one.paragraph === quoted.paragraph);
  const around = isElsewhere ? passagesOf(index, quoted.paragraph) : passages;
  const proved = typeof quoted === 'object' ? quoted.words : [];
  const figures = checkFigures(text, source, { words: proved, passages: around });
  if (figures.some(({ at }) => at === 'pending')) return { state: 'pending', ...named({ state: 'pending' }) };

  const invented = figures.flatMap((state) => (state.at === 'nowhere' ? [state.written] : []));
  if (invented.length > 0) return missing(invented);
  // Words that are not quoted to the letter prove nothing; what the passage itself says does.
  if (
    words !== undefined &&
    quoted === undefined &&
    !(isThere && isInPassage(text, figures, index, passages))
  )
    return missing([words]);
  if (paragraph === undefined && typeof quoted !== 'object') return { state: 'uncited' };
  if (!isThere && typeof quoted !== 'object')
    return { state: 'missing', missing: [], ...named({ state: 'missing', why: 'passage' }) };

  const from = paragraph === undefined ? '' : `${prefix}¶${paragraph}`;
  const moved = (to: number, found: string[]): CheckedCell => ({
    state: 'moved',
    mark: markAt(to, { state: 'moved', words: found, from }),
  });
  if (isElsewhere && paragraph !== undefined) return moved(quoted.paragraph, quoted.words);
  const other = figures.find((state) => state.at === 'elsewhere');
  if (other && paragraph !== undefined) return moved(other.paragraph, [other.written]);

  const place = typeof quoted === 'object' && isElsewhere ? quoted.paragraph : (paragraph ?? 0);
  const until = isElsewhere ? undefined : last;
  const isSure = other === undefined && !figures.some(({ at }) => at === 'unsure');
  if (typeof quoted === 'object' && isSure)
    return { state: 'verified', mark: markAt(place, { state: 'verified', words: quoted.words }, until) };
  if (words === undefined && isSure && standsInFull(text, index, passages))
    return { state: 'verified', mark: markAt(place, { state: 'verified', words: [text] }, until) };
  const isTranslated = quoted === 'translated';
  return {
    state: 'place',
    mark: markAt(place, { state: 'place', ...(isTranslated ? { isTranslated } : {}) }, until),
  };

  function missing(what: string[]): CheckedCell {
    const verdict: Verdict = isThere
      ? { state: 'missing', why: 'words', words: what }
      : { state: 'missing', why: 'passage' };
    return { state: 'missing', missing: what, ...named(verdict) };
  }
}

interface Passage {
  paragraph: number;
  text: string;
}

function passagesOf(index: SourceIndex, paragraph: number | undefined, last = paragraph): Passage[] {
  if (paragraph === undefined || last === undefined) return [];
  const passages: Passage[] = [];
  for (let number = paragraph; number <= last && number < paragraph + longestRun; number++) {
    const text = index.passage(number);
    if (text !== undefined) passages.push({ paragraph: number, text });
  }
  return passages;
}

/** Where the quoted words stand: in a passage that is named, or in another one of this document. */
function findWords(
  words: string,
  index: SourceIndex,
  passages: Passage[],
  source: Text,
): { paragraph: number; words: string[] } | 'translated' | 'many' | 'pending' | undefined {
  let isPending = false;
  for (const { paragraph } of passages) {
    const stands = index.stands(paragraph, words);
    if (stands === true) return { paragraph, words: [words] };
    if (stands === 'pending') isPending = true;
  }
  if (isPending) return 'pending';
  for (const { paragraph, text } of passages) {
    const found = rowWords(words, text);
    if (found) return { paragraph, words: found };
  }
  const found = index.find(words);
  if (typeof found === 'number') return { paragraph: found, words: [words] };
  if (found !== undefined) return found;
  const compared = passages.length > 0 ? passages.map(({ text }) => text).join('\n') : source.text;
  return scriptsDiffer(words, compared) ? 'translated' : undefined;
}

/** The passage says it itself: a figure that tells something, and no figure that it does not have; or the very words. */
function isInPassage(text: string, figures: FigureState[], index: SourceIndex, passages: Passage[]): boolean {
  // A table has the figures of others as well.
  if (passages.some(({ text: words }) => words.includes('|'))) return false;
  const isEvery = figures.every(({ at }) => at === 'here');
  if (isEvery && figures.some((state) => state.at === 'here' && state.isTelling)) return true;
  return isEvery && standsInFull(text, index, passages);
}

/** Fewer letters stand in a passage by chance. */
const telling = (text: string) =>
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text) ? 2 : 4;

function standsInFull(text: string, index: SourceIndex, passages: Passage[]): boolean {
  if (foldInto(text, 0, text.length).length < telling(text)) return false;
  return passages.some(({ paragraph }) => index.stands(paragraph, text) === true);
}
