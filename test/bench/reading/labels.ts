/** Which part of each block of a page people marked as main content. */
export interface Labels {
  /** Words of each block. */
  words: number[];
  /** How many of them are in the marked text. */
  marked: number[];
  truthWords: number;
}

type Tokenise = (text: string) => string[];

/**
 * Lines up the words of a page with the marked text. Both are in page order for the most part, so runs of words that
 * stand once in each are anchors, shorter runs are looked for between them, and what is left of the marked text (moved
 * or repeated) is looked for anywhere.
 */
export function labelBlocks(blocks: string[], truth: string, tokenise: Tokenise): Labels {
  const page: string[] = [];
  const owner: number[] = [];
  const words = blocks.map((block, index) => {
    const tokens = tokenise(block);
    for (const token of tokens) {
      page.push(token);
      owner.push(index);
    }
    return tokens.length;
  });
  const wanted = tokenise(truth);
  const taken = new Uint8Array(page.length);
  const used = new Uint8Array(wanted.length);
  align(page, wanted, taken, used);
  const marked = blocks.map(() => 0);
  for (const [index, block] of owner.entries()) if (taken[index]) marked[block] = (marked[block] ?? 0) + 1;
  addMoved(blocks, words, marked, wanted, used, tokenise);
  return { words, marked, truthWords: wanted.length };
}

function align(page: string[], wanted: string[], taken: Uint8Array, used: Uint8Array): void {
  const stack: [number, number, number, number, number][] = [[0, page.length, 0, wanted.length, 0]];
  const lengths = [8, 4, 2, 1];
  for (let job = stack.pop(); job; job = stack.pop()) {
    let [a, b, c, d, level] = job;
    if (a >= b || c >= d) continue;
    const pairs = anchors(page, wanted, a, b, c, d, lengths[level] ?? 1);
    if (pairs.length === 0) {
      if ((b - a) * (d - c) <= 400_000) lcs(page, wanted, a, b, c, d, taken, used);
      else if (level < lengths.length - 1) stack.push([a, b, c, d, level + 1]);
      continue;
    }
    for (const [at, to] of pairs) {
      if (at < a || to < c) continue;
      let left = at;
      let right = to;
      while (left > a && right > c && page[left - 1] === wanted[right - 1]) {
        left--;
        right--;
        taken[left] = used[right] = 1;
      }
      stack.push([a, left, c, right, level]);
      a = at;
      c = to;
      while (a < b && c < d && page[a] === wanted[c]) {
        taken[a] = used[c] = 1;
        a++;
        c++;
      }
    }
    stack.push([a, b, c, d, level]);
  }
}

/** Runs of `length` words that stand exactly once in each range, in the longest order that agrees. */
function anchors(
  page: string[],
  wanted: string[],
  a: number,
  b: number,
  c: number,
  d: number,
  length: number,
) {
  const once = (tokens: string[], from: number, to: number) => {
    const places = new Map<string, number>();
    for (let index = from; index + length <= to; index++) {
      const key = tokens.slice(index, index + length).join(' ');
      places.set(key, places.has(key) ? -1 : index);
    }
    return places;
  };
  const inPage = once(page, a, b);
  const pairs: [number, number][] = [];
  for (const [key, to] of once(wanted, c, d)) {
    const at = inPage.get(key) ?? -1;
    if (to >= 0 && at >= 0) pairs.push([at, to]);
  }
  pairs.sort((one, other) => one[1] - other[1]);
  return longestIncreasing(pairs);
}

function longestIncreasing(pairs: [number, number][]): [number, number][] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.[0] ?? 0) < pair[0]) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  }
  const result: [number, number][] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1)
    result.push(pairs[at] as [number, number]);
  return result.reverse();
}

/** Longest common subsequence of two short ranges. */
function lcs(
  page: string[],
  wanted: string[],
  a: number,
  b: number,
  c: number,
  d: number,
  taken: Uint8Array,
  used: Uint8Array,
): void {
  const width = d - c + 1;
  const table = new Uint16Array((b - a + 1) * width);
  for (let row = b - a - 1; row >= 0; row--) {
    for (let column = d - c - 1; column >= 0; column--) {
      const here = row * width + column;
      table[here] =
        page[a + row] === wanted[c + column]
          ? (table[here + width + 1] ?? 0) + 1
          : Math.max(table[here + width] ?? 0, table[here + 1] ?? 0);
    }
  }
  for (let row = 0, column = 0; row < b - a && column < d - c; ) {
    if (page[a + row] === wanted[c + column]) {
      taken[a + row] = used[c + column] = 1;
      row++;
      column++;
    } else if ((table[(row + 1) * width + column] ?? 0) >= (table[row * width + column + 1] ?? 0)) row++;
    else column++;
  }
}

function addMoved(
  blocks: string[],
  words: number[],
  marked: number[],
  wanted: string[],
  used: Uint8Array,
  tokenise: Tokenise,
): void {
  const left = new Map<string, number>();
  const length = 3;
  for (let index = 0; index + length <= wanted.length; index++) {
    if (used[index] || used[index + 1] || used[index + 2]) continue;
    const key = wanted.slice(index, index + length).join(' ');
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  for (const [index, block] of blocks.entries()) {
    const count = words[index] ?? 0;
    if (count < length || (marked[index] ?? 0) > count / 2) continue;
    const tokens = tokenise(block);
    const keys = tokens.slice(0, count - length + 1).map((_, at) => tokens.slice(at, at + length).join(' '));
    const found = keys.filter((key) => (left.get(key) ?? 0) > 0);
    if (found.length < keys.length * 0.7) continue;
    for (const key of found) left.set(key, (left.get(key) ?? 0) - 1);
    marked[index] = count;
  }
}
