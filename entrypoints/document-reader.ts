import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { AppError, toAppError } from '@/utils/errors';
import type { DocumentReading, DocumentRequest, ReadReport } from '@/utils/files/messages';
import { readFile } from '@/utils/files/read-file';
import type { FileContext, FileProgress } from '@/utils/files/types';

/** The worker that reads every file but PDFs, and folders: one each, away from the screen, ended when it is done. */
export default defineUnlistedScript(() => {
  const report = (message: ReadReport) => postMessage(message);
  addEventListener('message', async ({ data }: MessageEvent<DocumentRequest>) => {
    try {
      report({ type: 'document', reading: await read(data, { onProgress: progressOf(report) }) });
    } catch (error) {
      report({ type: 'trouble', trouble: toAppError(error).toTrouble() });
    }
  });
});

async function read(
  { name, file, folder, mediaType, choices }: DocumentRequest,
  context: Pick<FileContext, 'onProgress'>,
): Promise<DocumentReading> {
  if (!file) throw new AppError('file-kind', { name, kind: folder ? 'folder' : 'none' });
  return readFile(await bytesOf(file, name), { name, mediaType, choices, ...context });
}

/** All bytes of a file, which may have gone from the disk since it was handed over. */
async function bytesOf(file: Blob, name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new AppError('file-unread', { name }, error);
  }
}

/** Often enough for the eye, seldom enough for a million rows. */
function progressOf(report: (message: ReadReport) => void): (progress: FileProgress) => void {
  let said = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (progress.done !== progress.total && now - said < 80) return;
    said = now;
    report({ type: 'steps', progress });
  };
}
