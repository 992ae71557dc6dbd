import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { quarterTurn } from '@/utils/files/ocr/engine';
import { addressesOf, ocrLanguages } from '@/utils/files/ocr/languages';
import { recognisedOf } from '@/utils/files/ocr/lines';
import { isTrainedData, unpackTrainedData } from '@/utils/files/ocr/trained-data';
import { passagesOfPages } from '@/utils/files/pdf/passages';
import { type DrawnLine, greyText } from '../fixtures/drawn-text.ts';
import { languageFile } from '../fixtures/language-file.ts';
import { testEngine } from '../fixtures/ocr-engine.ts';

const sentences = [
  'The miller wrote down the level of the water before the frost.',
  'Nobody in the lower street trusted entry 4711 of the ledger.',
  'A clerk compared the price of rope with that of flour.',
];
const body = (x: number, y: number): DrawnLine[] =>
  sentences.map((text, index) => ({ text, x, y: y + index * 60, size: 34 }));
const page = [{ text: 'Annals of the Mill', x: 120, y: 160, size: 64, bold: true }, ...body(120, 300)];

const textOf = (recognised: ReturnType<typeof recognisedOf>) =>
  passagesOfPages([
    {
      number: 1,
      width: recognised.width,
      height: recognised.height,
      directions: [recognised.runs],
      hidden: { size: 0, sample: '' },
      drawn: true,
    },
  ]);

describe('words in a picture', () => {
  it('are read with their places, a heading as a heading', async () => {
    const engine = await testEngine('eng');
    const recognised = engine.recognise(greyText(1300, 560, page));
    expect(recognised.confidence).toBeGreaterThan(85);
    const { text, segments } = textOf(recognised);
    for (const sentence of sentences) expect(text.replace(/\s+/g, ' ')).toContain(sentence);
    expect(segments[0]?.kind).toBe('heading');
  });

  it('are read on a sheet that lay askew or on its side', async () => {
    const engine = await testEngine('eng');
    const askew = engine.recognise(greyText(1300, 700, body(120, 300), 0.04));
    expect(textOf(askew).text.replace(/\s+/g, ' ')).toContain(sentences[1]);
    const upright = greyText(1300, 560, page);
    for (const picture of [quarterTurn(upright), quarterTurn(quarterTurn(quarterTurn(upright)))]) {
      const turned = engine.recognise(picture);
      expect(turned).toMatchObject({ width: 1300, isSideways: false });
      expect(textOf(turned).text.replace(/\s+/g, ' ')).toContain(sentences.join(' '));
    }
  });

  it('are none on an empty sheet', async () => {
    const engine = await testEngine('eng');
    expect(engine.recognise(greyText(400, 300, []))).toMatchObject({ runs: [], confidence: 0 });
  });
});

describe('what the engine says of a line', () => {
  const word = (text: string, x0: number, x1: number, confidence = 90) => ({
    text,
    confidence,
    bbox: { x0, x1, y0: 0, y1: 20 },
  });
  const line = (...words: ReturnType<typeof word>[]) =>
    recognisedOf(
      { blocks: [{ paragraphs: [{ lines: [{ bbox: { x0: 0, y0: 0, x1: 500, y1: 20 }, words }] }] }] },
      500,
      20,
    );

  it('has spaces between words, and none between Chinese characters', () => {
    expect(line(word('the', 0, 30), word('mill', 36, 80)).runs.map(({ text }) => text)).toEqual(['the mill']);
    expect(line(word('每一', 0, 40), word('页', 42, 60)).runs.map(({ text }) => text)).toEqual(['每一页']);
  });

  it('is two runs where a column stands between, and drops strokes that are no words', () => {
    const { runs, confidence } = line(word('flour', 0, 50), word(' ', 52, 54), word('12.50', 200, 250, 60));
    expect(runs.map(({ text, x0 }) => [text, x0])).toEqual([
      ['flour', 0],
      ['12.50', 200],
    ]);
    expect(confidence).toBe(75);
  });
});

describe('data of languages', () => {
  it.each(['eng', 'chi_sim'])('are what the list says: %s', async (code) => {
    const bytes = await readFile(languageFile(code));
    const language = ocrLanguages.find((one) => one.code === code);
    expect(language).toMatchObject({
      size: bytes.length,
      hash: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(addressesOf({ code }).every((address) => address.startsWith('https://'))).toBe(true);
    expect(isTrainedData(gunzipSync(bytes))).toBe(true);
  });

  it.each([
    ['nothing', new Uint8Array()],
    [
      'a text',
      new TextEncoder().encode('This is not trained data, and long enough to have a table of parts.'),
    ],
    ['zeroes', new Uint8Array(4096)],
    ['a packed text', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])],
  ])('are refused when they are %s', async (_, bytes) => {
    await expect(unpackTrainedData(bytes as Uint8Array<ArrayBuffer>, 'Mine')).rejects.toMatchObject({
      code: 'ocr-language',
      facts: { name: 'Mine' },
    });
  });

  it('are refused when a part lies beyond the end, or there is no network', async () => {
    const whole = new Uint8Array(gunzipSync(await readFile(languageFile('eng'))));
    const view = new DataView(whole.buffer.slice(0));
    view.setBigInt64(4 + 17 * 8, -1n, true);
    expect(isTrainedData(new Uint8Array(view.buffer))).toBe(false);
    expect(isTrainedData(whole.subarray(0, 1_000))).toBe(false);
  });
});
