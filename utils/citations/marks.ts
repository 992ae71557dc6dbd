/** The marks of citations in the text of an answer. */

/** A place an answer names: paragraph `paragraph` of document `document`, both counted from 1. */
export interface Citation {
  document: number;
  paragraph: number;
  /** The last paragraph, where a run of them is named. */
  last?: number;
}

/** A citation where it stands in the text of an answer: offsets in UTF-16 units, `end` exclusive. */
export interface Mark extends Citation {
  start: number;
  end: number;
  /** As it is shown. */
  mark: string;
  /** The answer names no document although there are several. */
  isUnnamed: boolean;
}

export type Piece = string | (Citation & { mark: string });

const digits = '[0-9０-９]';
const space = '[ \\u00a0]?';
const dash = '[-‐‑‒–—−~～至到]';
/** `5`, `5–7`, `5 – ¶7` */
const run = `(${digits}{1,6})(?!${digits})(?:(?:${space}${dash}${space}¶${space}|${dash})(${digits}{1,6})(?!${digits}|[.,]${digits}))?`;

/**
 * `¶12`, `3 ¶22`, `¶ 12`, `[¶12]`, `（¶12）`, `¶12–14`, `¶¶12, 15`, `第12段`. A number before the mark is a document only
 * when it stands alone: in “4.2 ¶7”, “GPT-3 ¶7” and “$3 ¶7” it belongs to the sentence.
 */
const markPattern = new RegExp(
  `(?:(?<!${digits}[.,]|[0-9０-９A-Za-z_$€£¥#/:–-])(${digits}{1,3})${space})?¶{1,2}${space}${run}|第${space}${run}${space}段`,
  'g',
);
/** What may follow within a list: `, 15` after `¶¶12`, or after `¶12` up to the bracket that closes. */
const nextInList = new RegExp(
  `(?:${space}[,，、;；&]${space}|${space}(?:and|und|et|和|及)${space})(?=${digits})${run}`,
  'y',
);
/** Between two marks that belong together. */
const between = /^[\s,，、;；&]*(?:(?:and|und|et|和|及|與|与)\s*)?$/;
/** More paragraphs than this are no run but two numbers. */
const longestRun = 200;

type Place = Omit<Citation, 'document'>;

/** Every citation in a text, in order. `documents` is how many documents the answer was written from. */
export function findMarks(text: string, documents: number): Mark[] {
  if (!/[¶第]/.test(text)) return [];
  const marks: Mark[] = [];
  markPattern.lastIndex = 0;
  for (let match = markPattern.exec(text); match; match = markPattern.exec(text)) {
    const [whole, named, first = '', last, chineseFirst, chineseLast] = match;
    const { index } = match;
    const before = marks.at(-1);
    if (chineseFirst !== undefined) {
      const place = placeOf(chineseFirst, chineseLast);
      const isUnnamed = documents > 1;
      if (place)
        marks.push({
          document: 1,
          ...place,
          start: index,
          end: index + whole.length,
          mark: whole,
          isUnnamed,
        });
      continue;
    }
    const place = placeOf(first, last) ?? { paragraph: numberOf(first) };
    const isRun = place.last !== undefined || last === undefined;
    // A run that is none: its second number stays in the sentence.
    const end =
      index +
      (isRun ? whole.length : (/^[^¶]*¶+\D?\S*?[0-9０-９]+/u.exec(whole)?.[0].length ?? whole.length));
    const number = named === undefined ? undefined : numberOf(named);
    const isDocument = number !== undefined && isDocumentNumber(text, index, end, number, documents);
    const start = number !== undefined && !isDocument ? index + whole.indexOf('¶') : index;
    // `2 ¶4, ¶7`: the document is said once.
    const isNext = before !== undefined && !before.isUnnamed && between.test(text.slice(before.end, start));
    const said = isDocument ? number : isNext ? before.document : undefined;
    const document = said ?? 1;
    const add = (from: number, to: number, { paragraph, last: until }: Place) => {
      const label = `${said !== undefined && (documents > 1 || said > 1) ? `${said} ` : ''}¶${paragraph}${until ? `–${until}` : ''}`;
      const isUnnamed = documents > 1 && said === undefined;
      marks.push({
        document,
        paragraph,
        ...(until ? { last: until } : {}),
        start: from,
        end: to,
        mark: label,
        isUnnamed,
      });
    };
    add(start, end, place);
    markPattern.lastIndex = isRun ? addList(text, start, end, whole.includes('¶¶'), add) : end;
  }
  return marks;
}

const numberOf = (text: string) => Number(text.normalize('NFKC'));

/** A paragraph or a run of them; undefined when the second number cannot end a run that begins with the first. */
function placeOf(first: string, last?: string): Place | undefined {
  const paragraph = numberOf(first);
  if (last === undefined) return { paragraph };
  const end = numberOf(last);
  return end > paragraph && end - paragraph <= longestRun ? { paragraph, last: end } : undefined;
}

/** Adds the further numbers of `¶¶12, 15` and `[¶12, 15]`, and says where they end. */
function addList(
  text: string,
  start: number,
  end: number,
  isPlural: boolean,
  add: (from: number, to: number, place: Place) => void,
): number {
  const found: { from: number; to: number; place: Place }[] = [];
  let at = end;
  for (;;) {
    nextInList.lastIndex = at;
    const match = nextInList.exec(text);
    const place = match && placeOf(match[1] ?? '', match[2]);
    const next = at + (match?.[0].length ?? 0);
    // `2 ¶4` after a comma is a document, not a paragraph.
    if (!match || !place || /^[ \u00a0]?¶/.test(text.slice(next, next + 2))) break;
    found.push({ from: at + match[0].search(/[0-9０-９]/), to: next, place });
    at = next;
  }
  const isClosed = /[[(（【]/.test(text[start - 1] ?? '') && /[\])）】]/.test(text[at] ?? '');
  if (found.length === 0 || !(isPlural || isClosed)) return end;
  for (const { from, to, place } of found) add(from, to, place);
  return at;
}

/**
 * A number before the mark names a document when there is such a document. Beyond their count it does where nothing else
 * could be meant: in brackets, or after the end of a sentence. Otherwise it stays in the sentence.
 */
function isDocumentNumber(
  text: string,
  start: number,
  end: number,
  number: number,
  documents: number,
): boolean {
  if (number < 1) return false;
  if (documents > 1 && number <= documents) return true;
  const before = text.slice(Math.max(0, start - 3), start);
  if (/[[(（【]$/.test(before)) return /[\])）】,，、;；]/.test(text[end] ?? '');
  return documents > 1 && /[.!?。！？]["'”’»」』]?\s?$/.test(before);
}

/** A text as words and citations, in order. */
export function splitCitations(text: string, documents: number): Piece[] {
  const pieces: Piece[] = [];
  let last = 0;
  for (const { start, end, mark, document, paragraph, last: lastParagraph } of findMarks(text, documents)) {
    if (start > last) pieces.push(text.slice(last, start));
    pieces.push({ document, paragraph, ...(lastParagraph ? { last: lastParagraph } : {}), mark });
    last = end;
  }
  if (last < text.length) pieces.push(text.slice(last));
  return pieces;
}
