/** A selection translated with its whole document in view. */

import type { MeasuredSource } from '../context/compose';
import { documentMark } from '../context/documents';
import type { Trouble } from '../errors';
import { AppError, toAppError } from '../errors';
import type { Usage } from '../models/types';
import { type SelectionWish, selectionInstructions, selectionQuestion } from '../prompts/translate';
import { type AskOptions, ask } from './ask';
import { writableTokens } from './batches';
import { englishName } from './languages';
import { leakFinder } from './leaks';
import { mostWeight, weightOf } from './measure';
import { jointOf, partsOf, type TextPart } from './parts';
import { placedTerms, readSelectionAnswer, type SelectionTerm } from './selection-answer';
import type { GlossaryUse } from './types';

export type { SelectionWish } from '../prompts/translate';
export type { SelectionTerm } from './selection-answer';

/** What was selected. */
export interface Selection {
  text: string;
  /** The numbers (¶) of the paragraphs that it lies in, where the document has them. */
  paragraphs: readonly number[];
}

export interface SelectionUpdate {
  text: string;
  terms: SelectionTerm[];
  alternatives?: string[];
  state: 'streaming' | 'done' | 'failed';
  trouble?: Trouble;
  usage?: Usage;
  /** The server asked for a pause; it goes on by itself. Milliseconds since the epoch. */
  until?: number;
  /** What the model wrote, to the letter, with the question and the instructions that it answers: for a chat. */
  answer?: string;
  asked?: { question: string; instructions: string };
}

export interface SelectionOptions
  extends Pick<AskOptions, 'connection' | 'signal' | 'chatId' | 'account' | 'stream' | 'fetch' | 'now'> {
  document: MeasuredSource;
  selection: Selection;
  /** BCP 47. */
  lang: string;
  glossary?: Pick<GlossaryUse, 'termsIn'>;
  wish?: SelectionWish;
  /** The translation that the wish is about. */
  earlier?: string;
}

/** The question and the instructions with which a selection is translated, here and as a turn of a chat. */
export function selectionAsked({
  document: { source },
  selection: { text },
  lang,
  glossary,
  wish,
  earlier,
}: Pick<SelectionOptions, 'document' | 'selection' | 'lang' | 'glossary' | 'wish' | 'earlier'>): {
  question: string;
  instructions: string;
} {
  return {
    question: selectionQuestion(text, documentMark(source)),
    instructions: selectionInstructions(englishName(lang), {
      terms: glossary?.termsIn(text) ?? [],
      ...(wish ? { wish } : {}),
      ...(earlier ? { earlier } : {}),
    }),
  };
}

/** A translation with words of the document in it that were not selected is asked for once more, and then refused. */
const attempts = 2;

/**
 * Translates a selection as it streams. One that is longer than the model writes goes in parts, all of it. Failures
 * are in the last update.
 */
export async function* translateSelection(options: SelectionOptions): AsyncGenerator<SelectionUpdate> {
  const { selection, connection, signal, wish } = options;
  const parts: TextPart[] = wish
    ? [{ text: selection.text, after: '' }]
    : partsOf(selection.text, writableTokens(connection.model));
  let before = '';
  const terms: SelectionTerm[] = [];
  let usage: Usage | undefined;
  let answers = '';
  try {
    for (const [index, { text, after }] of parts.entries()) {
      const isLast = index === parts.length - 1;
      for await (const update of translatePart({ ...options, selection: { ...selection, text } })) {
        if (signal.aborted) return;
        const whole = before + update.text;
        const all = [...terms, ...update.terms].slice(0, 3);
        if (update.state === 'failed') {
          yield { ...update, text: whole, terms: all };
          return;
        }
        usage = update.usage ?? usage;
        const isDone = update.state === 'done';
        if (isDone) {
          before = whole + jointOf(whole, after);
          terms.push(...update.terms);
          answers += `${answers && '\n\n'}${update.answer ?? update.text}`;
        }
        yield {
          ...update,
          text: whole,
          terms: all,
          state: isDone && isLast ? 'done' : 'streaming',
          ...(usage ? { usage } : {}),
          ...(isDone && isLast
            ? { answer: parts.length > 1 ? whole : answers, asked: selectionAsked(options) }
            : {}),
        };
      }
    }
  } catch (error) {
    yield { text: before, terms, state: 'failed', trouble: toAppError(error).toTrouble() };
  }
}

