/** Where the figures and dates of a source stand. Made once for a source, in slices beside other work when it is long. */

import { announceChecks } from '../citations/source-index';
import type { Source } from '../source';
import { keysOf, keysThatSay, type WrittenDate } from './dates';
import { type Figure, type FiguresOfText, figuresIn } from './figures';
import { matchFigure, significant } from './match-figures';
import type { Unit } from './units';

type Text = Pick<Source, 'text' | 'segments'>;

/** A figure and the number of the passage in which it stands. */
interface Placed {
  paragraph: number;
  figure: Figure;
}

export interface FigureIndex {
  /** The figures of one passage. */
  inPassage(paragraph: number, text: string): FiguresOfText;
  /**
   * Where a figure stands: the number of a passage; `near` when something like it does; undefined when nothing does;
   * `pending` when it is not known yet.
   */
  find(figure: Figure): number | 'near' | undefined | 'pending';
  findDate(readings: WrittenDate[]): number | undefined | 'pending';
}

const isSameUnit = ({ unit: one }: Figure, { unit: other }: Figure) =>
  one?.kind === other?.kind && one?.factor === other?.factor;

/** What a value measures, in steps of two percent: figures in other units of its kind are in this step or beside it. */
const bucketOf = ({ kind, factor }: Unit, value: number, step = 0) =>
  `${kind} ${Math.round(Math.log(value * factor) * 50) + step}`;

/** Characters looked through at once, and between two pauses. */
const atOnce = 100_000;
const slice = 30_000;
/** Places that are kept of one number: more of them differ in nothing that matters here. */
const mostPlaces = 12;

type Later = (work: () => void) => void;
const nextTurn: Later = (work) => void setTimeout(work, 0);

const indexes = new WeakMap<Text, FigureIndex>();

export function figureIndexOf(source: Text): FigureIndex {
  let index = indexes.get(source);
  if (!index) {
    index = createFigureIndex(source);
    indexes.set(source, index);
  }
  return index;
}

export function createFigureIndex({ text, segments }: Text, later: Later = nextTurn): FigureIndex {
  const passages = new Map<number, FiguresOfText>();
  /** By value, by kind of unit, by the digits alone. */
  const places = new Map<number | string, Placed[]>();
  const dates = new Map<string, number>();
  let sorted: Float64Array | undefined;
  let state: 'none' | 'running' | 'ready' = 'none';

  const put = (key: number | string, placed: Placed, all = false) => {
    const list = places.get(key);
    if (!list) places.set(key, [placed]);
    // One of each unit: “8 weeks” is not proved by “8 GB”.
    else if (
      list.length < mostPlaces &&
      (all || !list.some(({ figure }) => isSameUnit(figure, placed.figure)))
    )
      list.push(placed);
  };

  function* read(): Generator<void> {
    let done = 0;
    for (const { start, end, number } of segments) {
      // A passage of any length is read in pieces, cut where a word ends.
      for (let at = start; at < end; ) {
        let next = Math.min(end, at + slice);
        while (next < end && next > at + slice / 2 && !/\s/.test(text[next] ?? '')) next--;
        add(number, figuresIn(text.slice(at, next), false));
        done += next - at;
        at = next;
        if (done >= slice) {
          done = 0;
          yield;
        }
      }
    }
  }

  const add = (paragraph: number, { figures, dates: found }: FiguresOfText) => {
    for (const figure of figures) {
      const placed = { paragraph, figure };
      for (const value of figure.values) {
        put(value, placed);
        put(`digits ${significant(value)}`, placed);
        if (figure.unit && value > 0) put(bucketOf(figure.unit, value), placed, true);
      }
    }
    for (const { readings } of found)
      for (const key of readings.flatMap(keysOf)) if (!dates.has(key)) dates.set(key, paragraph);
  };

  const isReady = (): boolean => {
    if (state !== 'none') return state === 'ready';
    const work = read();
    if (text.length <= atOnce) {
      while (!work.next().done);
      state = 'ready';
      return true;
    }
    state = 'running';
    const run = () => {
      if (!work.next().done) return later(run);
      state = 'ready';
      announceChecks();
    };
    later(run);
    return false;
  };

  /** Numbers of the source next to a value, to which it may have been rounded. */
  const around = (value: number): number[] => {
    sorted ??= Float64Array.from([...places.keys()].filter((key) => typeof key === 'number')).sort();
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return [...sorted.subarray(Math.max(0, low - 3), low + 3)];
  };

  return {
    inPassage(paragraph, words) {
      const known = passages.get(paragraph) ?? figuresIn(words, false);
      passages.set(paragraph, known);
      return known;
    },
    find(claim) {
      if (!isReady()) return 'pending';
      let isNear = false;
      const keys = claim.values.flatMap((value) => [value, `digits ${significant(value)}`, ...around(value)]);
      if (claim.unscaled !== undefined) keys.push(claim.unscaled);
      const { unit } = claim;
      if (unit) {
        for (const value of claim.values.filter((one) => one > 0))
          for (const step of [-1, 0, 1]) keys.push(bucketOf(unit, value, step));
      }
      for (const key of keys) {
        for (const { paragraph, figure } of places.get(key) ?? []) {
          const match = matchFigure(claim, figure);
          if (match === 'same') return paragraph;
          if (match === 'near') isNear = true;
        }
      }
      return isNear ? 'near' : undefined;
    },
    findDate(readings) {
      if (!isReady()) return 'pending';
      for (const key of readings.flatMap(keysThatSay)) {
        const paragraph = dates.get(key);
        if (paragraph !== undefined) return paragraph;
      }
      return undefined;
    },
  };
}
