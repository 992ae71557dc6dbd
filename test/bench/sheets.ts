/**
 * `node test/bench/sheets.ts`: what sheets cost. How many tokens a cell takes in several forms (o200k_base), and the
 * time and memory for reading 100,000 cells beside unpacking and parsing the same XML, and beside the library.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import * as library from '@e965/xlsx';
import { unzipSync } from 'fflate';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { createServer } from 'vite';
import type { readTable } from '../../utils/files/table.ts';
import type { readWorkbook } from '../../utils/files/workbook.ts';

const rounds = 5;
const server = await createServer({
  root: resolve(import.meta.dirname, '../..'),
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true },
  optimizeDeps: { noDiscovery: true },
});
const load = <Module>(path: string) => server.ssrLoadModule(path) as Promise<Module>;
const files = await load<{ readWorkbook: typeof readWorkbook }>('/utils/files/workbook.ts');
const { readTable: read } = await load<{ readTable: typeof readTable }>('/utils/files/table.ts');
const { XmlReader } = await load<typeof import('../../utils/files/markup.ts')>('/utils/files/markup.ts');
const { tables, forms } = await load<typeof import('./sheets/tables.ts')>('/test/bench/sheets/tables.ts');

/** 10,000 rows of ten cells: shared strings, dates, amounts, percentages. */
function ledger(bookType: library.BookType): Uint8Array {
  const rows: unknown[][] = [['Id', 'Date', 'Name', 'Net', 'VAT', 'Gross', 'Paid', 'Note', 'City', 'Share']];
  for (let row = 1; row < 10_000; row++)
    rows.push([
      `A${row}`,
      43_831 + (row % 2_000),
      `Customer ${row % 977}`,
      row * 1.37,
      0.19,
      row * 1.63,
      row % 3 === 0,
      row % 7 === 0 ? `note ${row}` : 'open',
      ['Berlin', '上海', 'Paris'][row % 3],
      row / 10_000,
    ]);
  const sheet = library.utils.aoa_to_sheet(rows);
  const formats = { B: 'yyyy-mm-dd', D: '#,##0.00', E: '0%', F: '#,##0.00', J: '0.00%' };
  for (const [column, format] of Object.entries(formats))
    for (let row = 2; row <= 10_000; row++) sheet[`${column}${row}`].z = format;
  const workbook = library.utils.book_new();
  library.utils.book_append_sheet(workbook, sheet, 'Ledger');
  return new Uint8Array(
    library.write(workbook, { type: 'array', bookType, compression: true, bookSST: true }),
  );
}

const ways: Record<string, (bytes: Uint8Array) => number | Promise<number>> = {
  'unpacking and parsing alone': (bytes) => {
    let tags = 0;
    for (const [path, part] of Object.entries(unzipSync(bytes))) {
      if (!path.endsWith('.xml')) continue;
      const xml = new XmlReader(new TextDecoder().decode(part));
      while (xml.next()) if (xml.kind === 'open') tags++;
    }
    return tags;
  },
  'the library alone': (bytes) => {
    const workbook = library.read(bytes, { type: 'array', dense: true, cellFormula: false });
    return library.utils.sheet_to_csv(workbook.Sheets.Ledger as library.WorkSheet).length;
  },
  'whole reading': async (bytes) =>
    (await files.readWorkbook(Uint8Array.from(bytes), { name: 'bench.xlsx' })).text.length,
};

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const [, , way, file] = process.argv;
if (way && file) {
  // A process of its own for each way: the peak of memory is that of the process.
  const bytes = ledger(file as library.BookType);
  globalThis.gc?.();
  const times: number[] = [];
  const before = process.memoryUsage().rss;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    await ways[way]?.(bytes);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1_000);
  }
  console.log(
    JSON.stringify({
      first: times[0],
      median: median(times),
      before,
      peak: process.resourceUsage().maxRSS * 1_024,
    }),
  );
  await server.close();
  process.exit();
}

console.log('Tokens per cell (o200k_base), marks of passages included:');
const all = Object.entries(tables());
const cellsOf = (rows: string[][]) => rows.flat().filter(Boolean).length;
const line = (name: string, values: number[]) =>
  console.log(
    `${name.padEnd(24)}${values.map((value) => value.toFixed(2).padStart(9)).join('')}${(values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(2).padStart(9)}`,
  );
console.log(
  `${''.padEnd(24)}${[...all.map(([name]) => name), 'mean'].map((name) => name.padStart(9)).join('')}`,
);
const own = await Promise.all(
  all.map(async ([, rows]) => {
    const text = rows.map((row) => row.join('\x01')).join('\n');
    const { text: written } = await read(new TextEncoder().encode(`sep=\x01\n${text}`), {
      name: 'bench.csv',
    });
    return encode(written).length / cellsOf(rows);
  }),
);
line('this reader', own);
for (const [name, form] of Object.entries(forms))
  line(
    name,
    all.map(([, rows]) => encode(form(rows)).length / cellsOf(rows)),
  );

console.log(
  '\n100,000 cells, processor time of the first and the median of five readings, and memory above the start:',
);
for (const bookType of ['xlsx', 'xlsb', 'biff8', 'ods'])
  for (const name of Object.keys(ways)) {
    if (name !== 'whole reading' && bookType !== 'xlsx') continue;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--expose-gc', import.meta.filename, name, bookType],
      { encoding: 'utf8' },
    );
    const last = stdout.trim().split('\n').at(-1);
    if (!last?.startsWith('{')) throw new Error(stderr);
    const { first, median: usual, before, peak } = JSON.parse(last);
    console.log(
      `${bookType.padEnd(6)}${name.padEnd(30)}${Math.round(first)} ms, ${Math.round(usual)} ms, ${Math.round((peak - before) / 2 ** 20)} MB`,
    );
  }
await server.close();
