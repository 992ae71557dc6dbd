/**
 * Takes Markdown marks off a passage for reading and escapes a sentence for quoting. Words stay to the
 * letter.
 */

import type { PassageKind } from '../../../source';

const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/;

/**
 * Inline HTML that means formatting. Other angle brackets, such as `Array<string>`, are words of the text.
 */
const TAG =
  /<(?:\/?(?:a|abbr|b|bdi|cite|code|del|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)(?:\s[^<>]{0,300})?|!--[^<>]{0,300}--)>/iy;
const LINE_BREAK = /<br\s?\/?>\s*/iy;
const AUTOLINK = /<([a-z][a-z0-9+.-]{1,31}:[^\s<>]{0,2000}|[^\s<>@]{1,64}@[^\s<>@]{1,255})>/iy;
/** `(address "title")` after a link's text: CommonMark 6.3, with one level of brackets inside the address. */
const DESTINATION =
  /\(\s*(<[^<>\n]{0,2000}>|(?:\\.|[^\s()\\])*(?:\((?:\\.|[^\s()\\])*\)(?:\\.|[^\s()\\])*)*)(?:\s+(?:"(?:\\.|[^"\\]){0,500}"|'(?:\\.|[^'\\]){0,500}'|\((?:\\.|[^)\\]){0,500}\)))?\s*\)/y;
const FOOTNOTE = /\[\^[^\]\s]{1,100}\]:?/y;
/** The text of a reference mark, and where one leads. `[3](#chapter-3)` is no such mark: its 3 is a word. */
const REFERENCE = /^\[?(?:\d{1,3}|[a-z*†‡↩])\]?$/;
const NOTE_ADDRESS = /#(?:user-content-)?(?:cite|fn|foot|note|ref|end)/i;
const ORDINARY = /[^\\`$![\]<*_~ \t\r\n]+/y;
const SPACE = /[ \t\r\n]+/y;

/** A run of `*`, `_` or `~~` that may open or close emphasis; `piece` is where it stands in the output. */
interface Delimiter {
  character: string;
  piece: number;
  /** Characters not yet used, out of `length`. */
  count: number;
  length: number;
  both: boolean;
}

/** How far back a closing mark looks for its opening one. Keeps a page full of stars linear. */
const LOOK_BACK = 64;

interface Bracket {
  piece: number;
  image: boolean;
}

/**
 * The words of a Markdown passage without its marks: links become their text; emphasis, bullets, quote and
 * heading marks, footnote marks, code ticks and pictures go; escapes are undone. White space becomes one
 * space, a hard line break one newline. Linear in the length of the passage. After CommonMark 0.31
 * (https://spec.commonmark.org), with the relaxed rule for emphasis beside Han characters
 * (https://github.com/tats-u/markdown-cjk-friendly).
 */
export function plainText(markdown: string, kind: PassageKind = 'text'): string {
  const source = withoutBlockMarks(markdown, kind);
  const pieces: string[] = [];
  const delimiters: Delimiter[] = [];
  const brackets: Bracket[] = [];
  const unclosedTicks = new Set<number>();
  let at = 0;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const take = (length: number, output: string): void => {
    if (output) pieces.push(output);
    at += length;
  };

  while (at < source.length) {
    const character = source.charAt(at);
    const ordinary = match(ORDINARY);
    if (ordinary) take(ordinary[0].length, ordinary[0]);
    else if (character === '\\') takeEscape();
    else if (character === '`') takeCode();
    else if (character === '$') takeMath();
    else if (character === '<') takeAngle();
    else if (character === '[' || (character === '!' && source[at + 1] === '[')) takeOpening();
    else if (character === ']') takeClosing();
    else if (character === '*' || character === '_') takeDelimiter(character);
    else if (character === '~') takeTildes();
    else {
      const space = match(SPACE)?.[0];
      if (space) take(space.length, / {2}\r?\n/.test(space) ? '\n' : ' ');
      else take(1, character);
    }
  }
  return pieces
    .join('')
    .replace(/ *\n\s*/g, '\n')
    .replace(/ {2,}/g, ' ')
    .trim();

  function takeEscape(): void {
    const next = source.charAt(at + 1);
    if (next === '\n') take(2, '\n');
    else if (ASCII_PUNCTUATION.test(next)) take(2, next);
    else take(1, '\\');
  }

  function takeCode(): void {
    const ticks = runLength(source, at);
    const from = at + ticks;
    let close = unclosedTicks.has(ticks) ? -1 : source.indexOf('`', from);
    while (close >= 0 && runLength(source, close) !== ticks)
      close = source.indexOf('`', close + runLength(source, close));
    if (close < 0) {
      unclosedTicks.add(ticks);
      take(ticks, '`'.repeat(ticks));
      return;
    }
    const code = source.slice(from, close).replace(/\s+/g, ' ');
    take(close + ticks - at, /^ .*[^ ].* $/.test(code) ? code.slice(1, -1) : code);
  }

  /**
   * TeX between dollars keeps its `_`, `*` and `\`. Two prices are no formula: Pandoc's rule tells them
   * apart.
   */
  function takeMath(): void {
    const width = source[at + 1] === '$' ? 2 : 1;
    const close = source.indexOf('$'.repeat(width), at + width);
    const inner = close < 0 ? '' : source.slice(at + width, close);
    const formula =
      inner !== '' && inner.trim() === inner && (width === 2 || !/\d/.test(source.charAt(close + 1)));
    if (formula) take(close + width - at, source.slice(at, close + width).replace(/\s+/g, ' '));
    else take(width, '$'.repeat(width));
  }

  function takeAngle(): void {
    const address = match(AUTOLINK);
    const lineBreak = match(LINE_BREAK);
    const tag = match(TAG);
    if (address) take(address[0].length, address[1] ?? '');
    else if (lineBreak) take(lineBreak[0].length, '\n');
    else if (tag) take(tag[0].length, '');
    else take(1, '<');
  }

  function takeOpening(): void {
    const note = match(FOOTNOTE);
    const image = source[at] === '!';
    if (!note) brackets.push({ piece: pieces.length, image });
    if (note) take(note[0].length, '');
    else take(image ? 2 : 1, image ? '![' : '[');
  }

  function takeClosing(): void {
    const opening = brackets.pop();
    at++;
    const destination = match(DESTINATION);
    if (destination && (opening || /^<?(?:[a-z]+:|[/#.])/i.test(destination[1] ?? ''))) {
      at += destination[0].length;
      if (opening) closeLink(opening, destination[1] ?? '');
    } else pieces.push(']');
  }

  /** A link keeps its text; a picture and a reference mark such as [2] go altogether. */
  function closeLink(opening: Bracket, address: string): void {
    const words = pieces.slice(opening.piece + 1, opening.piece + 9).join('');
    const nested = pieces[opening.piece - 1] === '[' && source[at] === ']';
    const bracketed = nested || /^\[.*\]$/.test(words);
    const note = REFERENCE.test(words) && (bracketed ? address.includes('#') : NOTE_ADDRESS.test(address));
    // Emphasis that opened inside a link cannot close outside it.
    while ((delimiters.at(-1)?.piece ?? -1) >= opening.piece) delimiters.pop();
    if (!note && !opening.image) {
      pieces[opening.piece] = '';
      return;
    }
    pieces.length = opening.piece;
    // [[2](#note)]: the brackets around a reference mark go with it.
    if (note && nested) {
      pieces.pop();
      brackets.pop();
      at++;
    }
  }

  /** Two strike through; one is a word ("5~6 days"), more are none of inline Markdown. */
  function takeTildes(): void {
    const length = runLength(source, at);
    if (length === 2) takeDelimiter('~');
    else take(length, '~'.repeat(length));
  }

  function takeDelimiter(character: string): void {
    const length = runLength(source, at);
    const { opens, closes } = flanking(source, at, length);
    const both = opens && closes;
    let left = length;
    const bottom = Math.max(0, delimiters.length - LOOK_BACK);
    for (let index = delimiters.length - 1; closes && left > 0 && index >= bottom; index--) {
      const opener = delimiters[index];
      if (opener?.character !== character || refuses(opener, length, both)) continue;
      const used = Math.min(left, opener.count);
      left -= used;
      opener.count -= used;
      pieces[opener.piece] = character.repeat(opener.count);
      delimiters.length = opener.count > 0 ? index + 1 : index;
    }
    if (opens && left > 0) delimiters.push({ character, piece: pieces.length, count: left, length, both });
    take(length, character.repeat(left));
  }
}

/** CommonMark 6.2, rules 9 and 10: `*a**b*` is one emphasis around `a**b`. */
function refuses(opener: Delimiter, length: number, both: boolean): boolean {
  return (
    (both || opener.both) && (opener.length + length) % 3 === 0 && (opener.length % 3 > 0 || length % 3 > 0)
  );
}

/** Whether a delimiter run may open or close emphasis: left- and right-flanking runs of CommonMark 6.2. */
function flanking(source: string, at: number, count: number): { opens: boolean; closes: boolean } {
  const before = source.charAt(at - 1) || ' ';
  const after = source.charAt(at + count) || ' ';
  const spaceBefore = /\s/.test(before);
  const spaceAfter = /\s/.test(after);
  const markBefore = PUNCTUATION.test(before) && !CJK.test(before);
  const markAfter = PUNCTUATION.test(after) && !CJK.test(after);
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore || CJK.test(before));
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter || CJK.test(after));
  if (source[at] !== '_') return { opens: left, closes: right };
  return { opens: left && (!right || markBefore), closes: right && (!left || markAfter) };
}

