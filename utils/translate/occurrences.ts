/** Where a text has a term: whole words in alphabets, any place in scripts that do not part words. */

import type { Source } from '../source';
import type { Term } from './types';

const usual: Term['match'] = { caseSensitive: false, wholeWord: true };

/** Scripts that write words without spaces between them. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
const inWord = /[\p{L}\p{N}_]/u;
const patterns = new Map<string, RegExp>();

/**
 * What finds a term. Whole words only, unless it is told otherwise or the term begins or ends with a character of a script
 * without spaces; English plurals and possessives count. With `caseSensitive` the first letter alone may differ, as at
 * the beginning of a sentence. Any white space parts words.
 */
export function termPattern(source: string, { caseSensitive, wholeWord } = usual): RegExp {
  const key = `${Number(caseSensitive)}${Number(wholeWord)}${source}`;
  const known = patterns.get(key);
  if (known) {
    // It is shared, and remembers where it was last.
    known.lastIndex = 0;
    return known;
  }
  const words = source.trim().normalize('NFC').split(/\s+/u);
  const [first = ''] = words[0] ?? '';
  let body = words.map(escaped).join('\\s+');
  if (caseSensitive && first.toLowerCase() !== first.toUpperCase())
    body = `[${escaped(first.toLowerCase())}${escaped(first.toUpperCase())}]${body.slice(escaped(first).length)}`;
  const last = source.trim().at(-1) ?? '';
  const before = wholeWord && inWord.test(first) && !unspaced.test(first) ? '(?<![\\p{L}\\p{N}_])' : '';
  const isLatin = /\p{Script=Latin}/u.test(last);
  const after =
    wholeWord && inWord.test(last) && !unspaced.test(last)
      ? `${isLatin ? "(?:[’']s|[’']|s|es)?" : ''}(?![\\p{L}\\p{N}_])`
      : '';
  const pattern = new RegExp(`${before}${body}${after}`, caseSensitive ? 'gu' : 'giu');
  // Terms come and go with pages; the list of their patterns must not grow for ever.
  if (patterns.size > 5_000) patterns.clear();
  patterns.set(key, pattern);
  return pattern;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Whether a text has a term. */
export function hasTerm(text: string, { source, match }: Pick<Term, 'source' | 'match'>): boolean {
  const pattern = termPattern(source, match);
  return source.trim() !== '' && pattern.test(text);
}

/** As the model names a term: its case tells senses apart (the Chair, the chair). */
const asNamed: Term['match'] = { caseSensitive: true, wholeWord: true };

/** How often a text has these words. */
export function countOf(text: string, source: string, match = asNamed): number {
  if (!source.trim()) return 0;
  let count = 0;
  for (const _ of text.matchAll(termPattern(source, match))) count++;
  return count;
}

/** The number (¶) of the first paragraph with these words. */
export function firstParagraphWith(
  { text, segments }: Pick<Source, 'text' | 'segments'>,
  source: string,
  match = asNamed,
): number | undefined {
  if (!source.trim()) return undefined;
  for (const { number, start, end } of segments) {
    const pattern = termPattern(source, match);
    if (pattern.test(text.slice(start, end))) return number;
  }
  return undefined;
}
