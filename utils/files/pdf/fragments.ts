import { firstCharacter, isWide, lastCharacter } from './characters';
import type { Fragment, Run } from './types';

/** Baselines that differ by less than this share of the size are one line. */
const sameBaseline = 0.25;
/** A wider gap, in sizes, separates columns or cells: justified lines stretch less. */
const cellGap = 0.95;
/** Smaller than this share of the letters beside it, and off their baseline: a superscript or a subscript. */
const scriptShare = 0.86;
/** Rows looked back at for one with the same baseline; drawing order rarely jumps further. */
const rowsBack = 8;

interface Line {
  y: number;
  size: number;
  runs: Run[];
}

/** Puts runs together into lines, and lines into the stretches between wide gaps, from top to bottom. */
export function fragmentsOf(runs: Run[]): Fragment[] {
  return attachScripts(linesOf(runs)).flatMap(splitLine);
}

function linesOf(runs: Run[]): Line[] {
  const lines: Line[] = [];
  for (const run of [...runs].sort((a, b) => a.y - b.y || a.x0 - b.x0)) {
    let line: Line | undefined;
    for (let back = 1; back <= rowsBack && !line; back++) {
      const candidate = lines[lines.length - back];
      if (!candidate || run.y - candidate.y > candidate.size) break;
      const tolerance = sameBaseline * Math.min(run.size, candidate.size);
      if (Math.abs(candidate.y - run.y) <= tolerance && similar(candidate.size, run.size)) line = candidate;
    }
    if (line) line.runs.push(run);
    else lines.push({ y: run.y, size: run.size, runs: [run] });
  }
  for (const line of lines) line.runs.sort((a, b) => a.x0 - b.x0 || a.x1 - b.x1);
  return lines;
}

const similar = (one: number, other: number) => Math.min(one, other) > 0.5 * Math.max(one, other);

/** Moves small raised or lowered runs into the line that they belong to. Lines come sorted by their baselines. */
function attachScripts(lines: Line[]): Line[] {
  const kept: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const hosts: Line[] = [];
    for (let other = index - 4; other <= index + 4; other++) {
      const host = lines[other];
      if (!host || host === line || line.size > host.size * scriptShare) continue;
      const rise = host.y - line.y;
      if (rise < host.size * 0.85 && rise > host.size * -0.5) hosts.push(host);
    }
    const rest = line.runs.filter((run) => {
      const host = hosts.find((candidate) => isBeside(run, candidate));
      if (!host) return true;
      const at = host.runs.findIndex((other) => other.x0 > run.x0);
      host.runs.splice(at < 0 ? host.runs.length : at, 0, run);
      return false;
    });
    if (rest.length > 0) kept.push({ ...line, runs: rest });
  }
  return kept;
}

/** Longer small text is a line of its own: a note, a caption. */
const longestScript = 24;

function isBeside(run: Run, host: Line): boolean {
  if (run.text.length > longestScript) return false;
  return host.runs.some((other) => {
    if (other.size < run.size / scriptShare) return false;
    const before = run.x0 - other.x1;
    const after = other.x0 - run.x1;
    const near = 0.3 * other.size;
    return (before > -near && before < near) || (after > -near && after < near);
  });
}

function splitLine(line: Line): Fragment[] {
  const fragments: Fragment[] = [];
  let current: Run[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const run of line.runs) {
    const previous = current.at(-1);
    if (previous && isDouble(previous, run)) continue;
    if (previous && run.x0 - end > gapLimit(previous, run)) {
      fragments.push(fragment(current, line));
      current = [];
    }
    current.push(run);
    end = current.length === 1 ? run.x1 : Math.max(end, run.x1);
  }
  if (current.length > 0) fragments.push(fragment(current, line));
  return fragments;
}

/** Full-width lines have no spaces that could stretch, but marks of punctuation with half a width of air. */
const gapLimit = (one: Run, other: Run) =>
  Math.max(one.size, other.size) *
  (isWide(lastCharacter(one.text)) && isWide(firstCharacter(other.text)) ? cellGap * 1.1 : cellGap);

/** Bold letters and shadows are often the same text drawn twice. */
const isDouble = (one: Run, other: Run) =>
  one.text.trim() === other.text.trim() &&
  Math.abs(one.x0 - other.x0) < 0.2 * one.size &&
  one.size === other.size;

function fragment(runs: Run[], line: Line): Fragment {
  let x0 = Number.POSITIVE_INFINITY;
  let x1 = Number.NEGATIVE_INFINITY;
  for (const run of runs) {
    x0 = Math.min(x0, run.x0);
    x1 = Math.max(x1, run.x1);
  }
  return { runs, x0, x1, y: line.y, size: mainSize(runs) };
}

/** The size in which most characters are set. */
export function mainSize(runs: Run[]): number {
  let best = runs[0]?.size ?? 0;
  if (runs.length < 2) return best;
  const counts = new Map<number, number>();
  for (const { size, text } of runs) counts.set(size, (counts.get(size) ?? 0) + text.length);
  for (const [size, count] of counts) if (count > (counts.get(best) ?? 0)) best = size;
  return best;
}
