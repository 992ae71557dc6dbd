import { describe, expect, it } from 'vitest';
import { comparisonAsCsv } from '@/utils/chat/export/comparison-files';
import { watchChecks } from '@/utils/citations';
import { checkCell, createComparisonParser } from '@/utils/compare';
import { createFigureIndex } from '@/utils/compare/figure-index';
import { figuresIn } from '@/utils/compare/figures';
import { numberPassages, type Source } from '@/utils/source';

/** A text of a million characters with figures in every passage. */
const passages = Array.from(
  { length: 12_000 },
  (_, index) =>
    `In entry ${index} it cost €${index * 3 + 100_001} and lasted ${index % 50} weeks, as they said on May ${(index % 28) + 1}, 2019.`,
);
const long: Source = {
  id: 'long',
  readAt: 0,
  kind: 'tab',
  title: 'Long',
  lang: 'en',
  gaps: [],
  ...numberPassages(passages.map((text) => ({ text, kind: 'text' }))),
};

describe('a long source', () => {
  it('is looked through beside other work, and until then nothing is called wrong', async () => {
    expect(long.text.length).toBeGreaterThan(900_000);
    const cell = { text: '€77,777,777', quote: 'it cost', paragraph: 1 };
    const right = { text: '€100001', quote: 'it cost €100001', paragraph: 1 };
    expect(checkCell(cell, 1, [long]).state).toBe('pending');
    // What stands in the passage need not be looked for.
    expect(checkCell(right, 1, [long]).state).toBe('verified');
    await new Promise<void>((resolve) => {
      const stop = watchChecks(() => {
        stop();
        resolve();
      });
    });
    expect(checkCell(cell, 1, [long]).state).toBe('missing');
    const moved = checkCell({ text: '€115001', paragraph: 1 }, 1, [long]);
    expect([moved.state, moved.mark?.paragraph]).toEqual(['moved', 5_001]);
  });

  it('is waited for when a comparison is taken along', async () => {
    const copy = { ...long, id: 'copy' };
    const block =
      '{"columns":[{"document":1,"name":"A"}]}\n{"row":"Price","cells":[{"text":"€77,777,777","paragraph":1}]}';
    const comparison = createComparisonParser([copy]).parse(block, true);
    expect(await comparisonAsCsv(comparison, [copy])).toContain('"€77,777,777 (not found in the source)"');
  });

  it('is read in slices that are not felt', () => {
    const works: (() => void)[] = [];
    const index = createFigureIndex(long, (work) => void works.push(work));
    expect(index.find(figuresIn('€5', true).figures[0] as never)).toBe('pending');
    let steps = 0;
    for (let work = works.shift(); work; work = works.shift(), steps++) work();
    expect(steps).toBeGreaterThan(30);
    expect(index.find(figuresIn('€100004', true).figures[0] as never)).toBe(2);
  });
});
