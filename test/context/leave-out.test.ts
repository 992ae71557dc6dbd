import { describe, expect, it } from 'vitest';
import { smallestSet } from '@/utils/context/leave-out';
import { cpuTime } from '../cpu-time.ts';
import fc from '../fixtures/property';

const sourcesOf = (sizes: number[]) => sizes.map((tokens, id) => ({ id, tokens }));
const sum = (set: { tokens: number }[]) => set.reduce((total, { tokens }) => total + tokens, 0);

/** Every subset, by brute force: the fewest sources, then the fewest tokens. */
function best(sizes: number[], excess: number): { count: number; tokens: number } | undefined {
  let found: { count: number; tokens: number } | undefined;
  for (let bits = 0; bits < 2 ** sizes.length; bits++) {
    const chosen = sizes.filter((_, index) => bits & (2 ** index));
    const tokens = chosen.reduce((total, size) => total + size, 0);
    if (tokens < excess) continue;
    const { length: count } = chosen;
    if (!found || count < found.count || (count === found.count && tokens < found.tokens))
      found = { count, tokens };
  }
  return found;
}

describe('the smallest set to leave out', () => {
  it('is the fewest sources with the fewest tokens', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 11 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 300 }), (list, excess) => {
        const set = smallestSet(sourcesOf(list), excess);
        expect(set && { count: set.length, tokens: sum(set) }).toEqual(best(list, excess));
        expect(new Set(set?.map(({ id }) => id)).size).toBe(set?.length ?? 0);
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it('is found at once for twenty sources of almost equal size, and for five hundred', () => {
    for (const length of [20, 21, 500]) {
      const list = Array.from({ length }, (_, index) => 10_000 + ((index * 7_919) % 97));
      const excess = 10_000 * Math.floor(length / 2);
      const startedAt = cpuTime();
      const set = smallestSet(sourcesOf(list), excess) ?? expect.fail('No set');
      expect(cpuTime() - startedAt).toBeLessThan(1_000);
      expect(sum(set)).toBeGreaterThanOrEqual(excess);
      expect(set.length).toBeLessThanOrEqual(Math.floor(length / 2));
    }
  });
});
