/**
 * Reading in passes: when a model cannot hold everything at once and the user wants it to read on, all passages of
 * all sources are sent, each exactly once and in order, in as few requests as hold them. Nothing is left out and
 * no passage is divided.
 */

import type { Model, Request } from '../models/types';
import { notesOf, passInstructions } from '../prompts/passes';
import { systemLine } from '../prompts/system';
import type { Source } from '../source';
import type { AnsweredTurn, AskedTurn, Composition } from './compose';
import { compose } from './compose';
import { documentMark, notReadLines } from './documents';
import { type MeasuredSource, measureText, scaleTokens } from './tokens';

/** A run of whole passages of a source: segments `from` to `to`, the last one not included. */
export interface Piece {
  sourceId: string;
  from: number;
  to: number;
}

/** Tokens of notes that a pass may write: enough for two pages, and together they have to fit with the question. */
const mostNotes = 4_096;
const leastNotes = 512;
/** Tokens for what stands around a piece: the document's line, its end, and the instructions of a pass. */
const frame = 400;
const wordsPerToken = 0.7;

export interface PassPlan {
  passes: Piece[][];
  /** Tokens kept free for the notes of each pass. */
  notes: number;
}

/**
 * Divides sources into the fewest passes, in order. Undefined when a single passage, or the notes of so many passes,
 * would not fit. `pause` gives way to the browser: a long text is measured passage by passage.
 */
export async function planPasses(
  sources: MeasuredSource[],
  question: string,
  model: Pick<Model, 'window' | 'outputLimit' | 'tokenFactors'>,
  pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve)),
): Promise<PassPlan | undefined> {
  const count = (text: string) => scaleTokens(measureText(text), model);
  const around = count(systemLine) + count(question) + frame;
  const notes = Math.min(mostNotes, model.outputLimit ?? mostNotes, Math.floor(model.window / 8));
  const room = model.window - around - notes;
  const passes: Piece[][] = [[]];
  let used = 0;
  let measured = 0;
  for (const { source } of sources) {
    for (let index = 0; index < source.segments.length; index++) {
      const text = pieceText(source, index, index + 1);
      const tokens = count(text);
      if (tokens + frame > room) return undefined;
      let pass = passes.at(-1) as Piece[];
      const last = pass.at(-1);
      const isNew = last?.sourceId !== source.id;
      if (used + tokens + (isNew ? frame : 0) > room) {
        pass = [];
        passes.push(pass);
        used = 0;
      }
      const open = pass.at(-1);
      if (open?.sourceId === source.id) open.to = index + 1;
      else {
        pass.push({ sourceId: source.id, from: index, to: index + 1 });
        used += frame;
      }
      used += tokens;
      measured += text.length;
      if (measured > 50_000) {
        measured = 0;
        await pause();
      }
    }
  }
  if (passes.length * notes + around + leastNotes > model.window) return undefined;
  return { passes, notes };
}

/** The text of segments `from` to `to`, with their marks, to the letter. All pieces together are the whole text. */
function pieceText({ segments, text }: Source, from: number, to: number): string {
  // A passage ends with its blank line; its mark stands before its start.
  const start = from === 0 ? 0 : (segments[from - 1]?.end ?? 0) + 2;
  const end = to >= segments.length ? text.length : (segments[to - 1]?.end ?? 0) + 2;
  return text.slice(start, end);
}

/** The request of one pass, by its number from 1. */
export function composePass(
  sources: MeasuredSource[],
  turn: Pick<AskedTurn, 'task' | 'question'>,
  pieces: Piece[],
  position: { number: number; count: number; notes: number },
  model: Pick<Model, 'window' | 'outputLimit' | 'tokenFactors'>,
  cacheKey?: string,
): Composition {
  const byId = new Map(sources.map((entry, index) => [entry.source.id, { ...entry, index: index + 1 }]));
  const parts = pieces.map((piece) => {
    const entry = byId.get(piece.sourceId);
    if (!entry) throw new Error(`Source ${piece.sourceId} is named by a pass but was not given`);
    return { ...piece, ...entry, text: pieceText(entry.source, piece.from, piece.to) };
  });
  const documents = parts.map(({ source, index, from, to, text }) => {
    const mark = documentMark(source);
    const first = source.segments[from]?.number ?? from + 1;
    const last = source.segments[to - 1]?.number ?? to;
    const title = JSON.stringify(source.title).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
    return `<document index="${index}" mark="${mark}" title=${title} paragraphs="${first}-${last} of ${source.segments.length}">\n${text.trimEnd()}\n${to === source.segments.length ? notReadLines(source, mark) : ''}</document mark="${mark}">\n`;
  });
  const { number, count, notes } = position;
  const words = `${passInstructions(number, count, Math.floor(notes * wordsPerToken))}\n\n${turn.question}`;
  const material = `<documents>\n${documents.join('')}</documents>\n\n`;
  const measure = (text: string) => scaleTokens(measureText(text), model);
  const bySource = parts.map(({ source, index, text }) => ({
    id: source.id,
    index,
    title: source.title,
    characters: text.length,
    tokens: measure(text),
  }));
  const instructions = measure(systemLine) + measure(words);
  const total = instructions + bySource.reduce((sum, { tokens }) => sum + tokens, 0);
  const han = parts.reduce(
    (sum, { text }) =>
      sum + scaleTokens({ tokens: measureText(text).han, han: measureText(text).han }, model),
    0,
  );
  const { window } = model;
  const estimate = { bySource, instructions, history: 0, total, han, reserve: notes, window };
  if (total + notes > window) return { fits: false, needed: total + notes, limit: window, estimate };
  const request: Request = {
    messages: [
      { role: 'system', parts: [systemLine] },
      { role: 'user', parts: [material, words], cacheAfter: 0 },
    ],
    documents: parts.map(({ source }) => source),
    task: turn.task,
    question: turn.question,
    reserve: notes,
    inputTokens: total,
    ...(cacheKey ? { cacheKey } : {}),
  };
  return { fits: true, request, estimate };
}

/** The request that answers from the notes of all passes. Earlier turns go along without their documents. */
export function composeFromNotes(
  history: AnsweredTurn[],
  turn: AskedTurn,
  notes: string[],
  model: Pick<Model, 'window' | 'outputLimit' | 'tokenFactors'>,
  { partial, cacheKey }: { partial?: string; cacheKey?: string } = {},
): Composition {
  const past = history.map((asked) => ({ ...asked, sourceIds: [] }));
  const asked = { ...turn, sourceIds: [], instructions: `${notesOf(notes)}${turn.instructions}` };
  return compose({ sources: [], history: past, turn: asked, model, partial, cacheKey });
}
