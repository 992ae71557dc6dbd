/** One unit that is more than a model writes in one answer: a request for each of its pieces, one after the other. */

import { sumMoney } from '../context/money';
import { plainMarked } from '../page/translate/marked';
import { type BatchOptions, type BatchOutcome, runBatch } from './batch-run';
import { writableTokens } from './batches';
import type { Refusal } from './check';
import { divide, joinPieces } from './divide';
import { mostTries } from './judge';
import { expectedTokens } from './measure';
import { jointOf } from './parts';
import type { Entry } from './unit-list';

/** Fewer tokens than this are no sentence. */
const fewest = 60;

/**
 * As `runBatch`. A unit that is more than the model writes in one answer is asked for in pieces, and one that is asked for
 * the last time in the plainest form.
 */
export async function runUnits(batch: readonly Entry[], how: BatchOptions): Promise<BatchOutcome> {
  const [only] = batch;
  if (!only || batch.length > 1) return runBatch(batch, how);
  const options = only.tries < mostTries - 1 ? how : { ...how, form: 'plain' as const };
  const most = writableTokens(options.connection.model);
  if (!only.division && only.tokens > most) divideEntry(only, most);
  const outcome = await (only.division ? runPieces(only, options) : runBatch(batch, options));
  if (only.state !== 'asked' || !outcome.isWhole || outcome.isComplete) return outcome;
  // It broke off at a limit that is lower than is known. To be asked for less at a time is no refusal of it.
  const before = tokensAsked(only);
  divideEntry(only, before / 2);
  return tokensAsked(only) < before ? { ...outcome, isWhole: false } : outcome;
}

/** Tokens of what was asked for of a unit. */
function tokensAsked({ tokens, division }: Entry): number {
  const piece = division?.pieces[division.made.length];
  return piece ? expectedTokens(piece.text) : tokens;
}

/** Divides a unit for the requests to come, into pieces of so many tokens. What of it is translated already stays. */
function divideEntry(entry: Entry, tokens: number): void {
  const most = Math.max(fewest, Math.floor(tokens));
  const { pieces = [], made = [] } = entry.division ?? {};
  const left = entry.division
    ? pieces.slice(made.length).flatMap((piece) => {
        const smaller = divide(piece.text, most);
        return smaller.map((part, index) => ({
          ...part,
          gap: index === smaller.length - 1 ? piece.gap : part.gap,
          goesOn: index === 0 ? piece.goesOn : part.goesOn,
        }));
      })
    : divide(entry.unit.text, most);
  entry.division = { pieces: [...pieces.slice(0, made.length), ...left], made };
}

/** What is translated of the unit is kept in its entry: nothing is asked for twice. */
async function runPieces(entry: Entry, options: BatchOptions): Promise<BatchOutcome> {
  const { pieces, made } = entry.division ?? { pieces: [], made: [] };
  const bad = new Map<Entry, Refusal>();
  const outcome: BatchOutcome = { made: [], bad, isWhole: true, isComplete: true };
  for (let next = made.length; next < pieces.length; next++) {
    const text = pieces[next]?.text ?? '';
    const unit = { ...entry.unit, text };
    const plain = plainMarked(text);
    const piece: Entry = { unit, plain, tokens: expectedTokens(text), state: 'asked', tries: entry.tries };
    const before = pieces
      .slice(0, next)
      .map((one, index) => ({ source: one.text, target: made[index] ?? '' }));
    const one = await runBatch([piece], { ...options, before, onMade: () => {} });
    const { usage, cost } = one;
    if (usage)
      outcome.usage = {
        ...usage,
        input: (outcome.usage?.input ?? 0) + (usage.input ?? 0),
        cached: (outcome.usage?.cached ?? 0) + (usage.cached ?? 0),
        output: (outcome.usage?.output ?? 0) + (usage.output ?? 0),
      };
    if (cost) [outcome.cost] = sumMoney([cost, ...(outcome.cost ? [outcome.cost] : [])]);
    // Its words are right and its marks are not, for the second time: the words count.
    const written = piece.text ?? (entry.tries > 0 ? piece.unmarked : undefined);
    if (written === undefined) {
      const refusal = one.bad.get(piece);
      if (refusal) bad.set(entry, refusal);
      if (one.trouble) outcome.trouble = one.trouble;
      return Object.assign(outcome, { isWhole: one.isWhole, isComplete: one.isComplete });
    }
    made.push(written.trim());
    entry.tries = 0;
  }
  entry.text = joinPieces(pieces, made, (whole, gap) =>
    gap.includes('\n') ? gap : jointOf(whole, gap ? ' ' : ''),
  );
  options.units.set(entry, 'done');
  outcome.made.push(entry);
  options.onMade([entry]);
  return outcome;
}
