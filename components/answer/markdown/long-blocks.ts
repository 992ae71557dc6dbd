import type { Token, Tokens } from 'marked';

/**
 * How long a block may become before it goes on as another one. The open block is read again at every flush, so this
 * is what a flush costs at most. Far beyond what people read in one piece: a page has about 2,000 characters.
 */
export interface BlockLimits {
  /** Characters of a paragraph, a quote or markup. */
  characters: number;
  /** Characters of code, of a table and of a list. */
  structured: number;
  items: number;
  rows: number;
}

export const blockLimits: BlockLimits = { characters: 8_000, structured: 24_000, items: 100, rows: 200 };

/** Where a block is divided: at an offset in its text, and what has to stand before the rest so that it is read alike. */
export interface Cut {
  at: number;
  prefix: string;
}

const fence = /^ {0,3}(?:`{3,}|~{3,})[^\n]*\n/;
const tableHead = /^[^\n]*\n[^\n]*\n/;

/**
 * Where to divide a block that is too long; undefined when it is not, or not for certain yet. The place depends on
 * what stands before it alone, so that an answer has the same blocks however it arrives.
 *
 * @param prefix What its text begins with and another block has shown already.
 * @param isComplete Whether nothing that comes can change the block any more.
 */
export function cutOf(
  token: Token,
  prefix: string,
  limits: BlockLimits,
  isComplete: boolean,
): Cut | undefined {
  const { raw } = token;
  const head = headOf(token);
  const firstLine = raw.indexOf('\n') < 0 ? raw.length : raw.indexOf('\n');
  if (firstLine > limits.characters) return cutText(raw, prefix.length, limits.characters, isComplete);
  if (token.type === 'code' && head) {
    const at = cutText(raw, head.length, head.length + limits.structured, isComplete)?.at;
    return at === undefined ? undefined : { at, prefix: head };
  }
  const starts = unitStarts(token, head);
  if (!starts) return cutText(raw, prefix.length, limits.characters, isComplete);
  // An item as long as a chapter is divided like any text.
  const [first = 0, second = raw.length] = starts;
  if (second - first > limits.characters) return cutText(raw, prefix.length, limits.characters, isComplete);
  const most = token.type === 'table' ? limits.rows : limits.items;
  let units = 1;
  while (units < Math.min(most, starts.length) && (starts[units] ?? 0) <= limits.structured) units++;
  const at = starts[units];
  // The unit after it must have begun for certain: what looks like an item can still become a line of the last one.
  if (at === undefined || starts.length <= units + (isComplete ? 0 : 1)) return undefined;
  return { at, prefix: head };
}

function headOf({ type, raw }: Token): string {
  if (type === 'code') return fence.exec(raw)?.[0] ?? '';
  return type === 'table' ? (tableHead.exec(raw)?.[0] ?? '') : '';
}

/** Offsets at which the rows of a table or the items of a list begin. */
function unitStarts(token: Token, head: string): number[] | undefined {
  if (token.type === 'list') {
    let at = 0;
    return (token as Tokens.List).items.map(({ raw }) => {
      const start = at;
      at += raw.length;
      return start;
    });
  }
  if (token.type !== 'table' || !head) return undefined;
  let at = head.length;
  return (token as Tokens.Table).rows.map(() => {
    const start = at;
    const end = token.raw.indexOf('\n', at);
    at = end < 0 ? token.raw.length : end + 1;
    return start;
  });
}

/** Divides after the last whole line within the limit, or within a line that is longer than that. */
function cutText(raw: string, least: number, limit: number, isComplete: boolean): Cut | undefined {
  const length = isComplete ? raw.trimEnd().length : decidedLength(raw, limit);
  if (length <= limit) return undefined;
  let at = raw.lastIndexOf('\n', limit - 1) + 1;
  if (at <= least) {
    const space = raw.lastIndexOf(' ', limit - 1) + 1;
    at = space > Math.max(least, limit / 2) ? space : limit;
    // Not between the halves of a character.
    if (/[\uDC00-\uDFFF]/.test(raw[at] ?? '')) at--;
  }
  return at > least ? { at, prefix: '' } : undefined;
}

/**
 * How much of a text that still grows belongs to its block for certain. The last line may turn out to begin a block
 * of its own, and the line before it to be the head of a table.
 */
function decidedLength(raw: string, limit: number): number {
  const last = raw.lastIndexOf('\n') + 1;
  const before = last < 2 ? 0 : raw.lastIndexOf('\n', last - 2) + 1;
  if (raw.length - last > limit || last - before > limit) return Number.POSITIVE_INFINITY;
  return raw.slice(0, before).trimEnd().length;
}
