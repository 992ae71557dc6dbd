import { describe, expect, it } from 'vitest';
import { type Calibration, calibrated, type Expectation, isCut, learn } from '@/utils/context/calibration';
import { scaleMeasure } from '@/utils/context/tokens';
import type { TokenFactors } from '@/utils/models/types';
import fc from '../fixtures/property';

/**
 * Tokens that each vocabulary needs for one of tokenx, by kind of text: models.md, A9, each column over the column of
 * tokenx. Measured with the vocabularies themselves; `o200k` is OpenAI's.
 */
const kinds: { kind: string; script: keyof TokenFactors; needs: Record<string, number> }[] = [
  {
    kind: 'English',
    script: 'latin',
    needs: { o200k: 1, qwen: 1.03, gemma: 1.06, deepseek: 1.02, llama: 1.02, claude: 1.05 },
  },
  {
    kind: 'German to Portuguese',
    script: 'latin',
    needs: { o200k: 0.94, qwen: 1.06, gemma: 1.03, deepseek: 1.05, llama: 1.05, claude: 1.22 },
  },
  {
    kind: 'TypeScript',
    script: 'latin',
    needs: { o200k: 0.99, qwen: 0.99, gemma: 1.15, deepseek: 1.03, llama: 0.98, claude: 1.05 },
  },
  {
    kind: 'Chinese news',
    script: 'han',
    needs: { o200k: 0.92, qwen: 0.83, gemma: 0.86, deepseek: 0.74, llama: 0.99, claude: 1.33 },
  },
  {
    kind: 'Chinese documentation',
    script: 'han',
    needs: { o200k: 0.91, qwen: 0.91, gemma: 0.89, deepseek: 0.86, llama: 0.95, claude: 1.07 },
  },
  {
    kind: 'Japanese',
    script: 'han',
    needs: { o200k: 0.93, qwen: 0.9, gemma: 0.82, deepseek: 0.9, llama: 0.9, claude: 1.2 },
  },
  {
    kind: 'Korean',
    script: 'hangul',
    needs: { o200k: 0.93, qwen: 1.03, gemma: 0.99, deepseek: 1.02, llama: 0.95, claude: 1.38 },
  },
  {
    kind: 'Russian',
    script: 'dense',
    needs: { o200k: 1.05, qwen: 1.21, gemma: 1.15, deepseek: 1.14, llama: 1.13, claude: 1.58 },
  },
  {
    kind: 'figures',
    script: 'dense',
    needs: { o200k: 1, qwen: 1.96, gemma: 1.96, deepseek: 1, llama: 1, claude: 1.1 },
  },
];
const vocabularies = Object.keys(kinds[0]?.needs ?? {});

/** What our data say of these models (utils/models/providers); nothing of the others. */
const data: Record<string, TokenFactors | undefined> = {
  qwen: { latin: 1.1, han: 1 },
  gemma: { latin: 1.1, han: 1 },
};

interface Text {
  raw: { tokens: number; han: number; hangul: number; dense: number };
  real: number;
}

/** A text of so many tokens by tokenx in a kind, with some of another kind in it. */
function textOf(vocabulary: string, main: number, other: number, share: number, tokens: number): Text {
  const parts = [
    { kind: kinds[main], tokens: Math.round(tokens * (1 - share)) },
    { kind: kinds[other], tokens: Math.round(tokens * share) },
  ];
  const of = (script: string) =>
    parts.reduce((sum, part) => sum + (part.kind?.script === script ? part.tokens : 0), 0);
  return {
    raw: {
      tokens: parts.reduce((sum, part) => sum + part.tokens, 0),
      han: of('han'),
      hangul: of('hangul'),
      dense: of('dense'),
    },
    real: Math.round(parts.reduce((sum, part) => sum + part.tokens * (part.kind?.needs[vocabulary] ?? 1), 0)),
  };
}

const expectationOf = (raw: Text['raw'], vocabulary: string, known: Calibration): Expectation => {
  const { tokens, han, hangul, dense } = scaleMeasure(raw, {
    tokenFactors: calibrated(data[vocabulary], known),
  });
  return { total: tokens, han, hangul, dense };
};

