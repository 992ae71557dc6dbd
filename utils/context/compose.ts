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
  ToolCallPart,
} from '../models/types';
import { systemLine } from '../prompts/system';
import { tools as constantTools } from '../prompts/tools';
import { serializePlaces } from './documents';
import { imageTokens, type MeasuredSource, measureText, scaleMeasure } from './tokens';

export { messageText } from './message-text';
export type { MeasuredSource } from './tokens';

/** Documents that were found on the web, and what was said about them, to the letter. */
export interface Findings {
  sourceIds: string[];
  told: string;
}

/** A place in an answer where the model called tools, and what each call was answered. */
export interface Round {
  /** Length of the answer's text when it did. */
  at: number;
  calls: (Findings & { call: ToolCallPart })[];
}

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
  /** What was found for it before it was asked. */
  findings?: Findings[];
}

/** The question as the model reads it. */
export const questionText = ({ scope, question }: Pick<AskedTurn, 'scope' | 'question'>): string =>
  scope ? `${scope.line}\n${question}` : question;

export interface AnsweredTurn extends AskedTurn {
  answer: string;
  /** What was found while it was answered, in order. */
  rounds?: Round[];
}

export interface ComposeInput {
  /** Every source that a turn names. */
  sources: MeasuredSource[];
  /** Earlier turns that got an answer, oldest first. */
  history: AnsweredTurn[];
  turn: AskedTurn;
  model: Pick<Model, 'window' | 'outputLimit' | 'tokenFactors' | 'tools'>;
  /** Stays the same for a conversation, and means nothing to anybody else. */
  cacheKey?: string;
  /**
   * The same list in every request to a model that takes tools, or caches would miss. To a model that takes none,
   * earlier rounds are told in plain messages.
   */
  tools?: Tool[];
  /** What had arrived of this turn's answer, when the model is to go on from there. */
  partial?: string;
  /** What has been found while this turn is answered, when the model is to go on from there. */
  rounds?: Round[];
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

/**
 * Between what stands before a round of searching and what was written after it: so the two do not run together on the
 * screen. It is ours and is not sent.
 */
export const roundBreak = '\n\n';

/** Stands for the end of an answer that stopped before a word followed its last round. */
const stoppedHere = '[It stopped here.]';

/** Composes a request. There are two outcomes and no third: it fits whole, or it is refused with numbers. */
export function compose({
  sources,
  history,
  turn,
  model,
  partial = '',
  rounds = [],
  cacheKey,
  tools = model.tools ? constantTools : [],
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
  let instructionTokens = count(systemLine) + (tools.length > 0 ? count(JSON.stringify(tools)) : 0);
  let images = 0;
  let historyTokens = 0;

  /** Documents in their places; those that stand earlier in the request are not repeated. */
  const place = (sourceIds: string[]): string | undefined => {
    const added = [...new Set(sourceIds)].filter((id) => !placed.has(id));
    if (added.length === 0) return undefined;
    return serializePlaces(
      added.map((id) => {
        placed.add(id);
        const index = numbers?.get(id) ?? placed.size;
        if (omit?.has(id)) return { index };
        const entry = measured.get(id);
        if (!entry) throw new Error(`Source ${id} is named by a turn but was not given`);
        documents.push({ entry, index });
        return { index, source: entry.source };
      }),
    );
  };
  const found = ({ sourceIds, told }: Findings): string => {
    instructionTokens += count(told);
    return `${place(sourceIds) ?? ''}${told}`;
  };
  const say = (role: 'user' | 'assistant', ...parts: MessagePart[]) => messages.push({ role, parts });

  /** What was written up to each round, the round, and what was written after the last. */
  const pushAnswer = (text: string, inside: Round[], isOpen: boolean) => {
    let from = 0;
    for (const { at, calls } of inside) {
      const before = written(text, from, at);
      historyTokens += count(before) + calls.reduce((sum, { call }) => sum + count(call.arguments), 0);
      if (tools.length > 0) {
        messages.push({
          role: 'assistant',
          parts: [...(before ? [before] : []), ...calls.map(({ call }) => call)],
        });
        let cacheAfter: number | undefined;
        const parts = calls.map(({ call: { id, name }, ...findings }, index): MessagePart => {
          const before = placed.size;
          const text = found(findings);
          if (placed.size > before) cacheAfter = index;
          return { type: 'tool-result', id, name, text };
        });
        messages.push(
          cacheAfter === undefined ? { role: 'tool', parts } : { role: 'tool', parts, cacheAfter },
        );
      } else {
        // The same in words: what it had asked for stands in place of what it had not written.
        say('assistant', before || calls.map(({ call }) => `[${call.name} ${call.arguments}]`).join('\n'));
        say('user', calls.map(found).join('\n\n'));
      }
      from = at;
    }
    const rest = written(text, from, text.length);
    historyTokens += count(rest);
    if (rest || !(isOpen || inside.length === 0)) say('assistant', rest || stoppedHere);
    return rest;
  };

  for (const asked of [...history, turn]) {
    const parts: MessagePart[] = [];
    let cacheAfter: number | undefined;
    const own = place(asked.sourceIds);
    if (own !== undefined) cacheAfter = parts.push(own) - 1;
    for (const findings of asked.findings ?? []) {
      parts.push(`${found(findings)}\n\n`);
      cacheAfter ??= parts.length - 1;
    }
    if (asked.images) {
      parts.push(...asked.images.flatMap((image) => [...captionOf(image), image]));
      instructionTokens += asked.images.reduce((sum, image) => sum + count(captionOf(image).join('')), 0);
      images += asked.images.length * imageTokens;
    }
    const words = `${asked.instructions}\n\n${questionText(asked)}`;
    parts.push(words);
    instructionTokens += count(words);
    messages.push(cacheAfter === undefined ? { role: 'user', parts } : { role: 'user', parts, cacheAfter });
    if ('answer' in asked) {
      const { answer, rounds: inside = [] } = asked as AnsweredTurn;
      pushAnswer(answer, inside, false);
    }
  }
  if ((partial || rounds.length > 0) && pushAnswer(partial, rounds, true)) {
    say('user', continuation);
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

/** What a picture shows, in front of it. Names come from files: nothing in them looks like the end of it. */
const captionOf = ({ caption }: ImagePart): string[] =>
  caption ? [`[${caption.replace(/\s+/g, ' ').replaceAll('[', '(').replaceAll(']', ')')}]\n`] : [];

/** A part of an answer as the model wrote it, without the break that stands behind an earlier round. */
function written(text: string, from: number, to: number): string {
  const part = text.slice(from, to);
  return from > 0 && part.startsWith(roundBreak) ? part.slice(roundBreak.length) : part;
}
