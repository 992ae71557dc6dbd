/** Pages of a PDF as pictures, for models that see and for reading their words. Runs in a worker. */

import { AppError } from '../../errors';
import { type LoadData, openPdf } from './open';

export interface DrawingOptions {
  name: string;
  password?: string;
  loadData: LoadData;
}

/** How a page is to be drawn: so many pixels on an inch, or no longer on its longer side than so many pixels. */
export interface DrawPageOptions {
  dpi: number;
  longest?: number;
}

export interface Drawing {
  pages: number;
  /**
   * A page, upright, on white paper. Its canvas is the caller's.
   * @throws AppError ocr-failed: it cannot be drawn, or nothing is seen on it
   */
  draw(number: number, options: DrawPageOptions): Promise<{ canvas: OffscreenCanvas; dpi: number }>;
  close(): Promise<void>;
}

/** Pixels of one page: an A4 page at 300 dots to the inch has 8.7 million. More than this takes more memory than it is worth. */
const mostPixels = 24_000_000;

/**
 * Opens a PDF for drawing. Fonts are drawn as shapes, pictures in all forms that scanners write are decoded (JBIG2 and
 * JPEG 2000 by pdf.js's own WebAssembly), scripts of the file are never run.
 * @throws AppError pdf-password, pdf-broken
 */
export async function openDrawing(
  bytes: Uint8Array<ArrayBuffer>,
  { name, ...options }: DrawingOptions,
): Promise<Drawing> {
  const pdf = await openPdf(bytes, { name, ...options, forDrawing: true });
  return {
    pages: pdf.document.numPages,
    async draw(number, { dpi, longest = Number.POSITIVE_INFINITY }) {
      const page = await pdf.document.getPage(number);
      try {
        const { width, height } = page.getViewport({ scale: 1 });
        const scale = Math.min(
          dpi / 72,
          longest / Math.max(width, height),
          Math.sqrt(mostPixels / (width * height)),
        );
        const viewport = page.getViewport({ scale });
        const canvas = new OffscreenCanvas(
          Math.max(1, Math.round(viewport.width)),
          Math.max(1, Math.round(viewport.height)),
        );
        const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
        if (!context) throw new AppError('ocr-failed', { name });
        await page.render({
          canvas: null,
          canvasContext: context as unknown as CanvasRenderingContext2D,
          viewport,
          // Fields that are filled in are on the page too.
          annotationMode: 1,
          background: '#fff',
        }).promise;
        if (isBlank(context, canvas)) throw new AppError('ocr-failed', { name });
        return { canvas, dpi: scale * 72 };
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw new AppError('ocr-failed', { name }, error);
      } finally {
        page.cleanup();
      }
    },
    close: () => pdf.close().catch(() => {}),
  };
}

/** Rows looked at in one go. */
const stripe = 256;

/** Every pixel is alike: a picture on the page was not decoded, and nobody would know. */
function isBlank(context: OffscreenCanvasRenderingContext2D, { width, height }: OffscreenCanvas): boolean {
  let first: number | undefined;
  for (let top = 0; top < height; top += stripe) {
    const { data } = context.getImageData(0, top, width, Math.min(stripe, height - top));
    const pixels = new Uint32Array(data.buffer);
    first ??= pixels[0];
    for (const pixel of pixels) if (pixel !== first) return false;
  }
  return true;
}
