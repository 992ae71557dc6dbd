/**
 * Reading in passes: when a model cannot hold everything at once and the user wants it to read on, all passages of
 * all sources are sent, each exactly once and in order, in as few requests as hold them. Nothing is left out and
 * no passage is divided.
 */

import type { Model, Request } from '../models/types';
import { notesOf, passInstructions } from '../prompts/passes';
import { systemLine } from '../prompts/system';
import { tools } from '../prompts/tools';
import type { Source } from '../source';
import type { AnsweredTurn, AskedTurn, Composition } from './compose';
import { compose, reserveFor } from './compose';
import { serializeDocument } from './documents';
import { type MeasuredSource, measureText, scaleMeasure, scaleTokens } from './tokens';

/** A run of whole passages of a source: segments `from` to `to`, the last one not included. */
export interface Piece {
  sourceId: string;
  from: number;
  to: number;
}

type Sized = Pick<Model, 'window' | 'outputLimit' | 'tokenFactors' | 'tools'>;

/** Tokens of notes that a pass may write: enough for two pages at most, and for the findings of a page at least. */
const mostNotes = 4_096;
const leastNotes = 256;
/** Tokens of the instructions of a pass, and of the lines around a document or around notes. */
const instructionTokens = 200;
const lineTokens = 60;
const wordsPerToken = 0.7;

export interface PassPlan {
  passes: Piece[][];
  /** Tokens kept free for the notes of each pass. */
  notes: number;
}

interface Unit extends Piece {
  tokens: number;
}

/**
 * Divides sources into the fewest passes, in order. Undefined when a single passage is too long for a pass, or when
 * the request that answers could not hold the notes of all of them. `pause` gives way to the browser, since a long
 * text is measured passage by passage.
 */
export async function planPasses(
  sources: MeasuredSource[],
  {
    history = [],
    turn,
    model,
    pause = () => new Promise((resolve) => setTimeout(resolve)),
  }: { history?: AnsweredTurn[]; turn: AskedTurn; model: Sized; pause?: () => Promise<void> },
): Promise<PassPlan | undefined> {
  const count = (text: string) => scaleTokens(measureText(text), model);
  const around = count(systemLine) + count(turn.question) + instructionTokens;
  const withoutNotes = composeFromNotes(history, turn, [], { ...model, window: Number.POSITIVE_INFINITY });
  const last = withoutNotes.estimate.total + reserveFor(model);
  const units: Unit[] = [];
  const lines = new Map<string, number>();
  let measured = 0;
  for (const { source } of sources) {
    lines.set(source.id, lineTokens + count(`${source.title} ${source.url ?? ''}`));
    for (const piece of unitsOf(source)) {
      const text = pieceText(source, piece);
      units.push({ ...piece, tokens: count(text) });
      measured += text.length;
      if (measured > 50_000) {
        measured = 0;
        await pause();
      }
    }
  }
  const fill = (notes: number) => fillPasses(units, lines, model.window - around - notes);
  let notes = Math.min(mostNotes, model.outputLimit ?? mostNotes, Math.floor(model.window / 8));
  let passes = fill(notes);
  if (!passes) return undefined;
  const together = model.window - last;
  if (passes.length * (notes + lineTokens) > together) {
    // Shorter notes leave more room in each pass, so that there are never more of them.
    notes = Math.floor(together / passes.length) - lineTokens;
    passes = notes >= leastNotes ? fill(notes) : undefined;
  }
  return passes && { passes, notes };
}

/** Each pass takes as many units as it holds: in order, no other division has fewer. */
function fillPasses(units: Unit[], lines: Map<string, number>, room: number): Piece[][] | undefined {
  const passes: Piece[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const { sourceId, from, to, tokens } of units) {
    const line = lines.get(sourceId) ?? lineTokens;
    if (tokens + line > room) return undefined;
    let pass = passes.at(-1) ?? [];
    const open = pass.at(-1)?.sourceId === sourceId ? pass.at(-1) : undefined;
    if (used + tokens + (open ? 0 : line) <= room) {
      if (open) open.to = to;
      else pass.push({ sourceId, from, to });
      used += tokens + (open ? 0 : line);
    } else {
      pass = [{ sourceId, from, to }];
      passes.push(pass);
      used = tokens + line;
    }
  }
  return passes;
}

