import { describe, expect, it } from 'vitest';
import type { AskedTurn, MeasuredSource } from '@/utils/context/compose';
import { composeFromNotes, composePass, type Piece, pieceText, planPasses } from '@/utils/context/passes';
import { measureText } from '@/utils/context/tokens';
import { type Source, sourceId } from '@/utils/source';
import fc from '../fixtures/property';
import { Random } from '../fixtures/random';
import { measuredSource, mixedText } from '../fixtures/sources';

const pause = () => Promise.resolve();
const turn: AskedTurn = {
  task: 'answer',
  question: 'What do they say?',
  instructions: '<instructions>\nAnswer.\n</instructions>',
  sourceIds: [],
};

const plan = (sources: MeasuredSource[], window: number, details: object = {}) =>
  planPasses(sources, { turn, model: { window, ...details }, pause });

async function randomSources(random: Random): Promise<MeasuredSource[]> {
  const sources: MeasuredSource[] = [];
  for (let count = random.between(1, 5); count > 0; count--) {
    const passages = Array.from({ length: random.between(1, 60) }, () =>
      mixedText(random, random.between(1, 900)),
    );
    sources.push(await measuredSource(passages, { title: mixedText(random, 30) }));
  }
  return sources;
}

/** The pieces of each source, in the order of the passes. */
const textsOf = (sources: MeasuredSource[], passes: Piece[][]) =>
  sources.map(({ source }) =>
    passes
      .flat()
      .filter(({ sourceId: id }) => id === source.id)
      .map((piece) => pieceText(source, piece)),
  );

describe('a plan of passes', () => {
  it('has every text whole, once and in order, and each pass fits', async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1_500, max: 12_000 }), async (seed, window) => {
        const sources = await randomSources(new Random(seed));
        const made = await plan(sources, window);
        if (!made) return;
        const { passes, notes } = made;
        most = Math.max(most, passes.length);
        expect(textsOf(sources, passes).map((texts) => texts.join('\n\n'))).toEqual(
          sources.map(({ source }) => source.text),
        );
        const order = passes
          .flat()
          .map(({ sourceId: id }) => sources.findIndex(({ source }) => source.id === id));
        expect(order).toEqual([...order].sort((a, b) => a - b));
        for (const [index, pieces] of passes.entries()) {
          const position = { number: index + 1, count: passes.length, notes };
          const composition = composePass(sources, turn, pieces, position, { window });
          expect(composition.fits, `pass ${index + 1} of ${passes.length}`).toBe(true);
        }
        const longest = passes.map(() => 'w '.repeat(notes - 10));
        expect(composeFromNotes([], turn, longest, { window }).fits).toBe(true);
      }),
      { numRuns: 120, seed: 20_261_127 },
    );
    expect(most).toBeGreaterThan(5);
  });

  it('has the fewest passes: no pass could have taken the first passage of the next', async () => {
    const sources = await randomSources(new Random(5));
    const made = (await plan(sources, 6_000)) ?? expect.fail('No plan');
    for (const [index, pieces] of made.passes.slice(0, -1).entries()) {
      const next = made.passes[index + 1]?.[0] ?? expect.fail('No next pass');
      const last = pieces.at(-1);
      const more: Piece[] =
        last?.sourceId === next.sourceId
          ? [...pieces.slice(0, -1), { ...last, to: next.from + 1 }]
          : [...pieces, { ...next, to: next.from + 1 }];
      const position = { number: 1, count: 9, notes: made.notes };
      const { estimate } = composePass(sources, turn, more, position, { window: 6_000 });
      // Room that is kept for the lines around documents is at most 60 tokens each.
      expect(estimate.total + made.notes + 60 * more.length + 60).toBeGreaterThan(6_000);
    }
  });

  it('writes shorter notes when there are many passes, and none when they would be too short', async () => {
    const passages = Array.from({ length: 400 }, (_, index) => `Passage ${index} ${'word '.repeat(120)}`);
    const sources = [await measuredSource(passages)];
    const usual = (await plan(sources, 32_000)) ?? expect.fail('No plan');
    const many = (await plan(sources, 8_000)) ?? expect.fail('No plan');
    expect(usual.notes).toBe(4_000);
    expect(many.passes.length).toBeGreaterThan(7);
    expect(many.notes).toBeLessThan(1_000);
    expect(await plan(sources, 2_000)).toBeUndefined();
  });

  it('is not there when a single passage is too long, or the chat leaves no room for notes', async () => {
    const sources = [await measuredSource(['Short.', 'word '.repeat(5_000)])];
    expect(await plan(sources, 4_000)).toBeUndefined();
    const history = [{ ...turn, answer: 'word '.repeat(3_800) }];
    const short = [await measuredSource(Array.from({ length: 90 }, () => 'word '.repeat(60)))];
    expect(await plan(short, 5_000)).toBeDefined();
    const options = { turn, history, model: { window: 5_000 }, pause };
    expect(await planPasses(short, options)).toBeUndefined();
  });

  it('does not lose a text without passages, nor words before, between and after them', async () => {
    const text = 'Before.\n\n¶1 One.\n\nBetween.\n\n¶2 Two.\n\nAfter.';
    const odd: Source = {
      ...(await measuredSource([])).source,
      text,
      id: await sourceId(text),
      segments: [
        { number: 1, start: 12, end: 16, kind: 'text' },
        { number: 2, start: text.indexOf('Two'), end: text.indexOf('Two') + 4, kind: 'text' },
      ],
    };
    const bare = { ...odd, id: 'b'.repeat(64), segments: [] };
    for (const source of [odd, bare]) {
      const sources = [{ source, tokens: 20 }];
      const made = (await plan(sources, 1_200)) ?? expect.fail('No plan');
      expect(textsOf(sources, made.passes)[0]?.join('\n\n')).toBe(text);
    }
  });

  it('keeps the spaces at the end of a passage', async () => {
    const source = await measuredSource(['code  \n  ', 'Next.  ']);
    const { request } = composePass(
      [source],
      turn,
      [{ sourceId: source.source.id, from: 0, to: 1 }],
      { number: 1, count: 2, notes: 100 },
      { window: 9_000 },
    ) as { request: { messages: { parts: string[] }[] } };
    expect(request.messages[1]?.parts[0]).toContain('¶1 code  \n  \n</document');
    expect(request.messages[1]?.parts[0]).toContain('paragraphs="1-1 of 2"');
  });

  it('counts in the tokens of the model', async () => {
    const sources = [await measuredSource(Array.from({ length: 80 }, () => '通读全文'.repeat(30)))];
    const plain = (await plan(sources, 9_000)) ?? expect.fail('No plan');
    const dense =
      (await plan(sources, 9_000, { tokenFactors: { latin: 1, han: 2 } })) ?? expect.fail('No plan');
    expect(dense.passes.length).toBeGreaterThanOrEqual(plain.passes.length * 2 - 1);
    expect(measureText(sources[0]?.source.text ?? '').han).toBeGreaterThan(5_000);
  });
});
