/** Pages and pictures without text: their words are recognised here, on this computer, and stand in their places. */

import { readPdf } from '../browser/file-reader';
import { hashOf, openOcr } from '../browser/ocr';
import { openPageDrawer } from '../browser/page-drawer';
import { type MeasuredSource, measureLongText } from '../context/tokens';
import { AppError, toAppError } from '../errors';
import type { Recognised } from '../files/ocr/lines';
import { pageList, pagesIn } from '../files/pdf/page-list';
import type { PageText } from '../files/pdf/types';
import { type FileFacts, type FileNote, type Gap, type Reading, type Source, sourceId } from '../source';
import { type OcrStore, ocrStore } from '../store/ocr';

/**
 * Dots to the inch at which pages are read. Measured on the generated corpus: 200 loses small print, 400 takes half as
 * long again and reads no better.
 */
const readingDpi = 300;

/**
 * Below this confidence the words of a page are to be checked. Measured on the generated corpus (`npm run bench:ocr`):
 * pages above it had at least 98 of 100 letters right, pages below it lost every tenth and more.
 */
export const sureEnough = 80;

export interface ScannedPdf {
  bytes: Blob | Uint8Array<ArrayBuffer>;
  /** With its ending, where it is a file. */
  name: string;
  url?: string;
  password?: string;
  /** What is known of it as a file. */
  file?: FileFacts;
  kind: Reading['kind'];
  title?: string;
  /** Pages without text, from 1. */
  pages: number[];
}

export interface ScanProgress {
  /** Pages that are done, of those that are read. */
  done: number;
  of: number;
  /** The page that was finished last; absent at the beginning. */
  page?: number;
}

export interface ReadScansOptions {
  /** Tesseract's names of the languages; their data are kept. */
  languages: string[];
  signal?: AbortSignal;
  /** Ends it after the pages under way; what was recognised is used. */
  stop?: AbortSignal;
  onProgress?: (progress: ScanProgress) => void;
  store?: OcrStore;
  ocr?: typeof openOcr;
  drawer?: typeof openPageDrawer;
  pdf?: typeof readPdf;
}

export interface ReadScans {
  entry: MeasuredSource;
  /** Pages that could not be drawn or read. */
  failed: number[];
}

/**
 * Recognises the words of scanned pages and reads the PDF once more with them: the pages stand where they belong. A
 * page that fails does not stop the others, and what was recognised before is not done again.
 * @throws AppError ocr-language, ocr-failed (no page could be read), pdf-password, pdf-broken, pdf-scanned; the
 * signal's reason
 */
export async function readScans(
  { bytes, name, url, password, file, kind, title, pages }: ScannedPdf,
  {
    languages,
    signal,
    stop,
    onProgress,
    store = ocrStore,
    ocr = openOcr,
    drawer: open = openPageDrawer,
    pdf = readPdf,
  }: ReadScansOptions,
): Promise<ReadScans> {
  const whole = bytes instanceof Blob ? new Uint8Array(await bytes.arrayBuffer()) : bytes;
  const hash = file?.hash ?? (await hashOf(whole));
  const known = await knownPages(store, hash, languages);
  const queue = pages.filter((page) => known.get(page)?.isSame !== true);
  const of = pages.length;
  let done = of - queue.length;
  onProgress?.({ done, of });
  const failed: number[] = [];
  let failure: unknown;
  if (queue.length > 0) {
    const data = await languageData(languages, store);
    const [drawer, engine] = [await open(whole, { name, password, signal }), ocr({ languages: data })];
    const readNext = async (): Promise<void> => {
      for (;;) {
        signal?.throwIfAborted();
        const page = stop?.aborted ? undefined : queue.shift();
        if (page === undefined) return;
        try {
          const { bitmap, dpi } = await drawer.bitmap(page, readingDpi, signal);
          const recognised = await engine.recognise(bitmap, name, signal);
          const text = pageTextOf(recognised, page, dpi);
          const { confidence } = recognised;
          known.set(page, { page: text, confidence, isSame: true });
          // What was recognised is kept at once: closing the panel loses the page under way and no more.
          await store.writePage(hash, languages, page, { page: text, confidence }).catch(() => {});
        } catch (error) {
          signal?.throwIfAborted();
          // Without a language nothing can be read at all.
          if (toAppError(error).code === 'ocr-language') throw error;
          failure = error;
          failed.push(page);
        }
        done++;
        onProgress?.({ done, of, page });
      }
    };
    try {
      await Promise.all(Array.from({ length: engine.workers }, readNext));
    } finally {
      drawer.close();
      engine.close();
    }
  }
  const recognised = [...known.values()].map(({ page }) => page);
  if (pages.every((page) => !known.has(page)) && failure) throw toAppError(failure);
  const reading = await pdf(whole, { name, url, password, signal, recognised });
  const entry = await measured({
    ...reading,
    kind,
    ...(title ? { title } : {}),
    file: withNotes(
      file ?? { name, hash, size: whole.length, type: 'pdf', units: {}, notes: [] },
      known,
      reading.gaps,
    ),
  });
  failed.sort((a, b) => a - b);
  return { entry, failed };
}

