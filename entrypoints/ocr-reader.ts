import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { loadEngine, ownScript } from '@/utils/browser/own-script';
import { AppError, toAppError } from '@/utils/errors';
import { createOcrEngine, greyOf, type OcrEngine, type TesseractCore } from '@/utils/files/ocr/engine';
import type { OcrReport, OcrRequest } from '@/utils/files/ocr/messages';
import { unpackTrainedData } from '@/utils/files/ocr/trained-data';

declare function importScripts(address: string): void;

/** Letters of a picture from a screen are small: one that is narrower (pixels) is read at up to three times its size. */
const wideEnough = 2_400;
const largestGrowth = 3;

/** The worker that reads words in pictures, one after the other. It is given its data and reaches nothing. */
export default defineUnlistedScript(() => {
  const report = (message: OcrReport) => postMessage(message);
  let engine: Promise<OcrEngine> | undefined;

  const start = async (languages: { code: string; data: Uint8Array<ArrayBuffer> }[]): Promise<OcrEngine> => {
    // The glue around the engine is a classic script, which leaves its maker in a variable of this name.
    importScripts(ownScript('/ocr/tesseract-core-simd-lstm.js'));
    const { TesseractCore: make } = globalThis as unknown as {
      TesseractCore: (options: object) => Promise<TesseractCore>;
    };
    // What it has to say on the way is for its makers.
    const options = {
      wasmBinary: await loadEngine(),
      print() {},
      printErr() {},
      TesseractProgress() {},
    };
    const [core, unpacked] = await Promise.all([
      make(options).catch((error) => {
        throw new AppError('ocr-failed', { name: '' }, error);
      }),
      Promise.all(
        languages.map(async ({ code, data }) => ({ code, data: await unpackTrainedData(data, code) })),
      ),
    ]);
    return createOcrEngine(core, unpacked);
  };

  addEventListener('message', async ({ data }: MessageEvent<OcrRequest>) => {
    try {
      if ('languages' in data) engine = start(data.languages);
      const ready = await engine;
      if (!ready) return;
      if ('languages' in data) return report({ type: 'ready' });
      const picture = await pixelsOf(data.picture, data.name);
      const recognised = ready.recognise(picture, data.name);
      // Places are those of the picture as it was given.
      report({ type: 'recognised', recognised });
    } catch (error) {
      report({ type: 'trouble', trouble: toAppError(error).toTrouble() });
    }
  });
});

async function pixelsOf(source: Blob | ImageBitmap, name: string) {
  const bitmap =
    source instanceof ImageBitmap
      ? source
      : await createImageBitmap(source).catch((error) => {
          throw new AppError('image-kind', { name }, error);
        });
  try {
    const growth =
      source instanceof ImageBitmap ? 1 : Math.min(largestGrowth, Math.max(1, wideEnough / bitmap.width));
    const width = Math.round(bitmap.width * growth);
    const height = Math.round(bitmap.height * growth);
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new AppError('ocr-failed', { name });
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return greyOf(context.getImageData(0, 0, width, height).data, width, height);
  } finally {
    bitmap.close();
  }
}
