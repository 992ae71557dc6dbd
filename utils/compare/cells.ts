/** One cell as a model wrote it -> a value, the words that prove it and their place. Nothing is added to what it says. */

import { findMarks, type Mark } from '../citations/marks';
import { findQuotations } from '../citations/quotes';
import type { Json } from './lenient-json';
import { isNotStated } from './not-stated';
import { field, numberIn } from './records';
import type { ComparisonCell, ComparisonValue } from './types';

const textNames = ['text', 'value', 'answer', 'content', '内容', '值'];
const quoteNames = ['quote', 'quotation', 'evidence', 'words', 'excerpt', '引文', '原文'];
const placeNames = [
  'paragraph',
  'para',
  'p',
  '¶',
  'place',
  'cite',
  'citation',
  'passage',
  'source',
  '段落',
  '段',
];
const lastNames = ['last', 'to', 'end'];

/** The value of a cell; `document` is that of its column. */
export function cellOf(value: Json, document: number): ComparisonValue {
  if (value === null) return 'not-stated';
  if (typeof value === 'string') return fromText(value, document);
  if (typeof value === 'number' || typeof value === 'boolean') return { text: String(value) };
  if (Array.isArray(value)) return fromList(value, document);
  return fromFields(value, document);
}

function fromFields(value: { [key: string]: Json }, document: number): ComparisonValue {
  const written = field(value, textNames);
  const quote = field(value, quoteNames);
  const place = placeIn(field(value, placeNames), document);
  const last = numberIn(field(value, lastNames));
  const words = typeof quote === 'string' && !isNotStated(quote) ? withoutMarks(quote) : undefined;
  const text = textOf(written);
  if (isNotStated(text) && words === undefined) {
    // What is called otherwise than was asked for is shown as it is.
    const rest = Object.entries(value).filter(
      ([key]) => ![...textNames, ...quoteNames, ...placeNames].includes(key),
    );
    return written === undefined && rest.some(([, more]) => !isNotStated(textOf(more)))
      ? { text: JSON.stringify(value) }
      : 'not-stated';
  }
  const own = text === '' ? undefined : fromText(text, document);
  const inText: ComparisonCell = typeof own === 'object' ? own : { text };
  const cell: ComparisonCell = { text: inText.text || (words ?? '') };
  const proof = words ?? inText.quote;
  if (proof) cell.quote = proof;
  const at = place ?? inText;
  if (at.paragraph !== undefined) cell.paragraph = at.paragraph;
  const until = at.last ?? last;
  if (until !== undefined && at.paragraph !== undefined && until > at.paragraph) cell.last = until;
  return cell;
}

/** `["€189", "sells for €189", 3]`, or several values. */
function fromList(list: Json[], document: number): ComparisonValue {
  const [text, quote, place] = list;
  const paragraph = placeIn(place, document);
  if (list.length === 3 && typeof text === 'string' && typeof quote === 'string' && paragraph)
    return fromFields({ text, quote, paragraph: place ?? null }, document);
  if (list.length === 1) return cellOf(list[0] ?? null, document);
  const texts = list.map(textOf).filter((one) => !isNotStated(one));
  return texts.length === 0 ? 'not-stated' : fromText(texts.join(', '), document);
}

function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim();
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

type Place = Pick<ComparisonCell, 'paragraph' | 'last'>;

/** A number, or a citation that names no other document. */
function placeIn(value: Json | undefined, document: number): Place | undefined {
  if (Array.isArray(value)) return value.length > 0 ? placeIn(value[0], document) : undefined;
  const paragraph = numberIn(value);
  if (paragraph) return { paragraph };
  if (typeof value !== 'string') return undefined;
  const run = /^(\d{1,6})\s?[-–—~～]\s?(\d{1,6})$/.exec(value.normalize('NFKC').trim());
  if (run) return { paragraph: Number(run[1]), last: Number(run[2]) };
  const [mark] = findMarks(value, mostDocuments);
  return mark && isOwn(mark, document) ? placeOf(mark) : undefined;
}

/** So that every number before a mark is taken for the document that it names. */
const mostDocuments = 999;
const isOwn = (mark: Mark, document: number) => mark.isUnnamed || mark.document === document;
const placeOf = ({ paragraph, last }: Mark): Place => ({ paragraph, ...(last ? { last } : {}) });

/** `€189 “sells for €189” ¶3`: the citation and the quotation right before it are taken out of the text. */
function fromText(written: string, document: number): ComparisonValue {
  const text = textOf(written);
  if (isNotStated(text)) return 'not-stated';
  const marks = findMarks(text, mostDocuments);
  // Several places cannot be told apart in one cell: they stay in its text, where they are citations as anywhere.
  const [mark] = marks;
  if (marks.length > 1 || (mark && !isOwn(mark, document))) return { text };
  const quotations = findQuotations(text).filter(({ isUncertain }) => !isUncertain);
  const quotation = quotations.length === 1 ? quotations[0] : undefined;
  const taken = [...(quotation && (mark || quotation.start > 0) ? [quotation] : []), ...(mark ? [mark] : [])];
  let rest = '';
  let at = 0;
  for (const { start, end } of taken.sort((one, other) => one.start - other.start)) {
    rest += text.slice(at, start);
    at = end;
  }
  const bare = rest + text.slice(at);
  rest = tidy(bare);
  // A place and nothing else says something, though nobody knows what.
  if (isNotStated(rest) && !quotation)
    return mark && bare.trim() === '' ? { text: '', ...placeOf(mark) } : 'not-stated';
  return {
    text: rest || (quotation?.words ?? ''),
    ...(quotation && taken.includes(quotation) ? { quote: quotation.words } : {}),
    ...(mark ? placeOf(mark) : {}),
  };
}

/** Without what stood around a citation: empty brackets, and commas and dashes at the end. */
const tidy = (text: string) =>
  text
    .replace(/[([（【]\s*[\])）】]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[\s,，;；:：–—-]+$/u, '')
    .trim();

/** Quotation marks around the whole of a quote are not its words. */
function withoutMarks(quote: string): string {
  const text = textOf(quote);
  const [only] = findQuotations(text);
  return only && only.start === 0 && only.end === text.length ? only.words : text;
}
