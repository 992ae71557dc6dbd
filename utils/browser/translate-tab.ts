import { placeOverlay } from './overlay';

/**
 * Puts the bar into a tab, where the translation runs. `elsewhere` is called, still inside the user's gesture, where the
 * page lets no frame in: then the panel does the same.
 */
export function placeBar(
  { id: tabId, windowId }: { id: number; windowId: number },
  { toggles }: { toggles: boolean },
  elsewhere: () => void,
): void {
  // Firefox gives frames in pages no storage, and keeps no gesture while a page is asked.
  if (import.meta.env.FIREFOX) {
    elsewhere();
    return;
  }
  const order = { id: crypto.randomUUID(), view: 'page' as const, ...(toggles && { toggles }) };
  placeOverlay(order, { tabId, windowId }, (outcome) => {
    if (outcome?.status !== 'shown') elsewhere();
  });
}
