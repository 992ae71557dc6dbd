import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { loadBundled } from '@/utils/browser/bundled-data';
import { toAppError } from '@/utils/errors';
import type { ReadReport, ReadRequest, StopRequest } from '@/utils/files/messages';
import { readPdf } from '@/utils/files/pdf';
import { answerDrawing } from '@/utils/files/pdf/drawing-worker';

/** The worker that reads PDFs: one file each, away from the screen, ended when it is done or stopped. */
export default defineUnlistedScript(() => {
  const report = (message: ReadReport) => postMessage(message);
  const stop = new AbortController();
  const takeDrawing = answerDrawing(loadBundled, (message, transfer) => postMessage(message, { transfer }));
  addEventListener('message', async ({ data }: MessageEvent<ReadRequest | StopRequest>) => {
    // pdf.js listens here too, and has messages of its own.
    if ('stop' in data) return stop.abort();
    if (takeDrawing(data) || !('bytes' in data)) return;
    try {
      const { bytes: given, ...options } = data;
      const bytes = given instanceof Uint8Array ? given : new Uint8Array(await given.arrayBuffer());
      let said = 0;
      const onProgress = ({ page, pages }: { page: number; pages: number }) => {
        // Often enough for the eye, seldom enough for 10,000 pages.
        if (page !== pages && performance.now() - said < 80) return;
        said = performance.now();
        report({ type: 'progress', page, pages });
      };
      report({
        type: 'reading',
        reading: await readPdf(bytes, { ...options, stop: stop.signal, onProgress, loadData: loadBundled }),
      });
    } catch (error) {
      report({ type: 'trouble', trouble: toAppError(error).toTrouble() });
    }
  });
});
