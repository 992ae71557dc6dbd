/**
 * What drawing a long streamed answer costs, beside other renderers in the same run: the same text, the same rate, one
 * flush a frame, in Chromium.
 *
 *   npm run bench:stream -- [--tokens 20000] [--rate 200] [--only ours] [--extremes] [--markdown]
 *
 * `--rate` is tokens a second, of four characters each. `--extremes` draws bad output in place of an ordinary answer,
 * and with our renderer alone unless `--only` names another. `--markdown` prints the table for the documents.
 */
import { parseArgs } from 'node:util';
import { type Measurement, openLab } from './stream/page.ts';
import { buildRenderer, type Renderer, rendererNames } from './stream/renderers.ts';
import { extremes, longAnswer } from './stream/texts.ts';

const { values: options } = parseArgs({
  options: {
    tokens: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '200' },
    only: { type: 'string' },
    extremes: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});

const charactersPerToken = 4;
const rate = Number(options.rate) * charactersPerToken;
const columns = [
  'renderer',
  'text',
  'CPU s',
  'growth',
  'flushes',
  'worst flush ms',
  'worst frame ms',
  '99 % ms',
  'long tasks',
  'kB (gz)',
];
const rows: string[][] = [];

const growth = ({ tenths }: Measurement) => (tenths[9] ?? 0) / (tenths[0] || 1);

function row({ name, bytes, zippedBytes }: Renderer, what: string, result: Measurement): string[] {
  return [
    name,
    result.isWhole ? what : `${what}, unfinished`,
    result.cpu.toFixed(1),
    growth(result).toFixed(2),
    String(result.flushes),
    result.worstFlush.toFixed(0),
    result.worstFrame.toFixed(0),
    result.slowFrame.toFixed(0),
    String(result.longTasks),
    `${Math.round(bytes / 1000)} (${Math.round(zippedBytes / 1000)})`,
  ];
}

function print() {
  if (options.markdown) {
    console.log(`| ${columns.join(' | ')} |`);
    console.log(`|---|---|${'--:|'.repeat(columns.length - 2)}`);
    for (const cells of rows) console.log(`| ${cells.join(' | ')} |`);
    return;
  }
  const widths = columns.map((name, index) =>
    Math.max(name.length, ...rows.map((cells) => cells[index]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, index) => (index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ');
  console.log(line(columns));
  for (const cells of rows) console.log(line(cells));
}

const texts: Record<string, string> = options.extremes
  ? Object.fromEntries(Object.entries(extremes).map(([name, make]) => [name, make()]))
  : { [`${options.tokens} tokens`]: longAnswer(Number(options.tokens) * charactersPerToken) };
const names = options.only ? [options.only] : options.extremes ? ['ours'] : rendererNames;

const lab = await openLab();
try {
  for (const name of names) {
    const renderer = await buildRenderer(name);
    for (const [what, text] of Object.entries(texts)) {
      const result = await lab.measure(renderer, text, rate);
      rows.push(row(renderer, what, result));
      console.error(
        `${name}, ${what}, seconds by tenth: ${result.tenths.map((tenth) => tenth.toFixed(2)).join(' ')}`,
      );
    }
  }
} finally {
  await lab.close();
}
print();
