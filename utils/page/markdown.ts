import TurndownService from 'turndown';
import { internalMarks, rowEnd, spaceBreak } from './internal-marks';
import { addTableRules, isGridRow } from './tables';

/** Deeper nesting than this would overflow Turndown's recursion (it fails near 2,000); such pages are flattened. */
const maximumDepth = 500;

const service = createService();

/**
 * An element as Markdown for a model to read: structure kept, nothing escaped (`snake_case` stays itself),
 * because the text is read and never rendered as Markdown.
 */
export function toMarkdown(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  prepareText(copy);
  flattenDeepNesting(copy);
  return service
    .turndown(copy as HTMLElement)
    .replaceAll(spaceBreak, '')
    .replace(/\r\n?/g, '\n');
}

function createService(): TurndownService {
  const turndown = new TurndownService({
    headingStyle: 'atx',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
    hr: '---',
    br: ' ',
    blankReplacement: (_, node) =>
      isGridRow(node) ? rowEnd : (node as { isBlock?: boolean }).isBlock ? '\n\n' : '',
  });
  turndown.escape = (text) => text;
  turndown.remove(['script', 'style', 'noscript', 'template', 'iframe', 'canvas', 'select']);
  addTableRules(turndown);
  turndown.addRule('code-block', {
    filter: 'pre',
    replacement: (_, node) => codeBlock(node as HTMLElement),
  });
  turndown.addRule('image', {
    filter: 'img',
    replacement: (_, node) => image(node as HTMLImageElement),
  });
  turndown.addRule('strike', {
    filter: ['del', 's'],
    replacement: (content) => (content ? `~~${content}~~` : ''),
  });
  turndown.addRule('superscript', {
    filter: (node) => node.nodeName === 'SUP' && /^[\d+\-−n]+$/.test(node.textContent?.trim() ?? ''),
    // Footnote marks are links or stand in brackets; a bare number is an exponent: 10^6, not 106.
    replacement: (content, node) =>
      (node as Element).querySelector('a') || node.parentNode?.nodeName === 'A'
        ? `[${content}]`
        : `^${content}`,
  });
  turndown.addRule('empty-link', {
    filter: (node) => node.nodeName === 'A' && !node.textContent?.trim() && !node.querySelector('img'),
    replacement: () => '',
  });
  turndown.addRule('link-around-blocks', {
    filter: (node) =>
      node.nodeName === 'A' &&
      node.querySelector('p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, figure') !== null,
    // Markdown has no link around several blocks; a torn one would leave its marks in two passages.
    replacement: (content) => `\n\n${content.trim()}\n\n`,
  });
  turndown.addRule('drawing', {
    filter: (node) => node.nodeName.toLowerCase() === 'svg',
    replacement: (_, node) => {
      // Diagrams (Mermaid's, for one) write their labels in HTML.
      const labels = [...(node as Element).querySelectorAll('text, foreignObject')].map((label) =>
        label.textContent?.replace(/\s+/g, ' ').trim(),
      );
      return labels.filter(Boolean).join(' · ');
    },
  });
  return turndown;
}

function codeBlock(pre: HTMLElement): string {
  const copy = pre.cloneNode(true) as HTMLElement;
  for (const lineBreak of copy.querySelectorAll('br')) lineBreak.replaceWith('\n');
  const code = (copy.textContent ?? '').replace(/\n$/, '');
  if (!code.replaceAll(spaceBreak, '').trim()) return '';
  const classes = [pre, ...pre.querySelectorAll('code'), pre.parentElement]
    .map((element) => element?.getAttribute('class') ?? '')
    .join(' ');
  const language = /\b(?:language|lang|highlight-source)-([\w+#-]+)/.exec(classes)?.[1] ?? '';
  const longest = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `\n\n${fence}${language}\n${code}\n${fence}\n\n`;
}

function image(element: HTMLImageElement): string {
  const alternative = element.getAttribute('alt')?.replace(/\s+/g, ' ').trim() ?? '';
  const address = element.getAttribute('src') ?? '';
  if (!alternative) return '';
  return address && !address.startsWith('data:') ? `![${alternative}](${address})` : `![${alternative}]`;
}

/**
 * Long runs of white space make Turndown quadratic: outside `<pre>` a run means one space anyway, and what has to
 * be kept is broken up until Turndown is done.
 */
function prepareText(root: Element): void {
  const walker = (root.ownerDocument ?? document).createTreeWalker(root, 4 /* NodeFilter.SHOW_TEXT */);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    let text = node.data.replace(internalMarks, '');
    if (/[ \t\r\n]{20,}/.test(text) && !node.parentElement?.closest('pre')) {
      text = text.replace(/[ \t\r\n]+/g, ' ');
    }
    text = text.replace(/\s{100}/g, `$&${spaceBreak}`);
    if (text !== node.data) node.data = text;
  }
}

function flattenDeepNesting(root: Element): void {
  const stack: [Element, number][] = [[root, 0]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [element, depth] = top;
    if (depth >= maximumDepth) element.textContent = plainText(element);
    else for (const child of element.children) stack.push([child, depth + 1]);
  }
}

/** The text of an element without recursion, its pieces kept apart. */
function plainText(element: Element): string {
  const pieces: string[] = [];
  const walker = (element.ownerDocument ?? document).createTreeWalker(element, 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) pieces.push((node as Text).data.trim());
  return pieces.filter(Boolean).join(' ');
}
