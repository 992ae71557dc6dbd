import { mathAttribute } from '../markdown/roles';
import type { Changes } from './changes';
import { around, eachOf, foldedText, hasClass } from './dom';
import { latexOf } from './math-latex';
import { treeOfMathJax, treeOfMathML } from './math-tree';

/**
 * Makes one element with `data-math` and the LaTeX as its only text of every formula on a detached page. Pages hold
 * a formula up to three times: as LaTeX, as MathML for screen readers, and as drawn characters.
 */
export function* normalizeMath(page: Document, changes: Changes): Generator<void> {
  const each = (selector: string, read: (element: Element, changes: Changes) => void) =>
    eachOf(page, selector, (element) => read(element, changes));
  yield* each('.katex', readKatex);
  yield* each('script[type^="math/"]', readScript);
  yield* each('mjx-container', readContainer);
  yield* each('.MathJax, .MathJax_SVG, .MathJax_CHTML, .mjx-chtml', readOldMathJax);
  yield* each('.mwe-math-element', readWikipedia);
  yield* each('[data-tex], [data-latex], [data-formula]', readAttribute);
  yield* each('table.ltx_equation, table.ltx_equationgroup', readEquations);
  yield* each('math', readMathML);
  yield* eachOf(page, 'img', (image) => readImage(image, changes));
}

type Display = 'inline' | 'display';

/** Writes the formula into the element, in place of all that says it there and in `others`. */
function settle(
  element: Element,
  latex: string,
  display: Display,
  { changes, others = [] }: { changes: Changes; others?: Element[] },
): void {
  const text = latex
    .replace(/\r\n?/g, '\n')
    .replace(/\u00A0/g, ' ')
    .trim();
  if (text === '' || !element.isConnected) return;
  // A name and a short source do not make a formula of a page's prose.
  if ((element.textContent?.length ?? 0) > 20 * text.length + 1_000) return;
  const node = element.ownerDocument.createTextNode(text);
  changes.rewrite([...element.childNodes, ...others], node);
  element.replaceChildren(node);
  element.setAttribute(mathAttribute, display);
}

/** The LaTeX of a `<math>` element: its annotation, else its alternative text, else its structure translated. */
function latexOfMath(math: Element): string {
  const annotation = math.querySelector(
    'annotation[encoding="application/x-tex"], annotation[encoding*="tex" i]',
  );
  const written = annotation?.textContent?.trim() || math.getAttribute('alttext')?.trim();
  return written || latexOf(treeOfMathML(math));
}

const isDisplayed = (math: Element) =>
  math.getAttribute('display') === 'block' || math.getAttribute('mode') === 'display';

function readKatex(element: Element, changes: Changes): void {
  if (!element.isConnected || element.hasAttribute(mathAttribute)) return;
  const math = element.querySelector('math');
  const annotation = element.querySelector('annotation');
  const latex = annotation?.textContent?.trim() || (math && latexOfMath(math)) || '';
  const frame = [...around(element, 2)].find((parent) => hasClass(parent, /(?:^|\s)katex-display(?:\s|$)/));
  const whole = frame && foldedText(frame) === foldedText(element) ? frame : element;
  settle(whole, latex, frame || (math && isDisplayed(math)) ? 'display' : 'inline', { changes });
}

const drawn = /(?:^|\s)(?:MathJax(?:_\w+)?|mjx-chtml|MJXc-display)(?:\s|$)/;

/** MathJax 2 keeps the source in a script after what it drew. */
function readScript(script: Element, changes: Changes): void {
  const type = script.getAttribute('type') ?? '';
  const source = script.textContent ?? '';
  const math = /^math\/mml/.test(type) ? parsedMath(source, script) : null;
  const latex = math ? latexOfMath(math) : source.replace('% <![CDATA[', '').replace('%]]>', '');
  const others: Element[] = [script];
  // Without a source what was drawn is all there is.
  for (let before = script.previousElementSibling; latex.trim() && before && hasClass(before, drawn); ) {
    others.push(before);
    before = before.previousElementSibling;
  }
  const formula = script.ownerDocument.createElement('span');
  script.before(formula);
  settle(formula, latex, /mode\s*=\s*display/.test(type) ? 'display' : 'inline', { changes, others });
  for (const element of others) element.remove();
}

function readContainer(element: Element, changes: Changes): void {
  if (!element.isConnected) return;
  const isDisplay = element.getAttribute('display') === 'true' || element.getAttribute('display') === 'block';
  const math = element.querySelector('mjx-assistive-mml math, math');
  const drawing = element.querySelector('mjx-math, [data-mml-node="math"]');
  const latex = math ? latexOfMath(math) : drawing ? latexOf(treeOfMathJax(drawing)) : '';
  settle(element, element.getAttribute('data-latex') || latex, isDisplay ? 'display' : 'inline', { changes });
}

