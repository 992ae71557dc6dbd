/** `node test/bench/pdf.ts`: reading 300 pages whole, beside pdf.js's own text extraction in the same run. */
import { resolve } from 'node:path';
import { createServer } from 'vite';
import type { readPdf } from '../../utils/files/pdf/index.ts';
import { loadData } from '../fixtures/pdf-data.ts';
import { plainPdf, twoColumnPdf } from '../fixtures/pdf-documents.ts';

const rounds = 5;
const repository = resolve(import.meta.dirname, '../..');
const server = await createServer({
  root: repository,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true },
  optimizeDeps: { noDiscovery: true },
});
const module = (await server.ssrLoadModule('/utils/files/pdf/index.ts')) as { readPdf: typeof readPdf };
await import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string);
const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs' as string)) as typeof import('pdfjs-dist');

async function extractAlone(bytes: Uint8Array): Promise<number> {
  const folder = resolve(repository, 'node_modules/pdfjs-dist');
  const task = pdfjs.getDocument({
    data: bytes,
    verbosity: 0,
    cMapUrl: `${folder}/cmaps/`,
    standardFontDataUrl: `${folder}/standard_fonts/`,
  });
  const document = await task.promise;
  let characters = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    for (const item of items) characters += 'str' in item ? item.str.length : 0;
    page.cleanup();
  }
  await task.destroy();
  return characters;
}

async function time(work: () => Promise<number>): Promise<{ milliseconds: number; characters: number }> {
  const start = performance.now();
  const characters = await work();
  return { milliseconds: performance.now() - start, characters };
}

/** How many of the sentences stand in the text, each after the one before. */
function countInOrder(text: string, sentences: string[]): number {
  let from = 0;
  return sentences.filter((sentence) => {
    const at = text.indexOf(sentence, from);
    if (at >= 0) from = at + sentence.length;
    return at >= 0;
  }).length;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

for (const [name, { bytes, sentences }] of [
  ['300 pages of one column', plainPdf(300)],
  ['300 pages of two columns', twoColumnPdf(300)],
] as const) {
  const alone: number[] = [];
  const whole: number[] = [];
  let characters = 0;
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    alone.push((await time(() => extractAlone(bytes.slice()))).milliseconds);
    let text = '';
    const reading = await time(async () => {
      ({ text } = await module.readPdf(bytes.slice(), { name: 'bench.pdf', loadData }));
      return text.length;
    });
    if (round === 0) found = countInOrder(text.replace(/\s+/g, ' '), sentences.flat());
    whole.push(reading.milliseconds);
    characters = reading.characters;
  }
  const [one, other] = [median(alone), median(whole)];
  console.log(
    `${name}, ${characters} characters: getTextContent alone ${Math.round(one)} ms, whole reading ${Math.round(other)} ms, ` +
      `${(other / one).toFixed(2)} times (goal 1.5); ${found} of ${sentences.flat().length} sentences; ` +
      `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
  );
}
await server.close();
