import type { TokenizerExtension, Tokens } from 'marked';

/** A formula in an answer: `$x$`, `$$x$$`, `\(x\)`, `\[x\]`. */
export interface FormulaToken extends Tokens.Generic {
  type: 'formula';
  raw: string;
  /** The TeX between the marks. */
  source: string;
  /** On a line of its own. */
  display: boolean;
  /** Its closing mark has not come yet: shown as it is written. */
  open?: boolean;
}

/** Characters in which a formula in a line must close. Longer ones are no formulas, and looking stays linear. */
const longestInLine = 2_000;
/** The same for a formula of its own. Pages of TeX are code, and belong into a fence. */
const longestBlock = 6_000;

const pairs = [
  { open: '$$', close: '$$', display: true },
  { open: '\\[', close: '\\]', display: true },
  { open: '\\(', close: '\\)', display: false },
] as const;

const blankLine = /\n[ \t]*\n/;
const cjk = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;
/** Two small letters or more that stand as a word: “$5 or 10$” is about money. */
const plainWord = /(?:^|[\s,;])\p{Ll}{2,}(?=[\s,.;]|$)/u;

/** Whether what stands between two marks is mathematics, rather than a sentence between two prices. */
function readsAsFormula(body: string): boolean {
  if (!body.trim()) return false;
  if (/\\[a-zA-Z]/.test(body)) return true;
  return !cjk.test(body) && (/[\^_{]/.test(body) || !plainWord.test(body));
}

/** Where `mark` closes a formula that ends before `limit`, or -1. */
function closingAt(source: string, mark: string, from: number, limit: number): number {
  const window = source.slice(0, limit);
  for (let at = window.indexOf(mark, from); at !== -1; at = window.indexOf(mark, at + 1)) {
    // A backslash before it escapes the mark, two are a line break before it.
    let slashes = 0;
    while (window[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

/** The formula that begins at the beginning of `source`, in a line of text. */
export function formulaAt(source: string): FormulaToken | undefined {
  for (const { open, close, display } of pairs) {
    if (!source.startsWith(open)) continue;
    const end = closingAt(source, close, open.length, longestInLine);
    if (end === -1) return undefined;
    const body = source.slice(open.length, end);
    if (blankLine.test(body) || !readsAsFormula(body)) return undefined;
    return { type: 'formula', raw: source.slice(0, end + close.length), source: body.trim(), display };
  }
  // A single mark is a price more often than not: no space inside the marks, no letter or digit after them.
  if (!/^\$[^\s$]/.test(source)) return undefined;
  const end = closingAt(source, '$', 1, longestInLine);
  if (end === -1 || /\s/.test(source[end - 1] ?? ' ') || /[\p{L}\p{N}$]/u.test(source[end + 1] ?? ''))
    return undefined;
  const body = source.slice(1, end);
  if (blankLine.test(body) || !readsAsFormula(body)) return undefined;
  return { type: 'formula', raw: source.slice(0, end + 1), source: body, display: false };
}

/** The formula in lines of its own that begins at the beginning of `source`. */
function formulaBlockAt(source: string): FormulaToken | undefined {
  const mark = /^ {0,3}(\$\$|\\\[)(?!\$)/.exec(source);
  if (!mark) return undefined;
  const [lead, open] = mark;
  const close = open === '$$' ? '$$' : '\\]';
  const end = closingAt(source, close, lead.length, longestBlock);
  if (end === -1 && source.length > longestBlock) return undefined;
  if (blankLine.test(end === -1 ? source : source.slice(0, end))) return undefined;
  if (end === -1) {
    // Until its end or a blank line comes, its lines are no lists and no headings.
    return { type: 'formula', raw: source, source: source.trimEnd(), display: true, open: true };
  }
  const rest = /^[ \t]*(?:\n|$)/.exec(source.slice(end + close.length));
  if (!rest) return undefined;
  const body = source.slice(lead.length, end).trim();
  if (!body) return undefined;
  return {
    type: 'formula',
    raw: source.slice(0, end + close.length) + rest[0],
    source: body,
    display: true,
  };
}

const firstOf = (...places: number[]) => {
  const found = places.filter((place) => place !== -1);
  return found.length ? Math.min(...found) : undefined;
};

export const formulaInLine: TokenizerExtension = {
  name: 'formula',
  level: 'inline',
  start: (source) => firstOf(source.indexOf('$'), source.indexOf('\\('), source.indexOf('\\[')),
  tokenizer: formulaAt,
};

export const formulaBlock: TokenizerExtension = {
  name: 'formula',
  level: 'block',
  // A formula that really is one ends the paragraph it follows. Looked for in that paragraph alone, and found only
  // when it is whole: a paragraph cut in many places is read as often.
  start: (source) => {
    if (!source.includes('$$') && !source.includes('\\[')) return undefined;
    const end = source.search(blankLine);
    const paragraph = end === -1 ? source : source.slice(0, end);
    const nextClose: Record<string, number> = {};
    for (const { index, 1: open = '' } of paragraph.matchAll(/\n {0,3}(\$\$|\\\[)/g)) {
      const close = open === '$$' ? '$$' : '\\]';
      const from = index + 3;
      if ((nextClose[close] ?? -1) < from) {
        const at = paragraph.indexOf(close, from);
        nextClose[close] = at === -1 ? Number.POSITIVE_INFINITY : at;
      }
      const distance =
        Math.min(nextClose[close] ?? 0, end === -1 ? source.length : (nextClose[close] ?? 0)) - index;
      if (distance <= longestBlock && formulaBlockAt(source.slice(index + 1))) return index + 1;
    }
    return undefined;
  },
  tokenizer: formulaBlockAt,
};

/** The text with its formulas blotted out, for marked's search for stars and underlines; as long as before. */
export function withoutFormulas(text: string): string {
  if (!text.includes('$') && !text.includes('\\(') && !text.includes('\\[')) return text;
  const pieces: string[] = [];
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character !== '$' && character !== '\\') continue;
    const formula = formulaAt(text.slice(at, at + longestInLine + 2));
    if (formula) {
      pieces.push(text.slice(last, at), 'a'.repeat(formula.raw.length));
      at += formula.raw.length - 1;
      last = at + 1;
    } else if (character === '\\') at++;
  }
  return pieces.join('') + text.slice(last);
}
