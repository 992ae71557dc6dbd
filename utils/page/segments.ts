import type { Passage, PassageKind } from '../source';

/** The line that opens a code block. After backticks no other backtick may follow: that is code within a text. */
const fence = /^\s{0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/;
const closingFence = /^\s*(`{3,}|~{3,})\s*$/;
const listItem = /^(?:[-*+]|\d{1,9}[.)])\s+/;

/**
 * Splits Markdown into passages: paragraphs, headings, top-level list items, quotes, tables, code blocks.
 * Nothing but the blank lines between blocks is dropped, and the order is kept. Linear in the text.
 */
export function splitPassages(markdown: string): Passage[] {
  const passages: Passage[] = [];
  const all = markdown.split('\n');
  const closes = closableFences(all);
  let lines: string[] = [];
  let openFence = '';

  const flush = () => {
    // trimEnd, not a pattern: `\s+$` takes quadratic time on a long run of white space inside the text.
    const text = lines.join('\n').replace(/^\n+/, '').trimEnd();
    if (text) passages.push({ text, kind: kindOf(text) });
    lines = [];
  };

  for (const [index, line] of all.entries()) {
    if (openFence) {
      lines.push(line);
      if (closingFence.exec(line)?.[1]?.startsWith(openFence)) {
        openFence = '';
        flush();
      }
      continue;
    }
    const opening = fenceOf(line);
    if (opening && closes(opening, index)) {
      // Code inside a list item stays with its item.
      if (!isIndented(line) || lines.length === 0) flush();
      openFence = opening;
      lines.push(line);
    } else if (line.trim() === '') {
      // A blank line ends a block, unless an indented line continues the list item.
      if (lines.length > 0 && listItem.test(lines[0] ?? '')) lines.push('');
      else flush();
    } else if (lines.length > 0 && listItem.test(line)) {
      flush();
      lines.push(line);
    } else if (lines.at(-1) === '' && !isIndented(line)) {
      flush();
      lines.push(line);
    } else lines.push(line);
  }
  flush();
  return passages;
}

const isIndented = (line: string) => /^(?: {2,}|\t)/.test(line);

function fenceOf(line: string): string | undefined {
  const match = fence.exec(line);
  return match?.[1] ?? match?.[2];
}

/** Tells whether a fence opened at a line is closed below it. One that never closes is text, not the rest of the page. */
function closableFences(lines: string[]): (opening: string, index: number) => boolean {
  const longest = { '`': new Uint32Array(lines.length + 1), '~': new Uint32Array(lines.length + 1) };
  for (let index = lines.length - 1; index >= 0; index--) {
    const run = closingFence.exec(lines[index] ?? '')?.[1] ?? '';
    for (const mark of ['`', '~'] as const) {
      const below = longest[mark][index + 1] ?? 0;
      longest[mark][index] = run.startsWith(mark) ? Math.max(below, run.length) : below;
    }
  }
  return (opening, index) => opening.length <= (longest[opening[0] as '`' | '~'][index + 1] ?? 0);
}

function kindOf(text: string): PassageKind {
  if (/^#{1,6}\s/.test(text)) return 'heading';
  if (fenceOf(text.slice(0, text.indexOf('\n'))) && closingFence.test(text.slice(text.lastIndexOf('\n') + 1)))
    return 'code';
  if (/^\|.*\|$/m.test(text) && /^\|(?:\s*:?-+:?\s*\|)+$/m.test(text)) return 'table';
  if (listItem.test(text)) return 'list-item';
  if (text.startsWith('>')) return 'quote';
  return 'text';
}
