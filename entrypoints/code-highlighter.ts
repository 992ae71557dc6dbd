import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { highlight } from '@/components/answer/markdown/highlight';
import type { ColoursReport, ColoursRequest } from '@/utils/chat/code-colours';

/** The worker that colours code, away from the screen. */
export default defineUnlistedScript(() => {
  const running = new Map<number, AbortController>();
  addEventListener('message', async ({ data: { number, text, name = '' } }: MessageEvent<ColoursRequest>) => {
    if (text === undefined) return running.get(number)?.abort();
    const abort = new AbortController();
    running.set(number, abort);
    // A grammar that fails leaves the code as it is, plain.
    const lines = await highlight(text, name, abort.signal).catch(() => undefined);
    running.delete(number);
    postMessage({ number, ...(lines && { lines }) } satisfies ColoursReport);
  });
});
