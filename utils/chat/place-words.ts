/** Where in a file a passage stands, as people say it: “Sheet Q3, A2:F41”, “Chapter 4: The weir”, “Line 120”. */

import { sayAlso, t } from '../i18n';
import { passageText, type Segment, type Source } from '../source';

await sayAlso('files');

type Placed = Pick<Source, 'text' | 'segments'>;

/** The segment of passage ¶`number`. */
export function segmentOf({ segments }: Pick<Source, 'segments'>, number: number): Segment | undefined {
  const expected = segments[number - 1];
  return expected?.number === number ? expected : segments.find((one) => one.number === number);
}

/** The place of passage ¶`number`, or of the run up to `last`; empty where it has none. */
export function placeWords(source: Placed, number: number, last = number): string {
  const segment = segmentOf(source, number);
  return segment ? wordsOf(source, segment, segmentOf(source, last)) : '';
}

function wordsOf(source: Placed, segment: Segment, last: Segment = segment): string {
  const { page, place = {} } = segment;
  const { path, sheet, chapter, slide, notebookCell, line, time } = place;
  const isSameSheet = last.place?.sheet === sheet && last.place?.path === path;
  const cells = isSameSheet ? rangeOf(place.cells, last.place?.cells) : place.cells;
  const heading = chapter !== undefined || slide !== undefined ? headingOf(source, segment) : '';
  const parts = [
    path,
    sheet !== undefined && t('places.sheet', { name: sheet }),
    cells,
    chapter !== undefined && named(['places.chapter', 'places.chapterNamed'], chapter, heading),
    page !== undefined && t('places.page', { number: page }),
    slide !== undefined && named(['places.slide', 'places.slideNamed'], slide, heading),
    notebookCell !== undefined && t('places.notebookCell', { number: notebookCell }),
    line !== undefined && t('places.line', { number: line }),
    time,
  ];
  return listed(parts.filter((part) => typeof part === 'string'));
}

/** One after the other, with what the language puts between the things of a list. */
export const listed = (parts: readonly string[]): string =>
  parts.filter(Boolean).reduce((first, second) => (first ? t('places.pair', { first, second }) : second), '');

const named = (
  [plain, withHeading]: ['places.chapter', 'places.chapterNamed'] | ['places.slide', 'places.slideNamed'],
  number: number,
  heading: string,
): string => (heading ? t(withHeading, { number, heading }) : t(plain, { number }));

/** From the first cell of one range to the last of another. */
function rangeOf(first: string | undefined, last: string | undefined): string | undefined {
  if (first === undefined || last === undefined || first === last) return first;
  return `${first.split(':')[0]}:${last.split(':').at(-1)}`;
}

/** Letters of a heading that a label has room for. */
const mostLetters = 80;

/** The heading on top of the chapter or the slide in which a passage stands. */
function headingOf(source: Placed, segment: Segment): string {
  const { segments } = source;
  let at = segments.indexOf(segment);
  const isSame = ({ place }: Segment) =>
    place?.chapter === segment.place?.chapter &&
    place?.slide === segment.place?.slide &&
    place?.path === segment.place?.path;
  while (at > 0 && isSame(segments[at - 1] as Segment)) at--;
  // What stands on top may be a number or a picture’s name; a heading is one of the first things.
  for (let next = at; next < at + 3; next++) {
    const one = segments[next];
    if (!one || !isSame(one) || one.kind !== 'heading') continue;
    const words = (passageText(source, one.number) ?? '')
      .replace(/^#+\s*/, '')
      .replace(/\s+/g, ' ')
      .trim();
    return words.length > mostLetters ? `${words.slice(0, mostLetters)}…` : words;
  }
  return '';
}
