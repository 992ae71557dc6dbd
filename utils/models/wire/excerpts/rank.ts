/** Ranks sentences by how central their words are to the text. Knows terms and numbers, no documents. */

import type { Pause } from './pause';
import { termsOf } from './terms';

/**
 * A sparse matrix X, one row per sentence, one column per term, in compressed rows: the entries of row `i`
 * are `columns[k]`, `weights[k]` for `starts[i] <= k < starts[i + 1]`, columns ascending. Rows have length 1,
 * or 0 without terms.
 */
export interface Rows {
  starts: Uint32Array;
  columns: Uint32Array;
  weights: Float64Array;
  /** The column of each term. */
  columnOf: ReadonlyMap<string, number>;
}

/** How many entries are worked on between two looks at the clock: some 20 µs. */
const ENTRIES_PER_LOOK = 4096;

/**
 * Tf-idf rows of length 1 for the texts: weight = count × √ln(N / sentences with the term). LexRank takes idf
 * from a large news corpus. Here the text itself is the corpus, where idf is high for what the text mentions
 * once and low for what it is about; the root keeps that from deciding (chosen by reading results with powers
 * 1, ½ and ¼). Linear in the length of the texts.
 */
export async function rowsOf(texts: readonly string[], pause: Pause): Promise<Rows> {
  const columnOf = new Map<string, number>();
  const sentencesWith: number[] = [];
  const starts = new Uint32Array(texts.length + 1);
  const columns: number[] = [];
  const counts: number[] = [];
  for (const [row, text] of texts.entries()) {
    const countOf = new Map<number, number>();
    for (const term of termsOf(text)) {
      let column = columnOf.get(term);
      if (column === undefined) {
        column = columnOf.size;
        columnOf.set(term, column);
        sentencesWith.push(0);
      }
      countOf.set(column, (countOf.get(column) ?? 0) + 1);
    }
    for (const [column, count] of [...countOf].sort(([one], [other]) => one - other)) {
      columns.push(column);
      counts.push(count);
      sentencesWith[column] = (sentencesWith[column] ?? 0) + 1;
    }
    starts[row + 1] = columns.length;
    if (pause.due()) await pause.rest();
  }
  const rows: Rows = {
    starts,
    columns: Uint32Array.from(columns),
    weights: Float64Array.from(counts),
    columnOf,
  };
  const inverse = Float64Array.from(sentencesWith, (count) => Math.sqrt(Math.log(texts.length / count)));
  await eachRow(rows, pause, (_row, from, to) => {
    let square = 0;
    for (let entry = from; entry < to; entry++) {
      const weight = at(rows.weights, entry) * at(inverse, at(rows.columns, entry));
      rows.weights[entry] = weight;
      square += weight * weight;
    }
    const length = Math.sqrt(square);
    for (let entry = from; length > 0 && entry < to; entry++)
      rows.weights[entry] = at(rows.weights, entry) / length;
  });
  return rows;
}

/** Chance that the walk jumps to any sentence instead of a similar one: d in LexRank, 0.1 to 0.2 there. */
const JUMP = 0.15;
/** The walk has settled when all scores together change less than this; the error left is below it ÷ JUMP. */
const SETTLED = 1e-13;
/** 0.85^200 is below 1e-14, so more steps cannot matter. */
const MOST_STEPS = 200;
/** Row sums below this are rounding left over from taking off the diagonal, not similarity. */
const NO_SIMILARITY = 1e-9;

/**
 * Continuous LexRank: the share of time that a random walk between sentences spends at each, stepping in
 * proportion to cosine similarity. Scores add up to 1. Erkan & Radev 2004, "LexRank: Graph-based Lexical
 * Centrality as Salience in Text Summarization", JAIR 22, section 3.3, doi 10.1613/jair.1523:
 *
 *     p(u) = d/N + (1 − d) Σv  S(u,v) / Σz S(z,v)  p(v)
 *
 * Similarity S = X Xᵀ − diagonal is never built: S q = X (Xᵀ q) − diagonal · q takes one pass over the terms
 * each way, so a step is linear in the length of the text. The paper also links each sentence to itself; that
 * only lets a sentence like no other keep its score, so the diagonal is off here, and such a sentence passes
 * its score to all.
 */
