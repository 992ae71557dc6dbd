/** Pages whose words were recognised, and what a reading that has them in it says of them. */

import type { FileNote, Gap } from '../../source';
import { pageList, pagesIn } from '../pdf/page-list';
import type { PageText } from '../pdf/types';
import type { Recognised } from './lines';

export interface RecognisedPage {
  page: PageText;
  /** 0 to 100. */
  confidence: number;
}

/**
 * Below this confidence the words of a page are to be checked. In `npm run bench:ocr` pages with 91 and more had at
 * least 98 of 100 letters right, one with 75 lost every twentieth.
 */
export const sureEnough = 80;

/** Pixels as points, so that a recognised page is laid out like any other. */
export function pageTextOf({ runs, width, height }: Recognised, number: number, dpi: number): PageText {
  const scale = 72 / dpi;
  const inPoints = runs.map((run) => ({
    ...run,
    x0: run.x0 * scale,
    x1: run.x1 * scale,
    y: run.y * scale,
    size: run.size * scale,
  }));
  return {
    number,
    width: width * scale,
    height: height * scale,
    directions: runs.length > 0 ? [inPoints] : [],
    hidden: { size: 0, sample: '' },
    drawn: true,
  };
}

/** Which pages of a reading were recognised, and which of them are to be checked; none where none was. */
export function recognitionNotes(known: readonly RecognisedPage[], gaps: readonly Gap[]): FileNote[] {
  // A page on which no word was found is still without text.
  const without = new Set(
    gaps.flatMap(({ why, sample }) => (why === 'scanned-pages' ? pagesIn(sample ?? '') : [])),
  );
  const read = known.filter(({ page }) => page.directions.length > 0 && !without.has(page.number));
  const noteOf = (what: FileNote['what'], pages: readonly RecognisedPage[]): FileNote[] => {
    const numbers = [...new Set(pages.map(({ page }) => page.number))].sort((a, b) => a - b);
    return numbers.length > 0 ? [{ what, size: numbers.length, sample: pageList(numbers) }] : [];
  };
  return [
    ...noteOf('read-by-ocr', read),
    ...noteOf(
      'unsure-ocr',
      read.filter(({ confidence }) => confidence < sureEnough),
    ),
  ];
}
