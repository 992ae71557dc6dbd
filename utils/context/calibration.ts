/** What reported usage teaches about the tokens of a model, and when it says that a server cut. */

import type { TokenFactors } from '../models/types';

type Script = keyof TokenFactors;

/** Real tokens for each token of our estimate, learned from so many answers. */
export interface Learned {
  factor: number;
  samples: number;
}

/** Learned for one model of one provider, apart for alphabets and for Han, Kana and Hangul. */
export type Calibration = Partial<Record<Script, Learned>>;

/** What was expected of a request, in tokens of its model, and how many of them are Han, Kana and Hangul. */
export interface Expectation {
  total: number;
  han: number;
}

/** Weight of the newest report. Two or three answers bring the estimate within 3 % (models.md, A9). */
const newestWeight = 0.5;

/**
 * No vocabulary needs more than 2.5 or less than 0.4 tokens where tokenx counts one (models.md, A9: 0.6 to 1.96). A
 * report outside is no news about words: the server cut, counts something else, or sends nonsense.
 */
const plausible = { least: 0.4, most: 2.5 };

/** Requests of fewer tokens say nothing: templates of chats weigh more than words. */
export const leastTokens = 4_000;

/** A script teaches only where it makes up most of a text; in a mixed text both learn the same. */
const mostly = 0.7;

/** What is known after an answer whose server reported its input. Reports that are not plausible teach nothing. */
export function learn(known: Calibration, expected: Expectation, reported: number): Calibration {
  if (expected.total < leastTokens) return known;
  const share = expected.han / expected.total;
  const scripts: Script[] = share >= mostly ? ['han'] : share <= 1 - mostly ? ['latin'] : ['latin', 'han'];
  const next = { ...known };
  for (const script of scripts) {
    const before = known[script];
    const factor = (before?.factor ?? 1) * (reported / expected.total);
    if (!(factor >= plausible.least && factor <= plausible.most)) return known;
    next[script] = before
      ? {
          factor: before.factor + newestWeight * (factor - before.factor),
          samples: before.samples + 1,
        }
      : { factor, samples: 1 };
  }
  return next;
}

/** The factors of a model, as its data have them, corrected by what was learned. */
export function calibrated(factors: TokenFactors | undefined, known: Calibration): TokenFactors {
  return {
    latin: (factors?.latin ?? 1) * (known.latin?.factor ?? 1),
    han: (factors?.han ?? 1) * (known.han?.factor ?? 1),
  };
}

/**
 * The share of the expected tokens below which something was cut. A model that was never heard of may need 10 % less
 * than tokenx counts in an alphabet, and 40 % less in Chinese (Kimi: two characters a token; tokenx 1.2).
 */
const firstLimits: TokenFactors = { latin: 0.75, han: 0.55 };
/** After three answers the factor is known; texts of one script still differ by up to 10 % (models.md, A9). */
const learnedLimit = 0.88;
const learnedSamples = 3;

/**
 * Whether a server that reports so few input tokens cannot have read all that was sent. A factor that was learned
 * from dense texts (figures, Russian) and is above that of the model's data is not held against plainer ones.
 */
export function isCut(expected: Expectation, reported: number, known: Calibration): boolean {
  if (expected.total < leastTokens) return false;
  const least = (script: Script, tokens: number) => {
    const { factor = 1, samples = 0 } = known[script] ?? {};
    const limit = samples >= learnedSamples ? learnedLimit : firstLimits[script];
    return (tokens / Math.max(1, factor)) * limit;
  };
  return reported < least('latin', expected.total - expected.han) + least('han', expected.han);
}
