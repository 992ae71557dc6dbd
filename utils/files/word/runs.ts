import type { Run } from '../document/inline';
import type { XmlElement } from '../markup';
import { alternativeOf } from '../office/drawing';
import { latexOfMath } from '../office/math';
import { childOf, chosen, descendantsOf, elementsOf, textIn } from '../office/package';
import { inSigns, signOf } from '../office/symbols';
import { styleOf, type WordDocument } from './document';
import { Fields, linkOf } from './fields';
import { formatOf, type Style } from './styles';

/** What stands in a paragraph and is not part of its line. */
export interface Found {
  runs: Run[];
  /** Contents of text boxes, in order. */
  boxes: XmlElement[];
  /** Parts with charts and diagrams. */
  charts: string[];
  diagrams: string[];
}

interface Context {
  document: WordDocument;
  /** The part that relationships are those of. */
  part: string;
  fields: Fields;
  found: Found;
  paragraph: Style;
  link?: string;
  isDeleted?: boolean;
}

/** Reads the runs of paragraphs of one part, whose fields may go on from one to the next. */
export class RunReader {
  private readonly fields = new Fields();
  private readonly document: WordDocument;
  private readonly part: string;

  constructor(document: WordDocument, part: string) {
    this.document = document;
    this.part = part;
  }

  /** Words at the end of the part that belong to no paragraph any more. */
  rest(): string {
    return this.fields.rest().trim();
  }

  read(paragraph: XmlElement, style: Style): Found {
    const found: Found = { runs: [], boxes: [], charts: [], diagrams: [] };
    const { document, part, fields } = this;
    readAll(paragraph, { document, part, fields, found, paragraph: style });
    return found;
  }
}

function readAll(element: XmlElement, context: Context): void {
  for (const child of elementsOf(element)) readInline(child, context);
}

function readInline(element: XmlElement, context: Context): void {
  const { document, part } = context;
  const { attributes } = element;
  switch (element.name) {
    case 'w:r':
      readRun(element, context);
      break;
    case 'w:t':
      readRun({ name: 'w:r', attributes: {}, children: [element] }, context);
      break;
    case 'w:hyperlink': {
      const relationship = document.files.relationship(part, attributes['r:id']);
      const link = relationship?.isExternal ? relationship.target : undefined;
      readAll(element, link ? { ...context, link } : context);
      break;
    }
    case 'w:fldSimple': {
      const link = linkOf(attributes['w:instr'] ?? '');
      readAll(element, link ? { ...context, link } : context);
      break;
    }
    case 'w:del':
    case 'w:moveFrom':
      readAll(element, { ...context, isDeleted: true });
      break;
    case 'w:sdt':
      readAll(childOf(element, 'w:sdtContent') ?? element, context);
      break;
    case 'mc:AlternateContent':
      for (const child of chosen(element)) readInline(child, context);
      break;
    case 'm:oMathPara':
      for (const math of descendantsOf(element, 'm:oMath')) addMath(math, '$$', context);
      break;
    case 'm:oMath':
      addMath(element, '$', context);
      break;
    case 'w:commentRangeStart':
      document.comments.start(attributes['w:id'] ?? '');
      break;
    case 'w:commentRangeEnd':
      document.comments.end(attributes['w:id'] ?? '');
      break;
    case 'w:pPr':
    case 'w:rPr':
    case 'w:sdtPr':
    case 'w:sdtEndPr':
      break;
    default:
      // Whatever else may hold runs: inserted and moved text, tags, directions, elements nobody knows yet.
      readAll(element, context);
  }
}

function addMath(math: XmlElement, fence: string, { found, document, isDeleted }: Context): void {
  const latex = latexOfMath(math);
  if (latex === '') return;
  if (isDeleted) document.account.words('deleted-text', latex);
  else found.runs.push({ text: `${fence}${latex}${fence}`, isReady: true });
}

function readRun(run: XmlElement, context: Context): void {
  const { document, paragraph, fields, link } = context;
  const properties = childOf(run, 'w:rPr');
  const named = styleOf(document, childOf(properties, 'w:rStyle')?.attributes['w:val']);
  const style = { isHidden: paragraph.isHidden, ...only(named), ...formatOf(properties) };
  const fonts = childOf(properties, 'w:rFonts')?.attributes;
  const marks: Omit<Run, 'text'> = {
    bold: style.bold,
    italic: style.italic,
    strike: style.strike,
    ...raisedBy(properties),
  };
  // A note may have a mark of its own, which is typed behind its reference.
  const hasTypedMark = elementsOf(run).some(({ attributes }) => isOn(attributes['w:customMarkFollows']));
  for (const child of elementsOf(run)) {
    if (hasTypedMark && child.name === 'w:t') continue;
    const text = runText(child, context, fonts?.['w:ascii'] ?? '', run);
    if (text === undefined || text === '') continue;
    const piece: Run = typeof text === 'string' ? { ...marks, text, link: link ?? fields.link } : text;
    if (context.isDeleted || child.name === 'w:delText') document.account.words('deleted-text', piece.text);
    else if (!fields.isShown) fields.hold(piece.text);
    else if (style.isHidden) document.account.words('hidden', piece.text);
    else {
      document.comments.read(piece.text);
      context.found.runs.push(piece);
    }
  }
}

const isOn = (value: string | undefined) => value !== undefined && !/^(?:0|false|off)$/.test(value);

