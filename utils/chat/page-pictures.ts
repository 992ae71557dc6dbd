/** Scanned pages as pictures of a question, for models that see. */

import { openPageDrawer } from '../browser/page-drawer';
import { toAppError } from '../errors';
import { sayAlso, t } from '../i18n';
import { pictureLimits } from '../models/picture-limits';
import type { Connection } from '../models/types';
import type { PendingImage } from './images';
import { toBase64 } from './read-image';
import type { ScannedPdf, ScanProgress } from './scans';

await sayAlso('troubles');

/**
 * Dots to the inch, and pixels of the longer side: print of 6 points is legible, and no vendor whose limits are known
 * makes such a picture smaller than that. A4 is 165 dots to the inch.
 */
const pictureDpi = 200;
const longestSide = 2_000;

/** Pages that go as pictures at once: their pixels are kept with the question, and each costs tokens. */
const mostPages = 100;

/** How many pages may go as pictures beside those that are there. */
export const picturesLeft = ({ provider }: Pick<Connection, 'provider'>, there: number): number =>
  Math.max(0, Math.min(mostPages, (pictureLimits(provider).count ?? mostPages) - there));

export interface DrawnPages {
  images: PendingImage[];
  /** Pages that could not be drawn. */
  failed: number[];
}

/**
 * Draws pages one after the other. A page that fails does not stop the others.
 * @throws AppError ocr-failed (no page could be drawn), pdf-password, pdf-broken; the signal's reason
 */
export async function drawPages(
  { bytes, name, password, pages }: ScannedPdf,
  {
    signal,
    onProgress,
    drawer: open = openPageDrawer,
  }: {
    signal?: AbortSignal;
    onProgress?: (progress: ScanProgress) => void;
    drawer?: typeof openPageDrawer;
  } = {},
): Promise<DrawnPages> {
  const drawer = await open(bytes, { name, password, signal });
  try {
    const wanted = pages ?? Array.from({ length: drawer.pages }, (_, index) => index + 1);
    const result: DrawnPages = { images: [], failed: [] };
    let failure: unknown;
    for (const [done, page] of wanted.entries()) {
      onProgress?.({ done, of: wanted.length, page });
      try {
        const size = { dpi: pictureDpi, longest: longestSide };
        const { picture, width, height } = await drawer.picture(page, size, signal);
        const data = toBase64(new Uint8Array(await picture.arrayBuffer()));
        // What the model is told is in English, like all that is told it.
        const caption = `${name}, page ${page}`;
        const shown = t('scan.pageOf', { name, page });
        result.images.push({
          type: 'image',
          mediaType: picture.type,
          data,
          width,
          height,
          caption,
          name: shown,
        });
      } catch (error) {
        signal?.throwIfAborted();
        failure = error;
        result.failed.push(page);
      }
    }
    if (result.images.length === 0 && failure) throw toAppError(failure);
    return result;
  } finally {
    drawer.close();
  }
}
