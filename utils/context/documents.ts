import type { Source } from '../source';

/** A run of whole passages of a document that is read in passes, and the numbers of the first and the last. */
export interface DocumentPart {
  text: string;
  first: number;
  last: number;
  isLast: boolean;
}

/**
 * One document as the model reads it. Equal inputs give equal bytes, for ever: vendors' caches match by prefix.
 * The lines after the text carry a mark derived from the text's own SHA-256, so no text can contain its own end
 * or claim that something was not read.
 * Title and address are attacker-controlled too: they are JSON strings with angle brackets escaped.
 */
export function serializeDocument(source: Source, index: number, part?: DocumentPart): string {
  const mark = documentMark(source);
  const { length } = source.segments;
  const attributes = [
    `index="${index}"`,
    `mark="${mark}"`,
    `kind="${source.kind}"`,
    `title=${quoted(source.title)}`,
    ...(source.url ? [`address=${quoted(source.url)}`] : []),
    ...(source.lang ? [`language=${quoted(source.lang)}`] : []),
    ...(source.segments.some(({ place }) => place?.cells) ? [`form="${sheetForm}"`] : []),
    `paragraphs="${part ? `${part.first}-${part.last} of ${length}` : length}"`,
  ];
  const text = part?.text ?? source.text;
  // What was not read of the whole is said once, where the text ends.
  const notRead = !part || part.isLast ? notReadLines(source, mark) : '';
  return `<document ${attributes.join(' ')}>\n${text}\n${notRead}</document mark="${mark}">\n`;
}

/** How the rows of sheets are to be read (`utils/files/workbook/sheet-text.ts`), for models that have not seen their like. */
const sheetForm =
  'a line of a table is a row: its number, then its cells behind tabs; F: before a cell is its column, a cell without follows the one before; A1:C1: is before a merged cell; empty cells are left out';

/** A list of numbers and ranges. What else stands in a record (a backup may be anybody's) does not get between the lines. */
const numbersOnly = /^[\d ,;–-]*$/;

/** What of a source could not be read, as lines that the source itself cannot write. */
function notReadLines(source: Source, mark: string): string {
  return source.gaps
    .filter(({ why }) => why !== 'furniture' && why !== 'page-tools')
    .map((gap) => {
      // Which pages or lines are missing is a list of numbers; other samples are words of the page and stay here.
      const list = gap.sample && numbersOnly.test(gap.sample) ? gap.sample : undefined;
      const pages = gap.why.endsWith('-pages') && list ? ` pages="${list}"` : '';
      const lines = gap.why === 'undrawn-lines' && list ? ` only_lines="${list}"` : '';
      return `<not_read mark="${mark}" why="${gap.why}" size="${gap.size}"${pages}${lines}/>\n`;
    })
    .join('');
}

/** A document in its place. One without its source was sent before and is left out now: its number stays taken. */
export interface Placed {
  index: number;
  source?: Source;
}

/** The documents part of a message; it ends with the blank line after which a vendor's cache mark may stand. */
export function serializePlaces(documents: Placed[]): string {
  const texts = documents.map(({ source, index }) =>
    source ? serializeDocument(source, index) : `<document index="${index}" left_out="by the user"/>\n`,
  );
  return `<documents>\n${texts.join('')}</documents>\n\n`;
}

/** 64 bits of the text's hash; more of it in the unthinkable case that the text contains them. */
export function documentMark(source: Source): string {
  for (let length = 16; length < source.id.length; length += 8) {
    const mark = source.id.slice(0, length);
    if (!source.text.includes(mark)) return mark;
  }
  return source.id;
}

const quoted = (value: string) => JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
