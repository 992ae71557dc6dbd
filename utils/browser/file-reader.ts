import { AppError } from '../errors';
import type { ReadReport, ReadRequest, StopRequest } from '../files/messages';
import type { Reading } from '../source';
import { workerAddress } from './worker-address';

export interface ReadFileOptions extends Omit<ReadRequest, 'bytes'> {
  signal?: AbortSignal;
  /** Ends the reading early; what was read by then is handed over. */
  stop?: AbortSignal;
  onProgress?: (progress: { page: number; pages: number }) => void;
  /** Milliseconds without a word after which the worker is given up. */
  patience?: number;
  start?: () => Worker;
}

/**
 * Reads a PDF in a worker of its own, which ends with it. The bytes stay the caller's, for another password.
 * @throws AppError pdf-password, pdf-broken, pdf-scanned, pdf-stuck; the signal's reason
 */
export function readPdf(
  bytes: Uint8Array,
  {
    signal,
    stop,
    onProgress,
    patience = 90_000,
    start = () => new Worker(workerAddress('/file-reader.js')),
    ...request
  }: ReadFileOptions,
): Promise<Reading> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = start();
    let timer: ReturnType<typeof setTimeout>;
    const end = () => {
      clearTimeout(timer);
      worker.terminate();
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown) => {
      end();
      reject(error);
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new AppError('pdf-stuck', { name: request.name })), patience);
    };
    const onAbort = () => fail(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    stop?.addEventListener('abort', () => worker.postMessage({ stop: true } satisfies StopRequest));
    // A worker that runs out of memory says so here, if at all.
    worker.onerror = (event) => fail(new AppError('pdf-stuck', { name: request.name }, event));
    worker.onmessage = ({ data }: MessageEvent<ReadReport>) => {
      // pdf.js greets its own front from every worker that it is loaded in; that has another form.
      if (data.type === 'progress') {
        wait();
        onProgress?.(data);
      } else if (data.type === 'trouble') fail(new AppError(data.trouble.code, data.trouble.facts));
      else if (data.type === 'reading') {
        end();
        resolve(data.reading);
      }
    };
    wait();
    worker.postMessage({ bytes, ...request } satisfies ReadRequest);
  });
}
