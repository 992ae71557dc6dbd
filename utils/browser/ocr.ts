/** Reads the words in pictures, in workers of our own files. Nothing leaves the computer. */

import { AppError, toAppError } from '../errors';
import type { Recognised } from '../files/ocr/lines';
import type { OcrReport, OcrRequest } from '../files/ocr/messages';
import { workerAddress } from './worker-address';

export interface OcrOptions {
  /** Data of the languages, packed or not; they are copied into each worker. */
  languages: readonly { code: string; data: Uint8Array<ArrayBuffer> }[];
  /** Pictures read at a time. Each worker takes about 150 MB. */
  workers?: number;
  start?: () => Worker;
}

export interface Ocr {
  /** Pictures read at a time. */
  workers: number;
  /**
   * The words in a picture, as soon as a worker is free. A bitmap is handed over.
   * @throws AppError ocr-language, ocr-failed, image-kind; the signal's reason
   */
  recognise(picture: Blob | ImageBitmap, name: string, signal?: AbortSignal): Promise<Recognised>;
  close(): void;
}

/** Milliseconds for one picture; a full page takes 2 to 6 s, four turns of a dense one on a slow machine a minute. */
const patience = 180_000;

/** Two pages at a time on most machines; one core is left for the screen. */
const usualWorkers = () => Math.max(1, Math.min(3, (navigator.hardwareConcurrency || 2) - 1));

export function openOcr({
  languages,
  workers = usualWorkers(),
  start = () => new Worker(workerAddress('/ocr-reader.js')),
}: OcrOptions): Ocr {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: ((worker: Worker | undefined) => void)[] = [];

  const take = (): Promise<Worker | undefined> | Worker | undefined => {
    const free = idle.pop();
    if (free || all.size < workers) return free;
    return new Promise((resolve) => {
      waiting.push(resolve);
    });
  };
  const give = (worker: Worker | undefined) => {
    const next = waiting.shift();
    if (next) next(worker);
    else if (worker) idle.push(worker);
  };
  const end = (worker: Worker) => {
    worker.terminate();
    all.delete(worker);
  };

  return {
    workers,
    async recognise(picture, name, signal) {
      let worker = await take();
      try {
        signal?.throwIfAborted();
        if (!worker) {
          worker = start();
          all.add(worker);
          await asked(worker, { languages: [...languages] }, name, signal);
        }
        const transfer = picture instanceof Blob ? [] : [picture];
        const report = await asked(worker, { picture, name }, name, signal, transfer);
        if (report.type !== 'recognised') throw new AppError('ocr-failed', { name });
        give(worker);
        return report.recognised;
      } catch (error) {
        // What it does now nobody knows: the next picture gets a new one.
        if (worker) end(worker);
        give(undefined);
        throw error;
      }
    },
    close() {
      for (const worker of all) end(worker);
    },
  };
}

function asked(
  worker: Worker,
  request: OcrRequest,
  name: string,
  signal?: AbortSignal,
  transfer: Transferable[] = [],
): Promise<OcrReport> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(new AppError('ocr-failed', { name }))), patience);
    const onAbort = () => settle(() => reject(signal?.reason));
    const settle = (then: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      then();
    };
    signal?.addEventListener('abort', onAbort);
    worker.onerror = (event) => settle(() => reject(new AppError('ocr-failed', { name }, event)));
    worker.onmessage = ({ data }: MessageEvent<OcrReport>) =>
      settle(() => {
        if (data.type === 'trouble') reject(new AppError(data.trouble.code, data.trouble.facts));
        else resolve(data);
      });
    worker.postMessage(request, transfer);
  });
}

/**
 * Fetches the data of a language: data and no program, and what is not what it must be is refused.
 * @throws AppError ocr-language; the signal's reason
 */
export async function fetchLanguage(
  { name, size, hash }: { name: string; size: number; hash: string },
  addresses: readonly string[],
  { signal, fetch = globalThis.fetch }: { signal?: AbortSignal; fetch?: typeof globalThis.fetch } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  let failure: unknown;
  for (const address of addresses) {
    try {
      const response = await fetch(address, {
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        redirect: 'follow',
        signal,
      });
      if (!response.ok) throw new Error(`${response.status} from ${new URL(address).host}`);
      const bytes = await limited(response, size);
      if ((await hashOf(bytes)) === hash) return bytes;
      failure = new Error(`Other data than expected from ${new URL(address).host}`);
    } catch (error) {
      signal?.throwIfAborted();
      failure = error;
    }
  }
  throw new AppError('ocr-language', { name }, toAppError(failure));
}

/** Everything a server sends, as long as it is not more than is expected. */
async function limited(response: Response, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  let at = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const step = await reader?.read();
    if (!step || step.done) break;
    if (at + step.value.length > size) {
      await reader?.cancel();
      throw new Error('More data than expected');
    }
    bytes.set(step.value, at);
    at += step.value.length;
  }
  return bytes.subarray(0, at);
}

/** Hexadecimal SHA-256. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