/** The least parts of a source: its passages, where a blank line ends each. A text without passages is one part. */
function unitsOf(source: Source): Piece[] {
  const units: Piece[] = [];
  let from = 0;
  for (let to = 1; to <= source.segments.length; to++) {
    if (to < source.segments.length && !isBoundary(source, to)) continue;
    units.push({ sourceId: source.id, from, to });
    from = to;
  }
  return units.length > 0 ? units : [{ sourceId: source.id, from: 0, to: 0 }];
}

const isBoundary = ({ segments, text }: Source, at: number): boolean => {
  const end = segments[at - 1]?.end ?? 0;
  return text.startsWith('\n\n', end) && end + 2 <= (segments[at]?.start ?? 0);
};

/**
 * The text of a piece with its marks, to the letter. All pieces of a source, joined by blank lines, are its text.
 */
export function pieceText({ segments, text }: Source, { from, to }: Pick<Piece, 'from' | 'to'>): string {
  const start = from === 0 ? 0 : (segments[from - 1]?.end ?? 0) + 2;
  const end = to >= segments.length ? text.length : (segments[to - 1]?.end ?? 0);
  return text.slice(start, end);
}

/** The request of one pass, by its number from 1. Pictures go with the request that answers. */
export function composePass(
  sources: MeasuredSource[],
  turn: Pick<AskedTurn, 'task' | 'question'>,
  pieces: Piece[],
  {
    number,
    count,
    notes,
    numbers,
  }: {
    number: number;
    count: number;
    notes: number;
    /** The numbers of the sources, where they are not those of their places. */
    numbers?: ReadonlyMap<string, number>;
  },
  model: Sized,
  cacheKey?: string,
): Composition {
  const byId = new Map(
    sources.map((entry, place) => {
      const { id } = entry.source;
      return [id, { ...entry, index: numbers?.get(id) ?? place + 1 }];
    }),
  );
  const documents = pieces.map((piece) => {
    const entry = byId.get(piece.sourceId);
    if (!entry) throw new Error(`Source ${piece.sourceId} is named by a pass but was not given`);
    const { source, index } = entry;
    const text = pieceText(source, piece);
    const { segments } = source;
    const first = segments[piece.from]?.number ?? piece.from + 1;
    const last = segments[piece.to - 1]?.number ?? piece.to;
    const part = { text, first, last, isLast: piece.to >= segments.length };
    const measure = scaleMeasure(measureText(text), model);
    return { source, index, text, measure, line: serializeDocument(source, index, part) };
  });
  const words = `${passInstructions(number, count, Math.floor(notes * wordsPerToken))}\n\n${turn.question}`;
  const material = `<documents>\n${documents.map(({ line }) => line).join('')}</documents>\n\n`;
  const bySource = documents.map(({ source, index, text, measure }) => ({
    id: source.id,
    index,
    title: source.title,
    characters: text.length,
    tokens: measure.tokens,
  }));
  const offered = model.tools ? JSON.stringify(tools) : '';
  const instructions = [systemLine, offered, words].reduce(
    (total, text) => total + scaleTokens(measureText(text), model),
    0,
  );
  const sum = (of: 'tokens' | 'han' | 'hangul' | 'dense') =>
    documents.reduce((total, { measure }) => total + measure[of], 0);
  const total = instructions + sum('tokens');
  const { window } = model;
  const scripts = { han: sum('han'), hangul: sum('hangul'), dense: sum('dense') };
  const estimate = { bySource, instructions, history: 0, total, ...scripts, reserve: notes, window };
  if (total + notes > window) return { fits: false, needed: total + notes, limit: window, estimate };
  const request: Request = {
    messages: [
      { role: 'system', parts: [systemLine] },
      { role: 'user', parts: [material, words], cacheAfter: 0 },
    ],
    documents: documents.map(({ source }) => source),
    task: turn.task,
    question: turn.question,
    reserve: notes,
    inputTokens: total,
    ...(model.tools ? { tools } : {}),
    ...(cacheKey ? { cacheKey } : {}),
  };
  return { fits: true, request, estimate };
}

/** The request that answers from the notes of all passes. Earlier turns go along without their documents. */
export function composeFromNotes(
  history: AnsweredTurn[],
  turn: AskedTurn,
  notes: string[],
  model: Sized,
  { partial, cacheKey }: { partial?: string; cacheKey?: string } = {},
): Composition {
  const past = history.map(({ findings: _, rounds: __, ...asked }) => ({ ...asked, sourceIds: [] }));
  const { findings: _, ...rest } = turn;
  const asked = { ...rest, sourceIds: [], instructions: `${notesOf(notes)}${turn.instructions}` };
  return compose({ sources: [], history: past, turn: asked, model, partial, cacheKey });
}
