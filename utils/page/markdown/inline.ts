import { safeAddress } from './addresses';
import { describeEmbed, isEmbed } from './embeds';
import { fieldText } from './fields';
import { treeMarkdown } from './inline-tree';
import { foldedLine, InlineWriter } from './inline-writer';
import { displayAttribute, mathAttribute, noteMarkAttribute, roleOf, spaceAttribute } from './roles';
import { subscript, superscript } from './scripts';
import { drawingText, textOf } from './text-of';

export type Format = 'strong' | 'em' | 'del';

/** What the parts of the renderer share while one page is written down. */
export interface Page {
  isDropped(node: Node): boolean;
  /** An empty document in which trees for Turndown are made. */
  scratch: Document;
  /** Abbreviations whose long form has been given. */
  explained: Set<string>;
}

export interface InlineOptions {
  /** One line: blocks and line breaks become spaces (headings, table cells). */
  isOneLine?: boolean;
  /** Emphasis that stands around all of it. */
  formats?: readonly Format[];
  /** Emphasis inside says nothing, because all of it is bold (headings, terms): `strong` is left out, or all of it. */
  without?: 'strong' | 'emphasis';
}

interface Job {
  page: Page;
  writer: InlineWriter;
  options: InlineOptions;
  /** Nodes still to be written, the next one last, and what to do after an element. */
  stack: (Node | (() => void))[];
  /** Depth in elements whose line feeds are shown. */
  preserving: number;
  /** Depth in elements that were asked for all their text: asking again at every level would take quadratic time. */
  asked: number;
}

const formats: Record<string, Format> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  del: 'del',
  s: 'del',
  strike: 'del',
};
/** Longer raised text is a note in small letters, not an exponent. */
const longestRaised = 40;
const formed = new Set(['a', 'img', 'sup', 'sub', 'ruby']);
const codes = new Set(['code', 'kbd', 'samp', 'tt']);
const fields = new Set(['input', 'textarea', 'select', 'button', 'option', 'meter', 'progress', 'output']);
const quotes: Record<string, [string, string]> = { ja: ['「', '」'], de: ['„', '“'], fr: ['« ', ' »'] };

/** Markdown of a run of inline content. Iterative, linear; text of elements it does not know is kept. */
export function inlineMarkdown(nodes: readonly Node[], page: Page, options: InlineOptions = {}): string {
  const [only] = nodes;
  if (nodes.length === 1 && only?.nodeType === 3 && !options.formats?.length) {
    return page.isDropped(only) ? '' : foldedLine((only as Text).data);
  }
  const writer = new InlineWriter();
  const job: Job = { page, writer, options, stack: [...nodes].reverse(), preserving: 0, asked: 0 };
  for (const format of options.formats ?? []) writer.open(format);
  for (let entry = job.stack.pop(); entry; entry = job.stack.pop()) {
    if (typeof entry === 'function') entry();
    else if (!page.isDropped(entry)) writeNode(job, entry);
  }
  for (const format of [...(options.formats ?? [])].reverse()) writer.close(format);
  return writer.plainText() ?? treeMarkdown(writer.root, page.scratch);
}

