/**
 * Fits the judge of `utils/page/select` to the pages with ground truth and writes `utils/page/select/weights.ts`.
 *
 *   node test/bench/reading/train.ts
 *
 * Every figure that it prints is cross-validated: a page is judged by models that saw no page of its site.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { balancedLimit } from '../../../utils/page/select/balance.ts';
import { type BoostOptions, binned, boost, scoreOf, type Table, type Tree, tabulate } from './boost.ts';
import { type CollectedPage, collect } from './collect.ts';
import { type Labels, labelBlocks } from './labels.ts';
import { loadMetrics } from './scores.ts';
import { printTable, type Result } from './tables.ts';
import { wordsOf } from './words.ts';
import { writeModel } from './write-model.ts';

const folds = 5;
const boosting: BoostOptions = {
  trees: 170,
  depth: 5,
  rate: 0.1,
  calm: 0.5,
  columns: 0.2,
  rows: 0.5,
  seed: 1,
};

interface Sample extends CollectedPage {
  labels: Labels;
  fold: number;
  /** Scores by a model that saw no page of this site. */
  scores: number[];
}

interface Fitted {
  names: string[];
  trees: Tree[];
  bounds: number[][];
  start: number;
}

/** One row of values for each block of a page. */
interface Rows {
  sample: Sample;
  count: number;
  value(row: number, column: number): number;
}

/** Pages of one site are in one fold: they share templates. */
function foldOf(url: string): number {
  const site = new URL(url).hostname.split('.').slice(-2).join('.');
  let hash = 7;
  for (const character of site) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return (hash >>> 3) % folds;
}

/**
 * What a block weighs for and against being text: its words as a share of the marked text of its page, so that pages
 * count alike. All that is not text weighs at most twice what is, or pages of pure navigation would rule.
 */
function weightsOf({ labels, kind }: Sample): { positive: number[]; negative: number[] } {
  const { words: counts, marked, truthWords } = labels;
  const found = marked.reduce((sum, count) => sum + count, 0);
  const whole = Math.max(60, Math.min(truthWords, found * 1.2 + 1));
  const unmarked = counts.reduce((sum, count, index) => sum + count - (marked[index] ?? 0), 0) / whole;
  const calm = Math.min(1, 2 / Math.max(1e-9, unmarked));
  // The second set has two kinds of pages only, and many of them.
  const page = kind.startsWith('zh-') ? 0.7 : 1;
  const each = 0.0006;
  const shareOf = (index: number) => (counts[index] ? (marked[index] ?? 0) / counts[index] : 0);
  return {
    positive: counts.map((_, index) => page * ((marked[index] ?? 0) / whole + each * shareOf(index))),
    negative: counts.map(
      (count, index) =>
        page * (((count - (marked[index] ?? 0)) / whole) * calm + (count ? each * (1 - shareOf(index)) : 0)),
    ),
  };
}

function learn(names: string[], rows: Rows[], options: BoostOptions): Fitted {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const columns = names.map(() => new Float32Array(total));
  const positive = new Float64Array(total);
  const negative = new Float64Array(total);
  let at = 0;
  for (const { sample, count, value } of rows) {
    const weights = weightsOf(sample);
    for (let row = 0; row < count; row++, at++) {
      for (const [column, values] of columns.entries()) values[at] = value(row, column);
      positive[at] = weights.positive[row] ?? 0;
      negative[at] = weights.negative[row] ?? 0;
    }
  }
  const sum = (values: Float64Array) => values.reduce((one, other) => one + other, 0);
  const start = Math.log(sum(positive) / sum(negative));
  const table: Table = tabulate(columns);
  return {
    names,
    trees: boost(table, positive, negative, new Float64Array(total).fill(start), options),
    bounds: table.bounds,
    start,
  };
}

function predict({ names, trees, bounds, start }: Fitted, { count, value }: Rows): number[] {
  const bins = names.map((_, column) =>
    binned(
      Float32Array.from({ length: count }, (_, row) => value(row, column)),
      bounds[column] ?? [],
    ),
  );
  return Array.from({ length: count }, (_, row) => scoreOf(trees, bins, row, start));
}

const { names, pages } = await collect();
const samples = pages.map(
  (page): Sample => ({
    ...page,
    labels: labelBlocks(page.texts, page.truth, wordsOf),
    fold: foldOf(page.url),
    scores: [],
  }),
);

const rowsOf = (sample: Sample, values = sample.values): Rows => ({
  sample,
  count: sample.texts.length,
  value: (row, column) => values[row * names.length + column] ?? 0,
});
/** One page in four is learned from without Readability's vote too: large pages are judged without it. */
const forTraining = (list: Sample[]) =>
  list.flatMap((sample, index) =>
    index % 4 === 0 ? [rowsOf(sample), rowsOf(sample, sample.unvoted)] : [rowsOf(sample)],
  );

for (let fold = 0; fold < folds; fold++) {
  const model = learn(names, forTraining(samples.filter((sample) => sample.fold !== fold)), boosting);
  for (const sample of samples) if (sample.fold === fold) sample.scores = predict(model, rowsOf(sample));
}

const score = await loadMetrics();
const results: Result[] = [];
const limits = [-3, -2.5, -2, -1.5, -1];
for (const sample of samples) {
  const add = (reader: string, text: string) =>
    results.push({
      page: { ...sample, html: () => Buffer.from('') },
      reader,
      text: '',
      ...score(text, sample.truth),
    });
  add('all', sample.texts.join('\n'));
  for (const limit of limits) {
    add(`limit ${limit}`, sample.texts.filter((_, index) => (sample.scores[index] ?? 0) > limit).join('\n'));
  }
  const limit = balancedLimit(sample.sizes, sample.scores);
  add('balanced', sample.texts.filter((_, index) => (sample.scores[index] ?? 0) >= limit).join('\n'));
}
const headline = printTable(results, ['all', 'balanced', ...limits.map((limit) => `limit ${limit}`)]);

const target = resolve(import.meta.dirname, '../../../utils/page/select/weights.ts');
const note = `Cross-validated on ${samples.length} pages (${new Set(samples.map(({ kind }) => kind)).size} kinds), no page judged by weights that saw its site;\nmean of seven kinds:\n${headline.join('\n')}`;
writeFileSync(target, writeModel(learn(names, forTraining(samples), boosting), note));
console.log(`Wrote ${target}`);
