import { AppError } from '../../errors';

/** Reads one of pdf.js's data files: a character map or a standard font. */
export type LoadData = (folder: 'cmaps' | 'standard_fonts', file: string) => Promise<Uint8Array>;

export interface OpenOptions {
  name: string;
  password?: string;
  loadData: LoadData;
}

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
 * Opens a PDF with pdf.js in this thread. Text only: fonts are not drawn, pictures are not decoded, WebAssembly is
 * not used, scripts of the file are never run (pdf.js 6 has no `eval` in any of its code), and nothing is fetched
 * but the data files that `loadData` brings. The bytes are handed over: the caller's array is empty afterwards.
 * @throws AppError pdf-password, pdf-broken
 */
export async function openPdf(
  bytes: Uint8Array,
  { name, password, loadData }: OpenOptions,
): Promise<OpenPdf> {
  // pdf.js calls its reading part directly when it finds it in this place, and starts no worker of its own.
  const { WorkerMessageHandler } = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = { WorkerMessageHandler };
  const pdfjs: PdfJs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  let failure: unknown;
  class DataFactory {
    readonly fetch = async ({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> => {
      try {
        return await loadData(kind === 'cMapUrl' ? 'cmaps' : 'standard_fonts', filename);
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
    useWasm: false,
    useSystemFonts: false,
    disableFontFace: true,
    // The names of fonts tell weights and typewriting.
    fontExtraProperties: true,
    // Pictures of any size are left undecoded.
    maxImageSize: 0,
    isOffscreenCanvasSupported: false,
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

function openingError(error: unknown, name: string): AppError {
  const { name: kind, code } = error as { name?: string; code?: number };
  if (kind === 'PasswordException') {
    return new AppError('pdf-password', { name, wrong: code === incorrectPassword ? 1 : 0 }, error);
  }
  return new AppError('pdf-broken', { name }, error);
}
