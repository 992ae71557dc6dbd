/** Reading files in workers, each by itself: what goes wrong in one touches nothing else. */

import { AppError } from '../errors';
import type {
  DocumentReading,
  DocumentRequest,
  ReadReport,
  ReadRequest,
  StopRequest,
} from '../files/messages';
import { type RecognisedPage, recognitionNotes } from '../files/ocr/recognised-pages';
import type { FileProgress } from '../files/types';
import type { Reading } from '../source';
import { ocrStore } from '../store/ocr';
import { hashOf } from './ocr';
import { workerAddress } from './worker-address';

interface WorkerOptions {
  signal?: AbortSignal;
  /** Milliseconds without a word after which the worker is given up. */
  patience?: number;
  start?: () => Worker;
}

export interface ReadFileOptions extends Omit<ReadRequest, 'bytes'>, WorkerOptions {
  /** Ends the reading early; what was read by then is handed over. */
  stop?: AbortSignal;
  onProgress?: (progress: { page: number; pages: number }) => void;
}

/**
 * Reads a PDF in a worker of its own. The bytes stay the caller's, for another password.
 * @throws AppError pdf-password, pdf-broken, pdf-scanned, pdf-stuck; the signal's reason
 */
export async function readPdf(
  bytes: Uint8Array | Blob,
  {
    signal,
    stop,
    onProgress,
    patience = 90_000,
    start = () => new Worker(workerAddress('/file-reader.js')),
    ...request
  }: ReadFileOptions,
): Promise<Reading> {
  const stuck = (cause?: unknown) => new AppError('pdf-stuck', { name: request.name }, cause);
  const known = await recognisedIn(bytes);
  const message = {
    bytes,
    ...request,
    ...(known && { recognised: known.pages.map(({ page }) => page) }),
  } satisfies ReadRequest;
  const report = await inWorker(message, { signal, stop, patience, start, stuck }, (said) => {
    if (said.type === 'progress') onProgress?.(said);
  });
  if (report.type !== 'reading') throw stuck();
  const notes = known ? recognitionNotes(known.pages, report.reading.gaps) : [];
  if (!known || notes.length === 0) return report.reading;
  const { hash, size } = known;
  return { ...report.reading, file: { name: request.name, hash, size, type: 'pdf', units: {}, notes } };
}

/** Words of this file's pages that were recognised before; they stand in the places of these pages. */
async function recognisedIn(bytes: Uint8Array | Blob) {
  try {
    if (!(await ocrStore.hasPages())) return undefined;
    const whole = bytes instanceof Blob ? await bytes.arrayBuffer() : new Uint8Array(bytes).buffer;
    const hash = await hashOf(new Uint8Array(whole));
    const newest = new Map<number, RecognisedPage>();
    for (const { page, confidence } of await ocrStore.readPages(hash)) {
      const text = page as RecognisedPage['page'];
      if (text.directions.length > 0) newest.set(text.number, { page: text, confidence });
    }
    return newest.size > 0 ? { hash, size: whole.byteLength, pages: [...newest.values()] } : undefined;
  } catch {
    // What cannot be looked up is read without it.
    return undefined;
  }
}

export interface ReadDocumentOptions extends WorkerOptions {
  onProgress?: (progress: FileProgress) => void;
}

/**
 * Reads a file that is no PDF, or a folder, in a worker of its own.
 * @throws AppError file-kind, file-broken, file-locked, file-empty, file-nothing, file-bomb, file-unread, file-stuck,
 * folder-too-large; the signal's reason
 */
export async function readDocument(
  request: DocumentRequest,
  {
    signal,
    onProgress,
    // A table of a million cells is taken apart in one go, in which nothing is said.
    patience = 180_000,
    start,
  }: ReadDocumentOptions = {},
): Promise<DocumentReading> {
  const stuck = (cause?: unknown) => new AppError('file-stuck', { name: request.name }, cause);
  const isSmall = request.file !== undefined && request.file.size <= smallFile;
  const workers = start ? { start } : { start: () => rested() ?? startDocumentReader(), rest: isSmall };
  const report = await inWorker(request, { signal, patience, stuck, ...workers }, (said) => {
    if (said.type === 'steps') onProgress?.(said.progress);
  });
  if (report.type !== 'document') throw stuck();
  return report.reading;
}

const startDocumentReader = () => new Worker(workerAddress('/document-reader.js'));

/** Bytes of a file after which a worker holds so little that it may read another: starting one takes longer than that. */
const smallFile = 2 * 2 ** 20;
/** Milliseconds after which a worker without work ends. */
const longestRest = 3_000;

/** Workers that have read a file to its end and wait for another. What failed, was stopped or is large is not here. */
const resting = new Map<Worker, ReturnType<typeof setTimeout>>();

function rest(worker: Worker): void {
  worker.onmessage = null;
  const end = () => {
    resting.delete(worker);
    worker.terminate();
  };
  worker.onerror = end;
  resting.set(worker, setTimeout(end, longestRest));
}

function rested(): Worker | undefined {
  const [next] = resting;
  if (!next) return undefined;
  const [worker, timer] = next;
  clearTimeout(timer);
  resting.delete(worker);
  return worker;
}

interface Work extends Required<Omit<WorkerOptions, 'signal'>> {
  signal?: AbortSignal;
  stop?: AbortSignal;
  /** The worker is kept for another file when this one has been read. */
  rest?: boolean;
  stuck: (cause?: unknown) => AppError;
}

/** The last word of a worker, or why there is none. */
function inWorker(
  request: ReadRequest | DocumentRequest,
  { signal, stop, patience, start, rest: rests = false, stuck }: Work,
  onReport: (report: ReadReport) => void,
): Promise<ReadReport> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = start();
    let timer: ReturnType<typeof setTimeout>;
    const end = (isDone = false) => {
      clearTimeout(timer);
      if (isDone && rests) rest(worker);
      else worker.terminate();
      signal?.removeEventListener('abort', onAbort);
      stop?.removeEventListener('abort', onStop);
    };
    const fail = (error: unknown) => {
      end();
      reject(error);
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(stuck()), patience);
    };
    const onAbort = () => fail(signal?.reason);
    const onStop = () => worker.postMessage({ stop: true } satisfies StopRequest);
    signal?.addEventListener('abort', onAbort);
    stop?.addEventListener('abort', onStop);
    // A worker that runs out of memory says so here, if at all.
    worker.onerror = (event) => fail(stuck(event));
    worker.onmessageerror = (event) => fail(stuck(event));
    worker.onmessage = ({ data }: MessageEvent<ReadReport>) => {
      // pdf.js greets its own front from every worker that it is loaded in; that has another form.
      if (data.type === 'progress' || data.type === 'steps') {
        wait();
        onReport(data);
      } else if (data.type === 'trouble') fail(new AppError(data.trouble.code, data.trouble.facts));
      else if (data.type === 'reading' || data.type === 'document') {
        end(true);
        resolve(data);
      }
    };
    wait();
    worker.postMessage(request);
  });
}
