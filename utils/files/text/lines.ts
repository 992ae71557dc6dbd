/** Passages of a text are whole lines of it. */

export interface Line {
  start: number;
  /** Without its line end. */
  end: number;
  /** From 1. */
  number: number;
  isBlank: boolean;
}

/** The lines of a text, one after the other: a list of all of them would be as large as the text. */
export function* linesOf(text: string): Generator<Line> {
  let number = 1;
  for (let start = 0; start < text.length; number++) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    yield { start, end, number, isBlank: isBlank(text, start, end) };
    start = end + 1;
  }
}

/** Looks at no more of a line than its white space. */
function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 12 && code !== 13 && code !== 0x3000 && code !== 0xa0)
      return false;
  }
  return true;
}

export interface LineBlock {
  start: number;
  end: number;
  line: number;
}

/** Cuts a block of very many lines at line ends, in pieces of about this many characters. Lines stay whole. */
export function* cutAtLines(text: string, block: LineBlock, longest: number): Generator<LineBlock> {
  if (block.end - block.start <= longest) {
    yield block;
    return;
  }
  let { start, line } = block;
  let number = line;
  for (let at = start; at <= block.end; number++) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? block.end : Math.min(found, block.end);
    if (end - start > longest && at > start) {
      yield { start, end: at - 1, line };
      start = at;
      line = number;
    }
    at = end + 1;
  }
  yield { start, end: block.end, line };
}
