/** Tesseract as a function from a grey picture to its words. Knows neither the browser nor the network. */

import { AppError } from '../../errors';
import { type Recognised, recognisedOf, type TesseractJson } from './lines';

/** The part of `tesseract.js-core` that is used. */
export interface TesseractCore {
  FS: { writeFile(path: string, data: Uint8Array): void; unlink(path: string): void };
  TessBaseAPI: new () => TesseractApi;
}

interface TesseractApi {
  Init(dataPath: null, languages: string, engine: number, config?: string): number;
  SetVariable(name: string, value: string): boolean;
  /** Takes `/input`, turned by so many radians; 1 where that is no picture. */
  SetImageFile(orientation: number, angle: number): number;
  FindLines(): void;
  GetGradient(): number;
  Recognize(monitor: null): number;
  GetJSONText(): string;
  Clear(): void;
}

/** A picture in shades of grey, one byte a pixel, row by row from the top. */
export interface GreyPicture {
  width: number;
  height: number;
  grey: Uint8Array;
}

export interface OcrEngine {
  /** @throws AppError ocr-failed */
  recognise(picture: GreyPicture, name?: string): Recognised;
}

/** `OEM_LSTM_ONLY`: the network alone; the data that are used have nothing else. */
const networkOnly = 1;
/** Lines that lean less than this (radians, a third of a degree) are read as well as straight ones. */
const leastLean = 0.005;
/** Below this confidence a page may lie on its side or its head: in `npm run bench:ocr` upright ones have 75 and more. */
const sidewaysBelow = 60;

/**
 * An engine for texts in any of these languages. Their data are unpacked; see `unpackTrainedData`.
 * @throws AppError ocr-language
 */
export function createOcrEngine(
  core: TesseractCore,
  languages: readonly { code: string; data: Uint8Array }[],
): OcrEngine {
  const names = languages.map((_, index) => `language${index}`);
  for (const [index, { data }] of languages.entries()) core.FS.writeFile(`${names[index]}.traineddata`, data);
  const api = new core.TessBaseAPI();
  if (api.Init(null, names.join('+'), networkOnly) !== 0)
    throw new AppError('ocr-language', { name: languages.map(({ code }) => code).join(', ') });
  // Blocks of text in columns, found by the engine.
  api.SetVariable('tessedit_pageseg_mode', '3');

  const read = ({ width, height, grey }: GreyPicture, name: string): Recognised => {
    try {
      core.FS.writeFile('/input', portableGreyMap(width, height, grey));
      if (api.SetImageFile(1, 0) === 1) throw new AppError('ocr-failed', { name });
      api.FindLines();
      const lean = api.GetGradient();
      if (Math.abs(lean) >= leastLean && Math.abs(lean) < 0.5) api.SetImageFile(1, lean);
      api.Recognize(null);
      return recognisedOf(JSON.parse(api.GetJSONText()) as TesseractJson, width, height);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('ocr-failed', { name }, error);
    } finally {
      api.Clear();
    }
  };

  return {
    recognise(picture, name = '') {
      let best = read(picture, name);
      let turned = picture;
      // A page that lies on its side or its head; each turn is a quarter to the right.
      const isRight = () => !best.isSideways && (best.runs.length === 0 || best.confidence >= sidewaysBelow);
      for (let turn = 1; turn <= 3 && !isRight(); turn++) {
        turned = quarterTurn(turned);
        const other = read(turned, name);
        const isStraighter = best.isSideways && !other.isSideways && other.confidence >= sidewaysBelow;
        if (isStraighter || (other.confidence > best.confidence && !other.isSideways)) best = other;
      }
      return best;
    },
  };
}

/** Netpbm's binary form of a grey picture, the simplest that the engine reads. */
function portableGreyMap(width: number, height: number, grey: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`);
  const file = new Uint8Array(head.length + grey.length);
  file.set(head);
  file.set(grey, head.length);
  return file;
}

export function quarterTurn({ width, height, grey }: GreyPicture): GreyPicture {
  const turned = new Uint8Array(grey.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[x * height + (height - 1 - y)] = grey[y * width + x] ?? 0;
  return { width: height, height: width, grey: turned };
}

/** Shades of the pixels of a canvas (ITU-R BT.601), what is transparent as white paper. */
export function greyOf(pixels: Uint8ClampedArray, width: number, height: number): GreyPicture {
  const grey = new Uint8Array(width * height);
  for (let index = 0, at = 0; index < grey.length; index++, at += 4) {
    const shade = ((pixels[at] ?? 0) * 77 + (pixels[at + 1] ?? 0) * 150 + (pixels[at + 2] ?? 0) * 29) >> 8;
    const alpha = pixels[at + 3] ?? 255;
    grey[index] = alpha === 255 ? shade : 255 - ((255 - shade) * alpha) / 255;
  }
  return { width, height, grey };
}
