import { firstCharacter, isWide, lastCharacter } from './characters';
import { type Inline, plainText } from './inline';

/** Words of a document that stand whole on one line, to tell a broken word from a compound. */
export type Vocabulary = Set<string>;

/** Letters, with hyphens and apostrophes inside. */
const word = /[\p{L}\p{M}]+(?:[-’'][\p{L}\p{M}]+)*/gu;

/** Adds the words of a line, except the last when the line breaks it and the first when the line before did. */
export function learnWords(vocabulary: Vocabulary, line: string, previous: string | undefined): void {
  const words = [...line.matchAll(word)];
  const isBroken = /[-\u00ad\u2010]$/.test(line);
  const continues = previous !== undefined && /[-\u00ad\u2010]$/.test(previous);
  for (const [index, match] of words.entries()) {
    if (index === 0 && continues) continue;
    if (index === words.length - 1 && isBroken) continue;
    const text = match[0].toLowerCase();
    vocabulary.add(text);
    if (text.includes('-')) for (const part of text.split('-')) vocabulary.add(part);
  }
}

/** Puts the next line behind a text. A hyphen at the end goes only where it surely belongs to the typesetting. */
export function joinLine(before: Inline[], line: Inline[], vocabulary: Vocabulary): void {
  const last = before.at(-1);
  const first = line[0];
  if (!last || !first) {
    before.push(...line);
    return;
  }
  last.text = last.text.trimEnd();
  const rest = plainText(line).trimStart();
  const text = plainText(before.slice(-3));
  const separator = separatorBetween(text, rest, vocabulary);
  if (separator === 'mend') last.text = last.text.slice(0, -1);
  else if (separator === ' ') {
    if (last.link === first.link) last.text += ' ';
    else before.push({ text: ' ' });
  }
  before.push({ ...first, text: first.text.trimStart() }, ...line.slice(1));
}

/** What stands between two lines of one paragraph: a space, nothing, or less than nothing: the hyphen goes. */
export function separatorBetween(before: string, after: string, vocabulary: Vocabulary): ' ' | '' | 'mend' {
  const end = lastCharacter(before);
  if (end === '\u00ad') return 'mend';
  if ((end === '-' || end === '\u2010') && /[\p{L}\d][-\u2010]$/u.test(before)) {
    return /^\p{Ll}/u.test(after) && isTypographic(before, after, vocabulary) ? 'mend' : '';
  }
  // A dash or a slash at the end of a line is followed directly.
  if (end === '—' || end === '/') return '';
  if (isWide(end) && isWide(firstCharacter(after))) return '';
  if (
    (isWide(end) && /^[\p{P}]/u.test(after)) ||
    (/[，。、；：！？）】」』”’]$/.test(before) && isWide(firstCharacter(after)))
  )
    return '';
  return ' ';
}

/** The document itself decides: it has the whole word, or it has no use for the halves. */
function isTypographic(before: string, after: string, vocabulary: Vocabulary): boolean {
  const left =
    before
      .slice(0, -1)
      .match(/[\p{L}\p{M}’'-]+$/u)?.[0]
      .toLowerCase() ?? '';
  const right = after.match(/^[\p{L}\p{M}’']+/u)?.[0].toLowerCase() ?? '';
  if (!left || !right) return false;
  if (vocabulary.has(left + right)) return true;
  if (vocabulary.has(`${left}-${right}`)) return false;
  const half = left.split('-').at(-1) ?? left;
  return !vocabulary.has(half) && half.length > 1 && !prefixes.has(half);
}

/** Words that often keep their hyphen before another word, whether or not the document has them alone. */
const prefixes = new Set(
  'all anti co cross ex half high long low mid multi non off on post pre pro quasi real self semi short single three two well'.split(
    ' ',
  ),
);
