import type { FlatPage } from '../flat-page';
import { make, textOf } from './build';

/**
 * The paragraphs of a text whose line ends are characters (`white-space: pre-wrap`, as in posts on X): an empty line
 * parts paragraphs, a single line end stays a line break.
 */
export function paragraphsOf(page: FlatPage, text: Element): HTMLElement[] {
  const walker = page.document.createTreeWalker(text, 4 /* NodeFilter.SHOW_TEXT */);
  const broken: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if ((node as Text).data.includes('\n')) broken.push(node as Text);
  }
  for (const node of broken) breakLines(page, node);
  const paragraphs = [make(page, 'p')];
  let breaks = 0;
  for (const node of [...text.childNodes].flatMap(linesIn)) {
    if (node.nodeName === 'BR') {
      breaks++;
      continue;
    }
    const isBlank = node.nodeType === 3 && !textOf(node);
    if (isBlank && (breaks > 0 || node.textContent === '')) continue;
    if (breaks > 1) paragraphs.push(make(page, 'p'));
    else if (breaks === 1) paragraphs.at(-1)?.append(page.document.createElement('br'));
    breaks = 0;
    paragraphs.at(-1)?.append(node);
  }
  return paragraphs.filter((paragraph) => textOf(paragraph));
}

/** A piece of text with line breaks as its parts; anything else as it is. */
const linesIn = (node: ChildNode): ChildNode[] =>
  node.nodeName === 'SPAN' && [...node.childNodes].some(({ nodeName }) => nodeName === 'BR')
    ? [...node.childNodes]
    : [node];

function breakLines(page: FlatPage, node: Text): void {
  const [first = '', ...rest] = node.data.split('\n');
  node.data = first;
  const lines = page.document.createDocumentFragment();
  for (const line of rest) lines.append(page.document.createElement('br'), line);
  node.after(lines);
}
