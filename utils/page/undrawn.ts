import type { FlatPage } from './flat-page';

/** An editor of code on the page that holds more lines than it has drawn. */
export interface Undrawn {
  /** Its element on the flat page. */
  element: Element;
  /** The numbers of the lines that are there, when it numbers its lines: `12–80`. */
  lines?: string;
}

interface Kind {
  editor: string;
  line: string;
  number: string;
  /** Whether there are lines before the first or after the last that is drawn. */
  hasMore(editor: Element, drawn: Drawn): boolean;
}

interface Drawn {
  top: number;
  bottom: number;
  /** Height of a line. */
  line: number;
  first?: number;
  last?: number;
}

/**
 * Editors that draw the lines in sight and no others. Each knows how high all its lines are together, or puts a
 * box in the place of those that it did not draw.
 */
const kinds: Kind[] = [
  {
    editor: '.cm-editor',
    line: '.cm-content > .cm-line',
    number: '.cm-lineNumbers > .cm-gutterElement',
    hasMore: (editor) =>
      [...editor.querySelectorAll<HTMLElement>('.cm-content > .cm-gap')].some(
        (gap) => pixels(gap.style.height) > 1,
      ),
  },
  {
    editor: '.CodeMirror',
    line: '.CodeMirror-code .CodeMirror-line',
    number: '.CodeMirror-code .CodeMirror-linenumber',
    hasMore(editor, drawn) {
      const lines = editor.querySelector('.CodeMirror-lines');
      const style = lines?.ownerDocument.defaultView?.getComputedStyle(lines);
      const padding = { top: pixels(style?.paddingTop), bottom: pixels(style?.paddingBottom) };
      return reachesBeyond(editor.querySelector('.CodeMirror-sizer'), drawn, padding);
    },
  },
  {
    editor: '.monaco-editor',
    line: '.view-lines > .view-line',
    number: '.margin-view-overlays .line-numbers',
    hasMore(editor, drawn) {
      const all = boxOf(editor.querySelector('.view-lines'));
      if (!all) return false;
      if (drawn.top - all.top > drawn.line * almost) return true;
      const below = all.bottom - drawn.bottom;
      // As a rule there is room below the last line to scroll it to the top: just so much says nothing.
      const room = (boxOf(editor)?.bottom ?? 0) - (boxOf(editor)?.top ?? 0) - drawn.line;
      return below > drawn.line * almost && Math.abs(below - room) > drawn.line / 2;
    },
  },
  {
    editor: '.ace_editor',
    line: '.ace_text-layer .ace_line',
    number: '.ace_gutter-cell',
    hasMore(editor, { line, first, last }) {
      if (first !== undefined && first > 1) return true;
      // Lines that are broken to fit are higher than one line, so that their number cannot be told from the height.
      const cells = [...editor.querySelectorAll<HTMLElement>('.ace_gutter-cell')];
      if (last === undefined || cells.some(({ style }) => pixels(style.height) > line * 1.5)) return false;
      const all = editor.querySelector<HTMLElement>('.ace_scrollbar-v .ace_scrollbar-inner');
      return pixels(all?.style.height) > (last + almost) * line;
    },
  },
];

/** So much of a line is a line; less is padding. */
const almost = 0.9;

/** The editors on the page of which lines are missing. To be asked before the page is normalised. */
export function findUndrawn(page: FlatPage): Undrawn[] {
  const found: Undrawn[] = [];
  for (const kind of kinds) {
    for (const element of page.document.querySelectorAll(kind.editor)) {
      const editor = page.liveOf(element) as Element | undefined;
      const drawn = editor && drawnLines(editor, kind);
      if (!drawn || !kind.hasMore(editor, drawn)) continue;
      const { first, last } = drawn;
      found.push({
        element,
        lines: first === undefined ? undefined : first === last ? `${first}` : `${first}–${last}`,
      });
    }
  }
  return found;
}

function drawnLines(editor: Element, { line, number }: Kind): Drawn | undefined {
  const boxes = Array.from(editor.querySelectorAll(line), (element) => element.getBoundingClientRect());
  const [first] = boxes;
  if (!first) return undefined;
  const drawn: Drawn = { top: first.top, bottom: first.bottom, line: first.height };
  for (const { top, bottom, height } of boxes) {
    drawn.top = Math.min(drawn.top, top);
    drawn.bottom = Math.max(drawn.bottom, bottom);
    if (height > 0) drawn.line = Math.min(drawn.line || height, height);
  }
  for (const element of editor.querySelectorAll<HTMLElement>(number)) {
    // CodeMirror 6 keeps its gutter as wide as its largest number with one that nobody sees.
    const text = element.style.visibility === 'hidden' ? '' : (element.textContent ?? '').trim();
    if (!/^\d{1,9}$/.test(text)) continue;
    drawn.first = Math.min(drawn.first ?? Number(text), Number(text));
    drawn.last = Math.max(drawn.last ?? Number(text), Number(text));
  }
  return drawn;
}

function reachesBeyond(all: Element | null, drawn: Drawn, padding: { top: number; bottom: number }): boolean {
  const box = boxOf(all);
  if (!box) return false;
  const above = drawn.top - box.top - padding.top;
  const below = box.bottom - drawn.bottom - padding.bottom;
  return Math.max(above, below) > drawn.line * almost;
}

const boxOf = (element: Element | null) => element?.getBoundingClientRect();
const pixels = (length: string | undefined) => Number.parseFloat(length ?? '') || 0;
