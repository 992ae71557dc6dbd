/** Runs of text with the marks that documents put on them, as Markdown. Nothing is escaped: it is read, not drawn. */

import { safeAddress } from '../../page/markdown/addresses';
import { subscript, superscript } from '../../page/markdown/scripts';

export interface Run {
  text: string;
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  raised?: 'up' | 'down';
  /** Where its words lead. */
  link?: string;
  /** Written already: marks of notes, formulas, pictures. */
  isReady?: boolean;
}

/** Longer raised text is a note in small letters, not an exponent. */
const longestRaised = 40;
/** Soft hyphens, zero-width spaces and byte order marks, which show nothing. */
const unseen = /[\u00ad\u200b\ufeff]/g;

export interface InlineOptions {
  /** Line breaks become spaces: headings, cells of tables. */
  isOneLine?: boolean;
  /** All of it is bold by nature, so that bold says nothing. */
  isBold?: boolean;
}

/** White space is folded as documents show it: tabs stay, lines stay, rows of spaces are one. */
export function inlineMarkdown(runs: readonly Run[], options: InlineOptions = {}): string {
  const pieces: string[] = [];
  let recent = '';
  const write = (text: string) => {
    if (text === '') return;
    pieces.push(text);
    recent = (text.length < 16 ? recent + text : text).slice(-16);
  };
  const merged = mergedRuns(runs, options);
  for (const run of merged) write(run.isReady ? run.text : markedRun(run, recent));
  const text = pieces
    .join('')
    .replace(/[ \u3000]{2,}/g, (spaces) => (spaces.includes('\u3000') ? spaces : ' '));
  const lines = text.split('\n').map((line) => line.replace(/^[ \t]+/, '').trimEnd());
  if (options.isOneLine) return lines.filter(Boolean).join(' ').replaceAll('\t', ' ').trim();
  // Lines that are empty would end the passage for those who read Markdown.
  return lines
    .filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''))
    .join('\n')
    .trim();
}

/** Runs with the same marks are one: Word cuts words wherever somebody has corrected a letter. */
function mergedRuns(runs: readonly Run[], { isBold }: InlineOptions): Run[] {
  const merged: Run[] = [];
  let texts: string[] = [];
  const close = () => {
    const last = merged.at(-1);
    if (last && texts.length > 0) last.text = texts.join('');
    texts = [];
  };
  for (const run of runs) {
    const text = run.text.replace(unseen, '');
    if (text === '') continue;
    const next: Run = {
      ...run,
      text,
      bold: Boolean(run.bold && !isBold),
      link: safeAddress(run.link ?? null),
    };
    const last = merged.at(-1);
    if (last && !last.isReady && !next.isReady && isAlike(last, next)) texts.push(text);
    else {
      close();
      merged.push(next);
      texts = [text];
    }
  }
  close();
  return merged;
}

const isAlike = (one: Run, other: Run) =>
  Boolean(one.bold) === Boolean(other.bold) &&
  Boolean(one.italic) === Boolean(other.italic) &&
  Boolean(one.strike) === Boolean(other.strike) &&
  one.raised === other.raised &&
  one.link === other.link;

function markedRun(run: Run, before: string): string {
  if (run.raised && run.text.length <= longestRaised) {
    const text = run.text.trim();
    return run.raised === 'up' ? superscript(text, before) : subscript(text);
  }
  if (!run.bold && !run.italic && !run.strike && !run.link) return run.text;
  return run.text
    .split('\n')
    .map((line) => markedLine(line, run))
    .join('\n');
}

/** Marks stand around words, white space outside of them. */
function markedLine(line: string, { bold, italic, strike, link }: Run): string {
  const words = line.trim();
  if (words === '') return line;
  const start = line.length - line.trimStart().length;
  // A mark around nothing but signs says nothing: `**:**`.
  const isSaid = /[\p{L}\p{N}]/u.test(words);
  let text = words;
  if (italic && isSaid) text = `*${text}*`;
  if (bold && isSaid) text = `**${text}**`;
  if (strike) text = `~~${text}~~`;
  if (link && link !== words) text = `[${text}](${link})`;
  return line.slice(0, start) + text + line.slice(start + words.length);
}
