/**
 * Pages and pictures without text: their words are recognised here, on this computer. What was recognised in a PDF is
 * kept by the hash of its bytes, and stands in its place whenever the PDF is read from then on.
 */

import { hashOf, openOcr } from '../browser/ocr';
import { openPageDrawer } from '../browser/page-drawer';
import { type MeasuredSource, measureLongText } from '../context/tokens';
import { AppError, toAppError } from '../errors';
import { pageTextOf, sureEnough } from '../files/ocr/recognised-pages';
import { type FileNote, type Source, sourceId } from '../source';
import { type OcrStore, ocrStore } from '../store/ocr';

/** Dots to the inch at which pages are read: what Tesseract's networks were trained for, and small print needs. */
const readingDpi = 300;

export interface ScannedPdf {
  bytes: Blob | Uint8Array<ArrayBuffer>;
  name: string;
  password?: string;
  /** Hexadecimal SHA-256 of the bytes, where it is known. */
  hash?: string;
  /** Pages without text, from 1; all of them when not said. */
  pages?: number[];
}

export interface ScanProgress {
  /** Pages that are done, of those that are read. */
  done: number;
  of: number;
  /** The page that was finished last. */
  page?: number;
}

export interface RecogniseOptions {
  /** Tesseract's names of the languages; their data are kept. */
  languages: string[];
  signal?: AbortSignal;
  /** Ends it after the pages under way; what was recognised is kept. */
  stop?: AbortSignal;
  onProgress?: (progress: ScanProgress) => void;
  store?: OcrStore;
  ocr?: typeof openOcr;
  drawer?: typeof openPageDrawer;
}

/** What came of the pages: how many have words now, and which could not be drawn or read. */
export interface Recognition {
  read: number;
  failed: number[];
  /** Nothing was found on them. */
  empty: number[];
}

/**
 * Recognises the words of scanned pages and keeps them. A page that fails does not stop the others, and what was
 * recognised before in the same languages is not done again.
 * @throws AppError ocr-language, ocr-failed (no page could be read), pdf-password, pdf-broken; the signal's reason
 */
export async function recognisePages(
  { bytes, name, password, hash: known, pages: wanted }: ScannedPdf,
  {
    languages,
    signal,
    stop,
    onProgress,
    store = ocrStore,
    ocr = openOcr,
    drawer: open = openPageDrawer,
  }: RecogniseOptions,
): Promise<Recognition> {
  const whole = bytes instanceof Blob ? new Uint8Array(await bytes.arrayBuffer()) : bytes;
  const hash = known ?? (await hashOf(whole));
  const data = await languageData(languages, store);
  const drawer = await open(whole, { name, password, signal });
  const engine = ocr({ languages: data });
  try {
    const pages = wanted ?? Array.from({ length: drawer.pages }, (_, index) => index + 1);
    const before = await store.knownPages(hash, languages);
    const queue = pages.filter((page) => !before.has(page));
    const of = pages.length;
    let done = of - queue.length;
    const result: Recognition = { read: done, failed: [], empty: [] };
    let failure: unknown;
    onProgress?.({ done, of });
    const readNext = async (): Promise<void> => {
      for (;;) {
        signal?.throwIfAborted();
        const page = stop?.aborted ? undefined : queue.shift();
        if (page === undefined) return;
        try {
          const { bitmap, dpi } = await drawer.bitmap(page, readingDpi, signal);
          const recognised = await engine.recognise(bitmap, name, signal);
          const text = pageTextOf(recognised, page, dpi);
          // Kept at once: closing the panel loses the pages under way and no more.
          await store.writePage(hash, languages, page, { page: text, confidence: recognised.confidence });
          if (text.directions.length > 0) result.read++;
          else result.empty.push(page);
        } catch (error) {
          signal?.throwIfAborted();
          // Without a language, or room to keep what is read, no page can be read.
          if (['ocr-language', 'storage-full'].includes(toAppError(error).code)) throw error;
          failure = error;
          result.failed.push(page);
        }
        done++;
        onProgress?.({ done, of, page });
      }
    };
    await Promise.all(Array.from({ length: engine.workers }, readNext));
    if (result.read === 0 && failure) throw toAppError(failure);
    for (const list of [result.failed, result.empty]) list.sort((a, b) => a - b);
    return result;
  } finally {
    drawer.close();
    engine.close();
  }
}

/**
 * Recognises the words of a picture, which become a source of their own.
 * @throws AppError ocr-language, ocr-failed, image-kind, file-nothing: there are no words in it; the signal's reason
 */
export async function readPictureWords(
  picture: Blob,
  name: string,
  {
    languages,
    signal,
    store = ocrStore,
    ocr = openOcr,
  }: Pick<RecogniseOptions, 'languages' | 'signal' | 'store' | 'ocr'>,
): Promise<MeasuredSource> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const engine = ocr({ languages: await languageData(languages, store), workers: 1 });
  try {
    const recognised = await engine.recognise(picture, name, signal);
    const { passagesOfPages } = await import('../files/pdf/passages');
    const numbered = passagesOfPages([pageTextOf(recognised, 1, 144)]);
    if (numbered.segments.length === 0) throw new AppError('file-nothing', { name });
    const notes: FileNote[] = [{ what: 'read-by-ocr', size: 1 }];
    if (recognised.confidence < sureEnough) notes.push({ what: 'unsure-ocr', size: 1 });
    const source: Source = {
      kind: 'file',
      title: name,
      ...numbered,
      gaps: [],
      file: { name, hash: await hashOf(bytes), size: bytes.length, type: 'picture', units: {}, notes },
      id: await sourceId(numbered.text),
      readAt: Date.now(),
    };
    return { source, ...(await measureLongText(source.text)) };
  } finally {
    engine.close();
  }
}

/** @throws AppError ocr-language: the data of one are not there */
async function languageData(codes: readonly string[], store: OcrStore) {
  return Promise.all(
    codes.map(async (code) => {
      const data = await store.readLanguage(code);
      if (!data) throw new AppError('ocr-language', { name: code });
      return { code, data: new Uint8Array(await data.arrayBuffer()) };
    }),
  );
}
