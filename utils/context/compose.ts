/**
 * Sources, earlier turns, a new turn and a model -> one request, or an exact refusal.
 *
 * The layout is the same for every vendor and task: constant system line; documents in the order they were
 * added, byte-stable; then instructions and question. Nothing earlier is ever rewritten, so a second question
 * shares every byte with the first up to its own beginning.
 */

import type {
  ImagePart,
  Message,
  MessagePart,
  Model,
  Request,
  Task,
  TokenFactors,
  Tool,
} from '../models/types';
import { systemLine } from '../prompts/system';
import { tools as constantTools } from '../prompts/tools';
import { serializePlaces } from './documents';
import { imageTokens, type MeasuredSource, measureText, scaleMeasure } from './tokens';

export type { MeasuredSource } from './tokens';

/** A question as it was sent: `instructions` is stored to the letter so that it can be sent again unchanged. */
export interface AskedTurn {
  task: Task;
  question: string;
  instructions: string;
  /** Ids of the sources that were added with this turn. */
  sourceIds: string[];
  /** Pictures that go with the question. */
  images?: ImagePart[];
  /** What was said first when it is about some of the documents only, to the letter. */
  scope?: { line: string };
}

/** The question as the model reads it. */
export const questionText = ({ scope, question }: Pick<AskedTurn, 'scope' | 'question'>): string =>
  scope ? `${scope.line}\n${question}` : question;

export interface AnsweredTurn extends AskedTurn {
  answer: string;
}

export interface ComposeInput {
  /** Every source that a turn names. */
  sources: MeasuredSource[];
  /** Earlier turns that got an answer, oldest first. */
  history: AnsweredTurn[];
  turn: AskedTurn;
  model: Pick<Model, 'window' | 'outputLimit' | 'tokenFactors'>;
  /** Stays the same for a conversation, and means nothing to anybody else. */
  cacheKey?: string;
  /** The same list in every request, or caches would miss. */
  tools?: Tool[];
  /** What had arrived of this turn's answer, when the model is to go on from there. */
  partial?: string;
  /** The numbers of sources, where they are not those of their places. No two have the same. */
  numbers?: ReadonlyMap<string, number>;
  /** Sources of earlier turns that the user leaves out now. A line in their place says so, and keeps their number. */
  omit?: ReadonlySet<string>;
}

/** What is sent, in estimated tokens; the parts add up to `total`. */
export interface Estimate {
  bySource: { id: string; index: number; title: string; characters: number; tokens: number }[];
  /** System line, instructions and questions. */
  instructions: number;
  /** Earlier answers. */
  history: number;
  total: number;
  /** Of the total, Han and Kana; Hangul; figures and other alphabets. Absent where an older version sent. */
  han?: number;
  hangul?: number;
  dense?: number;
  /** Of the total (and of the instructions), pictures, at the most they may cost. */
  images?: number;
  /** What tokenx was scaled by, so that totals of different times can be compared. */
  factors?: TokenFactors;
  /** The provider counted the total. */
  counted?: boolean;
  /** Kept free for the answer. */
  reserve: number;
  window: number;
}

export type Composition =
  | { fits: true; request: Request; estimate: Estimate }
  | { fits: false; needed: number; limit: number; estimate: Estimate };

/** Tokens kept free for an answer when the model's own limit is larger or unknown. */
const usualReserve = 8_192;

/** Tokens kept free for an answer: a quarter of a small window, never more than the model writes. */
export const reserveFor = ({ window, outputLimit }: Pick<Model, 'window' | 'outputLimit'>): number =>
  Math.min(outputLimit ?? usualReserve, usualReserve, Math.floor(window / 4));

/** Said when an answer that broke off is to be continued. */
export const continuation =
  'Your answer above was interrupted. Continue it exactly where it stopped, from the very next character. Do not repeat anything and do not comment on the interruption.';

