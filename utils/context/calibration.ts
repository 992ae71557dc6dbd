/** What reported usage teaches about the tokens of a model, and when it says that a server cut. */

import type { TokenFactors } from '../models/types';
import { allFactors } from './tokens';

type Script = 'latin' | 'han' | 'hangul' | 'dense';

/** Real tokens for each token of our estimate, learned from so many answers. */
export interface Learned {
  factor: number;
  samples: number;
}

/** Learned for one model of one provider, apart for the scripts in which vocabularies differ. */
export type Calibration = Partial<Record<Script, Learned>>;

/** What was expected of a request, in tokens of its model, and how many of them are in which script. */
export interface Expectation {
  total: number;
  han?: number;
  hangul?: number;
  dense?: number;
  /** Pictures, at the most they may cost; nobody knows how little. */
  images?: number;
  /** The provider counted it beforehand. */
  counted?: boolean;
  /** The last request of the chat, which this one repeats and goes on from: what was expected of it and what came. */
  repeats?: { total: number; reported: number };
}

/** What an answer reported of its input; `cached` where the server says what its cache held. */
export interface Reported {
  input: number;
  cached?: number;
}

/** Weight of the newest report. Two or three answers bring the estimate within 3 % (models.md, A9). */
const newestWeight = 0.5;

/**
 * Tokens that a vocabulary may need where tokenx counts one (models.md, A9: 0.62 to 1.96 with figures). A report
 * outside is no news about words: the server cut, counts something else, or sends nonsense.
 */
const plausible = { least: 0.4, most: { latin: 2.5, han: 2.5, hangul: 2.5, dense: 5 } };

/** Requests of fewer tokens say nothing: templates of chats weigh more than words. */
export const leastTokens = 4_000;

/** A script teaches where it makes up most of a text; in a mixed text all that matter learn the same. */
const mostly = 0.7;
const matters = 0.15;

function tokensByScript({ total, han = 0, hangul = 0, dense = 0, images = 0 }: Expectation) {
  return { latin: Math.max(0, total - han - hangul - dense - images), han, hangul, dense };
}

/**
 * What is known after an answer whose server reported its input. `used` is what the expectation was made with: several
 * requests may have been on their way with the same, and each tells of that and not of what was learned since. Reports
 * that are not plausible teach nothing.
 */
export function learn(
  known: Calibration,
  expected: Expectation,
  reported: Reported,
  used: Calibration = known,
): Calibration {
  if (expected.total < leastTokens || expected.images || countsOnlyFresh(expected, reported)) return known;
  const shares = Object.entries(tokensByScript(expected)).map(([script, tokens]) => ({
    script: script as Script,
    share: tokens / expected.total,
  }));
  const main = shares.filter(({ share }) => share >= mostly);
  const next = { ...known };
  for (const { script } of main.length > 0 ? main : shares.filter(({ share }) => share >= matters)) {
    const before = known[script];
    const factor = (used[script]?.factor ?? 1) * (reported.input / expected.total);
    if (!(factor >= plausible.least && factor <= plausible.most[script])) return known;
    next[script] = before
      ? { factor: before.factor + newestWeight * (factor - before.factor), samples: before.samples + 1 }
      : { factor, samples: 1 };
  }
  return next;
}

/** The factors of a model, as its data have them, corrected by what was learned. */
export function calibrated(factors: TokenFactors | undefined, known: Calibration): TokenFactors {
  const { latin, han, hangul, dense } = allFactors(factors);
  return {
    latin: latin * (known.latin?.factor ?? 1),
    han: han * (known.han?.factor ?? 1),
    hangul: hangul * (known.hangul?.factor ?? 1),
    dense: dense * (known.dense?.factor ?? 1),
  };
}

/**
 * The share of the calibrated estimate below which something was cut, by the answers the factor was learned from:
 * at first, after one, and after three. Derived from a table of vocabularies and kinds of text (models.md, A9; it is in
 * test/context/calibration.test.ts) as the least ratio between honest counts in one script, less 6 % for the noise of
 * one text and of templates:
 * - Latin: English (1.05) after German (1.22) was learned, 0.81; so 0.8, which finds a fifth missing. Before three
 *   answers 0.75; every factor in our data is at most a quarter too high.
 * - Han and Kana: Chinese documentation (1.07) after Chinese news (1.33), 0.76; so 0.75, which finds a quarter.
 *   Before the first answer 0.55: a vocabulary made for Chinese needs 40 % fewer tokens than tokenx counts (Kimi).
 * - Hangul: one language, which needs between 0.9 and 1.4.
 */
const limits: Record<Held, [first: number, soon: number, learned: number]> = {
  latin: [0.75, 0.75, 0.8],
  han: [0.55, 0.75, 0.75],
  hangul: [0.55, 0.75, 0.8],
};
type Held = Exclude<Script, 'dense'>;
const learnedSamples = 3;

/**
 * Figures need one token a digit or one for three: a factor that was learned above the model's data is not held
 * against a text that is easier. Below the data's factor no vocabulary was seen.
 */
const denseLimit = 0.75;

/** What the provider counted itself is only off by templates and tools. */
const countedLimit = 0.9;

/** A text that the same model has counted before needs as many tokens as then; templates may shift by this share. */
const repeatedLimit = 0.98;

/**
 * Whether a server that reports so few input tokens cannot have read all that was sent. Two tests: against the
 * calibrated estimate, and against the count of the same beginning in the request before. The second finds a tenth
 * missing, and a server that cuts each longer request to the same length, which no average would notice.
 */
export function isCut(expected: Expectation, reported: Reported, known: Calibration): boolean {
  if (expected.total < leastTokens || countsOnlyFresh(expected, reported)) return false;
  if (expected.counted) return reported.input < expected.total * countedLimit;
  const tokens = tokensByScript(expected);
  const least = (script: Held) => {
    const samples = known[script]?.samples ?? 0;
    return tokens[script] * limits[script][samples >= learnedSamples ? 2 : samples > 0 ? 1 : 0];
  };
  const dense = (tokens.dense / Math.max(1, known.dense?.factor ?? 1)) * denseLimit;
  const all = least('latin') + least('han') + least('hangul') + dense;
  if (reported.input < all) return true;
  const { repeats } = expected;
  if (!repeats || expected.images) return false;
  const added = Math.max(0, expected.total - repeats.total);
  return reported.input < repeats.reported * repeatedLimit + added * (all / expected.total);
}

/** Some local servers report what they had to read anew and not what they still had from the request before. */
function countsOnlyFresh({ total, repeats }: Expectation, { input, cached }: Reported): boolean {
  if (!repeats || cached !== undefined) return false;
  const added = Math.max(0, total - repeats.total);
  return input < total / 2 && input <= added * slack + template;
}
/** How far the count of a few added words may be off: a factor, and the tokens of a chat template. */
const slack = 1.6;
const template = 300;