const kind = fc.nat(kinds.length - 1);
const honest = fc.record({
  main: kind,
  other: kind,
  share: fc.double({ min: 0, max: 0.3, noNaN: true }),
  tokens: fc.integer({ min: 2_000, max: 900_000 }),
  // What templates of chats and the error of one text add or take.
  noise: fc.double({ min: 0.98, max: 1.04, noNaN: true }),
});

describe('the alarm', () => {
  it('stays silent over 200 chats of 30 honest answers each, in any language and order', () => {
    let said = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...vocabularies),
        fc.array(honest, { minLength: 30, maxLength: 30 }),
        (vocabulary, answers) => {
          let known: Calibration = {};
          for (const { main, other, share, tokens, noise } of answers) {
            const { raw, real } = textOf(vocabulary, main, other, share, tokens);
            const expected = expectationOf(raw, vocabulary, known);
            const reported = { input: Math.round(real * noise) };
            if (isCut(expected, reported, known)) {
              throw new Error(
                `${vocabulary}: ${kinds[main]?.kind} with ${share} of ${kinds[other]?.kind}, ${reported.input} of ${expected.total}, known ${JSON.stringify(known)}`,
              );
            }
            known = learn(known, expected, reported);
            said++;
          }
        },
      ),
      { numRuns: 200, seed: 20_261_127 },
    );
    expect(said).toBe(6_000);
  });

  it.each(vocabularies)(
    'always finds 30 %% missing of a text like three that it has read: %s',
    (vocabulary) => {
      for (const [main, { script }] of kinds.entries()) {
        const { raw, real } = textOf(vocabulary, main, main, 0, 100_000);
        let known: Calibration = {};
        for (let answer = 0; answer < 3; answer++) {
          known = learn(known, expectationOf(raw, vocabulary, known), { input: real });
        }
        const expected = expectationOf(raw, vocabulary, known);
        const missing = script === 'dense' ? 0.63 : 0.3;
        expect(isCut(expected, { input: Math.round(real * (1 - missing)) }, known), kinds[main]?.kind).toBe(
          true,
        );
        expect(isCut(expected, { input: real }, known)).toBe(false);
      }
    },
  );

  it('finds 30 % missing of the first English text, and half of any first text', () => {
    for (const vocabulary of vocabularies) {
      for (const [main, { kind: name }] of kinds.entries()) {
        const { raw, real } = textOf(vocabulary, main, main, 0, 100_000);
        const expected = expectationOf(raw, vocabulary, {});
        const found = (missing: number) => isCut(expected, { input: Math.round(real * (1 - missing)) }, {});
        if (name === 'English') expect(found(0.3), vocabulary).toBe(true);
        expect(found(0.63), `${vocabulary} ${name}`).toBe(true);
      }
    }
  });

  it('finds a tenth missing where the same model has counted the beginning before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...vocabularies),
        kind,
        fc.integer({ min: 20_000, max: 500_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (vocabulary, main, tokens, growth, missing) => {
          const before = textOf(vocabulary, main, main, 0, tokens);
          const known = learn({}, expectationOf(before.raw, vocabulary, {}), { input: before.real });
          const now = textOf(vocabulary, main, main, 0, Math.round(tokens * (1 + growth / 5)));
          const repeats = {
            total: expectationOf(before.raw, vocabulary, known).total,
            reported: before.real,
          };
          const expected = { ...expectationOf(now.raw, vocabulary, known), repeats };
          expect(isCut(expected, { input: now.real, cached: 0 }, known)).toBe(false);
          expect(isCut(expected, { input: Math.floor(now.real * (1 - missing)), cached: 0 }, known)).toBe(
            true,
          );
        },
      ),
      { numRuns: 300, seed: 9 },
    );
  });

  it('notices a server that cuts every longer request to the same length', () => {
    let known: Calibration = {};
    let repeats: Expectation['repeats'];
    const window = 16_387;
    let alarms = 0;
    for (let tokens = 14_000; tokens < 24_000; tokens += 500) {
      const { raw, real } = textOf('o200k', 0, 0, 0, tokens);
      const expected = { ...expectationOf(raw, 'o200k', known), repeats };
      const reported = { input: Math.min(real, window) };
      if (isCut(expected, reported, known)) alarms++;
      else {
        known = learn(known, expected, reported);
        repeats = { total: expectationOf(raw, 'o200k', known).total, reported: reported.input };
      }
      if (real > window * 1.1) expect(alarms, `${real} of ${window}`).toBeGreaterThan(0);
    }
  });

  it('says nothing of short requests, nor of servers that count only what they read anew', () => {
    expect(isCut({ total: 3_999 }, { input: 1 }, {})).toBe(false);
    const repeats = { total: 50_000, reported: 50_000 };
    expect(isCut({ total: 51_000, repeats }, { input: 1_200 }, {})).toBe(false);
    expect(learn({}, { total: 51_000, repeats }, { input: 1_200 })).toEqual({});
    // One that says what its cache held counts everything.
    expect(isCut({ total: 51_000, repeats }, { input: 1_200, cached: 0 }, {})).toBe(true);
  });

  it('does not know how little a picture may cost, and learns nothing from one', () => {
    const expected = { total: 20_000, images: 12_800 };
    expect(isCut(expected, { input: 7_400 }, {})).toBe(false);
    expect(isCut(expected, { input: 5_000 }, {})).toBe(true);
    expect(learn({}, expected, { input: 9_000 })).toEqual({});
  });

  it('holds the provider to its own count', () => {
    expect(isCut({ total: 50_000, counted: true }, { input: 44_000 }, {})).toBe(true);
    expect(isCut({ total: 50_000, counted: true }, { input: 46_000 }, {})).toBe(false);
  });
});

