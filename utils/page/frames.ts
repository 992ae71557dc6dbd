import { type Gap, numberPassages, type Passage, passageText, type Reading } from '../source';
import type { FramePlace, PageReading } from './index';

/** What the reader found in one frame. The top frame has the empty path. */
export interface FrameReading {
  /** Indexes into `window.frames` from the top down. */
  path: number[];
  reading: PageReading;
}

/** Frames smaller than this (square pixels) are counters and pixels, not pages. */
const smallestFrame = 10_000;
/** A frame with less text than this (characters) is a button or a counter. */
const leastText = 20;

/** The indexes by which a frame is reached from the top of its tab, without asking what other sites hide. */
export function framePath(view: Window): number[] {
  const path: number[] = [];
  for (let frame = view; frame !== frame.parent; frame = frame.parent) {
    const siblings = frame.parent;
    let index = 0;
    while (index < siblings.length && (siblings as unknown as Window[])[index] !== frame) index++;
    path.unshift(index < siblings.length ? index : -1);
  }
  return path;
}

/** True for a frame that the document around it reads itself, as a part of its own page. */
export function isReadByParent(view: Window): boolean {
  if (view === view.parent) return false;
  try {
    return view.parent.document !== null;
  } catch {
    return false; // another site
  }
}

/**
 * One reading of the top document with the texts of foreign frames in their places, numbered anew. Frames that could
 * not be read, or that stand in a part of the page that was left out, are a gap.
 */
export function mergeFrames(top: PageReading, others: FrameReading[]): Reading {
  const { frames: _, elements: __, ...reading } = top;
  const unread: FramePlace[] = [];
  const leaveOut = (place: FramePlace) => {
    if (place.size >= smallestFrame) unread.push(place);
  };
  const read: PageReading[] = [];
  const insert = (outer: PageReading): Passage[] => {
    const own = passagesOf(outer);
    // Pages have hundreds of thousands of passages: too many for the arguments of one call.
    let merged: Passage[] = [];
    let next = 0;
    for (const place of outer.frames) {
      if (place.after === undefined) {
        leaveOut(place);
        continue;
      }
      const inner = others.find(({ path }) => path.join() === place.path.join())?.reading;
      merged = merged.concat(own.slice(next, place.after));
      next = place.after;
      if (inner && inner.characters >= leastText) {
        read.push(inner);
        merged = merged.concat(insert(inner));
      } else if (!inner) leaveOut(place);
    }
    return merged.concat(own.slice(next));
  };
  const passages = insert(top);
  const gaps = addUp([...read.flatMap((inner) => inner.gaps), ...frameGap(unread)], top.gaps);
  if (read.length === 0) return { ...reading, gaps };
  const total = (of: (one: PageReading) => number | undefined) =>
    [top, ...read].reduce((sum, one) => sum + (of(one) ?? 0), 0);
  return {
    ...reading,
    ...numberPassages(passages),
    gaps,
    coverage: top.coverage && {
      visible: total(({ coverage }) => coverage?.visible),
      read: total(({ coverage }) => coverage?.read),
    },
    choices: top.choices && {
      article: total(({ choices, words }) => choices?.article ?? words),
      everything: total(({ choices, words }) => choices?.everything ?? words),
    },
  };
}

/** Frames are named by where they come from. */
function frameGap(unread: FramePlace[]): Gap[] {
  if (unread.length === 0) return [];
  const hosts = [...new Set(unread.map(({ host }) => host).filter(Boolean))];
  return [{ why: 'frame', size: unread.length, sample: hosts.join(', ') || undefined }];
}

/** What is missing in a frame is missing in the page: sizes of the same reason are added, nothing is passed over. */
function addUp(more: Gap[], gaps: Gap[]): Gap[] {
  const sums = gaps.map((gap) => ({ ...gap }));
  for (const gap of more) {
    const known = sums.find(({ why }) => why === gap.why);
    if (known) known.size += gap.size;
    else sums.push({ ...gap });
  }
  return sums;
}

/** The passages of a reading, to the letter. */
function passagesOf(reading: Reading): Passage[] {
  return reading.segments.map(({ number, kind }) => ({ text: passageText(reading, number) ?? '', kind }));
}
