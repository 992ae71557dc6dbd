import type { Passage, PassageKind } from '../source';

const fence = /^\s{0,3}(`{3,}|~{3,})/;
const listItem = /^(?:[-*+]|\d{1,9}[.)])\s+/;

/**
 * Splits Markdown into passages: paragraphs, headings, top-level list items, quotes, tables, code blocks.
 * Nothing but the blank lines between blocks is dropped, and the order is kept. Linear in the text.
 */
export function splitPassages(markdown: string): Passage[] {
  const passages: Passage[] = [];
  let lines: string[] = [];
  let openFence = '';

  const flush = () => {
    const text = lines.join('\n').replace(/^\n+|\s+$/g, '');
    if (text) passages.push({ text, kind: kindOf(text) });
    lines = [];
  };

  for (const line of markdown.split('\n')) {
    if (openFence) {
      lines.push(line);
      if (line.trim().startsWith(openFence) && /^[`~]+$/.test(line.trim())) {
        openFence = '';
        flush();
      }
      continue;
    }
    const opening = fence.exec(line)?.[1];
    if (opening) {
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

function kindOf(text: string): PassageKind {
  if (/^#{1,6}\s/.test(text)) return 'heading';
  if (fence.test(text)) return 'code';
  if (/^\|.*\|$/m.test(text) && /^\|(?:\s*:?-+:?\s*\|)+$/m.test(text)) return 'table';
  if (listItem.test(text)) return 'list-item';
  if (text.startsWith('>')) return 'quote';
  return 'text';
}
