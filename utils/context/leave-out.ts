/** Up to so many sources every combination is tried: 2^20 at the very most, and far fewer with the bounds below. */
const tried = 20;

/**
 * The fewest sources whose tokens together are at least `excess`, and among those the ones with the fewest tokens.
 * Beyond 20 sources the number is still the fewest and the tokens nearly so. Undefined when all of them together are
 * not enough.
 */
export function smallestSet<T extends { tokens: number }>(sources: T[], excess: number): T[] | undefined {
  const sorted = [...sources].sort((a, b) => b.tokens - a.tokens);
  let count = 0;
  for (let sum = 0; sum < excess; count++) {
    const next = sorted[count];
    if (!next) return undefined;
    sum += next.tokens;
  }
  if (sorted.length > tried) return trimmed(sorted, count, excess);
  let best = sorted.slice(0, count);
  let least = total(best);
  const chosen: T[] = [];
  const choose = (start: number, missing: number, sum: number): void => {
    if (missing === 0) {
      if (sum >= excess && sum < least) {
        least = sum;
        best = [...chosen];
      }
      return;
    }
    for (let index = start; index <= sorted.length - missing; index++) {
      const source = sorted[index] as T;
      // The largest that are left do not reach: nor does anything after them.
      if (sum + total(sorted.slice(index, index + missing)) < excess) return;
      chosen.push(source);
      choose(index + 1, missing - 1, sum + source.tokens);
      chosen.pop();
    }
  };
  choose(0, count, 0);
  return best;
}

/** The largest, each exchanged for the smallest that still is enough. */
function trimmed<T extends { tokens: number }>(sorted: T[], count: number, excess: number): T[] {
  const chosen = sorted.slice(0, count);
  const others = sorted.slice(count).reverse();
  for (let index = chosen.length - 1; index >= 0; index--) {
    const source = chosen[index] as T;
    const spare = total(chosen) - excess;
    const smaller = others.findIndex(({ tokens }) => source.tokens - tokens <= spare);
    const [exchanged] = smaller >= 0 ? others.splice(smaller, 1, source) : [];
    if (exchanged) chosen[index] = exchanged;
  }
  return chosen;
}

const total = (sources: { tokens: number }[]) => sources.reduce((sum, { tokens }) => sum + tokens, 0);
