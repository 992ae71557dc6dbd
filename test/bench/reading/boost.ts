/** Rows of features by column, cut into bins. */
export interface Table {
  rows: number;
  /** For each feature, the bin of each row. */
  bins: Uint8Array[];
  /** For each feature, the upper bounds of its bins. */
  bounds: number[][];
}

/** A tree that asks the same question at every node of a level; the answers are the bits of the leaf's index. */
export interface Tree {
  features: number[];
  /** Bin of the row must be greater than this for the bit to be set. */
  cuts: number[];
  leaves: number[];
}

export interface BoostOptions {
  trees: number;
  depth: number;
  rate: number;
  /** Added to the weight in a leaf: small leaves say little. */
  calm: number;
  /** Share of the features looked at by each tree. */
  columns: number;
  /** Share of the rows that each tree is made from. */
  rows: number;
  seed: number;
}

const binCount = 48;

/** Cuts each column into bins of about equal weight. */
export function tabulate(columns: Float32Array[]): Table {
  const bounds = columns.map((column) => {
    const sorted = Float32Array.from(column).sort();
    const cuts = new Set<number>();
    for (let bin = 1; bin < binCount; bin++) {
      const at = Math.floor((bin * sorted.length) / binCount);
      cuts.add(sorted[at] ?? 0);
    }
    // Values that are few, yet tell something, are in the last bins.
    for (const share of [0.985, 0.99, 0.995]) cuts.add(sorted[Math.floor(sorted.length * share)] ?? 0);
    const values = new Set(sorted);
    if (values.size <= binCount) for (const value of values) cuts.add(value);
    return [...cuts].sort((one, other) => one - other);
  });
  return {
    rows: columns[0]?.length ?? 0,
    bounds,
    bins: columns.map((column, index) => binned(column, bounds[index] ?? [])),
  };
}

/** The bin of a value is how many bounds are below it. */
export function binned(column: Float32Array, bounds: number[]): Uint8Array {
  return Uint8Array.from(column, (value) => {
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

/** Random numbers that come out the same every time. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Gradient boosting with logistic loss. `positive` and `negative` are the weights of each row for and against it;
 * a row that is partly marked has both. `starts` are the scores that the trees add to.
 */
export function boost(
  table: Table,
  positive: Float64Array,
  negative: Float64Array,
  starts: Float64Array,
  { trees, depth, rate, calm, columns, rows: sampled, seed }: BoostOptions,
  usable: number[] = table.bins.map((_, index) => index),
): Tree[] {
  const next = random(seed);
  const { rows, bins } = table;
  const scores = Float64Array.from(starts);
  const gradient = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const leafOf = new Uint8Array(rows);
  const result: Tree[] = [];
  const everyRow = Int32Array.from({ length: rows }, (_, row) => row);
  for (let round = 0; round < trees; round++) {
    for (let row = 0; row < rows; row++) {
      const chance = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
      const weight = (positive[row] ?? 0) + (negative[row] ?? 0);
      gradient[row] = (positive[row] ?? 0) - weight * chance;
      curvature[row] = weight * chance * (1 - chance);
    }
    leafOf.fill(0);
    const tree: Tree = { features: [], cuts: [], leaves: [] };
    const some = Int32Array.from(everyRow.filter(() => next() < sampled));
    const looked = usable.filter(() => next() < columns);
    for (let level = 0; level < depth; level++) {
      const best = bestSplit(table, looked, some, gradient, curvature, leafOf, 1 << level, calm);
      if (best.gain <= 1e-9) break;
      tree.features.push(best.feature);
      tree.cuts.push(best.cut);
      const column = bins[best.feature] as Uint8Array;
      for (let row = 0; row < rows; row++) {
        if ((column[row] ?? 0) > best.cut) leafOf[row] = (leafOf[row] ?? 0) | (1 << level);
      }
    }
    const count = 1 << tree.features.length;
    const g = new Float64Array(count);
    const h = new Float64Array(count);
    for (const row of some) {
      const leaf = leafOf[row] ?? 0;
      g[leaf] = (g[leaf] ?? 0) + (gradient[row] ?? 0);
      h[leaf] = (h[leaf] ?? 0) + (curvature[row] ?? 0);
    }
    tree.leaves = Array.from(g, (sum, leaf) => (rate * sum) / ((h[leaf] ?? 0) + calm));
    for (let row = 0; row < rows; row++)
      scores[row] = (scores[row] ?? 0) + (tree.leaves[leafOf[row] ?? 0] ?? 0);
    result.push(tree);
  }
  return result;
}

function bestSplit(
  { bins, bounds }: Table,
  looked: number[],
  some: Int32Array,
  gradient: Float64Array,
  curvature: Float64Array,
  leafOf: Uint8Array,
  leaves: number,
  calm: number,
): { feature: number; cut: number; gain: number } {
  const best = { feature: -1, cut: 0, gain: 0 };
  const width = 64;
  const g = new Float64Array(leaves * width);
  const h = new Float64Array(leaves * width);
  const count = some.length;
  const places = new Int32Array(count);
  const gradients = new Float64Array(count);
  const curvatures = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const row = some[index] as number;
    places[index] = (leafOf[row] as number) * width;
    gradients[index] = gradient[row] as number;
    curvatures[index] = curvature[row] as number;
  }
  const value = (sum: number, weight: number) => (sum * sum) / (weight + calm);
  for (const feature of looked) {
    const column = bins[feature] as Uint8Array;
    g.fill(0);
    h.fill(0);
    for (let index = 0; index < count; index++) {
      const at = (places[index] as number) + (column[some[index] as number] as number);
      g[at] = (g[at] as number) + (gradients[index] as number);
      h[at] = (h[at] as number) + (curvatures[index] as number);
    }
    const cuts = bounds[feature]?.length ?? 0;
    const gains = new Float64Array(cuts);
    for (let leaf = 0; leaf < leaves; leaf++) {
      let sum = 0;
      let weight = 0;
      for (let bin = 0; bin <= cuts; bin++) {
        sum += g[leaf * width + bin] as number;
        weight += h[leaf * width + bin] as number;
      }
      const whole = value(sum, weight);
      let left = 0;
      let leftWeight = 0;
      for (let bin = 0; bin < cuts; bin++) {
        left += g[leaf * width + bin] as number;
        leftWeight += h[leaf * width + bin] as number;
        gains[bin] =
          (gains[bin] as number) + value(left, leftWeight) + value(sum - left, weight - leftWeight) - whole;
      }
    }
    for (let cut = 0; cut < cuts; cut++) {
      if ((gains[cut] as number) > best.gain) {
        best.feature = feature;
        best.cut = cut;
        best.gain = gains[cut] as number;
      }
    }
  }
  return best;
}

/** The sum of the trees' answers for one row of bins. */
export function scoreOf(trees: Tree[], bins: Uint8Array[], row: number, start: number): number {
  let score = start;
  for (const { features, cuts, leaves } of trees) {
    let leaf = 0;
    for (let level = 0; level < features.length; level++) {
      if ((bins[features[level] as number]?.[row] as number) > (cuts[level] as number)) leaf |= 1 << level;
    }
    score += leaves[leaf] as number;
  }
  return score;
}
