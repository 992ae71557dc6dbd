/** What is being recognised or drawn, for as long as the panel is open: it goes on whatever is on screen meanwhile. */

import type { MeasuredSource } from '../context/tokens';
import { AppError, type Trouble, toAppError } from '../errors';
import type { PendingImage } from './images';
import { loadLanguages } from './ocr-languages';
import { drawPages } from './page-pictures';
import {
  type Recognition,
  readPictureWords,
  recognisePages,
  type ScannedPdf,
  type ScanProgress,
} from './scans';
import { createState } from './state';

/** A PDF with scanned pages, and what is to be done when they have been read. */
export interface ScanTarget {
  /** The same as long as it is the same file, wherever it is shown. */
  id: string;
  name: string;
  /** Pages without text, from 1; all of them when not said. */
  pages?: number[];
  /** How many these are. */
  count: number;
  open: () => Promise<Pick<ScannedPdf, 'bytes' | 'hash'>>;
  /** Reads it again, with the words that were found. */
  onRead: () => unknown;
  /** All of its pages go with the question as pictures. */
  onDrawn?: () => void;
}

export type ScanRun = { id: string } & (
  | { status: 'loading'; language: string }
  | { status: 'reading' | 'drawing'; progress: ScanProgress }
  | { status: 'done'; failed: number[]; empty: number[]; pictures?: number }
  | { status: 'trouble'; trouble: Trouble }
);

const runs = createState<ReadonlyMap<string, ScanRun>>(new Map());
const controllers = new Map<string, { abort: AbortController; stop: AbortController }>();

export const scanRuns = { get: runs.get, subscribe: runs.subscribe };

const put = (run: ScanRun) => runs.set(new Map(runs.get()).set(run.id, run));
const take = (id: string) => {
  const after = new Map(runs.get());
  after.delete(id);
  runs.set(after);
};

/** Reads the words of the pages, and the file again with them in it. */
export function startOcr(target: ScanTarget, languages: string[]): Promise<void> {
  return work(target.id, async ({ signal, stop }) => {
    await loadLanguages(languages, {
      signal,
      onLoading: ({ name }) => put({ id: target.id, status: 'loading', language: name }),
    });
    put({ id: target.id, status: 'reading', progress: { done: 0, of: target.count } });
    const opened = await target.open();
    const { read, failed, empty }: Recognition = await recognisePages(
      { ...opened, name: target.name, pages: target.pages },
      {
        languages,
        signal,
        stop,
        onProgress: (progress) => put({ id: target.id, status: 'reading', progress }),
      },
    );
    if (read > 0) await target.onRead();
    if (failed.length + empty.length > 0) put({ id: target.id, status: 'done', failed, empty });
    else take(target.id);
  });
}

/** Draws the pages and hands them over as pictures of the question. */
export function startDrawing(target: ScanTarget, add: (images: PendingImage[]) => void): Promise<void> {
  return work(target.id, async ({ signal }) => {
    put({ id: target.id, status: 'drawing', progress: { done: 0, of: target.count } });
    const opened = await target.open();
    const { images, failed } = await drawPages(
      { ...opened, name: target.name, pages: target.pages },
      { signal, onProgress: (progress) => put({ id: target.id, status: 'drawing', progress }) },
    );
    add(images);
    if (failed.length === 0 && target.onDrawn) {
      take(target.id);
      return target.onDrawn();
    }
    put({ id: target.id, status: 'done', failed, empty: [], pictures: images.length });
  });
}

/** Reads the words of a picture, which become a source. */
export function startPictureOcr(
  id: string,
  { picture, name }: { picture: Blob; name: string },
  languages: string[],
  add: (entry: MeasuredSource) => void | Promise<void>,
): Promise<void> {
  return work(id, async ({ signal }) => {
    await loadLanguages(languages, {
      signal,
      onLoading: ({ name: language }) => put({ id, status: 'loading', language }),
    });
    put({ id, status: 'reading', progress: { done: 0, of: 1 } });
    await add(await readPictureWords(picture, name, { languages, signal }));
    take(id);
  });
}

/** Ends it; pages that were read by then stay read. */
export function stopScan(id: string): void {
  const run = runs.get().get(id);
  const controller = controllers.get(id);
  // The page under way is finished: it has cost its seconds.
  if (run?.status === 'reading' && run.progress.of > 1) controller?.stop.abort();
  else controller?.abort.abort(new DOMException('Stopped by the user', 'AbortError'));
}

/** Takes the outcome off the screen. */
export const forgetScan = take;

async function work(
  id: string,
  run: (signals: { signal: AbortSignal; stop: AbortSignal }) => Promise<void>,
): Promise<void> {
  if (controllers.has(id)) return;
  const controller = { abort: new AbortController(), stop: new AbortController() };
  controllers.set(id, controller);
  try {
    await run({ signal: controller.abort.signal, stop: controller.stop.signal });
  } catch (error) {
    if (controller.abort.signal.aborted) take(id);
    else {
      const failure = toAppError(error);
      if (failure.code === 'unexpected') console.error(error);
      put({ id, status: 'trouble', trouble: asTrouble(failure) });
    }
  } finally {
    controllers.delete(id);
  }
}

const asTrouble = (error: AppError): Trouble => new AppError(error.code, error.facts).toTrouble();
