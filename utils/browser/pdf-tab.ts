import { browser } from 'wxt/browser';
import { AppError } from '../errors';
import type { FileProgress } from '../files/types';
import type { Reading } from '../source';
import { readPdf } from './file-reader';
import { fetchInPage } from './page-fetch';
import { contentTypeOf, type FetchedBytes, fetchBytes, largestFile } from './pages';
import { allFiles, hasPermission } from './permissions';

/** How far the reading is: bytes first, then pages. */
export type PdfProgress = { loaded: number; total?: number } | { page: number; pages: number };
/** The same of a file of any kind, in its own units. */
export type ReadingProgress = PdfProgress | FileProgress;

export interface PdfTab {
  id: number;
  url: string;
}

export interface ReadPdfTabOptions {
  signal?: AbortSignal;
  onProgress?: (progress: PdfProgress) => void;
  password?: string;
  /** Gives what was read of this tab before, as when the user comes back to it. */
  reuse?: boolean;
  /** Gives what was read of it when the user stopped. */
  partial?: boolean;
}

interface Work {
  tab: PdfTab;
  controller: AbortController;
  /** Ends the reading with what was read so far. */
  stopper: AbortController;
  /** The user took what was read when it was stopped. */
  isPartUsed?: boolean;
  bytes: Promise<FetchedBytes>;
  reading: Promise<Reading>;
  readers: Set<(progress: PdfProgress) => void>;
  last?: PdfProgress;
  endedAt?: number;
}

/** The newest works, so that a tab is fetched and read once, however often it comes to the front or is asked about. */
const works: Work[] = [];
const keptWorks = 3;
/** Milliseconds in which a second request means the first: opening the panel reads the page, and so does the click. */
const sameRequest = 2_000;
/** Milliseconds that a work waits for somebody else before it stops. */
const waiting = 500;

/**
 * Reads the PDF that a tab shows, from the bytes that the tab's address gives to the user's session.
 * @throws AppError pdf-password, pdf-broken, pdf-scanned, pdf-stuck, file-access, file-refused, file-not-served,
 * file-too-large, file-cut; the signal's reason
 */
export async function readPdfTab(
  tab: PdfTab,
  { signal, onProgress, password, reuse = false, partial = false }: ReadPdfTabOptions = {},
): Promise<Reading> {
  signal?.throwIfAborted();
  const known = works.find((work) => work.tab.id === tab.id && work.tab.url === tab.url);
  let work = known && isCurrent(known, { reuse, partial }) ? known : undefined;
  if (work && partial) work.isPartUsed = true;
  if (!work || password !== undefined) {
    forget(known);
    work = startWork(tab, password, known?.bytes);
    works.unshift(work);
    for (const old of works.splice(keptWorks)) old.controller.abort();
  }
  return attend(work, { signal, onProgress });
}

/** Whether a work answers the request; one that was stopped answers only those who want what there is of it. */
function isCurrent(
  { stopper, isPartUsed, endedAt }: Work,
  { reuse, partial }: Required<Pick<ReadPdfTabOptions, 'reuse' | 'partial'>>,
): boolean {
  if (stopper.signal.aborted) return partial || (reuse && isPartUsed === true);
  return endedAt === undefined || reuse || Date.now() - endedAt < sameRequest;
}

function startWork(
  tab: PdfTab,
  password: string | undefined,
  bytes: Promise<FetchedBytes> | undefined,
): Work {
  const controller = new AbortController();
  const stopper = new AbortController();
  const { signal } = controller;
  const stop = stopper.signal;
  const work: Partial<Work> & Pick<Work, 'readers'> = { tab, controller, stopper, readers: new Set() };
  const onProgress = (progress: PdfProgress) => {
    work.last = progress;
    for (const reader of work.readers) reader(progress);
  };
  work.bytes = bytes ?? pdfBytes(tab, { signal, onProgress });
  work.reading = work.bytes
    .then((fetched) =>
      readPdf(fetched.bytes, { name: nameOf(tab.url), url: tab.url, password, signal, stop, onProgress }),
    )
    .finally(() => {
      work.endedAt = Date.now();
    });
  // Whoever asked may have gone.
  work.reading.catch(() => {});
  return work as Work;
}

