import { describe, expect, it } from 'vitest';
import { createReadingTexts } from '@/utils/translate/reading-texts';

describe('what the units of a source have', () => {
  it('is told to who draws the unit, and to nobody else', () => {
    const texts = createReadingTexts();
    const told: string[] = [];
    texts.subscribe(1, () => told.push('one'));
    const stop = texts.subscribe(2, () => told.push('two'));
    texts.take({ type: 'waiting', units: [1, 2] });
    expect(texts.get(1)).toEqual({ isWaiting: true });
    texts.take({ type: 'place', placements: [{ unit: 1, text: '一' }] });
    expect(texts.get(1)).toEqual({ placement: { unit: 1, text: '一' } });
    expect(texts.get(2)).toEqual({ isWaiting: true });
    // A list of those in waiting that no longer has one takes its line away.
    texts.take({ type: 'waiting', units: [] });
    expect(texts.get(2)).toEqual({});
    stop();
    texts.take({ type: 'failed', units: [2] });
    expect(texts.get(2)).toEqual({ hasFailed: true });
    expect(told).toEqual(['one', 'two', 'one', 'two']);
  });

  it('goes with another language, and is counted as it comes', () => {
    const texts = createReadingTexts();
    let said = 0;
    texts.onPlace(() => said++);
    texts.take({ type: 'place', placements: [{ unit: 1, text: 'a' }] });
    texts.take({ type: 'failed', units: [3] });
    texts.take({ type: 'place', placements: [{ unit: 3, text: 'b' }] });
    expect(texts.get(3)).toEqual({ placement: { unit: 3, text: 'b' } });
    texts.clear();
    expect(texts.get(1)).toEqual({});
    expect([said, texts.version()]).toEqual([3, 3]);
  });
});
