import { type Inline, readInline } from './inline-marks';
import type { LineShape } from './source-units';

/** Lines of Markdown: the signs they begin with, and lines that belong together. */

/** Signs at the beginning of a line that make it a quote, an item, a heading, a note or a task. */
const structure =
  /[ \t]*(?:(>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|:(?=[ \t])|#{1,6}(?=[ \t])|\[\^[^\]\s]{1,60}\]:(?=[ \t])|\[[ xX]\](?=[ \t]))|(?=\S|$))/y;

/** A translation that begins like a list or a heading is none. */
export function withoutStructure(text: string): string {
  structure.lastIndex = 0;
  const mark = structure.exec(text)?.[1];
  if (!mark) return /^(?:\||`{3}|~{3})/.test(text) ? `\\${text}` : text;
  return text.replace(mark, /^\d/.test(mark) ? mark.replace(/.$/, '\\$&') : `\\${mark}`);
}

/** A line of a passage: what makes its place, and its words. */
export interface Line {
  prefix: string;
  shape: LineShape;
  text: string;
  /** White space at its end. */
  end: string;
}

/** Reads the signs at the beginning of a line. */
export function readLine(line: string): Line {
  const shape: Line['shape'] = { type: 'line', quotes: 0, indent: 0 };
  let at = 0;
  // A line has a few of these signs; a hostile one has them without end, and is one line all the same.
  for (let marks = 0; marks < 40; marks++) {
    structure.lastIndex = at;
    const [whole, mark] = structure.exec(line) ?? [];
    if (whole === undefined) break;
    at += whole.length;
    // The space after a sign belongs to it; what is more indents.
    const white = whole.slice(0, whole.length - (mark?.length ?? 0)).replaceAll('\t', '    ').length;
    shape.indent += Math.max(0, white - (marks > 0 ? 1 : 0));
    if (mark === undefined) break;
    if (mark === '>') shape.quotes++;
    else if (mark.startsWith('#')) shape.heading = mark.length;
    else if (mark.startsWith('[') && !mark.endsWith(':')) shape.task = mark !== '[ ]';
    else {
      if (shape.marker !== undefined) shape.indent += shape.marker.length + 1;
      shape.marker = mark;
    }
  }
  const rest = line.slice(at);
  const text = rest.trimEnd();
  return { prefix: line.slice(0, at), shape, text, end: rest.slice(text.length) };
}

/** Lines that a program broke at a width are one line; those that somebody broke are kept apart by marks. */
export function runOf(lines: string[], breaks: readonly string[]): Inline {
  if (lines.length === 1) return readInline(lines[0] ?? '');
  const raw = lines.map((line, index) => (index === 0 ? line : `${breaks[index - 1]}${line}`)).join('');
  if (isWrapped(lines)) {
    const joined = lines.reduce(
      (text, line) => text + (isDense(text.slice(-1)) && isDense(line[0]) ? '' : ' ') + line,
    );
    return { ...readInline(joined), raw };
  }
  return { ...readInline(lines.join('\n'), breaks), raw };
}

const isDense = (character: string | undefined): boolean =>
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{P}]/u.test(character ?? '') && /[^!-~]/.test(character ?? '');

/** Narrower than this nobody has a program break lines. */
const narrowest = 45;
const widest = 160;

/** Whether each line was broken because the first word of the next had no room on it. */
function isWrapped(lines: string[]): boolean {
  const width = Math.max(...lines.map((line) => line.length));
  if (width < narrowest || width > widest) return false;
  return lines.every((line, index) => {
    const next = lines[index + 1];
    if (next === undefined) return true;
    const word = /^\S+/.exec(next)?.[0].length ?? 0;
    return line.length + 1 + Math.min(word, width / 2) > width - 2;
  });
}

/** Code without the fence around it. What stands beside the opening marks is the name of a language, or code too. */
export function withoutFence(raw: string): string {
  const [, marks = '', beside = '', code] =
    /^\s*(`{3,}|~{3,})[ \t]*([^\n]*)(?:\n([\s\S]*))?$/.exec(raw) ?? [];
  if (!marks || code === undefined || !/^[\w+#.-]*$/.test(beside.trim())) return raw;
  return code.replace(/(?:^|\n)[ \t>]*(?:`{3,}|~{3,})[ \t]*$/, '');
}
