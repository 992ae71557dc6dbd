import type { Fragment, Region } from './types';

/** Columns inside columns are read to this depth. */
const deepest = 6;
/** Lines that must stand on each side of a gutter. */
const fewestLines = 3;
/** A gutter is at least this wide, in sizes of the text. */
const narrowestGutter = 0.8;
/** Places looked at for a gutter across a region. */
const places = 600;

interface Gutter {
  x: number;
  left: Fragment[];
  right: Fragment[];
  across: Fragment[];
}

/**
 * Regions of a page in the order of reading: columns from the left to the right (or the right to the left), and
 * what runs across all of them in its place between. Fragments come sorted by their baselines.
 */
export function regionsOf(fragments: Fragment[], { rightToLeft = false, depth = 0 } = {}): Region[] {
  const gutter = depth < deepest ? findGutter(fragments) : undefined;
  if (!gutter) return fragments.length > 0 ? [{ fragments }] : [];
  const sides = sidesOf(fragments, gutter);

  const regions: Region[] = [];
  let across: Fragment[] = [];
  let band = { left: [] as Fragment[], right: [] as Fragment[] };
  const endBand = () => {
    const { left, right } = band;
    band = { left: [], right: [] };
    if (left.length === 0 && right.length === 0) return;
    if (left.length === 0 || right.length === 0) {
      // A short last line of what runs across, or something alone on its side.
      across.push(...left, ...right);
      return;
    }
    takeLastLine(across, left, right);
    endAcross();
    for (const side of rightToLeft ? [right, left] : [left, right]) {
      regions.push(...regionsOf(side, { rightToLeft, depth: depth + 1 }));
    }
  };
  const endAcross = () => {
    // What ran across one gutter may have another.
    if (across.length > 0) regions.push(...regionsOf(across, { rightToLeft, depth: depth + 1 }));
    across = [];
  };
  for (const fragment of fragments) {
    const side = sides.get(fragment);
    if (side) band[side].push(fragment);
    else {
      endBand();
      across.push(fragment);
    }
  }
  endBand();
  endAcross();
  return regions;
}

/** Empty strips of more than this many sizes across the whole region divide what is above from what is below. */
const stripGap = 1.7;

/** The side of each fragment that stands in a column; what crosses the gutter and tables that reach over it have none. */
function sidesOf(fragments: Fragment[], { x }: Gutter): Map<Fragment, 'left' | 'right'> {
  const sides = new Map<Fragment, 'left' | 'right'>();
  let strip: Fragment[] = [];
  const body = medianOf(fragments.map((fragment) => fragment.size));
  const endStrip = () => {
    const divided = divide(strip, x);
    const size = medianOf(strip.map((fragment) => fragment.size));
    const isTable =
      divided.left.length > 0 &&
      divided.right.length > 0 &&
      Math.min(medianWidth(divided.left), medianWidth(divided.right)) < 8 * size &&
      stepShare(divided.left, divided.right, size) > 0.7;
    // A short heading over both columns, with nothing beside it.
    const isHeading =
      strip.length <= 3 && size > 1.12 * body && (divided.left.length === 0 || divided.right.length === 0);
    if (!isTable && !isHeading) {
      for (const fragment of divided.left) sides.set(fragment, 'left');
      for (const fragment of divided.right) sides.set(fragment, 'right');
    }
    strip = [];
  };
  let bottom = Number.NEGATIVE_INFINITY;
  for (const fragment of fragments) {
    if (fragment.y - bottom > stripGap * fragment.size) endStrip();
    strip.push(fragment);
    bottom = Math.max(bottom, fragment.y);
  }
  endStrip();
  return sides;
}

/** The last line of a full-width paragraph is often so short that it seems to be the first of the left column. */
function takeLastLine(across: Fragment[], left: Fragment[], right: Fragment[]): void {
  const last = across.at(-1);
  const before = across.at(-2);
  const first = left[0];
  const other = right[0];
  if (!last || !before || !first || !other) return;
  const pitch = last.y - before.y;
  const follows =
    Math.abs(first.y - last.y - pitch) < 0.2 * last.size && Math.abs(first.x0 - last.x0) < last.size;
  if (follows && first.size === last.size && other.y - first.y > 0.6 * pitch)
    across.push(...left.splice(0, 1));
}

/**
 * The widest strip with lines of text on both sides that (nearly) nothing crosses in the places where it has both.
 * A table has such strips too; what tells columns is that their lines are long, or do not keep step with each other.
 */
