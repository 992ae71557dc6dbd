/** One batch: asked for, read line by line as it streams, every line checked before it counts. */

import type { Money } from '../context/money';
import { type Trouble, toAppError } from '../errors';
import type { Usage } from '../models/types';
import { type BatchForm, batchInstructions, batchQuestion, type PromptPair } from '../prompts/translate';
import type { AskOptions, ask as askModel } from './ask';
import { type Refusal, refusalOf } from './check';
import { echoLengths } from './echo';
import { englishName } from './languages';
import { createLineReader, type ProtocolLine } from './protocol';
import type { GlossaryUse } from './types';
import type { Entry, UnitList } from './unit-list';

/** Translations that go with a batch, so that the voice stays the same. */
const pairsBefore = 3;

export interface BatchOptions extends Omit<AskOptions, 'instructions' | 'question'> {
  lang: string;
  glossary: GlossaryUse;
  units: UnitList;
  ask: typeof askModel;
  form: BatchForm;
  /** What goes with it, where that is not what stands before it on the page. */
  before?: readonly PromptPair[];
  /** Called with those that have a translation now. */
  onMade: (made: Entry[]) => void;
  /** Text has come: nothing is waited for any more. */
  onText: () => void;
  /** The server asked for a pause of so many seconds. */
  onPause: (seconds: number) => void;
  onRefusal: (reason: Refusal | 'id') => void;
}

export interface BatchOutcome {
  made: Entry[];
  /** Lines that were no translation of their unit. */
  bad: ReadonlyMap<Entry, Refusal>;
  /** The model has said all it wanted or could. */
  isWhole: boolean;
  /** It said all it wanted. */
  isComplete: boolean;
  trouble?: Trouble;
  usage?: Usage;
  cost?: Money;
}

/** Resolves with what came of it; failures are in it, never thrown. */
export async function runBatch(batch: readonly Entry[], options: BatchOptions): Promise<BatchOutcome> {
  const { lang, glossary, units, ask, form, onMade, onText, onPause, onRefusal } = options;
  const byId = new Map(batch.map((entry) => [entry.unit.id, entry]));
  const own = batch.map(({ unit }) => unit);
  const bad = new Map<Entry, Refusal>();
  const made: Entry[] = [];
  const outcome: BatchOutcome = { made, bad, isWhole: false, isComplete: false };

  const take = (lines: readonly ProtocolLine[]) => {
    const here: Entry[] = [];
    for (const line of lines) {
      if (line.kind === 'term') glossary.learn([line]);
      if (line.kind !== 'unit') continue;
      const entry = byId.get(line.unit);
      // What was not asked for is nobody's translation.
      if (!entry) onRefusal('id');
      if (entry?.state !== 'asked') continue;
      // A unit that was sent alone cannot be mistaken for another.
      const withoutEcho = batch.length === 1 || form === 'plain';
      const neighbours = own.filter((unit) => unit !== entry.unit);
      const refusal = refusalOf(entry.unit, line, { neighbours, withoutEcho });
      if (refusal) {
        onRefusal(refusal);
        bad.set(entry, refusal);
        if (refusal === 'marks') entry.unmarked = line.text;
        continue;
      }
      bad.delete(entry);
      entry.text = line.text;
      units.set(entry, 'done');
      here.push(entry);
    }
    if (here.length === 0) return;
    made.push(...here);
    onMade(here);
  };

  try {
    const [first] = batch;
    const near = first ? units.before(first, pairsBefore) : [];
    const before = options.before ?? near.map(({ unit, text = '' }) => ({ source: unit.text, target: text }));
    const reader = createLineReader();
    const echoes = echoLengths(own);
    const asked = own.map(({ id, text }) => ({ id, text, echo: echoes.get(id) }));
    const parts = ask({
      ...options,
      instructions: batchInstructions(englishName(lang), form),
      question: batchQuestion(asked, form, {
        terms: glossary.termsIn(batch.map(({ plain }) => plain).join('\n')),
        before: before.slice(-pairsBefore),
      }),
    });
    for await (const part of parts) {
      if (part.type === 'waiting') onPause(part.seconds);
      else if (part.type === 'text-delta') {
        onText();
        take(reader.push(part.text));
      } else if (part.type === 'end') {
        outcome.isComplete = part.reason === 'stop';
        outcome.isWhole = outcome.isComplete || part.reason === 'length';
        // A line that broke off is none.
        take(reader.end(!outcome.isComplete));
        if (part.trouble) outcome.trouble = part.trouble;
        if (part.usage) outcome.usage = part.usage;
        if (part.cost) outcome.cost = part.cost;
      }
    }
  } catch (error) {
    outcome.trouble = toAppError(error).toTrouble();
  }
  return outcome;
}
