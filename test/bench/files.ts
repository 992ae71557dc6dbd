/**
 * `npm run bench:files`: what a PDF of 300 pages and a workbook of 100,000 cells cost: time and memory beside the least
 * that has to be done (pdf.js giving its text; unpacking and going through the XML), each in a process of its own, and
 * the longest task of the panel while both are dropped and read. Goals: 1.5 times, 3 times, 50 ms.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { Parser } from 'htmlparser2';
import { createServer } from 'vite';
import type { readPdf } from '../../utils/files/pdf/index.ts';
import type { readFile } from '../../utils/files/read-file.ts';
import { dropFiles, seeAttached, writeBelow } from '../end-to-end/drop-files.ts';
import { longestTask } from '../end-to-end/task-time.ts';
import { startWorld } from '../end-to-end/world.ts';
import { ledger } from '../fixtures/corpus/ledger.ts';
import { loadData } from '../fixtures/pdf-data.ts';
import { twoColumnPdf } from '../fixtures/pdf-documents.ts';

const rounds = 3;
const repository = resolve(import.meta.dirname, '../..');

async function load<Module>(path: string): Promise<Module> {
  const server = await createServer({
    root: repository,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@': repository } },
    server: { middlewareMode: true },
    optimizeDeps: { noDiscovery: true },
  });
  return (await server.ssrLoadModule(path)) as Module;
}

type Work = (bytes: Uint8Array<ArrayBuffer>) => Promise<number> | number;

/** What each way needs is loaded before it is measured. */
const ways: Record<string, () => Promise<{ bytes: Uint8Array<ArrayBuffer>; work: Work }>> = {
  async 'PDF, pdf.js alone'() {
    await import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string);
    const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs' as string)) as typeof import('pdfjs-dist');
    const folder = resolve(repository, 'node_modules/pdfjs-dist');
    return {
      bytes: twoColumnPdf(300).bytes,
      async work(data) {
        const task = pdfjs.getDocument({
          data,
          verbosity: 0,
          cMapUrl: `${folder}/cmaps/`,
          standardFontDataUrl: `${folder}/standard_fonts/`,
        });
        const document = await task.promise;
        let characters = 0;
        for (let number = 1; number <= document.numPages; number++) {
          const page = await document.getPage(number);
          for (const item of (await page.getTextContent()).items)
            characters += 'str' in item ? item.str.length : 0;
          page.cleanup();
        }
        await task.destroy();
        return characters;
      },
    };
  },
  async 'PDF, whole reading'() {
    const pdf = await load<{ readPdf: typeof readPdf }>('/utils/files/pdf/index.ts');
    return {
      bytes: twoColumnPdf(300).bytes,
      work: async (bytes) => (await pdf.readPdf(bytes, { name: 'bench.pdf', loadData })).text.length,
    };
  },
  async 'workbook, unpacking and parsing alone'() {
    return {
      bytes: ledger().bytes,
      work(bytes) {
        let characters = 0;
        for (const [path, part] of Object.entries(unzipSync(bytes))) {
          if (!path.endsWith('.xml')) continue;
          const parser = new Parser(
            {
              ontext(text) {
                characters += text.length;
              },
            },
            { xmlMode: true },
          );
          parser.end(new TextDecoder().decode(part));
        }
        return characters;
      },
    };
  },
  async 'workbook, whole reading'() {
    const files = await load<{ readFile: typeof readFile }>('/utils/files/read-file.ts');
    return {
      bytes: ledger().bytes,
      work: async (bytes) => (await files.readFile(bytes, { name: 'bench.xlsx' })).text.length,
    };
  },
};

const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);

interface Measured {
  /** Milliseconds of the processor. */
  time: number;
  /** Bytes at the most, beside what the process had when it began. */
  peak: number;
  characters: number;
}

async function measure(way: string): Promise<Measured> {
  const { bytes, work } = await (ways[way] as (typeof ways)[string])();
  const before = process.memoryUsage().rss;
  const times: number[] = [];
  let characters = 0;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    characters = await work(bytes.slice());
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1_000);
  }
  const time = times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0;
  return { time, peak: process.resourceUsage().maxRSS * 1_024 - before, characters };
}

const [, , asked] = process.argv;
if (asked) {
  console.log(JSON.stringify(await measure(asked)));
  process.exit(0);
}

const least: Record<string, number> = {};
for (const way of Object.keys(ways)) {
  const run = spawnSync(process.execPath, [import.meta.filename, way], { encoding: 'utf8' });
  const { time, peak, characters } = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '') as Measured;
  const [kind = ''] = way.split(',');
  least[kind] ??= time;
  const times = (time / (least[kind] ?? time)).toFixed(2);
  console.log(
    `${way}: ${Math.round(time)} ms of the processor, ${times} times, ${megabytes(peak)} MB at the most, ${characters} characters`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'wholemoon-bench-'));
const world = await startWorld();
try {
  const { panel } = await world.openArticle();
  const paths = [
    writeBelow(folder, 'bench.pdf', twoColumnPdf(300).bytes),
    writeBelow(folder, 'bench.xlsx', ledger().bytes),
  ];
  const start = performance.now();
  const longest = await longestTask(panel, async () => {
    await dropFiles(panel, paths);
    await seeAttached(panel, paths.length);
  });
  console.log(
    `both dropped onto the panel: read after ${Math.round(performance.now() - start)} ms, longest task of the panel ${longest} ms (goal 50)`,
  );
} finally {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
}