/** What MathJax 2 drew without leaving its source. */
function readOldMathJax(element: Element, changes: Changes): void {
  if (!element.isConnected || element.hasAttribute(mathAttribute)) return;
  const math =
    element.querySelector('.MJX_Assistive_MathML math, math') ??
    parsedMath(element.getAttribute('data-mathml') ?? '', element);
  if (!math) return;
  const frame = [...around(element, 2)].find((parent) =>
    hasClass(parent, /(?:^|\s)(?:MathJax\w*_Display|MJXc-display)(?:\s|$)/),
  );
  const display = frame || isDisplayed(math) ? 'display' : 'inline';
  settle(frame ?? element, latexOfMath(math), display, { changes });
}

/** Documents that no browser made bring a parser of their own. */
function parsedMath(source: string, { ownerDocument }: Element): Element | null {
  const Parser = (ownerDocument.defaultView ?? globalThis).DOMParser;
  return source ? new Parser().parseFromString(source, 'text/html').querySelector('math') : null;
}

function readWikipedia(element: Element, changes: Changes): void {
  if (!element.isConnected) return;
  const math = element.querySelector('math');
  const image = element.querySelector('img[alt]');
  const latex = (math && latexOfMath(math)) || image?.getAttribute('alt') || '';
  const isDisplay =
    (math && isDisplayed(math)) || hasClass(element, /-block/) || (image && hasClass(image, /image-display/));
  settle(element, latex, isDisplay ? 'display' : 'inline', { changes });
}

/** Zhihu and others write the source beside what they draw. */
function readAttribute(element: Element, changes: Changes): void {
  if (!element.isConnected || element.hasAttribute(mathAttribute) || isInFormula(element)) return;
  const latex =
    element.getAttribute('data-tex') ??
    element.getAttribute('data-latex') ??
    formulaOf(element.getAttribute('data-formula') ?? '');
  const isDisplay =
    /\\tag\{|\\\\$/.test(latex) || element.localName === 'div' || element.localName === 'section';
  if ((element.textContent?.length ?? 0) < 10 * latex.length + 200)
    settle(element, latex, isDisplay ? 'display' : 'inline', { changes });
}

/** Cells of spreadsheets keep `=SUM(A1:A9)` beside the number that they show; that is no writing of it. */
const formulaOf = (written: string) => (/^\s*=/.test(written) || !/[\\^_{}]/.test(written) ? '' : written);

const isInFormula = (element: Element) =>
  [...around(element, 3)].some((parent) => parent.hasAttribute(mathAttribute));

/** Equations of LaTeXML are tables: each row is a formula, its number in a cell of its own. */
function readEquations(table: Element, changes: Changes): void {
  if (!table.isConnected || [...around(table, 4)].some(({ localName }) => localName === 'table')) return;
  const formulas: { formula: Element; row: Element; text: Text }[] = [];
  for (const row of table.querySelectorAll('tr')) {
    const parts = [...row.querySelectorAll('math')].map(latexOfMath);
    const number = row.querySelector('.ltx_eqn_eqno, .ltx_tag_equation');
    const tag = number ? foldedText(number).replace(/^\((.*)\)$/, '$1') : '';
    if (parts.length === 0 || hasOtherText(row)) {
      table.setAttribute('role', 'presentation');
      return;
    }
    const formula = table.ownerDocument.createElement('div');
    formula.setAttribute(mathAttribute, 'display');
    const latex = tag ? `${parts.join(' ')} \\tag{${tag}}` : parts.join(' ');
    const text = table.ownerDocument.createTextNode(latex);
    formula.append(text);
    formulas.push({ formula, row, text });
  }
  for (const { row, text } of formulas) changes.rewrite([row], text);
  changes.takeRest([table], 'words beside a formula', table);
  table.replaceWith(...formulas.map(({ formula }) => formula));
}

function hasOtherText(row: Element): boolean {
  return [...row.children].some(
    (cell) =>
      !hasClass(cell, /ltx_eqn_eqno/) &&
      [...cell.children].every(({ localName }) => localName !== 'math') &&
      foldedText(cell) !== '' &&
      !cell.querySelector('math'),
  );
}

function readMathML(math: Element, changes: Changes): void {
  if (!math.isConnected || isInFormula(math) || math.hasAttribute(mathAttribute)) return;
  const formula = math.ownerDocument.createElement('span');
  const latex = latexOfMath(math);
  if (latex.trim() === '') return;
  math.before(formula);
  settle(formula, latex, isDisplayed(math) ? 'display' : 'inline', { changes, others: [math] });
  math.remove();
}

const formulaImage =
  /(?:^|\s)(?:latex|tex|math|mwe-math-fallback-image-\w+|ee_img|equation_image|texhtml)(?:\s|$)/i;
const formulaHosts = /(?:latex\.codecogs\.com|zhihu\.com\/equation|chart\.googleapis\.com\/chart\?cht=tx)/;

function readImage(image: Element, changes: Changes): void {
  const isFormula = hasClass(image, formulaImage) || formulaHosts.test(image.getAttribute('src') ?? '');
  const latex =
    image.getAttribute('eeimg') !== null || isFormula ? (image.getAttribute('alt') ?? '').trim() : '';
  if (!isFormula || latex === '') return;
  const formula = image.ownerDocument.createElement('span');
  image.replaceWith(formula);
  const display = hasClass(image, /display/) ? 'display' : 'inline';
  settle(formula, latex.replace(/^\$+|\$+$/g, ''), display, { changes });
}
