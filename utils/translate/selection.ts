/** A selection translated with its whole document in view. */

import type { MeasuredSource } from '../context/compose';
import { documentMark } from '../context/documents';
import type { Trouble } from '../errors';
import { AppError, toAppError } from '../errors';
import type { Usage } from '../models/types';
import { type SelectionWish, selectionInstructions, selectionQuestion } from '../prompts/translate';
import { type AskOptions, ask } from './ask';
import { isWritable } from './batches';
import { englishName } from './languages';
import { isTooLong, lettersOf } from './measure';
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
  const parts = wish ? [selection.text] : partsOf(selection.text, isWritable(connection.model));
  let before = '';
  const terms: SelectionTerm[] = [];
  let usage: Usage | undefined;
  let answers = '';
  try {
    for (const [index, text] of parts.entries()) {
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
          before = `${whole}\n\n`;
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

async function* translatePart(options: SelectionOptions): AsyncGenerator<SelectionUpdate> {
  const { document, selection, connection, signal, now = Date.now } = options;
  const { source } = document;
  const leaks = leakFinder(source, selection);
  const asked = selectionAsked(options);
  for (let attempt = 1; ; attempt++) {
    let answer = '';
    let isLeak = false;
    const giveUp = new AbortController();
    const request = { ...options, ...asked, signal: AbortSignal.any([signal, giveUp.signal]) };
    for await (const part of ask(request)) {
      if (part.type === 'waiting') {
        yield { text: '', terms: [], state: 'streaming', until: now() + part.seconds * 1000 };
      } else if (part.type === 'text-delta') {
        answer += part.text;
        const read = readSelectionAnswer(answer, false);
        isLeak =
          options.wish !== 'alternatives' && (isTooLong(selection.text, read.text) || leaks(read.text));
        // The rest of it would be paid for and not shown.
        if (isLeak) break;
        yield updateOf(read, 'streaming');
      } else if (part.type === 'end') {
        if (signal.aborted) return;
        const read = readSelectionAnswer(answer);
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
      terms: placedTerms(terms, selection.text, source),
      ...(alternatives.length > 0 ? { alternatives } : {}),
      state,
    };
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

/** Letters of a paragraph that was not selected, in a row, from which on a translation is said to have it in it. */
const leakLength = 120;

/**
 * Tells whether a text has a passage of the document in it, to the letter, that is not in the selection. A quotation of a
 * few words is none.
 */
function leakFinder(
  source: MeasuredSource['source'],
  { text, paragraphs }: Selection,
): (text: string) => boolean {
  const own = lettersOf(text);
  const inside = new Set(paragraphs);
  let starts: Set<string> | undefined;
  const look = () => {
    // Every place of the document, in steps: a run twice as long has one of them in it, whole.
    const found = new Set<string>();
    const half = leakLength / 2;
    for (const { number, start, end } of source.segments) {
      if (inside.has(number)) continue;
      const letters = lettersOf(source.text.slice(start, end));
      for (let at = 0; at + half <= letters.length; at += half) {
        const piece = letters.slice(at, at + half);
        if (!own.includes(piece)) found.add(piece);
      }
    }
    return found;
  };
  let looked = 0;
  let letters = '';
  return (translation) => {
    // Only what is new is looked at again, with what may have begun before it.
    letters = lettersOf(translation);
    if (letters.length < leakLength) return false;
    starts ??= look();
    const half = leakLength / 2;
    for (let at = Math.max(0, looked - half); at + half <= letters.length; at++) {
      if (starts.has(letters.slice(at, at + half))) return true;
    }
    looked = letters.length;
    return false;
  };
}

/**
 * A text in parts of at most so many tokens of translation, cut between paragraphs, and within one between sentences
 * where it alone is longer. Nothing is left out.
 */
export function partsOf(text: string, most: (text: string) => boolean): string[] {
  if (most(text)) return [text];
  const parts: string[] = [];
  let part = '';
  for (const piece of piecesOf(text, most)) {
    if (part && !most(part + piece)) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  if (part) parts.push(part);
  return parts.map((one) => one.trim()).filter(Boolean);
}

function* piecesOf(text: string, fits: (text: string) => boolean): Generator<string> {
  for (const paragraph of text.split(/(?<=\n)(?=[^\n])/)) {
    if (fits(paragraph)) yield paragraph;
    else
      for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(paragraph))
        yield segment;
  }
}