/** Small letters that are moved up or down are raised, too; LibreOffice writes them so. */
function raisedBy(properties: XmlElement | undefined): Pick<Run, 'raised'> {
  const align = childOf(properties, 'w:vertAlign')?.attributes['w:val'];
  if (align === 'superscript') return { raised: 'up' };
  if (align === 'subscript') return { raised: 'down' };
  const position = Number(childOf(properties, 'w:position')?.attributes['w:val'] ?? 0);
  if (!position || align || !childOf(properties, 'w:sz')) return {};
  return { raised: position > 0 ? 'up' : 'down' };
}

/** Of a style of words what counts for a run. */
const only = ({ bold, italic, strike, isHidden }: Style): Style => ({
  ...(bold === undefined ? {} : { bold }),
  ...(italic === undefined ? {} : { italic }),
  ...(strike === undefined ? {} : { strike }),
  ...(isHidden === undefined ? {} : { isHidden }),
});

/** What one part of a run shows: text with the marks of the run, or something that is written already. */
function runText(
  element: XmlElement,
  context: Context,
  font: string,
  run: XmlElement,
): string | Run | undefined {
  const { attributes } = element;
  const { fields, document } = context;
  switch (element.name) {
    case 'w:t':
    case 'w:delText': {
      const text = inSigns(textIn(element), font);
      return attributes['xml:space'] === 'preserve' ? text : text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
    }
    case 'w:tab':
    case 'w:ptab':
      return '\t';
    case 'w:br':
      return /^(?:page|column)$/.test(attributes['w:type'] ?? '') ? ' ' : '\n';
    case 'w:cr':
      return '\n';
    case 'w:noBreakHyphen':
      return '\u2011';
    case 'w:sym':
      return signOf(Number.parseInt(attributes['w:char'] ?? '', 16) || 0, attributes['w:font'] ?? '');
    case 'w:footnoteReference':
    case 'w:endnoteReference':
      return noteMark(element, context, run);
    case 'w:fldChar':
      return fieldCharacter(element, fields);
    case 'w:instrText':
      fields.instruction(textIn(element));
      return undefined;
    case 'w:ruby': {
      const reading = descendantsOf(childOf(element, 'w:rt'), 'w:t').map(textIn).join('');
      return (
        descendantsOf(childOf(element, 'w:rubyBase'), 'w:t').map(textIn).join('') +
        (reading ? `(${reading})` : '')
      );
    }
    case 'mc:AlternateContent': {
      const texts = chosen(element).map((child) => runText(child, context, font, run));
      return texts.find((text) => text !== undefined && text !== '');
    }
    case 'w:drawing':
    case 'w:pict':
    case 'w:object':
      if (context.isDeleted || !fields.isShown) return undefined;
      if (element.name === 'w:object')
        document.account.count('embedded-files', descendantsOf(element, 'o:OLEObject')[0]?.attributes.ProgID);
      return drawn(element, context);
    default:
      return undefined;
  }
}

function noteMark(
  element: XmlElement,
  { document, isDeleted, fields }: Context,
  run: XmlElement,
): Run | undefined {
  if (isDeleted || !fields.isShown) return undefined;
  const { attributes } = element;
  const kind = element.name === 'w:footnoteReference' ? 'footnote' : 'endnote';
  const typed = isOn(attributes['w:customMarkFollows'])
    ? elementsOf(run)
        .filter(({ name }) => name === 'w:t')
        .map(textIn)
        .join('')
    : '';
  return { text: `[^${document.notes.label(kind, attributes['w:id'] ?? '', typed)}]`, isReady: true };
}

function fieldCharacter(element: XmlElement, fields: Fields): string | undefined {
  const type = element.attributes['w:fldCharType'];
  if (type === 'separate') fields.separate();
  else if (type === 'end') return fields.end();
  else if (type === 'begin') {
    // A box to tick is shown by its settings alone.
    const box = descendantsOf(element, 'w:checkBox')[0];
    const state = childOf(box, 'w:checked') ?? childOf(box, 'w:default');
    const isChecked = state !== undefined && isOn(state.attributes['w:val'] ?? '1');
    fields.begin(box && (isChecked ? '☑' : '☐'));
  }
  return undefined;
}

/** Pictures by their alternative texts; boxes with text, charts and diagrams are kept for after the paragraph. */
function drawn(element: XmlElement, { document, part, found }: Context): string | Run | undefined {
  const below = (name: string) => descendantsOf(element, name, 'w:txbxContent');
  found.boxes.push(...below('w:txbxContent'));
  for (const chart of [...below('c:chart'), ...below('cx:chart')]) {
    const target = document.files.relationship(part, chart.attributes['r:id'])?.target;
    if (target) found.charts.push(target);
  }
  for (const diagram of below('dgm:relIds')) {
    const target = document.files.relationship(part, diagram.attributes['r:dm'])?.target;
    if (target) found.diagrams.push(target);
  }
  // Drawn letters are text, however they are bent.
  const letters = below('v:textpath').map(({ attributes }) => attributes.string ?? '');
  const isObject = element.name === 'w:object';
  const pictures = isObject ? [] : [...below('pic:pic'), ...below('v:imagedata')];
  if (pictures.length > 0) document.account.count('pictures', '', pictures.length);
  const alternative = alternativeOf(descendantsOf(element, 'wp:docPr')[0]) || alternativeOfShape(element);
  if (alternative && pictures.length > 0) return { text: `![${alternative}]`, isReady: true };
  return letters.join(' ');
}

const alternativeOfShape = (element: XmlElement) =>
  (descendantsOf(element, 'v:shape')[0]?.attributes.alt ?? '').replace(/\s+/g, ' ').trim();
