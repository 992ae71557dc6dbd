import type { Score } from './scores.ts';
import type { TruthPage } from './sets.ts';

/** What one reader made of one page. */
export interface Result extends Score {
  page: TruthPage;
  reader: string;
  text: string;
  /** The error it ended with. */
  trouble?: string;
}

/** The seven kinds whose mean is the headline; the others stand beside it. */
const headline = ['article', 'collection', 'documentation', 'forum', 'listing', 'product', 'service'];

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const share = (results: Result[], test: (recall: number) => boolean) =>
  results.filter(({ recall }) => test(recall)).length / Math.max(1, results.length);

type Row = [
  recall: number,
  precision: number,
  f1: number,
  half: number,
  most: number,
  all: number,
  troubles: number,
];

const row = (results: Result[]): Row => [
  mean(results.map(({ recall }) => recall)),
  mean(results.map(({ precision }) => precision)),
  mean(results.map(({ f1 }) => f1)),
  share(results, (recall) => recall < 0.5),
  share(results, (recall) => recall >= 0.95),
  share(results, (recall) => recall >= 0.99),
  results.filter(({ trouble }) => trouble).length,
];

/** Prints one line per kind of page and reader, and the mean over the seven kinds; returns these last lines. */
export function printTable(results: Result[], readers: string[]): string[] {
  const kinds = [...new Set(results.map(({ page }) => page.kind))].sort();
  const of = (reader: string, kind?: string) =>
    results.filter((result) => result.reader === reader && (!kind || result.page.kind === kind));
  const heads = ['recall', 'precision', 'F1', '< 50 %', '≥ 95 %', '≥ 99 %'].map((name) => name.padStart(10));
  console.log(`${'kind'.padEnd(14)}${'reader'.padEnd(24)}pages${heads.join('')}`);
  for (const kind of kinds) {
    for (const reader of readers) {
      const some = of(reader, kind);
      console.log(line(kind, reader, String(some.length), row(some)));
    }
    if (readers.length > 1) console.log('');
  }
  const counted = headline.filter((kind) => kinds.includes(kind));
  if (counted.length < 2) return [];
  const means = readers.map((reader) => {
    const cells = meanRow(counted.map((kind) => row(of(reader, kind))));
    cells[6] = of(reader).filter(({ trouble }) => trouble).length;
    return line(`mean of ${counted.length}`, reader, '', cells);
  });
  console.log(means.join('\n'));
  return means;
}

function line(kind: string, reader: string, count: string, cells: Row): string {
  const [recall, precision, f1, half, most, all, troubles] = cells;
  const parts = [recall, precision, f1].map((value) => value.toFixed(3).padStart(10));
  const shares = [half, most, all].map((value) => `${(value * 100).toFixed(1)} %`.padStart(10));
  const note = troubles > 0 ? `  ${troubles} failed` : '';
  return `${kind.padEnd(14)}${reader.padEnd(24)}${count.padStart(5)}${parts.join('')}${shares.join('')}${note}`;
}

/** The same as a table for documents: a line per kind and reader, the best recall and F1 of each kind in bold. */
export function printMarkdown(results: Result[], readers: string[]) {
  const cells = [
    'kind',
    'reader',
    'pages',
    'recall',
    'precision',
    'F1',
    '< 50 % kept',
    '≥ 95 % kept',
    '≥ 99 % kept',
  ];
  console.log(`\n| ${cells.join(' | ')} |\n|---|---|${'--:|'.repeat(cells.length - 2)}`);
  const kinds = [...new Set(results.map(({ page }) => page.kind))].sort();
  const of = (reader: string, kind: string) =>
    results.filter((result) => result.reader === reader && result.page.kind === kind);
  for (const kind of kinds) {
    const count = String(of(readers[0] ?? '', kind).length);
    printMarkdownRows(
      kind,
      count,
      readers.map((reader) => [reader, row(of(reader, kind))]),
    );
  }
  const counted = headline.filter((kind) => kinds.includes(kind));
  if (counted.length < 2) return;
  const means = readers.map((reader): [string, Row] => [
    reader,
    meanRow(counted.map((kind) => row(of(reader, kind)))),
  ]);
  printMarkdownRows(`mean of ${counted.length} kinds`, '', means);
}

function printMarkdownRows(kind: string, count: string, rows: [string, Row][]) {
  for (const [reader, [recall, precision, f1, half, most, all]] of rows) {
    const values = [recall, precision, f1].map((value, column) => {
      const best = Math.max(...rows.map(([, other]) => other[column] ?? 0));
      return column !== 1 && value.toFixed(3) === best.toFixed(3)
        ? `**${value.toFixed(3)}**`
        : value.toFixed(3);
    });
    const shares = [half, most, all].map((value) => `${(value * 100).toFixed(1)} %`);
    console.log(`| ${[kind, reader, count, ...values, ...shares].join(' | ')} |`);
  }
}

const meanRow = (rows: Row[]) => row([]).map((_, index) => mean(rows.map((cell) => cell[index] ?? 0))) as Row;

/** The pages on which article mode did worst, with the longest marked lines it lost and lines it added. */
export function printWorst(results: Result[], count: number) {
  const worst = results
    .filter(({ reader }) => reader === 'ours, article')
    .sort((one, other) => one.recall + one.f1 - other.recall - other.f1)
    .slice(0, count);
  for (const { page, recall, precision, f1, text, trouble } of worst) {
    const figures = `recall ${recall.toFixed(3)} precision ${precision.toFixed(3)} F1 ${f1.toFixed(3)}`;
    console.log(`${page.kind} ${page.id.slice(0, 12)} ${figures} ${page.url}${trouble ? ` ${trouble}` : ''}`);
    console.log(`  lost:  ${excerpts(page.truth, text)}`);
    console.log(`  added: ${excerpts(text, page.truth)}`);
  }
}

const fold = (text: string) => text.replace(/\]\([^()\s]*\)/g, '').replace(/[^\p{L}\p{N}]+/gu, '');

/** The beginnings of the longest lines of one text that are not in the other. */
function excerpts(text: string, other: string): string {
  const folded = fold(other);
  const lines = text.split('\n').filter((line) => fold(line) && !folded.includes(fold(line)));
  const longest = lines.sort((one, two) => two.length - one.length).slice(0, 4);
  return `${lines.length} lines; ${longest.map((line) => line.trim().slice(0, 90)).join(' | ')}`;
}
