import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { toAppError } from '@/utils/errors';
import type { DocumentRequest, ReadReport } from '@/utils/files/messages';
import { readRequest } from '@/utils/files/read-file';
import type { FileProgress } from '@/utils/files/types';

/** The worker that reads every file but PDFs, and folders: one each, away from the screen, ended when it is done. */
export default defineUnlistedScript(() => {
  const report = (message: ReadReport) => postMessage(message);
  addEventListener('message', async ({ data }: MessageEvent<DocumentRequest>) => {
    try {
      report({ type: 'document', reading: await readRequest(data, { onProgress: stepsOf(report) }) });
    } catch (error) {
      report({ type: 'trouble', trouble: toAppError(error).toTrouble() });
    }
  });
});

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
