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

  it('that are read in passes are there from the first pass on, whichever it reads', () => {
    const plan = [[tide], [moon, wind]].map((pass) =>
      pass.map((entry) => ({ sourceId: entry?.source.id ?? '', from: 0, to: 1 })),
    );
    const begun = { ...answerTo([tide, 1]), passes: { plan, notes: [] } };
    const ended = { ...begun, sendings: [...begun.sendings, ...answerTo([moon, 3], [wind, 2]).sendings] };
    expect(texts({ ...begun, sendings: [] })).toHaveLength(3);
    expect(texts(begun)).toHaveLength(3);
    expect(texts({ ...ended, sendings: [...ended.sendings, ...answerTo().sendings] })).toEqual([
      '¶1 The tide.',
      '¶1 The wind.',
      '¶1 The moon.',
    ]);
  });

  it('are the same array as long as they are the same sources', () => {
    const answer = answerTo([tide, 1], [moon, 3]);
    expect(sourcesOf(answer, sources)).toBe(sourcesOf({ ...answer, text: 'more' }, sources));
    expect(sourcesOf(answerTo([tide, 1], [wind, 2], [moon, 3]), sources)).toBe(sources);
  });
});
