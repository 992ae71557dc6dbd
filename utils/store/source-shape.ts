/** What a source may be when it comes from a file. */

import type { Coverage, Gap, GapCode, Segment, Source, SourceKind } from '../source';
import { type Check, count, list, number, object, oneOf, optional, ShapeError, text } from './shape';

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
