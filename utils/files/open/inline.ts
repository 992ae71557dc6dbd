import { latexOf } from '../../page/normalize/math-latex';
import type { MathNode } from '../../page/normalize/math-tree';
import { Account } from '../document/account';
import type { Run } from '../document/inline';
import type { XmlElement } from '../markup';
import { childOf, descendantsOf, elementsOf, textIn } from '../office/package';
import { inSigns } from '../office/symbols';
import type { OpenFile } from './package';
import { keyOf, type OpenStyle, type OpenStyles } from './styles';

/** What a document is read with. */
export interface OpenReading {
  file: OpenFile;
  styles: OpenStyles;
  account: Account;
  /** Notes by their labels, in the order of the text. */
  notes: { label: string; body: XmlElement }[];
  comments: { author: string; date: string; body: XmlElement; anchor: string; name: string }[];
  /** Comments whose words are being read. */
  open: Set<OpenReading['comments'][number]>;
  labels: Set<string>;
}

export const openReading = (file: OpenFile, styles: OpenStyles): OpenReading => ({
  file,
  styles,
  account: new Account(),
  notes: [],
  comments: [],
  open: new Set(),
  labels: new Set(),
});

/** What stands at a paragraph and is not part of its line. */
export interface Beside {
  /** Text boxes and shapes, whose blocks follow. */
  boxes: XmlElement[];
  charts: XmlElement[];
}

interface Context {
  reading: OpenReading;
  runs: Run[];
  beside: Beside;
  style: OpenStyle;
  link?: string;
}

/** Characters of the words that a comment is about. */
const longestAnchor = 80;

/** Spaces in a row that are kept, in listings; a file may claim any number. */
const longestSpace = 200;

/** The runs of a paragraph. */
export function readRuns(
  paragraph: XmlElement,
  reading: OpenReading,
  style: OpenStyle,
): { runs: Run[]; beside: Beside } {
  const context: Context = {
    reading,
    runs: [],
    beside: { boxes: [], charts: [] },
    style: style.isHidden ? { isHidden: true } : {},
  };
  readAll(paragraph, context);
  return { runs: context.runs, beside: context.beside };
}

function readAll(element: XmlElement, context: Context): void {
  for (const child of element.children) {
    if (typeof child === 'string') say(child.replace(/[ \t\r\n]+/g, ' '), context);
    else readInline(child, context);
  }
}

function say(text: string, { reading, runs, style, link }: Context): void {
  if (text === '') return;
  if (style.isHidden) {
    reading.account.words('hidden', text);
    return;
  }
  const { bold, italic, strike, raised, font } = style;
  runs.push({ text: font ? inSigns(text, font) : text, bold, italic, strike, raised, link });
  for (const comment of reading.open) {
    comment.anchor += text.slice(0, longestAnchor + 1);
    if (comment.anchor.length > longestAnchor) reading.open.delete(comment);
  }
}

function readInline(element: XmlElement, context: Context): void {
  const { reading } = context;
  const { attributes } = element;
  switch (element.name) {
    case 'text:span': {
      const named = reading.styles.styles.get(keyOf('text', attributes['text:style-name']));
      readAll(element, { ...context, style: { ...context.style, ...named } });
      break;
    }
    case 'text:a':
      readAll(element, { ...context, link: attributes['xlink:href'] });
      break;
    case 'text:s':
      say(' '.repeat(Math.min(longestSpace, Number(attributes['text:c'] ?? 1) || 1)), context);
      break;
    case 'text:tab':
      say('\t', context);
      break;
    case 'text:line-break':
      say('\n', context);
      break;
    case 'text:note':
      readNote(element, context);
      break;
    case 'office:annotation':
      readComment(element, context);
      break;
    case 'office:annotation-end':
      for (const comment of reading.open)
        if (comment.name === attributes['office:name']) reading.open.delete(comment);
      break;
    case 'text:ruby': {
      readAll(childOf(element, 'text:ruby-base') ?? element, context);
      const above = textIn(childOf(element, 'text:ruby-text')).trim();
      if (above) say(`(${above})`, context);
      break;
    }
    case 'text:hidden-text':
    case 'text:hidden-paragraph':
      reading.account.words('hidden', attributes['text:string-value'] ?? textIn(element));
      break;
    case 'draw:frame':
    case 'draw:custom-shape':
    case 'draw:g':
    case 'draw:rect':
    case 'draw:ellipse':
    case 'draw:line':
    case 'draw:connector':
    case 'draw:path':
    case 'draw:polygon':
    case 'draw:a':
      readDrawing(element, context);
      break;
    case 'office:binary-data':
    case 'text:meta-field-data':
    case 'office:event-listeners':
      break;
    default:
      // Fields show what stands in them.
      readAll(element, context);
  }
}

