import { sizeOf } from './characters';
import type { Fragment } from './types';

/** The lines nearest to the upper and the lower edge of a page that may be running heads and feet. */
const outerRows = 3;
/** They stand in the outer parts of the page, as shares of its height. */
const outerShare = 0.11;
/** What comes again on so many pages, each near the one before, runs. */
const fewestPages = 3;
/** Left and right pages have their own heads: the same comes again after two pages, rarely three. */
const furthest = 3;
/** Heads move by a point or two between chapters. */
const sameHeight = 4;
/** Series that may still go on: one for each place where the same words stand on a page. */
const recent = 12;
/** Letters larger than the text by this factor are a title's. */
const titleSize = 1.12;
const sampleLength = 60;

export interface PageFragments {
  number: number;
  height: number;
  fragments: Fragment[];
}

export interface Furniture {
  /** What to leave out of the text. */
  fragments: Set<Fragment>;
  /** Characters without white space. */
  size: number;
  /** A head and a foot, as an example. */
  sample: string;
}

interface Candidate {
  page: number;
  y: number;
  fragments: Fragment[];
  text: string;
  /** The only number in a line that is a page number. */
  value?: number;
}

/** Finds running heads, running feet and page numbers: the same words, or numbers that count the pages, in the same place. */
export function findFurniture(pages: PageFragments[], body: number): Furniture {
  const groups = new Map<string, Candidate[]>();
  for (const page of pages) {
    for (const candidate of candidatesOf(page, body)) {
      // A number that counts with the pages has a constant distance from them; other numbers do not.
      const distance = candidate.value === undefined ? '' : String(candidate.value - candidate.page);
      const key = `${candidate.text}\u0000${distance}`;
      const group = groups.get(key);
      if (group) group.push(candidate);
      else groups.set(key, [candidate]);
    }
  }
  const furniture: Furniture = { fragments: new Set(), size: 0, sample: '' };
  const samples = new Set<string>();
  for (const candidates of groups.values()) {
    for (const series of seriesOf(candidates)) {
      if (series.length < fewestPages) continue;
      for (const { fragments } of series) {
        for (const fragment of fragments) {
          furniture.fragments.add(fragment);
          furniture.size += sizeOf(textOf(fragment));
        }
      }
      samples.add(series[0]?.fragments.map(textOf).join(' ') ?? '');
    }
  }
  furniture.sample = [...samples].slice(0, 2).join(' · ').slice(0, sampleLength);
  return furniture;
}

const textOf = ({ runs }: Fragment) => runs.map(({ text }) => text).join(' ');

function candidatesOf({ number, height, fragments }: PageFragments, body: number): Candidate[] {
  const rows: Fragment[][] = [];
  for (const fragment of fragments) {
    const row = rows.at(-1);
    if (row?.[0] && Math.abs(row[0].y - fragment.y) < 0.3 * fragment.size) row.push(fragment);
    else rows.push([fragment]);
  }
  const isOuter = ([first]: Fragment[]) =>
    first !== undefined && (first.y < outerShare * height || first.y > (1 - outerShare) * height);
  const near = [...new Set([...rows.slice(0, outerRows), ...rows.slice(-outerRows)])].filter(isOuter);
  // The parts of a line run by themselves: a title that changes beside a name that does not.
  return near.flatMap((row) => row.map((fragment) => candidateOf(number, [fragment], body)));
}

function candidateOf(page: number, fragments: Fragment[], body: number): Candidate {
  const plain = fragments.map(textOf).join(' ').replace(/\s+/g, ' ').trim();
  const numbers = plain.match(/\d+/g) ?? [];
  const roman = /^[ivxlc]{1,7}$/i.test(plain) ? romanValue(plain.toLowerCase()) : undefined;
  const y = fragments[0]?.y ?? 0;
  // The titles of chapters and slides are numbered too; they run only when they stay the same.
  if ((fragments[0]?.size ?? 0) > body * titleSize) return { page, y, fragments, text: plain };
  if (roman !== undefined) return { page, y, fragments, text: '#', value: roman };
  const text = plain.replace(/\d+/g, '#');
  // “Page 3 of 90”: the first number counts.
  const words = text.replace(/[#\W_]/gu, '');
  const counts = numbers.length > 0 && (words.length < 12 || numbers.length === 1);
  return { page, y, fragments, text, ...(counts ? { value: Number(numbers[0]) } : {}) };
}

/** Candidates of one group in the same place, on pages that follow each other closely. */
function seriesOf(candidates: Candidate[]): Candidate[][] {
  const series: Candidate[][] = [];
  for (const candidate of candidates) {
    const open = series.slice(-recent).findLast((other) => {
      const last = other.at(-1);
      return last && candidate.page - last.page <= furthest && Math.abs(last.y - candidate.y) <= sameHeight;
    });
    if (open) open.push(candidate);
    else series.push([candidate]);
  }
  return series;
}

function romanValue(text: string): number {
  const values: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  let total = 0;
  for (let index = 0; index < text.length; index++) {
    const value = values[text[index] ?? ''] ?? 0;
    total += value < (values[text[index + 1] ?? ''] ?? 0) ? -value : value;
  }
  return total;
}
