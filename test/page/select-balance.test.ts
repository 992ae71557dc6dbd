import { describe, expect, it } from 'vitest';
import { balancedLimit } from '@/utils/page/select/balance';

const kept = (sizes: number[], scores: number[]) => {
  const limit = balancedLimit(sizes, scores);
  return scores.filter((score) => score >= limit);
};

describe('the limit of a page', () => {
  it('divides what is sure from what is not', () => {
    expect(kept([900, 800, 300, 200], [5, 4, -4, -5])).toEqual([5, 4]);
  });

  it('is higher where the text is sure than where it is in doubt', () => {
    expect(balancedLimit([1000, 100], [5, -1.6])).toBeGreaterThan(-1.6);
    expect(balancedLimit([1000, 100], [-1, -1.6])).toBeLessThanOrEqual(-1.6);
  });

  it('keeps the best there is on a page without a text, and has an answer for an empty page', () => {
    expect(kept([10], [-7.5])).toEqual([-7.5]);
    expect(balancedLimit([], [])).toBeLessThan(0);
  });

  it('weighs blocks by their size', () => {
    // The same scores: much that is half sure beside a little that is sure is the text.
    expect(kept([1000, 100], [4, -1.7])).toEqual([4]);
    expect(kept([100, 1000], [4, -1.7])).toEqual([4, -1.7]);
  });
});
