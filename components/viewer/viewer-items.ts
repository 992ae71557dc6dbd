/** A text as the viewer draws it: passages, and before them where in the file they stand. Pure. */

import { listed } from '@/utils/chat/place-words';
import { sayAlso, t } from '@/utils/i18n';
import type { Place, Segment, Source } from '@/utils/source';

await sayAlso('files');

export type ViewerItem =
  /** Before the passage that begins at `start`. */
  { place: string; start: number } | { segment: Segment };

/** Passages, and a line wherever another page, sheet, chapter, slide or file begins. */
export function viewerItems({ segments }: Pick<Source, 'segments'>): ViewerItem[] {
  const items: ViewerItem[] = [];
  let before = '';
  for (const segment of segments) {
    const key = partKey(segment);
    if (key && key !== before) items.push({ place: partWords(segment), start: segment.start });
    before = key || before;
    items.push({ segment });
  }
  return items;
}

const partKey = ({ page, place: { path, sheet, chapter, slide, notebookCell } = {} }: Segment): string =>
  [path, sheet, chapter, page, slide, notebookCell].every((part) => part === undefined)
    ? ''
    : JSON.stringify([path, sheet, chapter, page, slide, notebookCell]);

function partWords({ page, place: { path, sheet, chapter, slide, notebookCell } = {} }: Segment): string {
  return listed([
    path ?? '',
    sheet === undefined ? '' : t('places.sheet', { name: sheet }),
    chapter === undefined ? '' : t('places.chapter', { number: chapter }),
    page === undefined ? '' : t('places.page', { number: page }),
    slide === undefined ? '' : t('places.slide', { number: slide }),
    notebookCell === undefined ? '' : t('places.notebookCell', { number: notebookCell }),
  ]);
}

/** Where within such a part a passage begins, beside its number: a line, a moment. Cells have their own letters. */
export const fineWords = ({ line, time }: Place = {}): string =>
  line === undefined ? (time ?? '') : t('places.line', { number: line });

/** The segments in which words are found, whatever their case. Linear in the length of the text. */
export function segmentsWith(source: Pick<Source, 'text' | 'segments'>, words: string): number[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  const { text, segments } = source;
  const found: number[] = [];
  for (const [index, { start, end }] of segments.entries())
    if (text.slice(start, end).toLowerCase().includes(wanted)) found.push(index);
  return found;
}

/** Where words stand in a text, whatever their case. */
export function spansOf(text: string, words: string): { start: number; end: number }[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  const folded = text.toLowerCase();
  // Some letters become two in small letters; then the places are no longer the same.
  if (folded.length !== text.length) return [];
  const spans: { start: number; end: number }[] = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length))
    spans.push({ start: at, end: at + wanted.length });
  return spans;
}
