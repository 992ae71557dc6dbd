import type { PendingImage } from '@/utils/chat/images';

/** What screenshots ask of the question that is being written. */
export interface ScreenshotPlace {
  /** Shows what comes in the way. */
  attempt: (work: () => Promise<void>) => void;
  addImages: (images: PendingImage[]) => void;
  /** Told while a frame is drawn on the page, with what ends that. */
  setDrawing: (controller: AbortController | undefined) => void;
}

/** Takes a screenshot of the tab in front, or of a `part` that is drawn there, as a picture of the question. */
export function addScreenshot({ attempt, addImages, setDrawing }: ScreenshotPlace, part: boolean): void {
  attempt(async () => {
    const controller = new AbortController();
    if (part) setDrawing(controller);
    try {
      const { screenshotOf } = await import('@/utils/chat/screenshots');
      const image = await screenshotOf({ part, signal: controller.signal });
      if (image) addImages([image]);
    } finally {
      setDrawing(undefined);
    }
  });
}