/** The children of an element, for `inlineMarkdown`. */
export function childrenOf(element: Element): Node[] {
  const children: Node[] = [];
  for (let child = element.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

function writeNode(job: Job, node: Node): void {
  if (node.nodeType === 3 || node.nodeType === 4) writeText(job, (node as Text).data);
  else if (node.nodeType === 1) writeElement(job, node as Element);
}

function writeText({ writer, preserving, options }: Job, data: string): void {
  if (preserving === 0 || options.isOneLine) {
    writer.text(data);
    return;
  }
  for (const [index, line] of data.split('\n').entries()) {
    if (index > 0) writer.lineBreak();
    writer.text(line);
  }
}

function writeElement(job: Job, element: Element): void {
  const { writer, options } = job;
  const role = roleOf(element);
  if (role === 'skip') return;
  if (isApart(element)) {
    writer.space();
    job.stack.push(() => writer.space());
  }
  if (element.hasAttribute(mathAttribute)) writeMath(job, element);
  else if (element.hasAttribute(noteMarkAttribute)) writer.raw(textOf(element, job.page.isDropped));
  else if (role !== 'inline') {
    writer.space();
    descend(job, element, () => writer.space());
  } else if (element.localName === 'br') {
    if (options.isOneLine) writer.space();
    else writer.lineBreak();
  } else (writers[element.localName] ?? writeOther)(job, element);
}

/** A box in a line. Letters that are boxes of their own, to be moved one by one, still make words. */
function isApart(element: Element): boolean {
  if (element.getAttribute(displayAttribute) !== 'apart') return false;
  const only = element.childNodes.length === 1 ? element.firstChild : null;
  return only?.nodeType !== 3 || (only as Text).data.trim().length > 1;
}

function descend({ stack }: Job, element: Element, after?: () => void): void {
  if (after) stack.push(after);
  for (let child = element.lastChild; child; child = child.previousSibling) stack.push(child);
}

function writeMath({ writer, page }: Job, element: Element): void {
  const latex = textOf(element, page.isDropped);
  if (latex) writer.raw(roleOf(element) === 'formula' ? `$$${latex}$$` : `$${latex}$`);
}

function writeOther(job: Job, element: Element): void {
  const { writer, options } = job;
  const name = element.localName;
  const format = formats[name];
  const isWritten = format === 'del' || !options.without || (format === 'em' && options.without === 'strong');
  if (format && isWritten) {
    writer.open(format);
    descend(job, element, () => writer.close(format));
  } else if (codes.has(name)) writeCode(job, element);
  else if (isEmbed(element)) writeEmbed(job, element);
  else if (fields.has(name)) writeField(job, element);
  else if (element.hasAttribute(spaceAttribute)) {
    job.preserving++;
    descend(job, element, () => job.preserving--);
  } else if (name.includes('-')) {
    // An element of the page's own making may be a box; its words do not join those around it.
    writer.loosen();
    descend(job, element, () => writer.loosen());
  } else descend(job, element);
}

const writers: Record<string, (job: Job, element: Element) => void> = {
  a: (job, element) => {
    const address = safeAddress(element.getAttribute('href'));
    if (!address) {
      descend(job, element);
      return;
    }
    job.writer.open('a', { href: address });
    descend(job, element, () => job.writer.close('a'));
  },
  img: ({ writer }, element) => {
    const alternative = element.getAttribute('alt')?.replace(/\s+/g, ' ').trim() ?? '';
    if (alternative) writer.image(alternative, safeAddress(element.getAttribute('src')));
  },
  wbr: () => {},
  svg: ({ writer, page }, element) => writer.text(drawingText(element, page.isDropped)),
  q: (job, element) => {
    const [open, close] = quotes[languageOf(element)] ?? ['“', '”'];
    job.writer.raw(open);
    descend(job, element, () => job.writer.raw(close));
  },
  abbr: (job, element) => {
    const title = element.getAttribute('title')?.replace(/\s+/g, ' ').trim() ?? '';
    const { explained, isDropped } = job.page;
    if (!title || job.asked > 0 || explained.has(title) || title === textOf(element, isDropped)) {
      descend(job, element);
      return;
    }
    explained.add(title);
    job.asked++;
    descend(job, element, () => {
      job.asked--;
      job.writer.text(` (${title})`);
    });
  },
  rt: (job, element) => {
    const reading = textOf(element, job.page.isDropped);
    if (reading) job.writer.raw(`(${reading})`);
  },
  sup: (job, element) => writeRaised(job, element, (text) => superscript(text, job.writer.recent)),
  sub: (job, element) => writeRaised(job, element, subscript),
};

/** The language of a quotation: of the element itself or one of those close around it, else of the page. */
function languageOf(element: Element): string {
  let node: Element | null = element;
  for (let level = 0; node && level < 20; level++) {
    const language = node.getAttribute('lang');
    if (language) return language.slice(0, 2).toLowerCase();
    node = node.parentElement;
  }
  return element.ownerDocument.documentElement.lang.slice(0, 2).toLowerCase();
}

function writeRaised(job: Job, element: Element, form: (text: string) => string): void {
  const text = isSimple(element) ? textOf(element, job.page.isDropped) : undefined;
  if (text === undefined || text.length > longestRaised) {
    descend(job, element);
    return;
  }
  const written = form(text);
  if (written.startsWith(' ')) job.writer.space();
  if (written) job.writer.raw(written.trim());
}

/** True when there are words in an element and nothing that has a form of its own. Looks at few nodes. */
function isSimple(element: Element): boolean {
  const stack: Element[] = [element];
  for (let looks = 0; looks < longestRaised; looks++) {
    const node = stack.pop();
    if (!node) return true;
    for (let child = node.firstElementChild; child; child = child.nextElementSibling) {
      if (formed.has(child.localName) || child.hasAttribute(mathAttribute)) return false;
      if (child.hasAttribute(noteMarkAttribute) || stack.length > longestRaised) return false;
      stack.push(child);
    }
  }
  return false;
}

/** Code whose words are all one link is a link whose words are code; any other link in code would break it. */
function writeCode(job: Job, element: Element): void {
  const { writer } = job;
  const only = element.firstElementChild;
  const address = only?.localName === 'a' && element.childNodes.length === 1 ? only.getAttribute('href') : '';
  const href = safeAddress(address);
  const isParted = [...element.children].some(
    (child) => child.localName === 'kbd' || child.hasAttribute(mathAttribute),
  );
  if (writer.isInside('code') || isParted) {
    descend(job, element);
    return;
  }
  if (href) writer.open('a', { href });
  writer.open('code');
  descend(job, element, () => {
    writer.close('code');
    if (href) writer.close('a');
  });
}

function writeEmbed(job: Job, element: Element): void {
  const { writer, page } = job;
  const name = element.localName;
  // A frame of the same site may have been opened in place; what a player says to old browsers is not on the page.
  const mayHoldText = name === 'iframe' || name === 'frame' || name === 'object';
  if (mayHoldText && (job.asked > 0 || textOf(element, page.isDropped))) {
    job.asked++;
    descend(job, element, () => job.asked--);
    return;
  }
  const described = describeEmbed(element);
  if (!described) return;
  writer.open('a', { href: described.address });
  writer.text(described.label);
  writer.close('a');
}

function writeField(job: Job, element: Element): void {
  const { writer } = job;
  writer.loosen();
  const text = fieldText(element);
  if (text !== undefined) writer.text(text);
  else if (element.localName === 'textarea') {
    job.preserving++;
    descend(job, element, () => job.preserving--);
  } else descend(job, element, () => writer.loosen());
}
