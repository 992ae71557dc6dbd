import { sizeOf } from '../../page/size';
import type { Gap } from '../../source';
import { type LightDocument, type LightElement, LightText } from './dom';

/** Never text, and nobody misses it. */
const silent = new Set(['script', 'style', 'template', 'head', 'title', 'link', 'meta', 'base', 'noscript']);

/** Characters of what is hidden that a gap shows. */
const longestSample = 160;

export interface Hidden {
  /** What is not to be written down. */
  dropped: Set<LightElement>;
  gaps: Gap[];
}

/**
 * What a browser would not draw, as far as it is told without drawing: by attributes, by styles on the element, and by
 * rules of the document's own style sheets with one plain selector. Words that are only made unreadable are concealed.
 */
export function hiddenIn(document: LightDocument): Hidden {
  const dropped = new Set<LightElement>();
  const found = { hidden: { size: 0, sample: '' }, concealed: { size: 0, sample: '' } };
  const rules = hidingRules(document);
  for (const element of document.body.querySelectorAll('*')) {
    const why = isDisplayNone(element, rules) ? 'hidden' : isConcealed(element) ? 'concealed' : undefined;
    if (!why || silent.has(element.localName) || isInside(element, dropped)) continue;
    dropped.add(element);
    const words = wordsOf(element);
    const size = sizeOf(words);
    found[why].size += size;
    if (size > 0 && found[why].sample.length < longestSample)
      found[why].sample = `${found[why].sample} ${words.slice(0, longestSample)}`.trim();
  }
  return {
    dropped,
    gaps: (['hidden', 'concealed'] as const).flatMap((why) =>
      found[why].size > 0
        ? { why, size: found[why].size, sample: found[why].sample.slice(0, longestSample) }
        : [],
    ),
  };
}

function isInside(element: LightElement, dropped: Set<LightElement>): boolean {
  if (dropped.size === 0) return false;
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (dropped.has(parent)) return true;
  }
  return false;
}

function wordsOf(element: LightElement): string {
  const pieces: string[] = [];
  const stack: (LightElement | LightText)[] = [element];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node instanceof LightText) pieces.push(node.data);
    else if (!silent.has(node.localName))
      for (let child = node.lastChild; child; child = child.previousSibling) stack.push(child);
  }
  return pieces.join(' ').replace(/\s+/g, ' ').trim();
}

function isDisplayNone(element: LightElement, rules: Set<string>): boolean {
  if (element.hasAttribute('hidden') && element.getAttribute('hidden') !== 'until-found') return true;
  if (element.localName === 'dialog' && !element.hasAttribute('open')) return true;
  const style = element.getAttribute('style');
  if (style) {
    const display = /(?:^|;)\s*(?:display\s*:\s*([\w-]+)|mso-hide\s*:\s*(all))/i.exec(style);
    if (display) return display[2] !== undefined || display[1]?.toLowerCase() === 'none';
    if (/(?:^|;)\s*visibility\s*:\s*(?:hidden|collapse)/i.test(style)) return true;
  }
  if (rules.size === 0) return false;
  if (rules.has(element.localName) || rules.has(`#${element.id}`)) return true;
  const names = element.getAttribute('class');
  return names?.split(/\s+/).some((name) => rules.has(`.${name}`)) ?? false;
}

function isConcealed(element: LightElement): boolean {
  const style = element.getAttribute('style');
  if (!style) return false;
  return (
    /(?:^|;)\s*font-size\s*:\s*0*(?:\.0+)?[01]?(?:px|pt|em|rem|%)?\s*(?:!|;|$)/i.test(style) ||
    /(?:^|;)\s*opacity\s*:\s*0*(?:\.0+)?\s*(?:!|;|$)/i.test(style) ||
    (/(?:^|;)\s*(?:max-)?height\s*:\s*0/i.test(style) && /(?:^|;)\s*overflow\s*:\s*hidden/i.test(style)) ||
    /(?:^|;)\s*text-indent\s*:\s*-\d{3,}/i.test(style) ||
    (/(?:^|;)\s*position\s*:\s*(?:absolute|fixed)/i.test(style) &&
      /(?:^|;)\s*(?:left|top|right)\s*:\s*-\d{4,}/i.test(style))
  );
}

/** Style sheets longer than this are those of an application; its pages are read in the browser. */
const longestSheet = 1_000_000;

/** Plain selectors (`.x`, `#x`, a name) whose last rule outside of conditions hides. */
function hidingRules(document: LightDocument): Set<string> {
  const hiding = new Set<string>();
  for (const sheet of document.querySelectorAll('style')) {
    if (/print/i.test(sheet.getAttribute('media') ?? '')) continue;
    const text = sheet.textContent;
    if (text.length > longestSheet) continue;
    for (const { selector, body } of rulesOf(text)) {
      const display = /(?:^|;)\s*display\s*:\s*([\w-]+)/i.exec(body)?.[1]?.toLowerCase();
      if (!display) continue;
      for (const one of selector.split(',')) {
        const plain = one.trim();
        if (!/^(?:[.#][\w-]+|[a-z][\w-]*)$/i.test(plain) || /^(?:html|body)$/i.test(plain)) continue;
        if (display === 'none') hiding.add(plain);
        else hiding.delete(plain);
      }
    }
  }
  return hiding;
}

/** The rules at the top of a style sheet; what stands in conditions is passed over. */
function* rulesOf(sheet: string): Generator<{ selector: string; body: string }> {
  const text = sheet.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '');
  let start = 0;
  while (start < text.length) {
    const open = text.indexOf('{', start);
    if (open === -1) return;
    const selector = text
      .slice(start, open)
      .replace(/^[^;]*;(?=[^;]*$)/, '')
      .trim();
    if (selector.startsWith('@')) {
      let depth = 1;
      let at = open + 1;
      for (; at < text.length && depth > 0; at++) {
        const code = text.charCodeAt(at);
        if (code === 123) depth++;
        else if (code === 125) depth--;
      }
      start = at;
      continue;
    }
    const close = text.indexOf('}', open);
    if (close === -1) return;
    yield { selector, body: text.slice(open + 1, close) };
    start = close + 1;
  }
}
