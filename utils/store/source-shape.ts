/** What a source may be when it comes from a file. */

import type {
  Coverage,
  FileChoices,
  FileFacts,
  FileNote,
  FileUnit,
  Gap,
  GapCode,
  Place,
  Segment,
  Source,
  SourceKind,
} from '../source';
import { type Check, count, flag, list, number, object, oneOf, optional, ShapeError, text } from './shape';

/** An address that may be opened: never one that is a program. */
export const address: Check<string> = (value, place) => {
  const url = text(value, place);
  const { protocol } = URL.parse(url) ?? { protocol: '' };
  if (['javascript:', 'data:', 'vbscript:'].includes(protocol)) throw new ShapeError(place);
  return url;
};

const sourceKind = oneOf<SourceKind>({
  tab: true,
  selection: true,
  link: true,
  search: true,
  file: true,
  chat: true,
});

const gap = object<Gap>({
  why: oneOf<GapCode>({
    furniture: true,
    'page-tools': true,
    'outside-article': true,
    hidden: true,
    concealed: true,
    'still-loading': true,
    frame: true,
    'not-loaded': true,
    'undrawn-lines': true,
    transcript: true,
    export: true,
    'too-large': true,
    'invisible-characters': true,
    'scanned-pages': true,
    'stopped-pages': true,
    'unread-pages': true,
    pictures: true,
    'hidden-sheets': true,
    'hidden-rows': true,
    charts: true,
    macros: true,
    'embedded-files': true,
    'deleted-text': true,
    'binary-files': true,
    'ignored-files': true,
    'unread-files': true,
    'unread-parts': true,
  }),
  size: count,
  sample: optional(text),
});

const segment = object<Segment>({
  number: count,
  start: count,
  end: count,
  kind: oneOf({ text: true, heading: true, 'list-item': true, quote: true, code: true, table: true }),
  page: optional(count),
  place: optional(
    object<Place>({
      path: optional(text),
      sheet: optional(text),
      cells: optional(text),
      chapter: optional(count),
      slide: optional(count),
      notebookCell: optional(count),
      line: optional(count),
      time: optional(text),
    }),
  ),
});

const file = object<FileFacts>({
  name: text,
  hash: text,
  size: count,
  type: text,
  units: object<Partial<Record<FileUnit, number>>>({
    sheets: optional(count),
    rows: optional(count),
    cells: optional(count),
    chapters: optional(count),
    slides: optional(count),
    lines: optional(count),
    files: optional(count),
    messages: optional(count),
    subtitles: optional(count),
    notebookCells: optional(count),
  }),
  notes: list(
    object<FileNote>({
      what: oneOf<FileNote['what']>({
        'formulas-as-values': true,
        'formulas-listed': true,
        'formulas-uncalculated': true,
        'hidden-sheets-included': true,
        'read-by-ocr': true,
        'unsure-ocr': true,
        'pages-as-pictures': true,
        decoded: true,
        separated: true,
        really: true,
        comments: true,
      }),
      size: optional(count),
      sample: optional(text),
    }),
  ),
  choices: optional(object<FileChoices>({ hiddenSheets: optional(flag), formulas: optional(flag) })),
});

/** What is sent of a source besides its text. */
export const header = {
  id: text,
  kind: sourceKind,
  title: text,
  url: optional(address),
  lang: optional(text),
  gaps: list(gap),
};

const plainSource = object<Source>({
  ...header,
  text,
  segments: list(segment),
  coverage: optional(object<Coverage>({ visible: count, read: count })),
  choices: optional(object<{ article: number; everything: number }>({ article: count, everything: count })),
  pages: optional(count),
  file: optional(file),
  characters: count,
  words: count,
  readAt: number,
});

/** A source whose passages lie inside its text. */
export const source: Check<Source> = (value, place) => {
  const checked = plainSource(value, place);
  const { length } = checked.text;
  if (checked.segments.some(({ start, end }) => start > end || end > length)) throw new ShapeError(place);
  return checked;
};
