import type { Changes } from './changes';
import { hasClass } from './dom';

/** What is told of words that stand in code without being code. */
export const codeTools = 'line numbers and buttons of code';

/** Line numbers and buttons that stand in the markup of code without being code. */
const gutter =
  /(?:^|\s)(?:linenumbers?|line-?numbers?(?:-rows|__.*)?|linenos?|lineno|linenodiv|line-index|code-snippet__line-index|gutter|gutter-wrapper|rouge-gutter|hljs-ln-numbers|hljs-ln-n|blob-num|CodeMirror-(?:linenumber|gutter-wrapper|gutters?|gutter-elt)|cm-gutters?|ace_gutter|margin-view-overlays|react-syntax-highlighter-line-number|react-line-number|ln|lnt|copy-?(?:btn|button)|btn-(?:copy|clipboard)|copybtn|clipboard|code-copy|copy-code-button)(?:\s|$)/i;
const lineClass =
  /(?:^|\s)(?:line|code-line|codeline|cl|token-line|view-line|cm-line|CodeMirror-line|ace_line|hljs-ln-line|hljs-ln-code|blob-code|react-code-line-contents|highlight-line|view-source-line)(?:\s|$)/;
const lineElements = new Set(['div', 'p', 'li', 'tr', 'section', 'dd']);

/** True for an element in or beside code that numbers its lines or copies it. */
export function isGutter(element: Element): boolean {
  if (/^(?:button|clipboard-copy|style|script|textarea|svg)$/.test(element.localName)) return true;
  return hasClass(element, gutter) && !hasClass(element, /(?:^|\s)(?:language|lang)-/);
}

interface Lines {
  pieces: string[];
  /** The line before is finished; what follows begins a new one. */
  isEnded: boolean;
}

/**
 * The code in an element with its line breaks, whether they are line feeds, `<br>`, or one element for each line.
 * Iterative. Line numbers and buttons are left out, and `changes` is told.
 */
export function codeLines(root: Element, changes: Changes): string {
  const lines: Lines = { pieces: [], isEnded: false };
  const stack: (Node | (() => void))[] = [root];
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    if (typeof entry === 'function') entry();
    else if (entry.nodeType === 3) write(lines, (entry as Text).data);
    else if (entry.nodeName === 'BR') write(lines, '\n');
    else if (entry.nodeType === 1 && entry !== root && isGutter(entry as Element)) {
      changes.takeRest([entry], codeTools, root);
    } else if (entry.nodeType === 1) {
      const isLine = entry !== root && isLineElement(entry as Element);
      if (isLine) {
        startLine(lines);
        const { length } = lines.pieces;
        stack.push(() => endLine(lines, length));
      }
      for (let child = entry.lastChild; child; child = child.previousSibling) stack.push(child);
    }
  }
  return lines.pieces.join('');
}

function isLineElement(element: Element): boolean {
  if (lineElements.has(element.localName)) return true;
  if (element.localName === 'code' && element.parentElement?.localName === 'pre') {
    return (
      element.previousElementSibling?.localName === 'code' || element.nextElementSibling?.localName === 'code'
    );
  }
  return hasClass(element, lineClass);
}

function write(lines: Lines, text: string): void {
  if (text === '') return;
  if (lines.isEnded && !text.startsWith('\n')) lines.pieces.push('\n');
  lines.isEnded = false;
  lines.pieces.push(text);
}

function startLine(lines: Lines): void {
  if (lines.isEnded || (lines.pieces.length > 0 && !lines.pieces.at(-1)?.endsWith('\n')))
    lines.pieces.push('\n');
  lines.isEnded = false;
}

/** An element that ends with a line feed of its own has ended its line with it. */
function endLine(lines: Lines, start: number): void {
  lines.isEnded = !(lines.pieces.length > start && lines.pieces.at(-1)?.endsWith('\n'));
}