function findGutter(fragments: Fragment[]): Gutter | undefined {
  if (fragments.length < 2 * fewestLines) return undefined;
  let x0 = Number.POSITIVE_INFINITY;
  let x1 = Number.NEGATIVE_INFINITY;
  for (const fragment of fragments) {
    x0 = Math.min(x0, fragment.x0);
    x1 = Math.max(x1, fragment.x1);
  }
  const size = medianOf(fragments.map((fragment) => fragment.size));
  const unit = Math.max((x1 - x0) / places, 0.5);
  const count = Math.ceil((x1 - x0) / unit) + 1;
  const begun = new Float64Array(count + 1);
  const ended = new Float64Array(count + 1);
  for (const fragment of fragments) {
    const from = Math.floor((fragment.x0 - x0) / unit);
    const to = Math.min(count, Math.ceil((fragment.x1 - x0) / unit));
    begun[from] = (begun[from] ?? 0) + 1;
    ended[to] = (ended[to] ?? 0) + 1;
  }
  const candidates: { place: number; width: number; score: number }[] = [];
  let starts = 0;
  let ends = 0;
  let run: { from: number; across: number; score: number } | undefined;
  for (let place = 0; place <= count; place++) {
    starts += begun[place] ?? 0;
    ends += ended[place] ?? 0;
    // Lines that end left of this place, that begin right of it, and the rest.
    const left = ends;
    const right = fragments.length - starts;
    const across = starts - ends;
    const score = Math.min(left, right);
    const isSame = run && run.across === across && run.score === score;
    if (!isSame) {
      if (run && run.score >= fewestLines) {
        candidates.push({
          place: (run.from + place - 1) / 2,
          width: (place - run.from) * unit,
          score: run.score - run.across / 2,
        });
      }
      run = { from: place, across, score };
    }
  }
  candidates.sort((a, b) => b.score - a.score || b.width - a.width);
  for (const { place, width } of candidates.slice(0, 12)) {
    const gutter =
      width >= narrowestGutter * size || width >= 2 * unit ? divide(fragments, x0 + place * unit) : undefined;
    if (gutter && isGutter(gutter, size)) return gutter;
  }
  return undefined;
}

function divide(fragments: Fragment[], x: number): Gutter {
  const gutter: Gutter = { x, left: [], right: [], across: [] };
  for (const fragment of fragments) {
    if (fragment.x1 <= x) gutter.left.push(fragment);
    else if (fragment.x0 >= x) gutter.right.push(fragment);
    else gutter.across.push(fragment);
  }
  return gutter;
}

function isGutter(gutter: Gutter, size: number): boolean {
  const beside = besideEachOther(gutter);
  const { left, right } = beside;
  if (left.length < fewestLines || right.length < fewestLines) return false;
  // Robust against single words that stick out.
  const gap =
    quantile(
      right.map(({ x0 }) => x0),
      0.1,
    ) -
    quantile(
      left.map(({ x1 }) => x1),
      0.9,
    );
  if (gap < narrowestGutter * size) return false;
  const fill = Math.min(filling(left), filling(right));
  const longEnough = Math.min(medianWidth(left), medianWidth(right)) >= 8 * size;
  const inStep = stepShare(left, right, size);
  if (longEnough && fill >= 0.6) return inStep < 0.9 || linesAreSentences(left) || linesAreSentences(right);
  return inStep < 0.35 && Math.min(medianWidth(left), medianWidth(right)) >= 3 * size;
}

/** The fragments of each side within the height that both sides have. */
function besideEachOther({ left, right }: Gutter): { left: Fragment[]; right: Fragment[] } {
  const top = Math.max(left[0]?.y ?? 0, right[0]?.y ?? 0) - 2 * (left[0]?.size ?? 0);
  const bottom = Math.min(left.at(-1)?.y ?? 0, right.at(-1)?.y ?? 0) + 2 * (left[0]?.size ?? 0);
  const isInside = ({ y }: Fragment) => y >= top && y <= bottom;
  return { left: left.filter(isInside), right: right.filter(isInside) };
}

/** Running text goes on from line to line: most lines begin with a small letter, or are in a script without them. */
function linesAreSentences(fragments: Fragment[]): boolean {
  const begins = fragments.map(({ runs }) => runs[0]?.text ?? '');
  const goesOn = begins.filter((text) => /^[\p{Ll}\p{Lo}]/u.test(text)).length;
  return goesOn > fragments.length * 0.4;
}

/** The share of lines that reach nearly from one edge of their column to the other. */
function filling(fragments: Fragment[]): number {
  const x0 = quantile(
    fragments.map((fragment) => fragment.x0),
    0.05,
  );
  const x1 = quantile(
    fragments.map((fragment) => fragment.x1),
    0.95,
  );
  const full = fragments.filter((fragment) => fragment.x1 - fragment.x0 > 0.6 * (x1 - x0)).length;
  return full / fragments.length;
}

/** The share of lines of the shorter side that have a line with the same baseline beside them. */
function stepShare(left: Fragment[], right: Fragment[], size: number): number {
  const [few, many] = left.length < right.length ? [left, right] : [right, left];
  let index = 0;
  let same = 0;
  for (const { y } of few) {
    while ((many[index]?.y ?? Number.POSITIVE_INFINITY) < y - 0.2 * size) index++;
    if (Math.abs((many[index]?.y ?? Number.POSITIVE_INFINITY) - y) <= 0.2 * size) same++;
  }
  return same / few.length;
}

const medianWidth = (fragments: Fragment[]) => medianOf(fragments.map(({ x0, x1 }) => x1 - x0));

export const medianOf = (values: number[]) => quantile(values, 0.5);

/** The value that this share of the values do not exceed; 0 for none. */
export function quantile(values: number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