function readNote(note: XmlElement, { reading, runs, style }: Context): void {
  const citation = childOf(note, 'text:note-citation');
  const typed = (citation?.attributes['text:label'] ?? textIn(citation)).replace(/[[\]^\s]/g, '');
  const first = note.attributes['text:note-class'] === 'endnote' ? `e${typed}` : typed || '1';
  let label = first;
  for (let count = 2; reading.labels.has(label); count++) label = `${first}-${count}`;
  reading.labels.add(label);
  const body = childOf(note, 'text:note-body');
  if (style.isHidden) reading.account.words('hidden', textIn(body));
  else if (body) {
    runs.push({ text: `[^${label}]`, isReady: true });
    reading.notes.push({ label, body });
  }
}

function readComment(element: XmlElement, { reading }: Context): void {
  const comment = {
    author: textIn(childOf(element, 'dc:creator')).trim(),
    date: textIn(childOf(element, 'dc:date')).trim(),
    body: element,
    anchor: '',
    name: element.attributes['office:name'] ?? '',
  };
  reading.comments.push(comment);
  if (comment.name) reading.open.add(comment);
}

/** Pictures by their alternative texts, formulas as LaTeX; boxes with text and charts are kept for after the line. */
export function readDrawing(
  drawing: XmlElement,
  context: Pick<Context, 'reading' | 'runs' | 'beside'>,
): void {
  const { reading, runs, beside } = context;
  const below = (name: string) => descendantsOf(drawing, name, 'draw:text-box');
  const objects = [...below('draw:object'), ...below('draw:object-ole')];
  for (const object of objects) {
    const path = (object.attributes['xlink:href'] ?? '').replace(/^\.\//, '');
    const content =
      childOf(object, 'math:math') ??
      childOf(object, 'office:document') ??
      (path ? reading.file.object(path) : undefined);
    if (content?.name === 'math:math') {
      const latex = latexOf(mathOf(content));
      if (latex) runs.push({ text: `$${latex}$`, isReady: true });
    } else if (descendantsOf(content, 'office:chart').length > 0 && content) {
      beside.charts.push(content);
      reading.account.count('charts');
    } else reading.account.count('embedded-files', path.replace(/^.*\//, ''));
  }
  // What stands beside an object is a picture of it.
  const pictures = objects.length > 0 ? [] : below('draw:image');
  if (pictures.length > 0) {
    reading.account.count('pictures', '', pictures.length);
    const alternative = textIn(below('svg:desc')[0]).trim() || textIn(below('svg:title')[0]).trim();
    if (alternative) runs.push({ text: `![${alternative.replace(/\s+/g, ' ')}]`, isReady: true });
  }
  beside.boxes.push(drawing);
}

/** Presentation MathML, which the formulas of LibreOffice are, as the tree that is written down as LaTeX. */
function mathOf(element: XmlElement): MathNode {
  const name = element.name.replace(/^.*:/, '');
  const children = elementsOf(element).filter(({ name: each }) => !/(?:^|:)annotation(?:-xml)?$/.test(each));
  return {
    name: name === 'math' || name === 'semantics' ? 'mrow' : name,
    text: children.length === 0 ? textIn(element).replace(/\s+/g, ' ').trim() : '',
    children: children.map(mathOf),
    attribute: (key) => element.attributes[key] ?? element.attributes[`math:${key}`] ?? '',
  };
}
