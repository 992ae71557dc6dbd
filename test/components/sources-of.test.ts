import { describe, expect, it } from 'vitest';
import { sourcesOf } from '@/components/panel/sources-of';
import type { AnswerRecord, SendingRecord } from '@/utils/store/records';
import { measuredSource } from '../fixtures/sources';

const sources = await Promise.all(['tide', 'wind', 'moon'].map((name) => measuredSource([`The ${name}.`])));
const [tide, wind, moon] = sources;

/** An answer to a request that carried these sources under these numbers. */
const answerTo = (...sent: [entry: (typeof sources)[number] | undefined, index: number][]) => {
  const bySource = sent.map(([entry, index]) => ({ id: entry?.source.id ?? '', index }));
  return { sendings: [{ estimate: { bySource } } as SendingRecord] } as AnswerRecord;
};
const texts = (answer: AnswerRecord) => sourcesOf(answer, sources).map(({ source }) => source.text);

describe('the sources of an answer', () => {
  it('stand in the places of their numbers, and what was left out has no words', () => {
    expect(texts(answerTo([tide, 1], [moon, 3]))).toEqual(['¶1 The tide.', '', '¶1 The moon.']);
    expect(texts(answerTo([moon, 2], [wind, 1]))).toEqual(['¶1 The wind.', '¶1 The moon.']);
  });

  it('are found without a number where there is one', () => {
    expect(texts(answerTo([moon, 3]))).toEqual(['¶1 The moon.', '', '¶1 The moon.']);
  });

  it('come with the passes that have been sent', () => {
    const passes = { plan: [[]], notes: [] };
    expect(texts({ ...answerTo(), sendings: [], passes } as AnswerRecord)).toEqual([]);
    expect(texts({ ...answerTo([wind, 1]), passes } as AnswerRecord)).toEqual(['¶1 The wind.']);
  });

  it('are the same array as long as they are the same sources', () => {
    const answer = answerTo([tide, 1], [moon, 3]);
    expect(sourcesOf(answer, sources)).toBe(sourcesOf({ ...answer, text: 'more' }, sources));
    expect(sourcesOf(answerTo([tide, 1], [wind, 2], [moon, 3]), sources)).toBe(sources);
  });
});