/** Of a text that grows so much more has to come for it to be read once more: long ones are not read at each word. */
const grownBy = 1 / 200;

async function* translatePart(options: SelectionOptions): AsyncGenerator<SelectionUpdate> {
  const { document, selection, lang, connection, signal, now = Date.now } = options;
  const { source } = document;
  const asked = selectionAsked(options);
  const most = mostWeight(selection.text);
  const isChoice = options.wish === 'alternatives';
  const placed = new Map<string, SelectionTerm[]>();
  for (let attempt = 1; ; attempt++) {
    const leaks = leakFinder(source, selection, lang);
    const isLeaking = ({ text }: { text: string }) => !isChoice && (weightOf(text) > most || leaks(text));
    let answer = '';
    let shown = 0;
    let isLeak = false;
    const giveUp = new AbortController();
    const request = { ...options, ...asked, signal: AbortSignal.any([signal, giveUp.signal]) };
    for await (const part of ask(request)) {
      if (part.type === 'waiting') {
        yield { text: '', terms: [], state: 'streaming', until: now() + part.seconds * 1000 };
      } else if (part.type === 'text-delta') {
        answer += part.text;
        if (answer.length - shown < answer.length * grownBy) continue;
        shown = answer.length;
        const read = readSelectionAnswer(answer, false, isChoice);
        isLeak = isLeaking(read);
        // The rest of it would be paid for and not shown.
        if (isLeak) break;
        yield updateOf(read, 'streaming');
      } else if (part.type === 'end') {
        if (signal.aborted) return;
        const read = readSelectionAnswer(answer, true, isChoice);
        isLeak = isLeaking(read);
        if (isLeak) break;
        const usage = part.usage ? { usage: part.usage } : {};
        const isEmpty = !read.text && read.alternatives.length === 0;
        if (part.reason === 'stop' && !isEmpty) {
          yield { ...updateOf(read, 'done'), ...usage, answer };
          return;
        }
        const trouble = part.trouble ?? reasonOf(part.reason);
        yield { ...updateOf(read, 'failed'), ...usage, trouble };
        return;
      }
    }
    giveUp.abort();
    if (signal.aborted || !isLeak) return;
    if (attempt === attempts) {
      const trouble = new AppError('translation-leak', { model: connection.model.name }).toTrouble();
      yield { text: '', terms: [], state: 'failed', trouble };
      return;
    }
    yield { text: '', terms: [], state: 'streaming' };
  }

  function updateOf(
    { text, terms, alternatives }: ReturnType<typeof readSelectionAnswer>,
    state: SelectionUpdate['state'],
  ): SelectionUpdate {
    return {
      text,
      terms: terms.flatMap((term) => placedOnce(term)),
      ...(alternatives.length > 0 ? { alternatives } : {}),
      state,
    };
  }

  /** Counted once: the whole document is looked through for each. */
  function placedOnce(term: { source: string; target: string; reason: string }): SelectionTerm[] {
    const key = JSON.stringify(term);
    const known = placed.get(key) ?? placedTerms([term], selection.text, source);
    placed.set(key, known);
    return known;
  }

  function reasonOf(reason: string): Trouble {
    const facts = { model: connection.model.name, provider: connection.provider.name };
    if (reason === 'length') return new AppError('stream-cut', facts).toTrouble();
    return new AppError(reason === 'filtered' ? 'filtered' : 'empty-answer', {
      ...facts,
      words: 0,
    }).toTrouble();
  }
}
