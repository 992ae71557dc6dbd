/**
 * Sources, earlier turns, a new turn and a model -> one request, or an exact refusal.
 *
 * The layout is the same for every vendor and task: constant system line; documents in the order they were
 * added, byte-stable; then instructions and question. Nothing earlier is ever rewritten, so a second question
 * shares every byte with the first up to its own beginning.
 */

import type { Message, Model, Request, Task } from '../models/types';
import { systemLine } from '../prompts/system';
import type { Source } from '../source';
import { serializeDocuments } from './documents';
import { estimateTokens } from './tokens';

/** A source with its estimated tokens, counted once when it was read. */
export interface MeasuredSource {
  source: Source;
  tokens: number;
}

/** A question as it was sent: `instructions` is stored to the letter so that it can be sent again unchanged. */
export interface AskedTurn {
  task: Task;
  question: string;
  instructions: string;
  /** Ids of the sources that were added with this turn. */
  sourceIds: string[];
}

export interface AnsweredTurn extends AskedTurn {
  answer: string;
}

export interface ComposeInput {
  /** Every source that a turn names. */
  sources: MeasuredSource[];
  /** Earlier turns that got an answer, oldest first. */
  history: AnsweredTurn[];
  turn: AskedTurn;
  model: Pick<Model, 'window' | 'outputLimit'>;
  /** What had arrived of this turn's answer, when the model is to go on from there. */
  partial?: string;
}

/** What is sent, in estimated tokens; the parts add up to `total`. */
export interface Estimate {
  bySource: { id: string; index: number; title: string; characters: number; tokens: number }[];
  /** System line, instructions and questions. */
  instructions: number;
  /** Earlier answers. */
  history: number;
  total: number;
  /** Kept free for the answer. */
  reserve: number;
  window: number;
}

export type Composition =
  | { fits: true; request: Request; estimate: Estimate }
  | { fits: false; needed: number; limit: number; estimate: Estimate };

/** Tokens kept free for an answer when the model's own limit is larger or unknown. */
const usualReserve = 8_192;

/** Said when an answer that broke off is to be continued. */
export const continuation =
  'Your answer above was interrupted. Continue it exactly where it stopped, from the very next character. Do not repeat anything and do not comment on the interruption.';

/** Composes a request. There are two outcomes and no third: it fits whole, or it is refused with numbers. */
export function compose({ sources, history, turn, model, partial }: ComposeInput): Composition {
  const measured = new Map(sources.map((entry) => [entry.source.id, entry]));
  const documents: MeasuredSource[] = [];
  const messages: Message[] = [{ role: 'system', parts: [systemLine] }];
  let instructionTokens = estimateTokens(systemLine);
  let historyTokens = 0;

  for (const asked of [...history, turn]) {
    const parts: string[] = [];
    const added = asked.sourceIds
      .filter((id) => !documents.some((entry) => entry.source.id === id))
      .map((id) => {
        const entry = measured.get(id);
        if (!entry) throw new Error(`Source ${id} is named by a turn but was not given`);
        return entry;
      });
    if (added.length > 0) {
      const texts = added.map((entry) => entry.source);
      parts.push(serializeDocuments(texts, documents.length + 1));
      documents.push(...added);
    }
    const words = `${asked.instructions}\n\n${asked.question}`;
    parts.push(words);
    instructionTokens += estimateTokens(words);
    messages.push({ role: 'user', parts });
    if ('answer' in asked) {
      messages.push({ role: 'assistant', parts: [(asked as AnsweredTurn).answer] });
      historyTokens += estimateTokens((asked as AnsweredTurn).answer);
    }
  }
  if (partial) {
    messages.push({ role: 'assistant', parts: [partial] }, { role: 'user', parts: [continuation] });
    historyTokens += estimateTokens(partial);
    instructionTokens += estimateTokens(continuation);
  }

  const bySource = documents.map(({ source, tokens }, position) => ({
    id: source.id,
    index: position + 1,
    title: source.title,
    characters: source.characters,
    tokens,
  }));
  const total = bySource.reduce((sum, entry) => sum + entry.tokens, 0) + instructionTokens + historyTokens;
  const reserve = Math.min(model.outputLimit ?? usualReserve, usualReserve, Math.floor(model.window / 4));
  const estimate: Estimate = {
    bySource,
    instructions: instructionTokens,
    history: historyTokens,
    total,
    reserve,
    window: model.window,
  };
  if (total + reserve > model.window)
    return { fits: false, needed: total + reserve, limit: model.window, estimate };
  const request: Request = {
    messages,
    documents: documents.map((entry) => entry.source),
    task: turn.task,
    question: turn.question,
    reserve,
  };
  return { fits: true, request, estimate };
}

/** The literal text of a request, as the viewer shows it: each message under its role. */
export const messageText = (message: Message): string => message.parts.join('');