export async function lexRank(rows: Rows, pause: Pause): Promise<{ scores: Float64Array; steps: number }> {
  const count = rows.starts.length - 1;
  const diagonal = new Float64Array(count);
  await eachRow(rows, pause, (row, from, to) => {
    let square = 0;
    for (let entry = from; entry < to; entry++) square += at(rows.weights, entry) ** 2;
    diagonal[row] = square;
  });

  const columnSums = new Float64Array(rows.columnOf.size);
  /** `out` becomes S · `input`. */
  const multiply = async (input: Float64Array, out: Float64Array): Promise<void> => {
    columnSums.fill(0);
    await eachRow(rows, pause, (row, from, to) => {
      const value = at(input, row);
      for (let entry = from; entry < to; entry++) {
        const column = at(rows.columns, entry);
        columnSums[column] = at(columnSums, column) + at(rows.weights, entry) * value;
      }
    });
    await eachRow(rows, pause, (row, from, to) => {
      let sum = 0;
      for (let entry = from; entry < to; entry++)
        sum += at(rows.weights, entry) * at(columnSums, at(rows.columns, entry));
      out[row] = Math.max(0, sum - at(diagonal, row) * at(input, row));
    });
  };

  const degrees = new Float64Array(count);
  await multiply(new Float64Array(count).fill(1), degrees);
  let scores = new Float64Array(count).fill(1 / count);
  let next = new Float64Array(count);
  const passed = new Float64Array(count);
  let steps = 0;
  for (let change = 1; change > SETTLED && steps < MOST_STEPS; steps++) {
    let stranded = 0;
    for (let row = 0; row < count; row++) {
      const linked = at(degrees, row) > NO_SIMILARITY;
      passed[row] = linked ? at(scores, row) / at(degrees, row) : 0;
      if (!linked) stranded += at(scores, row);
    }
    await multiply(passed, next);
    const floor = (JUMP + (1 - JUMP) * stranded) / count;
    change = 0;
    for (let row = 0; row < count; row++) {
      next[row] = floor + (1 - JUMP) * at(next, row);
      change += Math.abs(at(next, row) - at(scores, row));
    }
    [scores, next] = [next, scores];
  }
  return { scores, steps };
}

/** Cosine similarity of two sentences, 0 to 1: both rows are walked once, side by side. */
export function similarity(rows: Rows, one: number, other: number): number {
  let left = at(rows.starts, one);
  let right = at(rows.starts, other);
  const leftEnd = at(rows.starts, one + 1);
  const rightEnd = at(rows.starts, other + 1);
  let sum = 0;
  while (left < leftEnd && right < rightEnd) {
    const gap = at(rows.columns, left) - at(rows.columns, right);
    if (gap === 0) sum += at(rows.weights, left) * at(rows.weights, right);
    if (gap <= 0) left++;
    if (gap >= 0) right++;
  }
  return sum;
}

/** Calls `work` with each row and the range of its entries, and pauses when it is due. */
async function eachRow(
  rows: Rows,
  pause: Pause,
  work: (row: number, from: number, to: number) => void,
): Promise<void> {
  let look = ENTRIES_PER_LOOK;
  for (let row = 0; row + 1 < rows.starts.length; row++) {
    const from = at(rows.starts, row);
    const to = at(rows.starts, row + 1);
    work(row, from, to);
    look -= to - from + 8;
    if (look > 0) continue;
    look = ENTRIES_PER_LOOK;
    if (pause.due()) await pause.rest();
  }
}

/** Reads a typed array within its bounds. */
function at(array: Float64Array | Uint32Array, index: number): number {
  return array[index] ?? 0;
}
