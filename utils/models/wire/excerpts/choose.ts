/** Chooses, from ranked sentences, the few that stand for a whole text. Knows sentences, rows and scores. */

import { formFactor, isWhole, standsAlone } from './form';
import type { Pause } from './pause';
import { type Rows, similarity } from './rank';
import type { Sentence } from './sentences';
import { termsOf } from './terms';

/** So few sentences are all shown: choosing among them would save the reader nothing. */
const ALL_UP_TO = 5;
const MOST = 24;
/**
 * Quotes per e-fold of sentences: 12 for 80 sentences (an ordinary article), 17 for 500, 24 for 6,000 (a
 * book).
 */
const GROWTH = 2.75;
/** Of several documents each keeps at least this many. */
const LEAST_EACH = 3;

/**
 * How many of a document's `total` sentences to quote. It grows with the logarithm, because a reader's
 * patience does not grow with the text, and is never more than half of a short text. Among several
 * `documents` each gets its share over √documents, so that two are quoted less than twice as long as one.
 */
export function budgetFor(total: number, documents = 1): number {
  const alone =
    total <= ALL_UP_TO ? total : Math.min(MOST, Math.round(GROWTH * Math.log(total)), Math.ceil(total / 2));
  return documents === 1
    ? alone
    : Math.min(total, Math.max(LEAST_EACH, Math.round(alone / Math.sqrt(documents))));
}

/**
 * Two sentences whose cosine is above this say the same, and only the better one is quoted: cross-sentence
 * informational subsumption, Radev, Jing, Styś & Tam 2004, "Centroid-based summarization of multiple
 * documents", doi 10.1016/j.ipm.2003.10.006. A half means that half of what is rare in them is shared.
 */
const SAME = 0.5;

/** On average so many quotes come from each part of the text; a part that matters more may give one more. */
const PER_PART = 2;
const MOST_PER_PART = 3;

/**
 * Factors after Edmundson 1969, "New Methods in Automatic Extracting", JACM 16(2), doi 10.1145/321510.321519:
 * words of the title and of headings, and the place in the text, tell what centrality cannot. Set by reading,
 * as in form.ts.
 */
const FACTOR = {
  /**
   * Added when all words of the title, or of the heading over it, stand in the sentence; in proportion for
   * some.
   */
  title: 0.5,
  heading: 0.5,
  /** Added to the first sentence of the text; falls to nothing over the opening. */
  opening: 0.5,
};

/** With fewer terms a sentence says little; its value falls with the square root of what is missing. */
const ENOUGH_TERMS = 10;

/** Headings over notes and references, which are not the text. */
const ASIDES =
  `notes?|footnotes?|endnotes?|references|citations|sources|bibliography|further reading|see also|
  external links|credits|related(?: (?:articles|posts|stories|reading|links))?|recommended|注释|注釋|附注|脚注|
  腳注|参考文献|參考文獻|参考资料|參考資料|延伸阅读|延伸閱讀|外部链接|外部連結|相关阅读|相关链接|推荐阅读|责任编辑`.replace(
    /\n\s*/g,
    '',
  );
const ASIDE = new RegExp(`^(?:${ASIDES})(?: (?:and|&) (?:${ASIDES}))?(?:\\W|编辑|編輯|edit)*$`, 'i');

/** One document, ranked: rows and scores go with the sentences by index. */
export interface Ranked {
  sentences: readonly Sentence[];
  rows: Rows;
  scores: Float64Array;
  title: string;
  /** The words of the heading over a sentence, '' without one. */
  headingOf: (sentence: Sentence) => string;
}

/**
 * Indexes of the `wanted` sentences that stand best for a document, in the order of the text; fewer when the
 * rest only repeats them. First comes the sentence that opens the text, which summarisers rarely beat
 * (Nenkova 2005, AAAI-05, "Automatic text summarization of newswire"), then the best of each of equal parts
 * of the text, so that its end is heard as well as its start, then the best of all. Linear in the number of
 * sentences but for one sort.
 */