describe('learning', () => {
  it('takes several requests that were reckoned alike for one piece of news', () => {
    let known: Calibration = {};
    for (let pass = 0; pass < 8; pass++) known = learn(known, { total: 10_000 }, { input: 8_000 }, {});
    expect(known.latin?.factor).toBeCloseTo(0.8, 5);
  });

  it('comes within 3 % after three answers', () => {
    for (const vocabulary of vocabularies) {
      for (const [main] of kinds.entries()) {
        let known: Calibration = {};
        const { raw, real } = textOf(vocabulary, main, main, 0, 60_000);
        for (let answer = 0; answer < 3; answer++) {
          known = learn(known, expectationOf(raw, vocabulary, known), { input: real });
        }
        expect(Math.abs(expectationOf(raw, vocabulary, known).total / real - 1)).toBeLessThan(0.03);
      }
    }
  });

  it('keeps scripts apart', () => {
    const chinese = learn({}, { total: 10_000, han: 9_000 }, { input: 6_700 });
    expect(chinese).toEqual({ han: { factor: 0.67, samples: 1 } });
    expect(calibrated({ latin: 1.1, han: 1 }, chinese)).toEqual({
      latin: 1.1,
      han: 0.67,
      hangul: 1,
      dense: 1.1,
    });
    const mixed = learn(chinese, { total: 10_000, han: 5_000 }, { input: 11_000 });
    expect(mixed.latin).toEqual({ factor: 1.1, samples: 1 });
    expect(mixed.han?.samples).toBe(2);
  });

  it.each([0, 1, 3_900, 26_000, 1e12, Number.NaN, -5])(
    'is not moved by an absurd report: %d of 10,000',
    (input) => {
      const known = { latin: { factor: 1, samples: 2 } };
      expect(learn(known, { total: 10_000 }, { input })).toEqual(known);
    },
  );

  it('stays within its bounds however often it is lied to', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 60 }), (reports) => {
        let known: Calibration = {};
        for (const input of reports) {
          const total = Math.round(50_000 * (known.latin?.factor ?? 1));
          known = learn(known, { total }, { input });
        }
        const { factor = 1 } = known.latin ?? {};
        expect(factor).toBeGreaterThanOrEqual(0.4);
        expect(factor).toBeLessThanOrEqual(2.5);
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});
