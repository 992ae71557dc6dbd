/** A comparison as a table in Markdown, as CSV, and as lines of text. */

import { type Comparison, createComparisonParser } from '../../compare';
import { t } from '../../i18n';
import type { Source } from '../../source';
import { inParentheses } from './addresses';
import { type WrittenCell, type WrittenComparison, writtenComparison } from './comparison-cells';
import { csvText } from './csv';
import { placeLabel } from './place-label';

/** What a comparison block of an answer says. */
export const comparisonIn = (block: string, sources: readonly Source[] = []): Comparison =>
  createComparisonParser(sources).parse(block, true);

/** What is said of a cell besides its value: that there is none, or that it is not to be relied on. */
export function cellNote({ state }: WrittenCell): string {
  if (state === 'not-stated') return t('comparison.notStated');
  if (state === 'lost') return t('comparison.lost');
  if (state === 'missing') return t('comparison.missing');
  return state === 'uncited' ? t('comparison.uncited') : '';
}

/** The value of a cell with what is said of it. */
export function cellText(cell: WrittenCell): string {
  const note = cellNote(cell);
  if (!note || !cell.text) return note || cell.text;
  return `${cell.text} (${note})`;
}

/** The heads of the columns: the number of the document and its name. */
export const columnHeads = ({ columns }: WrittenComparison, count: number): string[] =>
  columns.map(({ document, name }) => (count > 1 ? `${document} · ${name}` : name) || String(document));

/**
 * A table in GitHub's Markdown, every cell with its citation; with `links` citations lead to the words on the page. A
 * cell that stands nowhere is struck out and says so. Lines that could not be read stand below as they are.
 */
export function comparisonMarkdown(written: WrittenComparison, count: number, links: boolean): string {
  const { columns, rows, broken } = written;
  const parts: string[] = [];
  if (columns.length > 0) {
    const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
    const head = columnHeads(written, count).map(plain);
    parts.push(
      [
        line(['', ...head]),
        line(['---', ...head.map(() => '---')]),
        ...rows.map(({ name, cells }) =>
          line([plain(name), ...cells.map((cell) => markdownCell(cell, links))]),
        ),
      ].join('\n'),
    );
  }
  if (broken.length > 0) parts.push(fenced(broken.join('\n')));
  return parts.join('\n\n');
}

function markdownCell(cell: WrittenCell, links: boolean): string {
  const { text, state, isBest, mark, address } = cell;
  const words = plain(text);
  const note = cellNote(cell);
  if (state === 'not-stated' || state === 'lost') return `*${note}*`;
  if (state === 'missing') return `${words ? `~~${words}~~ ` : ''}(${note})`;
  const value = isBest && words ? `**${words}**` : words;
  const place = mark && (links && address ? `[${mark}](${inParentheses(address)})` : mark);
  return [value, place ?? (note && `(${note})`)].filter(Boolean).join(' ');
}

/** Code whose fence is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** Signs that Markdown would take for its own, and line ends, which would end the row. */
const plain = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~]/g, (sign) => `\\${sign}`);

/** One row for each attribute and one column for each document. */
export function comparisonCsv(written: WrittenComparison, count: number): string {
  return csvText([
    [t('comparison.attribute'), ...columnHeads(written, count)],
    ...written.rows.map(({ name, cells }) => [name, ...cells.map(cellText)]),
    ...written.broken.map((line) => [line]),
  ]);
}

/** One row for each cell, with the words of the document, their paragraph and address. */
export function quotesCsv(written: WrittenComparison): string {
  return csvText([quoteHeads(), ...quoteRows(written)]);
}

export const quoteHeads = (): string[] => [
  t('comparison.attribute'),
  t('saved.number'),
  t('saved.source'),
  t('saved.value'),
  t('saved.quote'),
  t('saved.paragraph'),
  t('saved.address'),
];

/** What `quoteHeads` names, for every cell of every row. */
export const quoteRows = ({ columns, rows }: WrittenComparison): string[][] =>
  rows.flatMap(({ name, cells }) =>
    cells.map((cell, place) => {
      const column = columns[place];
      return [
        name,
        String(column?.document ?? ''),
        column?.source?.title || column?.name || '',
        cellText(cell),
        cell.quote ?? '',
        cell.paragraph === undefined ? '' : `¶${cell.paragraph}`,
        cell.address ?? addressOf(column?.source, cell.paragraph),
      ];
    }),
  );

/** Where the words are to be looked up: the page on the web, or the place in the file. */
function addressOf(source: Source | undefined, paragraph: number | undefined): string {
  if (/^https?:/i.test(source?.url ?? '')) return source?.url ?? '';
  return placeLabel(source?.segments.find(({ number }) => number === paragraph));
}

/** Lines in which the words of a comparison are found and read: names, values, quotes. Nothing is checked. */
export function comparisonLines(comparison: Comparison): string {
  const names = comparison.columns.map(({ name }) => name);
  const lines = comparison.rows.map(({ name, cells }) => {
    const values = cells.flatMap((cell) =>
      typeof cell === 'string'
        ? []
        : [cell.quote && cell.quote !== cell.text ? `${cell.text} “${cell.quote}”` : cell.text],
    );
    return `${name}: ${values.join(' · ')}`;
  });
  return [names.filter(Boolean).join(' · '), ...lines, ...comparison.broken].join('\n');
}

/** A comparison as it is written out, once for what was made of it. */
export { writtenComparison };
