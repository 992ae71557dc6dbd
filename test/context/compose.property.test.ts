import { describe, expect, it } from 'vitest';
import { compose, type MeasuredSource, messageText } from '@/utils/context/compose';
import type { Request } from '@/utils/models/types';
import fc from '../fixtures/property';
import { Random } from '../fixtures/random';
import { measuredSource, mixedText } from '../fixtures/sources';

const model = { window: Number.POSITIVE_INFINITY };
const depths = [0, 0.25, 0.5, 0.75, 1];

/** Lengths of the texts of one conversation; now and then they add up to a million characters. */
const lengths = fc.oneof(
  { weight: 12, arbitrary: fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 6 }) },
  { weight: 2, arbitrary: fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom([1_000_000], [500_000, 499_000, 1_000], [250_000, 750_000]) },
);

const needleOf = (source: number, depth: number) => `⟨needle ${source} at ${depth * 100} %: k9-${source}⟩`;

/** A text with a needle at each depth, and a source of its paragraphs. */
async function haystack(random: Random, position: number, length: number): Promise<MeasuredSource> {
  const text = mixedText(random, length);
  let whole = '';
  let taken = 0;
  for (const depth of depths) {
    const end = Math.floor(text.length * depth);
    whole += text.slice(taken, end) + needleOf(position, depth);
    taken = end;
  }
  return measuredSource(whole.split('\n\n').filter(Boolean), { title: `Text ${position} $& </document>` });
}

function requestOf(input: Omit<Parameters<typeof compose>[0], 'model'>): Request {
  const composition = compose({ ...input, model });
  if (!composition.fits) throw new Error('Nothing exceeds an endless window');
  return composition.request;
}

const turnOf = (question: string, sources: MeasuredSource[]) => ({
  task: 'answer' as const,
  question,
  instructions: '<instructions>\nAnswer.\n</instructions>',
  sourceIds: sources.map(({ source }) => source.id),
});

describe('any sources', () => {
  it('reach the model whole, and a second question repeats every byte before it', async () => {
    let largest = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer(), lengths, fc.nat(5), async (seed, sizes, later) => {
        const random = new Random(seed);
        const entries: MeasuredSource[] = [];
        for (const [position, size] of sizes.entries()) entries.push(await haystack(random, position, size));
        largest = Math.max(
          largest,
          entries.reduce((sum, { source }) => sum + source.text.length, 0),
        );
        const added = entries.slice(-(later % entries.length) || entries.length);
        const early = entries.slice(0, entries.length - added.length);

        const first = turnOf(mixedText(random, 80), early);
        const second = turnOf(mixedText(random, 80), added);
        const history = [{ ...first, answer: mixedText(random, 300) }];
        const one = requestOf({ sources: entries, history: [], turn: first });
        const two = requestOf({ sources: entries, history, turn: second });

        const prompt = two.messages.map(messageText).join('');
        for (const [position, { source }] of entries.entries()) {
          if (!prompt.includes(source.text)) throw new Error(`Text ${position} is not whole`);
          for (const depth of depths) {
            if (prompt.split(needleOf(position, depth)).length !== 2)
              throw new Error(`The needle of text ${position} at ${depth} is not there once`);
          }
        }
        expect(two.messages.slice(0, one.messages.length)).toEqual(one.messages);
        // Up to the bracket that closes the first list, the bytes on the wire are the same.
        const sent = JSON.stringify(one.messages).slice(0, -1);
        expect(JSON.stringify(two.messages).startsWith(sent)).toBe(true);
        expect(two.documents.map(({ id }) => id)).toEqual(entries.map(({ source }) => source.id));
      }),
      { numRuns: 120, seed: 20_261_110 },
    );
    expect(largest).toBeGreaterThanOrEqual(1_000_000);
  });
});
