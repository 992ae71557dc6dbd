import type { Operators, PdfFont } from './interpret';
import { asMatrix, boxOf, type Matrix } from './matrix';
import type { OpenPdf, PdfPage } from './open';
import { pageText } from './page-text';
import type { PageText } from './types';

/** Milliseconds for one page. Ordinary pages take 5; 200,000 operators take a few hundred. */
const pageTime = 20_000;
/** Milliseconds for a whole file. What is not read by then is named. */
const totalTime = 15 * 60_000;
/** A file whose pages fail in such a row has no more of them, whatever it claims. */
const failuresInARow = 200;

/** Milliseconds without listening for the user's stop. */
const hearing = 100;

export interface Pages {
  pages: PageText[];
  /** Pages that could not be read, with the total that the file names. */
  unread: number[];
  /** Pages that were still to come when the user stopped. */
  stopped: number[];
  total: number;
}

export interface ReadPagesOptions {
  signal?: AbortSignal;
  /** Ends the reading after the page under way; the pages after it are named. */
  stop?: AbortSignal;
  onProgress?: (progress: { page: number; pages: number }) => void;
  now?: () => number;
  pageLimit?: number;
  totalLimit?: number;
}

/** Reads page by page. A page that fails or takes too long is named, and does not stop the others. */
export async function readPages(
  { document, numbers }: OpenPdf,
  {
    signal,
    stop,
    onProgress,
    now = () => performance.now(),
    pageLimit = pageTime,
    totalLimit = totalTime,
  }: ReadPagesOptions,
): Promise<Pages> {
  const total = document.numPages;
  const layers = await document.getOptionalContentConfig().catch(() => undefined);
  const isLayerShown = (layer: unknown) => {
    try {
      return layers?.isVisible(layer as Parameters<typeof layers.isVisible>[0]) !== false;
    } catch {
      return true;
    }
  };
  const result: Pages = { pages: [], unread: [], stopped: [], total };
  const end = now() + totalLimit;
  let failures = 0;
  let heard = stop ? now() : 0;
  for (let number = 1; number <= total; number++) {
    signal?.throwIfAborted();
    // pdf.js leaves no moment in which a message could arrive.
    if (stop && now() - heard > hearing) {
      await new Promise((resolve) => setTimeout(resolve));
      heard = now();
    }
    if (stop?.aborted) {
      for (; number <= total && result.stopped.length < total; number++) result.stopped.push(number);
      break;
    }
    if (now() > end || failures >= failuresInARow) {
      for (; number <= total && result.unread.length < total; number++) result.unread.push(number);
      break;
    }
    onProgress?.({ page: number, pages: total });
    try {
      result.pages.push(await inTime(readPage(number), pageLimit, signal));
      failures = 0;
    } catch {
      signal?.throwIfAborted();
      result.unread.push(number);
      failures++;
    }
  }
  return result;

  async function readPage(number: number): Promise<PageText> {
    const page = await document.getPage(number);
    try {
      const view = page.getViewport({ scale: 1 });
      const matrix = asMatrix(view.transform);
      const [annotations, operators] = await Promise.all([
        page.getAnnotations({ intent: 'display' }).catch(() => []),
        page.getOperatorList(),
      ]);
      const fonts = new Map<string, PdfFont | undefined>();
      return pageText(operators as Operators, {
        number,
        width: view.width,
        height: view.height,
        view: matrix,
        numbers,
        isLayerShown,
        fontOf: (name) => {
          if (!fonts.has(name)) fonts.set(name, fontOf(page, name));
          return fonts.get(name);
        },
        links: linksOf(annotations as Annotation[], matrix),
      });
    } finally {
      page.cleanup();
    }
  }
}

interface Annotation {
  subtype?: string;
  url?: string;
  rect?: [number, number, number, number];
}

/** More links than this on one page are a fault; looking each glyph up in them would take long. */
const mostLinks = 2_000;

const linksOf = (annotations: Annotation[], view: Matrix) =>
  annotations
    .flatMap(({ subtype, url, rect }) =>
      subtype === 'Link' && url && rect ? [{ box: boxOf(view, ...rect), url }] : [],
    )
    .slice(0, mostLinks);

function fontOf(page: PdfPage, name: string): PdfFont | undefined {
  try {
    return page.commonObjs.get(name) as PdfFont;
  } catch {
    return undefined;
  }
}

function inTime<T>(work: Promise<T>, limit: number, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('This page takes too long')), limit);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