type KnownPages = Map<number, { page: PageText; confidence: number; isSame: boolean }>;

/** What was recognised in this file before: the newest of each page, and whether in these languages. */
async function knownPages(store: OcrStore, hash: string, languages: string[]): Promise<KnownPages> {
  const known: KnownPages = new Map();
  const wanted = [...languages].sort().join('+');
  for (const { id, page, confidence } of await store.readPages(hash).catch(() => [])) {
    const [, codes] = id.split(' ');
    const text = page as PageText;
    known.set(text.number, { page: text, confidence, isSame: codes === wanted });
  }
  return known;
}

/** The account of a file whose pages were recognised: which, and which of them are to be checked. */
function withNotes(file: FileFacts, known: KnownPages, gaps: readonly Gap[]): FileFacts {
  // A page on which no word was found is still without text.
  const without = new Set(
    gaps.flatMap(({ why, sample }) => (why === 'scanned-pages' ? pagesIn(sample ?? '') : [])),
  );
  const read = [...known].filter(
    ([
      page,
      {
        page: { directions },
      },
    ]) => directions.length > 0 && !without.has(page),
  );
  const pages = read.map(([page]) => page).sort((a, b) => a - b);
  const unsure = read
    .filter(([, { confidence }]) => confidence < sureEnough)
    .map(([page]) => page)
    .sort((a, b) => a - b);
  const note = (what: FileNote['what'], list: number[]): FileNote[] =>
    list.length > 0 ? [{ what, size: list.length, sample: pageList(list) }] : [];
  const others = file.notes.filter(({ what }) => what !== 'read-by-ocr' && what !== 'unsure-ocr');
  return { ...file, notes: [...others, ...note('read-by-ocr', pages), ...note('unsure-ocr', unsure)] };
}

/** Pixels as points, so that a recognised page is laid out like any other. */
function pageTextOf({ runs, width, height }: Recognised, number: number, dpi: number): PageText {
  const scale = 72 / dpi;
  return {
    number,
    width: width * scale,
    height: height * scale,
    directions:
      runs.length > 0
        ? [
            runs.map((run) => ({
              ...run,
              x0: run.x0 * scale,
              x1: run.x1 * scale,
              y: run.y * scale,
              size: run.size * scale,
            })),
          ]
        : [],
    hidden: { size: 0, sample: '' },
    drawn: true,
  };
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
  }: Pick<ReadScansOptions, 'languages' | 'signal' | 'store' | 'ocr'>,
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
    return await measured({
      kind: 'file',
      title: name,
      ...numbered,
      gaps: [],
      file: { name, hash: await hashOf(bytes), size: bytes.length, type: 'picture', units: {}, notes },
    });
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

async function measured(reading: Reading): Promise<MeasuredSource> {
  const source: Source = { ...reading, id: await sourceId(reading.text), readAt: Date.now() };
  return { source, ...(await measureLongText(source.text)) };
}