/** Composes a request. There are two outcomes and no third: it fits whole, or it is refused with numbers. */
export function compose({
  sources,
  history,
  turn,
  model,
  partial,
  cacheKey,
  tools = constantTools,
  numbers,
  omit,
}: ComposeInput): Composition {
  const measured = new Map(sources.map((entry) => [entry.source.id, entry]));
  const documents: { entry: MeasuredSource; index: number }[] = [];
  const placed = new Set<string>();
  const messages: Message[] = [{ role: 'system', parts: [systemLine] }];
  const scripts = { han: 0, hangul: 0, dense: 0 };
  const scale = (measure: Omit<MeasuredSource, 'source'>) => {
    const scaled = scaleMeasure(measure, model);
    for (const script of ['han', 'hangul', 'dense'] as const) scripts[script] += scaled[script];
    return scaled.tokens;
  };
  const count = (text: string) => scale(measureText(text));
  let instructionTokens = count(systemLine);
  let images = 0;
  let historyTokens = 0;

  for (const asked of [...history, turn]) {
    const parts: MessagePart[] = [];
    let cacheAfter: number | undefined;
    const added = [...new Set(asked.sourceIds)].filter((id) => !placed.has(id));
    if (added.length > 0) {
      const places = added.map((id) => {
        placed.add(id);
        const index = numbers?.get(id) ?? placed.size;
        if (omit?.has(id)) return { index };
        const entry = measured.get(id);
        if (!entry) throw new Error(`Source ${id} is named by a turn but was not given`);
        documents.push({ entry, index });
        return { index, source: entry.source };
      });
      cacheAfter = parts.push(serializePlaces(places)) - 1;
    }
    if (asked.images) {
      parts.push(...asked.images);
      images += asked.images.length * imageTokens;
    }
    const words = `${asked.instructions}\n\n${questionText(asked)}`;
    parts.push(words);
    instructionTokens += count(words);
    messages.push(cacheAfter === undefined ? { role: 'user', parts } : { role: 'user', parts, cacheAfter });
    if ('answer' in asked) {
      messages.push({ role: 'assistant', parts: [(asked as AnsweredTurn).answer] });
      historyTokens += count((asked as AnsweredTurn).answer);
    }
  }
  if (partial) {
    messages.push({ role: 'assistant', parts: [partial] }, { role: 'user', parts: [continuation] });
    historyTokens += count(partial);
    instructionTokens += count(continuation);
  }

  const bySource = documents.map(({ entry, index }) => ({
    id: entry.source.id,
    index,
    title: entry.source.title,
    characters: entry.source.characters,
    tokens: scale(entry),
  }));
  const total =
    bySource.reduce((sum, entry) => sum + entry.tokens, 0) + instructionTokens + historyTokens + images;
  const reserve = reserveFor(model);
  const estimate: Estimate = {
    bySource,
    instructions: instructionTokens + images,
    history: historyTokens,
    total,
    ...scripts,
    ...(images > 0 ? { images } : {}),
    ...(model.tokenFactors ? { factors: model.tokenFactors } : {}),
    reserve,
    window: model.window,
  };
  if (total + reserve > model.window)
    return { fits: false, needed: total + reserve, limit: model.window, estimate };
  const request: Request = {
    messages,
    documents: documents.map(({ entry }) => entry.source),
    ...(documents.some(({ index }, place) => index !== place + 1)
      ? { numbers: documents.map(({ index }) => index) }
      : {}),
    task: turn.task,
    question: turn.question,
    reserve,
    inputTokens: total,
    ...(tools.length > 0 ? { tools } : {}),
    ...(cacheKey ? { cacheKey } : {}),
  };
  return { fits: true, request, estimate };
}

/** The literal text of a request, as the viewer shows it: each message under its role. */
export const messageText = (message: Message): string => message.parts.map(partText).join('');

/** Pictures and tools stand in the text as what they are; only their fingerprint tells two pictures apart. */
function partText(part: MessagePart): string {
  if (typeof part === 'string') return part;
  if (part.type === 'image')
    return `[${part.mediaType}, ${part.data.length} characters of Base64: ${fingerprint(part.data)}]\n`;
  if (part.type === 'tool-call') return `[${part.name} ${part.id} ${part.arguments}]`;
  return `[${part.name} ${part.id}]\n${part.text}`;
}

/** 32 bits of a picture, for people to tell two apart (FNV-1a). */
function fingerprint(data: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < data.length; index++)
    hash = Math.imul(hash ^ data.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
