import { mathAttribute } from '../markdown/roles';
import { around, eachOf, foldedText, hasClass } from './dom';
import { latexOf } from './math-latex';
import { treeOfMathJax, treeOfMathML } from './math-tree';

/**
 * Makes one element with `data-math` and the LaTeX as its only text of every formula on a detached page. Pages hold
 * a formula up to three times: as LaTeX, as MathML for screen readers, and as drawn characters.
 */
export function* normalizeMath(page: Document): Generator<void> {
  yield* eachOf(page, '.katex', readKatex);
  yield* eachOf(page, 'script[type^="math/"]', readScript);
  yield* eachOf(page, 'mjx-container', readContainer);
  yield* eachOf(page, '.MathJax, .MathJax_SVG, .MathJax_CHTML, .mjx-chtml', readOldMathJax);
  yield* eachOf(page, '.mwe-math-element', readWikipedia);
  yield* eachOf(page, '[data-tex], [data-latex], [data-formula]', readAttribute);
  yield* eachOf(page, 'table.ltx_equation, table.ltx_equationgroup', readEquations);
  yield* eachOf(page, 'math', readMathML);
  yield* eachOf(page, 'img', readImage);
}

type Display = 'inline' | 'display';

function settle(element: Element, latex: string, display: Display): void {
  const text = latex
    .replace(/\r\n?/g, '\n')
    .replace(/\u00A0/g, ' ')
    .trim();
  if (text === '' || !element.isConnected) return;
  element.replaceChildren(text);
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

function readKatex(element: Element): void {
  if (!element.isConnected || element.hasAttribute(mathAttribute)) return;
  const math = element.querySelector('math');
  const annotation = element.querySelector('annotation');
  const latex = annotation?.textContent?.trim() || (math && latexOfMath(math)) || '';
  const frame = [...around(element, 2)].find((parent) => hasClass(parent, /(?:^|\s)katex-display(?:\s|$)/));
  const whole = frame && foldedText(frame) === foldedText(element) ? frame : element;
  settle(whole, latex, frame || (math && isDisplayed(math)) ? 'display' : 'inline');
}

const drawn = /(?:^|\s)(?:MathJax(?:_\w+)?|mjx-chtml|MJXc-display)(?:\s|$)/;

/** MathJax 2 keeps the source in a script after what it drew. */
function readScript(script: Element): void {
  const type = script.getAttribute('type') ?? '';
  for (
    let before = script.previousElementSibling;
    before && hasClass(before, drawn);
    before = script.previousElementSibling
  ) {
    before.remove();
  }
  const latex = /^math\/mml/.test(type) ? '' : (script.textContent ?? '');
  const formula = script.ownerDocument.createElement('span');
  script.replaceWith(formula);
  settle(
    formula,
    latex.replace('% <![CDATA[', '').replace('%]]>', ''),
    /mode\s*=\s*display/.test(type) ? 'display' : 'inline',
  );
}

function readContainer(element: Element): void {
  if (!element.isConnected) return;
  const isDisplay = element.getAttribute('display') === 'true' || element.getAttribute('display') === 'block';
  const math = element.querySelector('mjx-assistive-mml math, math');
  const drawing = element.querySelector('mjx-math, [data-mml-node="math"]');
  const latex = math ? latexOfMath(math) : drawing ? latexOf(treeOfMathJax(drawing)) : '';
  settle(element, element.getAttribute('data-latex') || latex, isDisplay ? 'display' : 'inline');
}

/** What MathJax 2 drew without leaving its source. */
function readOldMathJax(element: Element): void {
  if (!element.isConnected || element.hasAttribute(mathAttribute)) return;
  const math = element.querySelector('.MJX_Assistive_MathML math, math') ?? parsedMath(element);
  if (!math) return;
  const frame = [...around(element, 2)].find((parent) =>
    hasClass(parent, /(?:^|\s)(?:MathJax\w*_Display|MJXc-display)(?:\s|$)/),
  );
  settle(frame ?? element, latexOfMath(math), frame || isDisplayed(math) ? 'display' : 'inline');
}

function parsedMath(element: Element): Element | null {
  const source = element.getAttribute('data-mathml');
  return source ? new DOMParser().parseFromString(source, 'text/html').querySelector('math') : null;
}

function readWikipedia(element: Element): void {
  if (!element.isConnected) return;
  const math = element.querySelector('math');
  const image = element.querySelector('img[alt]');
  const latex = (math && latexOfMath(math)) || image?.getAttribute('alt') || '';
  const isDisplay =
    (math && isDisplayed(math)) || hasClass(element, /-block/) || (image && hasClass(image, /image-display/));
  settle(element, latex, isDisplay ? 'display' : 'inline');
}

/** Zhihu and others write the source beside what they draw. */
function readAttribute(element: Element): void {
  if (!element.isConnected || element.hasAttribute(mathAttribute) || isInFormula(element)) return;
  const latex =
    element.getAttribute('data-tex') ??
    element.getAttribute('data-latex') ??
    element.getAttribute('data-formula') ??
    '';
  const isDisplay =
    /\\tag\{|\\\\$/.test(latex) || element.localName === 'div' || element.localName === 'section';
  if ((element.textContent?.length ?? 0) < 10 * latex.length + 200)
    settle(element, latex, isDisplay ? 'display' : 'inline');
}

const isInFormula = (element: Element) =>
  [...around(element, 3)].some((parent) => parent.hasAttribute(mathAttribute));

/** Equations of LaTeXML are tables: each row is a formula, its number in a cell of its own. */
function readEquations(table: Element): void {
  if (!table.isConnected || [...around(table, 4)].some(({ localName }) => localName === 'table')) return;
  const formulas: Element[] = [];
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
    formula.append(tag ? `${parts.join(' ')} \\tag{${tag}}` : parts.join(' '));
    formulas.push(formula);
  }
  table.replaceWith(...formulas);
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

function readMathML(math: Element): void {
  if (!math.isConnected || isInFormula(math) || math.hasAttribute(mathAttribute)) return;
  const formula = math.ownerDocument.createElement('span');
  const latex = latexOfMath(math);
  if (latex.trim() === '') return;
  math.replaceWith(formula);
  settle(formula, latex, isDisplayed(math) ? 'display' : 'inline');
}

const formulaImage =
  /(?:^|\s)(?:latex|tex|math|mwe-math-fallback-image-\w+|ee_img|equation_image|texhtml)(?:\s|$)/i;
const formulaHosts = /(?:latex\.codecogs\.com|zhihu\.com\/equation|chart\.googleapis\.com\/chart\?cht=tx)/;

function readImage(image: Element): void {
  const isFormula = hasClass(image, formulaImage) || formulaHosts.test(image.getAttribute('src') ?? '');
  const latex =
    image.getAttribute('eeimg') !== null || isFormula ? (image.getAttribute('alt') ?? '').trim() : '';
  if (!isFormula || latex === '') return;
  const formula = image.ownerDocument.createElement('span');
  image.replaceWith(formula);
  settle(formula, latex.replace(/^\$+|\$+$/g, ''), hasClass(image, /display/) ? 'display' : 'inline');
}
