/** `node test/bench/ocr.ts`: how long reading the words of a page takes, how much of it is right, and how sure the engine says it is. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createServer } from 'vite';
import type { GreyPicture, OcrEngine, TesseractCore } from '../../utils/files/ocr/engine.ts';
import { type DrawnLine, greyText } from '../fixtures/drawn-text.ts';
import { languageFile } from '../fixtures/language-file.ts';
import { sentence } from '../fixtures/pdf-documents.ts';

const repository = resolve(import.meta.dirname, '../..');
const server = await createServer({
  root: repository,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true },
  optimizeDeps: { noDiscovery: true },
});
const load = (path: string) => server.ssrLoadModule(path);
const { createOcrEngine, quarterTurn } = (await load('/utils/files/ocr/engine.ts')) as {
  createOcrEngine: (core: TesseractCore, languages: { code: string; data: Uint8Array }[]) => OcrEngine;
  quarterTurn: (picture: GreyPicture) => GreyPicture;
};
const { unpackTrainedData } = (await load('/utils/files/ocr/trained-data.ts')) as {
  unpackTrainedData: (bytes: Uint8Array, name: string) => Promise<Uint8Array>;
};
const require = createRequire(import.meta.url);

async function engineFor(...codes: string[]): Promise<OcrEngine> {
  const make = require('tesseract.js-core/tesseract-core-simd-lstm.js') as (
    options: object,
  ) => Promise<TesseractCore>;
  const wasmBinary = await readFile(require.resolve('tesseract.js-core/tesseract-core-simd-lstm.wasm'));
  const core = await make({ wasmBinary, print() {}, printErr() {}, TesseractProgress() {} });
  const data = await Promise.all(
    codes.map(async (code) => ({
      code,
      data: await unpackTrainedData(new Uint8Array(await readFile(languageFile(code))), code),
    })),
  );
  return createOcrEngine(core, data);
}

/** A page of letter paper at so many dots to the inch, 36 sentences in lines of so many points. */
function page(dpi: number, points: number, lean = 0): { picture: GreyPicture; words: string } {
  const scale = dpi / 72;
  const sentences = Array.from({ length: 36 }, (_, index) => sentence(index + 1));
  const lines = sentences.map(
    (text, index): DrawnLine => ({
      text,
      x: 50 * scale,
      y: (60 + index * points * 1.7) * scale,
      size: points * scale,
    }),
  );
  return {
    picture: greyText(Math.round(612 * scale), Math.round(792 * scale), lines, lean),
    words: sentences.join(''),
  };
}

/** The same as a bad machine sees it: blurred over so many pixels, with so much noise (0 to 255). */
function worn({ width, height, grey }: GreyPicture, blur: number, noise: number): GreyPicture {
  const out = new Uint8Array(grey.length);
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31 - 0.5;
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let count = 0;
      for (let dy = -blur; dy <= blur; dy++)
        for (let dx = -blur; dx <= blur; dx++) {
          const [u, v] = [x + dx, y + dy];
          if (u < 0 || v < 0 || u >= width || v >= height) continue;
          sum += grey[v * width + u] ?? 255;
          count++;
        }
      out[y * width + x] = Math.max(0, Math.min(255, sum / count + random() * 2 * noise));
    }
  return { width, height, grey: out };
}

/** Share of the words' letters that the text has in this order: the longest common subsequence, in bounds. */
function recall(words: string, text: string): number {
  const [wanted, got] = [words, text].map((one) => [...one.replace(/\s+/g, '')]) as [string[], string[]];
  let before = new Uint16Array(got.length + 1);
  for (const letter of wanted) {
    const row = new Uint16Array(got.length + 1);
    for (let at = 1; at <= got.length; at++)
      row[at] =
        got[at - 1] === letter ? (before[at - 1] ?? 0) + 1 : Math.max(row[at - 1] ?? 0, before[at] ?? 0);
    before = row;
  }
  return (before[got.length] ?? 0) / wanted.length;
}

const english = await engineFor('eng');
const plain = page(300, 10);
const cases: [string, GreyPicture, string][] = [
  ['300 dpi, 10 pt', plain.picture, plain.words],
  ...([200, 150, 100, 75] as const).map((dpi): [string, GreyPicture, string] => {
    const { picture, words } = page(dpi, 10);
    return [`${dpi} dpi, 10 pt`, picture, words];
  }),
  ...([8, 6] as const).map((points): [string, GreyPicture, string] => {
    const { picture, words } = page(300, points);
    return [`300 dpi, ${points} pt`, picture, words];
  }),
  ['300 dpi, askew by 2.3°', page(300, 10, 0.04).picture, plain.words],
  ['300 dpi, on its side', quarterTurn(plain.picture), plain.words],
  ['200 dpi, blurred and noisy', worn(page(200, 10).picture, 1, 60), plain.words],
  ['150 dpi, blurred and noisy', worn(page(150, 10).picture, 1, 90), plain.words],
  ['100 dpi, blurred and noisy', worn(page(100, 10).picture, 1, 90), plain.words],
];
console.log('| page | ms CPU | letters right | confidence |\n|---|--:|--:|--:|');
for (const [name, picture, words] of cases) {
  const before = process.cpuUsage();
  const { runs, confidence } = english.recognise(picture);
  const { user, system } = process.cpuUsage(before);
  const lines = [...runs].sort((a, b) => (Math.abs(a.y - b.y) > a.size / 2 ? a.y - b.y : a.x0 - b.x0));
  const right = recall(words, lines.map(({ text }) => text).join(''));
  console.log(
    `| ${name} | ${Math.round((user + system) / 1000)} | ${(right * 100).toFixed(1)} % | ${Math.round(confidence)} |`,
  );
}
await server.close();
