/** SubRip and WebVTT, which differ in little: a line with two times, and the text below it. */

import type { Cue, Subtitles } from '../subtitles';

const time = String.raw`(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?`;
const timing = new RegExp(String.raw`^\s*${time}\s*-{1,2}>\s*${time}(?:\s|$)`);

/** The longest line that can hold two times and their settings. */
const longestTiming = 1_000;

export function parseCues(text: string): Subtitles {
  const lines = text.split('\n');
  const isWeb = /^\s*WEBVTT/.test(text);
  const timings = lines.map((line) =>
    line.length < longestTiming && line.includes('>') ? timing.exec(line) : null,
  );
  // Captions that roll have the time of every word in the new line, and the line before once more above it.
  const isRolling = isWeb && /<\d\d:\d\d:\d\d\.\d{3}>/.test(text);
  const cues: Cue[] = [];
  const title = isWeb ? /^\s*WEBVTT[ \t]+(?:-[ \t]*)?(.*)/.exec(lines[0] ?? '')?.[1]?.trim() : undefined;
  let last = '';
  const first = timings.findIndex((found) => found !== null);
  if (isWeb) cues.push(...notesIn(lines.slice(0, first === -1 ? lines.length : first), 0));
  for (let index = 0; index < lines.length; index++) {
    const found = timings[index];
    if (!found) continue;
    let end = index + 1;
    while (end < lines.length && !timings[end]) end++;
    const [start, until] = [secondsOf(found.slice(1, 5)), secondsOf(found.slice(5, 9))];
    const isLast = end === lines.length;
    const { shown, notes } = partsOf(lines.slice(index + 1, end), isWeb, isLast);
    const said: string[] = [];
    for (const line of shown) {
      const words = plainLine(line, isWeb);
      if (words.trim() === '') continue;
      if (isRolling && !/<\d\d:/.test(line) && words.trim() === last) continue;
      said.push(words);
      last = words.trim();
    }
    if (said.length > 0) cues.push({ start, end: until, text: said.join('\n') });
    cues.push(...notesIn(notes, until));
  }
  return { ...(title ? { title } : {}), cues, gaps: [] };
}

/** The lines between two times: the text, and what belongs to the cue after it or to none. */
function partsOf(lines: string[], isWeb: boolean, isLast: boolean): { shown: string[]; notes: string[] } {
  if (isWeb) {
    // An empty line ends a cue; behind it may stand notes, styles, and the name of the next cue.
    const end = lines.indexOf('');
    return end === -1 ? { shown: lines, notes: [] } : { shown: lines.slice(0, end), notes: lines.slice(end) };
  }
  // Files made by hand have empty lines inside a cue: all counts but the number of the next one.
  const shown = [...lines];
  while (shown.at(-1)?.trim() === '') shown.pop();
  if (!isLast && shown.length > 0 && /^\s*\d+\s*$/.test(shown.at(-1) ?? '')) {
    const isDirect = lines.at(-1) === shown.at(-1);
    const isAlone = isDirect || (shown.length > 1 && shown.at(-2)?.trim() === '');
    if (isAlone) shown.pop();
  }
  return { shown, notes: [] };
}

/** The comments of a WebVTT file, as they are written; styles and regions say nothing. */
function notesIn(lines: string[], at: number): Cue[] {
  const blocks = lines.join('\n').split(/\n[ \t]*\n/);
  return blocks
    .map((block) => block.trim())
    .filter((block) => /^NOTE(\s|$)/.test(block) && block.length > 5)
    .map((text) => ({ start: at, end: at, text }));
}

function secondsOf([hours, minutes, seconds, thousandths]: (string | undefined)[]): number {
  const part = Number(`0.${thousandths ?? 0}`);
  return Number(hours ?? 0) * 3_600 + Number(minutes) * 60 + Number(seconds) + part;
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
  quot: '"',
  apos: "'",
};

/** A line without tags, and who speaks it in front. What only looks like a tag stays. */
export function plainLine(line: string, isWeb: boolean): string {
  let text = line;
  if (text.includes('<')) {
    text = text
      .replace(/<v(?:\.[^\s>]{0,80})?[ \t]+([^<>]{1,200})>/gi, (_, name: string) => `${name.trim()}: `)
      .replace(/<\/?(?:i|b|u|s|em|strong|font|span|c|v|lang|ruby|rt|rp|br)(?:[\s.][^<>]{0,300})?\/?>/gi, '')
      .replace(/<\d{1,4}:\d\d(?::\d\d)?[.,]\d{1,3}>/g, '');
  }
  // Places and fades, as they came over from SubStation.
  if (text.includes('{\\')) text = text.replace(/\{\\[^{}]{0,300}\}/g, '');
  if (isWeb && text.includes('&'))
    text = text.replace(
      /&(amp|lt|gt|nbsp|lrm|rlm|quot|apos);/g,
      (whole, name: string) => entities[name] ?? whole,
    );
  return text.trimEnd();
}