function attend(
  work: Work,
  { signal, onProgress }: Pick<ReadPdfTabOptions, 'signal' | 'onProgress'>,
): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const reader = (progress: PdfProgress) => onProgress?.(progress);
    work.readers.add(reader);
    if (work.last) reader(work.last);
    const leave = () => {
      work.readers.delete(reader);
      reject(signal?.reason);
      // A newer request for the same tab takes over; without one nobody needs this any more.
      const stop = () => {
        if (work.readers.size === 0 && work.endedAt === undefined) forget(work);
      };
      // What was read when the user stopped is kept for them.
      const hasPages = work.last !== undefined && 'page' in work.last;
      if (signal?.reason instanceof AppError && hasPages && work.readers.size === 0) work.stopper.abort();
      else if (signal?.reason instanceof AppError) stop();
      else setTimeout(stop, waiting);
    };
    signal?.addEventListener('abort', leave, { once: true });
    work.reading
      .then(resolve, (error: unknown) => {
        // A failed work is not given again, except that its bytes wait for a password.
        if (!(error instanceof AppError && error.code === 'pdf-password')) forget(work);
        reject(error);
      })
      .finally(() => {
        work.readers.delete(reader);
        signal?.removeEventListener('abort', leave);
      });
  });
}

function forget(work: Work | undefined): void {
  if (!work) return;
  const index = works.indexOf(work);
  if (index >= 0) works.splice(index, 1);
  if (work.endedAt === undefined) work.controller.abort();
}

/**
 * The bytes of a PDF that a tab shows: those that it was read from, while they are there, else fetched once more.
 * @throws AppError as `readPdfTab`
 */
export async function bytesOfPdfTab(tab: PdfTab, signal = new AbortController().signal) {
  const known = works.find((work) => work.tab.id === tab.id && work.tab.url === tab.url);
  const fetched = await (known?.bytes ?? pdfBytes(tab, { signal, onProgress() {} }));
  return { bytes: new Uint8Array(fetched.bytes) };
}

interface BytesOptions {
  signal: AbortSignal;
  onProgress: (progress: PdfProgress) => void;
}

/**
 * The bytes of a tab's PDF: asked for by the panel, which sees the download, or inside the page where the panel is
 * refused or gets something else: there the cache has what the tab shows, also when a form made it.
 */
async function pdfBytes(tab: PdfTab, { signal, onProgress }: BytesOptions): Promise<FetchedBytes> {
  const report = (loaded: number, total?: number) => onProgress({ loaded, total });
  if (tab.url.startsWith('file:')) await checkFileAccess(tab.url);
  let failure: unknown;
  try {
    const fetched = await fetchBytes(tab.url, { signal, onProgress: report, check: refusePages });
    if (isPdf(fetched.bytes)) return fetched;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError && error.code !== 'file-refused' && error.code !== 'file-not-served')
      throw error;
    failure = error;
  }
  const inPage = await fetchInPage(tab.id, { limit: largestFile, signal, onProgress: report }).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof AppError && error.code === 'file-too-large') throw error;
      failure ??= error;
      return undefined;
    },
  );
  if (inPage && isPdf(inPage.bytes)) return inPage;
  throw failure instanceof AppError
    ? failure
    : new AppError('file-not-served', { name: nameOf(tab.url) }, failure);
}

/** The bytes of files on this computer need the browser's switch and a permission; the click on the button is not enough. */
async function checkFileAccess(url: string): Promise<void> {
  const facts = { name: nameOf(url) };
  if (!(await browser.extension.isAllowedFileSchemeAccess())) throw new AppError('file-access', facts);
  if (!(await hasPermission(allFiles))) throw new AppError('file-permission', facts);
}

/** A page where a file was expected is a sign-in form or an error; it need not be loaded to its end. */
function refusePages(response: Response): undefined {
  if (/^(text\/html|application\/xhtml\+xml)$/.test(contentTypeOf(response))) {
    throw new AppError('file-not-served', { name: nameOf(response.url) });
  }
}

/** The mark of a PDF may have up to 1,024 bytes of anything before it (ISO 32000-1, annex H.3.4.1). */
export function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 1_030)).includes('%PDF-');
}

/** Whether an address answers with a PDF; only the head of the answer is waited for. False where one may not ask. */
export async function servesPdf(
  url: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<boolean> {
  const controller = new AbortController();
  try {
    const response = await fetch(url, { credentials: 'include', signal: controller.signal });
    return response.ok && contentTypeOf(response) === 'application/pdf';
  } catch {
    return false;
  } finally {
    controller.abort();
  }
}

/** The last part of an address, as the name of a file. */
export function nameOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, host } = new URL(url);
  const last = pathname.split('/').filter(Boolean).at(-1) ?? '';
  try {
    return decodeURIComponent(last) || host;
  } catch {
    return last || host;
  }
}
