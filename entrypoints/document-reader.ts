import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readPdf } from '@/utils/browser/file-reader';
import { toAppError } from '@/utils/errors';
import type { DocumentRequest, ReadReport } from '@/utils/files/messages';
import { readRequest } from '@/utils/files/read-file';
import type { FileProgress, ReadFile } from '@/utils/files/types';

/** The worker that reads every file but PDFs, and folders, away from the screen: one at a time. */
export default defineUnlistedScript(() => {
  const report = (message: ReadReport) => postMessage(message);
  addEventListener('message', async ({ data }: MessageEvent<DocumentRequest>) => {
    try {
      report({
        type: 'document',
        reading: await readRequest(data, { onProgress: stepsOf(report), readPdf: readInnerPdf }),
      });
    } catch (error) {
      report({ type: 'trouble', trouble: toAppError(error).toTrouble() });
    }
  });
});

/** A PDF in an archive or a mail has a worker of its own, like any other. */
const readInnerPdf: ReadFile = async (bytes, { name, signal }) => {
  const { kind: _, ...reading } = await readPdf(bytes, { name, signal });
  return { ...reading, file: { units: {}, notes: [] } };
};

/** Often enough for the eye, seldom enough for a million rows. */
function stepsOf(report: (message: ReadReport) => void): (progress: FileProgress) => void {
  let said = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (progress.done !== progress.total && now - said < 80) return;
    said = now;
    report({ type: 'steps', progress });
  };
}