function runLength(source: string, at: number): number {
  let end = at + 1;
  while (source[end] === source[at]) end++;
  return end - at;
}

/** Marks at the start of a line. A number in front of plain text ("1984. A novel") is a word and stays. */
function withoutBlockMarks(markdown: string, kind: PassageKind): string {
  let text = markdown;
  if (kind === 'heading') text = text.replace(/^\s*#{1,6}[ \t]+/, '').replace(/[ \t]+#+[ \t]*$/, '');
  if (kind === 'quote') text = text.replace(/^[ \t]*(?:>[ \t]?)+/gm, '');
  if (kind === 'quote' || kind === 'list-item')
    text = text.replace(/^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?:#{1,6}[ \t]+)?/gm, '');
  return text;
}

/**
 * A sentence as Markdown that renders to exactly its words: everything CommonMark or GFM would read as a mark
 * is escaped, bare web addresses too (a link would show the backslashes inside it). `text` is one line.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<~]/g, '\\$&')
    .replace(/&(?=#?[a-z0-9]{1,32};)/gi, '\\&')
    .replace(/(https?|ftp)(?=:\/\/)/gi, '$1\\')
    .replace(/www(?=\.)/gi, '$&\\')
    .replace(/^[#+\->=|:]/, '\\$&')
    .replace(/^(\d{1,9})(?=[.)])/, '$1\\');
}
