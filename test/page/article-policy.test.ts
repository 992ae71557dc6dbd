// @vitest-environment jsdom
import { Readability } from '@mozilla/readability';
import { JSDOM } from 'jsdom';
import { expect, it, vi } from 'vitest';
import { readabilityChoice } from '@/utils/page/article';

it('does without the vote of Readability where a policy lets no string become markup', () => {
  const { document } = new JSDOM('<p>Closed on Mondays.</p>').window;
  vi.spyOn(Readability.prototype as unknown as { _grabArticle(): void }, '_grabArticle').mockImplementation(
    () => {
      throw new TypeError("This document requires 'TrustedHTML' assignment.");
    },
  );
  expect(readabilityChoice(document)).toBeUndefined();
});
