import { Camera, Crop } from 'lucide-react';
import type { PendingImage } from '@/utils/chat/images';
import { t } from '@/utils/i18n';
import type { MenuEntry } from '../ui/menu';

/** What screenshots ask of the question that is being written. */
export interface ScreenshotPlace {
  /** Shows what comes in the way. */
  attempt: (work: () => Promise<void>) => void;
  addImages: (images: PendingImage[]) => void;
  /** Told while a frame is drawn on the page, with what ends that. */
  setDrawing: (controller: AbortController | undefined) => void;
}

/** Screenshots in the menu of what can be added. */
export function screenshotEntries({ attempt, addImages, setDrawing }: ScreenshotPlace): MenuEntry[] {
  const take = (part: boolean) =>
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
  return [
    { label: t('action.screenshot'), icon: Camera, run: () => take(false) },
    { label: t('action.screenshotPart'), icon: Crop, run: () => take(true) },
  ];
}