export async function chooseSentences(ranked: Ranked, wanted: number, pause: Pause): Promise<number[]> {
  const { sentences, rows } = ranked;
  const all = Array.from(sentences.keys());
  if (wanted >= all.length) return all;

  const values = await valuesOf(ranked, pause);
  const candidates = eligible(ranked, values, wanted);
  const parts = Math.ceil(wanted / PER_PART);
  const partOf = new Map(
    candidates.map((index, position) => [index, Math.floor((position * parts) / candidates.length)]),
  );
  const order = candidates.toSorted((one, other) => (values[other] ?? 0) - (values[one] ?? 0) || one - other);

  const part = (index: number): number => partOf.get(index) ?? 0;
  const taken = new Map<number, number>();
  const chosen: number[] = [];
  const take = (index: number): void => {
    chosen.push(index);
    taken.set(part(index), (taken.get(part(index)) ?? 0) + 1);
  };
  // The words themselves are compared, too: what stands in every sentence has no weight in the rows.
  const textOf = (index: number): string => sentences[index]?.text ?? '';
  const isNew = (index: number): boolean =>
    chosen.every((other) => textOf(other) !== textOf(index) && similarity(rows, index, other) < SAME);

  const opening = candidates.find((index) => index < edgeOf(all.length) && standsAlone(textOf(index)));
  if (opening !== undefined) take(opening);
  for (const index of order) {
    if (taken.size === parts) break;
    if (!taken.has(part(index)) && isNew(index)) take(index);
    if (pause.due()) await pause.rest();
  }
  for (const index of order) {
    if (chosen.length >= wanted) break;
    if ((taken.get(part(index)) ?? 0) < MOST_PER_PART && isNew(index)) take(index);
    if (pause.due()) await pause.rest();
  }
  return chosen.sort((one, other) => one - other);
}

/**
 * Indexes to choose from: whole statements if there are enough of them, else also fragments (lists, menus),
 * else all. Notes, and what is too short or too long, have the value 0.
 */
function eligible({ sentences }: Ranked, values: Float64Array, wanted: number): number[] {
  const all = Array.from(sentences.keys());
  const quotable = all.filter((index) => (values[index] ?? 0) > 0);
  const whole = quotable.filter((index) => isWhole(sentences[index]?.text ?? ''));
  return [whole, quotable, all].find((list) => list.length >= wanted) ?? all;
}

/** How many sentences count as the opening: 5 %, at least 3, at most 10. */
function edgeOf(total: number): number {
  return Math.max(3, Math.min(10, Math.round(total * 0.05)));
}

/** Scores times factors; 0 for notes and for sentences too short or too long to quote. */
async function valuesOf(ranked: Ranked, pause: Pause): Promise<Float64Array> {
  const { sentences, rows, scores, headingOf } = ranked;
  const titleColumns = columnsOf(rows, ranked.title);
  const known = new Map<string, ReadonlySet<number>>();
  const headingColumns = (heading: string): ReadonlySet<number> => {
    const columns = known.get(heading) ?? columnsOf(rows, heading);
    known.set(heading, columns);
    return columns;
  };
  const edge = edgeOf(sentences.length);
  const values = new Float64Array(sentences.length);
  for (const [index, sentence] of sentences.entries()) {
    const columns = rows.columns.subarray(rows.starts[index], rows.starts[index + 1]);
    const first = sentences[index - 1]?.paragraph !== sentence.paragraph;
    let value = (scores[index] ?? 0) * formFactor(sentence.text, first);
    value *= 1 + FACTOR.title * share(columns, titleColumns);
    const heading = headingOf(sentence);
    value *= 1 + FACTOR.heading * share(columns, headingColumns(heading));
    if (columns.length < ENOUGH_TERMS) value *= Math.sqrt(columns.length / ENOUGH_TERMS);
    if (index < edge) value *= 1 + FACTOR.opening * (1 - index / edge);
    values[index] = ASIDE.test(heading) ? 0 : value;
    if (pause.due()) await pause.rest();
  }
  return values;
}

function columnsOf(rows: Rows, text: string): ReadonlySet<number> {
  const columns = termsOf(text).map((term) => rows.columnOf.get(term));
  return new Set(columns.filter((column) => column !== undefined));
}

/** How many of the wanted columns a row has, 0 to 1. */
function share(columns: Uint32Array, wanted: ReadonlySet<number>): number {
  let count = 0;
  for (const column of columns) if (wanted.has(column)) count++;
  return wanted.size > 0 ? count / wanted.size : 0;
}
