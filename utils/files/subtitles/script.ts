/** SubStation Alpha and Advanced SubStation Alpha: sections, and events with as many fields as their format names. */

import type { Gap } from '../../source';
import { namesSample } from '../file-reading';
import type { Cue, Subtitles } from '../subtitles';

export const isScript = (text: string): boolean =>
  /^\s*\[(Script Info|V4\+? Styles|Events)\]/i.test(text.slice(0, 2_000)) ||
  /^Dialogue:\s*[^,\n]*,\d/m.test(text);

const usual = 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';

export function parseScript(text: string): Subtitles {
  let fields = fieldsOf(usual);
  let title: string | undefined;
  let section = '';
  const cues: Cue[] = [];
  const comments: string[] = [];
  const embedded: string[] = [];
  let drawings = 0;
  for (const line of text.split('\n')) {
    const head = /^\s*\[([^\]]{1,60})\]\s*$/.exec(line)?.[1];
    if (head) {
      section = head.toLowerCase();
      continue;
    }
    const colon = line.indexOf(':');
    const key = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (section === 'script info' && key === 'title' && value) title = value;
    else if (section === 'fonts' || section === 'graphics') {
      if (key === 'fontname' || key === 'filename') embedded.push(value);
    } else if (section === 'events' && key === 'format') fields = fieldsOf(value);
    else if (key === 'dialogue' || (key === 'comment' && section === 'events')) {
      const event = eventOf(value, fields);
      if (!event) continue;
      const { words, isDrawing } = plainText(event.text);
      if (isDrawing) drawings++;
      if (words.trim() === '') continue;
      if (key === 'comment') comments.push(words);
      else cues.push({ ...event, text: event.name ? `${event.name}: ${words}` : words });
    }
  }
  const gaps: Gap[] = [
    { why: 'hidden', size: comments.reduce((sum, { length }) => sum + length, 0), sample: comments[0] },
    { why: 'embedded-files', size: embedded.length, sample: namesSample(embedded) },
    { why: 'pictures', size: drawings },
  ];
  // Signs and speech are kept in separate rows; the eye sees them in the order of time.
  cues.sort((a, b) => a.start - b.start);
  return {
    ...(title ? { title } : {}),
    cues: cues.map(({ start, end, text: said }) => ({ start, end, text: said })),
    gaps,
  };
}

const fieldsOf = (format: string) => format.split(',').map((field) => field.trim().toLowerCase());

/** The text is the last field, and has commas of its own. */
function eventOf(value: string, fields: readonly string[]): (Cue & { name: string }) | undefined {
  const values: string[] = [];
  let at = 0;
  for (let field = 1; field < fields.length; field++) {
    const comma = value.indexOf(',', at);
    if (comma === -1) return undefined;
    values.push(value.slice(at, comma).trim());
    at = comma + 1;
  }
  values.push(value.slice(at));
  const of = (field: string) => values[fields.indexOf(field)] ?? '';
  return {
    start: secondsOf(of('start')),
    end: secondsOf(of('end')),
    text: of('text'),
    name: of('name') || of('actor'),
  };
}

function secondsOf(time: string): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d+):(\d+(?:\.\d+)?)/.exec(time) ?? [];
  return Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

/** What is shown of a text: braces hold instructions, and after `\p1` come the strokes of a drawing. */
function plainText(text: string): { words: string; isDrawing: boolean } {
  let words = '';
  let isDrawing = false;
  let draws = false;
  for (let at = 0; at < text.length; ) {
    const brace = text.indexOf('{', at);
    const end = brace === -1 ? -1 : text.indexOf('}', brace);
    const until = end === -1 ? text.length : brace;
    if (!draws) words += text.slice(at, until);
    if (end === -1) break;
    const mode = /.*\\p(\d)/.exec(text.slice(brace, Math.min(end, brace + 2_000)))?.[1];
    if (mode !== undefined) draws = mode !== '0';
    isDrawing ||= draws;
    at = end + 1;
  }
  return {
    words: words
      .replace(/\\[Nn]/g, '\n')
      .replaceAll('\\h', ' ')
      .trim(),
    isDrawing,
  };
}
