/** Draws pages of a PDF in a worker. */

import { AppError } from '../errors';
import type { DrawReport, DrawRequest } from '../files/pdf/drawing-messages';
import { workerAddress } from './worker-address';

export interface PageDrawer {
  /** How many there are. */
  pages: number;
  /** The pixels of a page, for reading its words. The caller closes them. */
  bitmap(page: number, dpi: number, signal?: AbortSignal): Promise<{ bitmap: ImageBitmap; dpi: number }>;
  /** A page as a PNG, or as a JPEG where it is a photograph. */
  picture(
    page: number,
    options: { dpi: number; longest?: number },
    signal?: AbortSignal,
  ): Promise<{ picture: Blob; width: number; height: number }>;
  close(): void;
}

/** Milliseconds for one page, however many pictures are on it. */
const patience = 60_000;

/**
 * Opens a PDF for drawing. A page that fails leaves the others as they are; one that never ends takes a new worker.
 * @throws AppError pdf-password, pdf-broken, pdf-stuck; the signal's reason
 */
export async function openPageDrawer(
  bytes: Uint8Array | Blob,
  {
    name,
    password,
    signal,
    start = () => new Worker(workerAddress('/file-reader.js')),
  }: { name: string; password?: string; signal?: AbortSignal; start?: () => Worker },
): Promise<PageDrawer> {
  let worker: Worker | undefined;
  let pages = 0;
  const opened = async (): Promise<Worker> => {
    if (worker) return worker;
    const started = start();
    worker = started;
    const request = { open: bytes, name, ...(password ? { password } : {}) };
    const report = await ask(started, request, name, signal);
    if (report.drawing === 'open') pages = report.pages;
    return started;
  };
  const end = () => {
    worker?.terminate();
    worker = undefined;
  };
  /** One page after the other: the worker has one thread. */
  let turn: Promise<unknown> = Promise.resolve();
  const asked = (request: DrawRequest, abort?: AbortSignal): Promise<DrawReport> => {
    const answer = turn.then(() => askNow(request, abort));
    turn = answer.catch(() => {});
    return answer;
  };
  const askNow = async (request: DrawRequest, abort?: AbortSignal): Promise<DrawReport> => {
    abort?.throwIfAborted();
    try {
      return await ask(await opened(), request, name, abort);
    } catch (error) {
      // Only what the worker itself has said leaves it in a state that is known.
      if (!(error instanceof AppError) || error.code === 'pdf-stuck') end();
      throw error;
    }
  };
  try {
    await opened();
  } catch (error) {
    end();
    throw error;
  }
  return {
    pages,
    async bitmap(page, dpi, abort) {
      const report = await asked({ draw: page, dpi, as: 'bitmap' }, abort);
      if (report.drawing !== 'bitmap') throw new AppError('ocr-failed', { name });
      return report;
    },
    async picture(page, options, abort) {
      const report = await asked({ draw: page, ...options, as: 'picture' }, abort);
      if (report.drawing !== 'picture') throw new AppError('ocr-failed', { name });
      return report;
    },
    close: end,
  };
}

function ask(worker: Worker, request: DrawRequest, name: string, signal?: AbortSignal): Promise<DrawReport> {
  return new Promise((resolve, reject) => {
    const stuck = (cause?: unknown) => settle(() => reject(new AppError('pdf-stuck', { name }, cause)));
    const timer = setTimeout(stuck, patience);
    const onAbort = () => settle(() => reject(signal?.reason));
    const settle = (then: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      then();
    };
    signal?.addEventListener('abort', onAbort);
    worker.onerror = stuck;
    worker.onmessage = ({ data }: MessageEvent<DrawReport>) => {
      // pdf.js greets its own front from every worker that it is loaded in; that has another form.
      if (!('drawing' in data)) return;
      settle(() => {
        if (data.drawing === 'trouble') reject(new AppError(data.trouble.code, data.trouble.facts));
        else resolve(data);
      });
    };
    worker.postMessage(request);
  });
}
