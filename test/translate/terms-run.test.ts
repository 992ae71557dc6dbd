import { expect, it } from 'vitest';
import { runTerms } from '../fixtures/terms-run';

it('calls a term the same in at least 99 of 100 paragraphs, where a model left alone does in about half', async () => {
  const [carried, left] = [await runTerms(true), await runTerms(false)];
  expect(carried.after).toBeGreaterThanOrEqual(0.99);
  expect(carried.before).toBeGreaterThan(0.8);
  expect(left.after).toBeLessThan(0.7);
});
