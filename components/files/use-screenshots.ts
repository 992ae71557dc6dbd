import { Camera, Crop } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { PendingImage } from '@/utils/chat/images';
import { t } from '@/utils/i18n';
import type { MenuEntry } from '../ui/menu';

/** Screenshots from the menu of what can be added. `attempt` shows what comes in the way. */
export function useScreenshots(
  attempt: (work: () => Promise<void>) => void,
  addImages: (images: PendingImage[]) => void,
) {
  /** A frame is being drawn on the page. */
  const [isDrawing, setDrawing] = useState(false);
  const controller = useRef<AbortController>(undefined);
  const take = useCallback(
    (part: boolean) =>
      attempt(async () => {
        controller.current?.abort();
        const current = new AbortController();
        controller.current = current;
        if (part) setDrawing(true);
        try {
          const { screenshotOf } = await import('@/utils/chat/screenshots');
          const image = await screenshotOf({ part, signal: current.signal });
          if (image) addImages([image]);
        } finally {
          if (controller.current === current) setDrawing(false);
        }
      }),
    [attempt, addImages],
  );
  const entries = useCallback(
    (): MenuEntry[] => [
      { label: t('action.screenshot'), icon: Camera, run: () => take(false) },
      { label: t('action.screenshotPart'), icon: Crop, run: () => take(true) },
    ],
    [take],
  );
  const cancel = useCallback(() => controller.current?.abort(), []);
  return { entries, isDrawing, cancel };
}
