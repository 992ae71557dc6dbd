import type { Changes } from './changes';
import { codeLanguage } from './code-language';
import { codeLines, codeTools, isGutter } from './code-lines';
import { around, eachOf, foldedText, hasClass, isBlank } from './dom';

/** Editors that show code: their lines are elements, and they hold copies, cursors and gutters beside them. */
const editors = '.CodeMirror, .cm-editor, .monaco-editor, .ace_editor';
const editorLines =
  '.CodeMirror-code .CodeMirror-line, .cm-content > .cm-line, .view-lines > .view-line, .ace_text-layer .ace_line';
const wrapper =
  /(?:^|\s)(?:highlight|code|codehilite|rouge|shiki|chroma|snippet|prism|language-|lang-)|code-?(?:block|box|snippet|wrapper|example|container)/i;
const copyWords =
  /^(?:copy(?: code| snippet| to clipboard)?|copied!?|copy copied!?|复制(?:代码|成功)?|複製(?:程式碼)?|コピー|복사|copier|kopieren|copiar)$/i;

/** Makes `<pre data-language="x"><code>text</code></pre>` of every block of code on a detached page. */
export function* normalizeCode(page: Document, changes: Changes): Generator<void> {
  yield* eachOf(page, editors, (editor) => readEditor(editor, changes));
  yield* eachOf(page, 'table', (table: HTMLTableElement) => {
    if (table.isConnected) readGutterTable(table, changes);
  });
  yield* eachOf(page, 'code', (code) => readLooseCode(code, changes));
  yield* eachOf(page, 'pre', (pre) => {
    if (!pre.isConnected || !pre.parentElement || near(pre)) return;
    settle(pre, codeLines(pre, changes), { language: codeLanguage(pre), read: [pre], changes });
  });
}

/** True for a `<pre>` directly in another one, which is read with it. */
const near = (pre: Element) => [...around(pre, 3)].some(({ localName }) => localName === 'pre');

interface Settling {
  language: string;
  /** The nodes whose words the code is. */
  read: Iterable<Node>;
  /** What goes with them: what the block holds when nothing is said. */
  replaced?: Iterable<Node>;
  changes: Changes;
}

/** Writes the code into the block. Elements around it that only number its lines or copy it go. */
function settle(block: Element, text: string, { language, read, replaced, changes }: Settling): void {
  const code = block.querySelector('code') ?? block.ownerDocument.createElement('code');
  const words = text.replace(/\r\n?/g, '\n').replace(/^\n/, '').replace(/\n$/, '');
  const node = block.ownerDocument.createTextNode(words);
  changes.rewrite(read, node);
  changes.takeRest(replaced ?? block.childNodes, codeTools, block);
  code.replaceChildren(node);
  block.replaceChildren(code);
  if (language) block.setAttribute('data-language', language);
  else block.removeAttribute('data-language');
  block.removeAttribute('data-wholemoon-display');
  removeTools(block, changes);
}

function removeTools(block: Element, changes: Changes): void {
  let inside = block;
  for (const parent of around(block, 3)) {
    if (!hasClass(parent, wrapper) || parent.children.length > 6) return;
    for (const child of [...parent.children]) {
      if (child === inside || child.localName === 'pre') continue;
      const isTool = isGutter(child) || (child.childElementCount < 6 && isCopyButton(child));
      if (isTool && !child.querySelector('pre, table')) changes.remove(child, codeTools);
    }
    inside = parent;
  }
}

const isCopyButton = (element: Element) =>
  (element.textContent?.length ?? 0) < 40 && copyWords.test(foldedText(element));

function readEditor(editor: Element, changes: Changes): void {
  if (!editor.isConnected) return;
  const lines = [...editor.querySelectorAll(editorLines)];
  if (lines.length === 0) return;
  const language =
    codeLanguage(editor) || (editor.querySelector('[data-language]')?.getAttribute('data-language') ?? '');
  // An editor draws its spaces as spaces that do not break, and an empty line as one that has no width.
  const text = lines.map((line) =>
    codeLines(line, changes)
      .replace(/\u00A0/g, ' ')
      .replace(/[\u200B\n]/g, ''),
  );
  const block = editor.ownerDocument.createElement('pre');
  const replaced = [...editor.childNodes];
  editor.replaceChildren(block);
  settle(block, text.join('\n'), { language, read: lines, replaced, changes });
}

