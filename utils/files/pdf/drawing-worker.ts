/** The side of a worker that draws pages: answers the panel's requests in the order in which they come. */

import { toAppError } from '../../errors';
import { type Drawing, openDrawing } from './draw';
import type { DrawReport, DrawRequest } from './drawing-messages';
import type { LoadData } from './open';

/** Of photographs on a page, as of a camera. */
const photographQuality = 0.92;
/** A page with text compresses well without loss; one of which a PNG has more bytes than this for each pixel is a photograph. */
const photographBytes = 0.7;

export function answerDrawing(
  loadData: LoadData,
  report: (message: DrawReport, transfer: Transferable[]) => void,
) {
  let drawing: Promise<Drawing> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const answer = async (request: DrawRequest): Promise<void> => {
    try {
      if ('open' in request) {
        const { open, ...options } = request;
        const bytes = open instanceof Blob ? new Uint8Array(await open.arrayBuffer()) : new Uint8Array(open);
        drawing = openDrawing(bytes, { ...options, loadData });
        return report({ drawing: 'open', pages: (await drawing).pages }, []);
      }
      const opened = await drawing;
      if (!opened) return;
      const { canvas, dpi } = await opened.draw(request.draw, request);
      if (request.as === 'bitmap') {
        const bitmap = canvas.transferToImageBitmap();
        return report({ drawing: 'bitmap', bitmap, dpi }, [bitmap]);
      }
      const { width, height } = canvas;
      let picture = await canvas.convertToBlob({ type: 'image/png' });
      if (picture.size > width * height * photographBytes)
        picture = await canvas.convertToBlob({ type: 'image/jpeg', quality: photographQuality });
      report({ drawing: 'picture', picture, width, height }, []);
    } catch (error) {
      report({ drawing: 'trouble', trouble: toAppError(error).toTrouble() }, []);
    }
  };

  /** Takes a message when it is one of these. */
  return (data: unknown): boolean => {
    const isOurs = typeof data === 'object' && data !== null && ('open' in data || 'draw' in data);
    if (isOurs) turn = turn.then(() => answer(data as DrawRequest));
    return isOurs;
  };
}
