import type { Token, Tokens } from 'marked';
import { type CheckedMark, type CheckOptions, checkCitations } from '@/utils/citations';
import type { Source } from '@/utils/source';

/** What stands in the tokens of a block that have citations: words and citations in turn. */
export type CitedPieces = Map<Token, (string | CheckedMark)[]>;

/** Finds and checks the citations of a block. `sources` in the order of their numbers. */
export function citedPieces(
  tokens: Token[],
  sources: readonly Source[],
  options: CheckOptions = {},
): CitedPieces {
  const leaves = leavesOf(tokens);
  const text = leaves.map((leaf) => leaf.text).join('');
  return distribute(leaves, checkCitations(text, sources, options));
}

interface Leaf {
  token: Token;
  text: string;
}

/** The tokens that hold the text of a block, in order. */
function leavesOf(tokens: Token[], leaves: Leaf[] = []): Leaf[] {
  for (const token of tokens) {
    const { tokens: inner } = token as { tokens?: Token[] };
    if (token.type === 'image') continue;
    if (inner) leavesOf(inner, leaves);
    else leaves.push({ token, text: textOf(token) });
  }
  return leaves;
}

function textOf(token: Token): string {
  if (token.type === 'br') return '\n';
  if (token.type === 'codespan' || token.type === 'escape') return (token as Tokens.Codespan).text;
  return decodeEntities(token.type === 'text' ? (token as Tokens.Text).text : token.raw);
}

function distribute(leaves: Leaf[], marks: CheckedMark[]): CitedPieces {
  const pieces: CitedPieces = new Map();
  let start = 0;
  let next = 0;
  for (const { token, text } of leaves) {
    const end = start + text.length;
    const list: (string | CheckedMark)[] = [];
    let last = start;
    // A citation belongs to the token in which it ends.
    for (let mark = marks[next]; mark && mark.end <= end; mark = marks[++next]) {
      const from = Math.max(mark.start, start);
      // Code is shown as it is, unless a citation is all that it has.
      if (token.type === 'codespan' && (from > start || mark.end < end)) continue;
      if (from > last) list.push(text.slice(last - start, from - start));
      list.push(mark);
      last = mark.end;
    }
    if (list.length > 0) {
      if (last < end) list.push(text.slice(last - start));
      pieces.set(token, list);
    }
    start = end;
  }
  return pieces;
}

/** Models make links of citations. They lead to the passage, not to where the model says. */
export function isJustCitations(tokens: Token[], pieces: CitedPieces | undefined): boolean {
  const inner = tokens.flatMap((token) => pieces?.get(token) ?? [token.raw]);
  const isMark = (piece: string | CheckedMark) => typeof piece !== 'string';
  return inner.some(isMark) && inner.every((piece) => isMark(piece) || /^[\s\p{P}]*$/u.test(piece as string));
}

/** marked escapes nothing in `text` of tokens but keeps entities that the model wrote; the common ones are decoded. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&amp;', '&');
}