/** A table whose first cells number the lines of code in the others: Hexo, Pygments, Rouge, GitHub, highlight.js. */
function readGutterTable(table: HTMLTableElement, changes: Changes): void {
  const rows = codeRows(table);
  const first = rows?.[0];
  if (!rows || !first) return;
  const isNamed =
    /(?:^|\s)(?:highlight\w*|hljs-ln|lntable|js-file-line-container|rouge-table|codehilite\w*|diff-table)/;
  const hasCode = first.some((cell) => isCodeCell(cell));
  if (!hasCode && !hasClass(table, isNamed)) return;
  const marks = rows.map((cells) => diffMark(cells.at(-1)));
  const isDiff = marks.some((mark) => mark === '+' || mark === '-');
  const text = rows.map((cells, index) => {
    const code = cells.at(-1);
    return code ? `${isDiff ? marks[index] : ''}${codeLines(code, changes).replace(/\n$/, '')}` : '';
  });
  const inner = first.at(-1)?.querySelector('pre');
  const block = rows.length === 1 && inner ? inner : table.ownerDocument.createElement('pre');
  const language = isDiff ? 'diff' : (inner && codeLanguage(inner)) || codeLanguage(table);
  const outer = [...around(table, 3)].find(({ localName }) => localName === 'pre');
  const read = rows.flatMap((cells) => cells.at(-1) ?? []);
  if (outer) {
    settle(outer, text.join('\n'), { language, read, changes });
    return;
  }
  table.replaceWith(block);
  settle(block, text.join('\n'), {
    language,
    read: [...read, block],
    replaced: [table],
    changes,
  });
}

/** GitHub draws the `+`, `-` or blank before a line of a diff from an attribute. */
function diffMark(cell: Element | undefined): string {
  const marked = cell?.hasAttribute('data-code-marker') ? cell : cell?.querySelector('[data-code-marker]');
  return marked?.getAttribute('data-code-marker')?.slice(0, 1) ?? '';
}

/** The cells of each row, when all are rows of code; nearly every other table is told by its first. */
function codeRows(table: Element): Element[][] | undefined {
  const rows: Element[][] = [];
  for (let part = table.firstElementChild; part; part = part.nextElementSibling) {
    const isRow = part.localName === 'tr';
    if (!isRow && !/^t(?:body|head|foot)$/.test(part.localName)) continue;
    for (let row = isRow ? part : part.firstElementChild; row; row = isRow ? null : row.nextElementSibling) {
      if (row.localName !== 'tr') continue;
      const cells = [...row.children];
      if (!isCodeRow(cells)) return undefined;
      rows.push(cells);
    }
  }
  return rows;
}

/** Numbers or nothing in all cells but the last. */
function isCodeRow(cells: Element[]): boolean {
  return cells.length >= 2 && cells.length <= 4 && cells.slice(0, -1).every(isNumberCell);
}

function isNumberCell(cell: Element): boolean {
  const isNamed = isGutter(cell) || cell.hasAttribute('data-line-number');
  return (
    isNamed ||
    (hasClass(cell, /(?:^|\s)(?:lntd|linenos|code-line-num)/) && isNumbers(cell)) ||
    (cell.querySelector('pre') !== null && isNumbers(cell))
  );
}

const isNumbers = (cell: Element) => /^[\d\s]*$/.test(cell.textContent ?? '');

const isCodeCell = (cell: Element) =>
  cell.querySelector('pre, code') !== null ||
  hasClass(cell, /(?:^|\s)(?:code|blob-code|rouge-code|hljs-ln-code|lntd|js-file-line)(?:\s|$)/);

/** `<code>` with several lines that no `<pre>` holds, and blocks of lines that a page calls code. */
function readLooseCode(code: Element, changes: Changes): void {
  if (!code.isConnected || [...around(code, 6)].some(({ localName }) => localName === 'pre')) return;
  const hasLines = code.querySelector('br') !== null || countLineChildren(code) > 1;
  if (!hasLines) return;
  const language = codeLanguage(code);
  const text = codeLines(code, changes);
  const block = code.ownerDocument.createElement('pre');
  const parent = code.parentElement;
  const isAlone = parent && [...parent.childNodes].every((node) => node === code || isBlank(node));
  code.replaceWith(block);
  block.append(code);
  settle(block, text, { language, read: [code], changes });
  // A block in a paragraph of its own would still be read well; alone in it, it takes its place.
  if (isAlone && parent.localName === 'p') parent.replaceWith(block);
}

function countLineChildren(code: Element): number {
  let count = 0;
  for (let child = code.firstElementChild; child && count < 2; child = child.nextElementSibling) {
    if (child.localName === 'div' || hasClass(child, /(?:^|\s)(?:line|token-line|code-line)(?:\s|$)/))
      count++;
  }
  return count;
}
