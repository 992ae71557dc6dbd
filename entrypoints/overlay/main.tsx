import { createRoot } from 'react-dom/client';
import type { OverlayView } from '@/components/overlay/line';
import { applyPreferences } from '@/components/use-preferences';
import { joinOverlay } from '@/utils/browser/overlay';
import { onDeleteEverything } from '@/utils/store/delete-everything';

/** What can be shown in the frame; each view is loaded when it is asked for. */
const views: Record<'selection' | 'page', () => Promise<OverlayView>> = {
  selection: async () => (await import('@/components/overlay/selection-view')).SelectionView,
  page: async () => (await import('./page')).PageBar,
};

// Without a request of its own the page stays empty: whoever put it into theirs gets nothing.
const line = await joinOverlay();
const load = line && (views as Partial<Record<string, () => Promise<OverlayView>>>)[line.request.view];
const root = document.getElementById('root');
if (line && load && root) {
  await applyPreferences();
  onDeleteEverything({ done: () => line.send({ type: 'close' }) });
  const View = await load();
  createRoot(root).render(<View line={line} />);
}
