import { AppError } from '../../errors';

/** Reads one of pdf.js's data files: a character map, a standard font, or a decoder of pictures. */
export type LoadData = (folder: PdfData, file: string) => Promise<Uint8Array>;

export type PdfData = 'cmaps' | 'standard_fonts' | 'wasm';

export interface OpenOptions {
  name: string;
  password?: string;
  loadData: LoadData;
  /** Pages are to be drawn; then pictures are decoded. */
  forDrawing?: boolean;
}

/** Pixels of a picture in a page that is drawn: a sheet of A3 at 600 dots to the inch has 70 million. */
const largestPicture = 150_000_000;

const folders: Record<string, PdfData> = {
  cMapUrl: 'cmaps',
  standardFontDataUrl: 'standard_fonts',
  wasmUrl: 'wasm',
};

type PdfJs = typeof import('pdfjs-dist');
export type PdfDocument = Awaited<ReturnType<PdfJs['getDocument']>['promise']>;
export type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

export interface OpenPdf {
  document: PdfDocument;
  numbers: Record<string, number>;
  /** The first data file that could not be loaded: without it text may be missing, and nobody would know. */
  failure(): unknown;
  close(): Promise<void>;
}

/** `PasswordResponses.INCORRECT_PASSWORD` of pdf.js. */
const incorrectPassword = 2;

/**
 * Opens a PDF with pdf.js in this thread. For text alone, unless it is to be drawn: fonts are not drawn, pictures are
 * not decoded, WebAssembly is not used. Scripts of the file are never run (pdf.js 6 has no `eval` in any of its code),
 * and nothing is fetched but the data files that `loadData` brings. The bytes are handed over: the caller's array is
 * empty afterwards.
 * @throws AppError pdf-password, pdf-broken
 */
export async function openPdf(
  bytes: Uint8Array,
  { name, password, loadData, forDrawing = false }: OpenOptions,
): Promise<OpenPdf> {
  // pdf.js calls its reading part directly when it finds it in this place, and starts no worker of its own.
  const { WorkerMessageHandler } = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = { WorkerMessageHandler };
  const pdfjs: PdfJs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  let failure: unknown;
  class DataFactory {
    readonly fetch = async ({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> => {
      try {
        return await loadData(folders[kind] ?? 'standard_fonts', filename);
      } catch (error) {
        failure ??= error;
        throw error;
      }
    };
  }
  const task = pdfjs.getDocument({
    data: bytes,
    password,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    BinaryDataFactory: DataFactory,
    useWorkerFetch: false,
    cMapUrl: 'cmaps/',
    cMapPacked: true,
    standardFontDataUrl: 'standard_fonts/',
    useWasm: forDrawing,
    wasmUrl: 'wasm/',
    useSystemFonts: false,
    disableFontFace: true,
    // The names of fonts tell weights and typewriting.
    fontExtraProperties: true,
    // For text, pictures of any size are left undecoded.
    maxImageSize: forDrawing ? largestPicture : 0,
    // One thread does it all: nothing has to be handed from one to another.
    isOffscreenCanvasSupported: false,
    ...(forDrawing && { CanvasFactory: CanvasFactory, FilterFactory: NoFilters }),
    isImageDecoderSupported: false,
    disableWorkerRendering: true,
    enableXfa: false,
    stopAtErrors: false,
  } as Parameters<PdfJs['getDocument']>[0]);
  try {
    const document = await task.promise;
    return {
      document,
      numbers: pdfjs.OPS as Record<string, number>,
      failure: () => failure,
      close: () => task.destroy(),
    };
  } catch (error) {
    await task.destroy().catch(() => {});
    throw openingError(error, name);
  }
}

/** What pdf.js asks of a place to draw in. In a worker there is no document, and canvases are made without one. */
class CanvasFactory {
  create(width: number, height: number) {
    if (!(width > 0 && height > 0)) throw new Error('No canvas has this size');
    const canvas = new OffscreenCanvas(width, height);
    return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) };
  }
  reset(entry: { canvas?: OffscreenCanvas }, width: number, height: number) {
    if (!entry.canvas) return;
    entry.canvas.width = width;
    entry.canvas.height = height;
  }
  destroy(entry: { canvas?: OffscreenCanvas; context?: unknown }) {
    if (entry.canvas) {
      entry.canvas.width = 0;
      entry.canvas.height = 0;
    }
    entry.canvas = undefined;
    entry.context = undefined;
  }
}

/** Filters of pictures are elements of a document; scans have none. */
class NoFilters {
  addFilter = () => 'none';
  addHCMFilter = () => 'none';
  addAlphaFilter = () => 'none';
  addLuminosityFilter = () => 'none';
  addKnockoutFilter = () => 'none';
  addHighlightHCMFilter = () => 'none';
  addSelectionHCMFilter = () => 'none';
  addSelectionFilter = () => 'none';
  createSelectionStyle = () => null;
  destroy() {}
}

function openingError(error: unknown, name: string): AppError {
  const { name: kind, code } = error as { name?: string; code?: number };
  if (kind === 'PasswordException') {
    return new AppError('pdf-password', { name, wrong: code === incorrectPassword ? 1 : 0 }, error);
  }
  return new AppError('pdf-broken', { name }, error);
}
