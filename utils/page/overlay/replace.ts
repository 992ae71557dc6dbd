/**
 * Puts a translation in the place of the selected words, by writing into the page's own texts: no node is added, moved
 * or taken out, so that whatever the page does with them goes on. Taking back touches only what still is as we wrote it.
 * Where somebody is writing, it is typed instead: the page hears of it, and its own undo takes it back.
 */

import { textsIn } from './words';

export interface Replacement {
  /** Gives the page its own words back, except where it has written other ones itself. */
  restore(): void;
}

/** The words come into the first text that has any; the others of the range lose theirs. */
export function replaceWords(range: Range, words: string): Replacement | undefined {
  const writable = writableAround(range);
  if (writable) return typeWords(writable, range, words);
  const texts = [...textsIn(range)];
  const first = texts.findIndex(({ node, start, end }) => node.data.slice(start, end).trim());
  if (first < 0) return undefined;
  const last = texts.at(-1);
  const trail = /\s*$/.exec(last?.node.data.slice(last.start, last.end) ?? '')?.[0] ?? '';
  const written = texts.map(({ node, start, end }, index) => {
    const before = node.data;
    const own = before.slice(start, end);
    const lead = /^\s*/.exec(own)?.[0] ?? '';
    const put = index === first ? lead + words + trail : '';
    const after = before.slice(0, start) + put + before.slice(end);
    return { node, before, after };
  });
  for (const { node, after } of written) node.nodeValue = after;
  // What is written moves the ends of the range; it goes on to hold what stands there.
  const hold = (isRestored: boolean) => {
    const [start, end] = [texts[0], texts.at(-1)];
    if (!start || !end) return;
    const behind = (isRestored ? written.at(-1)?.before : written.at(-1)?.after)?.length ?? 0;
    const rest = (written.at(-1)?.before.length ?? 0) - end.end;
    range.setStart(start.node, Math.min(start.start, start.node.length));
    range.setEnd(end.node, Math.max(0, Math.min(behind - rest, end.node.length)));
  };
  hold(false);
  return {
    restore() {
      for (const { node, before, after } of written) if (node.data === after) node.nodeValue = before;
      hold(true);
    },
  };
}

/** The element that somebody writes in, around a range. */
function writableAround({ commonAncestorContainer: near }: Range): HTMLElement | undefined {
  let found: HTMLElement | undefined;
  const start = near.nodeType === 1 ? (near as Element) : near.parentElement;
  for (let at = start as HTMLElement | null; at?.isContentEditable; at = at.parentElement) found = at;
  return found;
}

/** Types words over a range, as the keyboard would. */
function typeWords(writable: HTMLElement, range: Range, words: string): Replacement | undefined {
  const { ownerDocument: document } = writable;
  const { textContent: before } = writable;
  const start = charactersBefore(writable, range.startContainer, range.startOffset);
  const end = charactersBefore(writable, range.endContainer, range.endOffset);
  const run = (command: 'insertText' | 'undo', text?: string) => {
    writable.focus({ preventScroll: true });
    if (text !== undefined) {
      const { startContainer, startOffset, endContainer, endOffset } = range;
      document.getSelection()?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
    }
    // The one way to write that editors hear of and that can be undone; no other has come in its place.
    return document.execCommand(command, false, text);
  };
  if (!run('insertText', words) || writable.textContent === before) return undefined;
  const { textContent: after } = writable;
  // What is written moves the ends of the range; it goes on to hold what stands there.
  hold(writable, range, start, end + (after?.length ?? 0) - (before?.length ?? 0));
  return {
    restore() {
      // What was typed since then is not ours to undo.
      if (writable.textContent !== after) return;
      run('undo');
      if (writable.textContent === before) hold(writable, range, start, end);
    },
  };
}

function charactersBefore(root: Element, node: Node, offset: number): number {
  const all = root.ownerDocument.createRange();
  all.setStart(root, 0);
  all.setEnd(node, offset);
  return all.toString().length;
}

/** Sets a range to hold the characters of an element from one number to another. */
function hold(root: Element, range: Range, start: number, end: number): void {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let hasBegun = false;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (!hasBegun && passed + node.length > start) {
      range.setStart(node, start - passed);
      hasBegun = true;
    }
    if (hasBegun && passed + node.length >= end) {
      range.setEnd(node, end - passed);
      return;
    }
    passed += node.length;
  }
}
