/** The cells of a comparison as they are written elsewhere: their words, what was found out about them, their places. */

import { findQuote, indexOf, passageAddress, plainPassage } from '../../citations';
import { type CheckedCell, type Comparison, type ComparisonValue, checkCell } from '../../compare';
import type { Source } from '../../source';

export interface WrittenCell {
  /** The value without marks of Markdown; empty where there is none. */
  text: string;
  state: CheckedCell['state'] | 'not-stated' | 'lost';
  isBest: boolean;
  /** The number before a citation, where there are several documents, and the paragraphs it names. */
  mark?: string;
  paragraph?: number;
  /** The words of the document to the letter, as far as the cell quotes them. */
  quote?: string;
  /** What of the cell stands nowhere. */
  missing?: string[];
  /** Leads to the words on the page; undefined for what has no address on the web. */
  address?: string;
}

export interface WrittenColumn {
  document: number;
  name: string;
  source?: Source;
}

export interface WrittenComparison {
  columns: WrittenColumn[];
  rows: { name: string; cells: WrittenCell[] }[];
  broken: string[];
  /** A long source is still being looked through; see `watchChecks`. */
  isPending: boolean;
}

/** Everything of a comparison, checked. `sources` in the order of their numbers; without them nothing is known. */
export function writtenComparison(
  { columns, rows, broken }: Comparison,
  sources?: readonly Source[],
): WrittenComparison {
  const written: WrittenComparison = {
    columns: columns.map(({ document, name }) => {
      const source = sources?.[document - 1];
      return { document, name: plainText(name) || source?.title || '', ...(source ? { source } : {}) };
    }),
    rows: rows.map(({ name, cells, best }) => ({
      name: plainText(name),
      cells: cells.map((cell, place) => {
        const document = columns[place]?.document ?? 0;
        const isBest = best.includes(document);
        return sources
          ? writtenCell(cell, document, sources, isBest)
          : uncheckedCell(cell, document, columns.length, isBest);
      }),
    })),
    broken,
    isPending: false,
  };
  written.isPending = written.rows.some(({ cells }) => cells.some(({ state }) => state === 'pending'));
  return written;
}

function uncheckedCell(
  value: ComparisonValue,
  document: number,
  count: number,
  isBest: boolean,
): WrittenCell {
  if (typeof value === 'string') return { text: '', state: value, isBest: false };
  const { text, quote, paragraph } = value;
  return {
    text: plainText(text),
    state: paragraph === undefined ? 'uncited' : 'place',
    isBest,
    ...(quote ? { quote } : {}),
    ...(paragraph === undefined
      ? {}
      : { paragraph, mark: `${count > 1 ? `${document} ` : ''}¶${paragraph}` }),
  };
}

function writtenCell(
  value: ComparisonValue,
  document: number,
  sources: readonly Source[],
  isBest: boolean,
): WrittenCell {
  if (typeof value === 'string') return { text: '', state: value, isBest: false };
  const { state, mark, missing } = checkCell(value, document, sources);
  const cell: WrittenCell = { text: plainText(value.text), state, isBest };
  if (missing && missing.length > 0) cell.missing = missing;
  const source = sources[document - 1];
  if (!mark || state === 'missing' || !source) return cell;
  cell.mark = mark.mark;
  cell.paragraph = mark.paragraph;
  const passage = indexOf(source).passage(mark.paragraph);
  if (passage === undefined) return cell;
  const words = plainPassage(passage);
  const quoted = 'words' in mark.verdict ? mark.verdict.words : [];
  const spans = quoted.flatMap((quote) => findQuote(words, quote) ?? []);
  if (spans.length > 0) cell.quote = spans.map(({ start, end }) => words.slice(start, end)).join(' … ');
  if (/^https?:/i.test(source.url ?? '')) {
    const page = source.segments.find(({ number }) => number === mark.paragraph)?.page;
    cell.address = passageAddress(source, { passage, page, span: spans[0] });
  }
  return cell;
}

/** Words in one line, without marks of Markdown. */
const plainText = (text: string): string =>
  plainPassage(text.replace(/<br ?\/?>/gi, ' '))
    .replace(/\s+/g, ' ')
    .trim();
