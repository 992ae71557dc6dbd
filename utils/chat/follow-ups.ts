/**
 * The questions that a model suggests at the end of its answer, told apart from the answer. They are asked for in
 * utils/prompts/instructions.ts, between two marks. The record keeps every byte that was received; what is shown,
 * copied and exported is the answer without them.
 *
 * A block of suggestions is taken out only when it is what was asked for: a few short lines. Whatever else stands
 * between the marks is text of the answer, and only the marks go: nobody can hide an answer in there.
 */

import type { AnswerRecord } from '../store/records';
import { termsAsList } from './terms-in-answer';

export interface SplitAnswer {
  /** The answer without suggestions and without marks. */
  body: string;
  /** At most three questions in one line each, as plain text. */
  followUps: string[];
}

/** Suggestions that are offered; models that are asked for three sometimes write more. */
const most = 3;
/** A block with more lines, or with longer ones (in UTF-16 units), is none. */
const mostLines = 20;
const longestLine = 300;

const opener = /<follow[-_ ]?ups?>/i;
const closer = /<\/follow[-_ ]?ups?>/i;
/** The beginning of either mark at the end of what has arrived. */
const begun = /<\/?(?:f(?:o(?:l(?:l(?:o(?:w(?:[-_ ]?(?:u(?:p(?:s)?)?)?)?)?)?)?)?)?)?$/i;
/** Within a comparison, whose lines are JSON, it can be nothing else: the model forgot to end the block. */
const loneOpener = /^\s*<follow[-_ ]?ups?>\s*$/i;
const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** Splits what a model wrote. `streaming`: more may come, so half a mark at the end is not shown yet. */
export function splitFollowUps(text: string, streaming = false): SplitAnswer {
  if (!/<\/?follow/i.test(text)) return { body: withoutBegun(text, streaming), followUps: [] };
  const body: string[] = [];
  const items: string[] = [];
  let block: string[] | undefined;
  let open = '';
  let isComparison = false;
  /** `closed`: its end mark has come. */
  const finish = (closed: boolean) => {
    const lines = block ?? [];
    block = undefined;
    if (!isAskedFor(lines)) body.push(...lines.filter((line) => line.trim()));
    else if (closed || !streaming) items.push(...lines);
  };
  const take = (line: string): void => {
    if (block) {
      const [before = '', after] = cut(line, closer);
      block.push(before);
      if (after === undefined) return;
      finish(true);
      if (/[^\s*_-]/.test(after)) take(after);
      return;
    }
    const [mark, info = ''] = fence.exec(line)?.slice(1) ?? [];
    if (open ? mark?.startsWith(open) : mark) {
      open = open ? '' : (mark ?? '');
      isComparison = /^\s*comparison\b/i.test(info);
    } else if (open && isComparison && loneOpener.test(line)) open = '';
    const [before = '', after] = open || mark ? [line] : cut(line, opener);
    if (after !== undefined && isMark(before, after)) {
      if (/[^\s*_-]/.test(before)) body.push(before);
      // What has been shown of a text that streams only ever grows.
      if (streaming && body.length > 0) body.push('');
      block = [];
      take(after);
    } else if (open || !isLoneCloser(line)) body.push(line);
  };
  for (const line of withoutBegun(text, streaming).split('\n')) take(line);
  if (block) finish(false);
  const answer = streaming ? body.join('\n') : body.join('\n').trimEnd();
  // Suggestions alone are the answer: there is nothing else to show.
  if (!answer.trim() && !streaming) return { body: items.join('\n').trim(), followUps: [] };
  const questions = questionsOf(items);
  const followUps = questions.slice(0, most);
  // What is offered as no button stays in the answer: nothing that was written is left out.
  const rest = streaming ? [] : questions.slice(most).map((line) => `- ${line}`);
  return { body: rest.length > 0 ? `${answer}\n\n${rest.join('\n')}` : answer, followUps };
}

/** Splits an answer. The built-in reader quotes its text and suggests nothing. */
export const splitAnswer = ({ text, state, provider }: AnswerRecord): SplitAnswer =>
  provider === 'excerpts' ? { body: text, followUps: [] } : splitFollowUps(text, state === 'streaming');

/** What is shown, copied and exported of an answer. */
export const bodyOf = (answer: AnswerRecord): string => termsAsList(splitAnswer(answer).body);

/** What stands before and after a mark; alone when there is none. */
function cut(line: string, mark: RegExp): [string] | [string, string] {
  const found = mark.exec(line);
  return found ? [line.slice(0, found.index), line.slice(found.index + found[0].length)] : [line];
}

/** A mark stands at the beginning of a line or at its end; one in the middle, or in code, is spoken of. */
const isMark = (before: string, after: string): boolean =>
  /^[\s*_-]*$/.test(before) || (!after.trim() && !before.includes('`'));

const isLoneCloser = (line: string): boolean => {
  const [before, after] = cut(line, closer);
  return after !== undefined && !before.trim() && !after.trim();
};

/** Half a mark at the end: while more may come it is held back, and what was cut there stays away. */
function withoutBegun(text: string, streaming: boolean): string {
  const tail = text.slice(-'</follow-ups>'.length);
  const found = begun.exec(tail);
  if (!found) return text;
  const start = text.length - tail.length + found.index;
  const isAtStart = start === 0 || text[start - 1] === '\n';
  return streaming || (isAtStart && found[0].length > 2) ? text.slice(0, start) : text;
}

const isAskedFor = (lines: string[]): boolean =>
  lines.filter((line) => line.trim()).length <= mostLines &&
  lines.every((line) => line.length <= longestLine);

/** Signs of a list before a question, and signs of emphasis around it. */
const listSign = /^(?:[-*+•·–—]|[（(]?\d{1,2}[.)、．）:：])\s*/;
/** Characters that are not seen, or turn others around. The joiners of scripts that need them stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unseen = /[\u0000-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function questionsOf(lines: string[]): string[] {
  const questions = lines
    .map((line) =>
      line
        .replace(unseen, ' ')
        .trim()
        .replace(listSign, '')
        .replace(/^(\*\*|__|["“「])(.*)(\*\*|__|["”」])$/, '$2')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    // A heading over the list and the word for “none” are no questions.
    .filter(
      (line) => /\p{L}.*\p{L}/u.test(line) && !/[:：]$/.test(line) && !/^(none|n\/a|没有)[.。]?$/i.test(line),
    );
  return [...new Set(questions)];
}
