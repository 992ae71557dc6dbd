import { createRoot } from 'react-dom/client';
import type { OverlayLine, OverlayView } from '@/components/overlay/line';
import { applyPreferences } from '@/components/use-preferences';
import { joinOverlay } from '@/utils/browser/overlay';
import { sayAlso } from '@/utils/i18n';
import { onDeleteEverything } from '@/utils/store/delete-everything';

/** What can be shown in the frame; each view is loaded when it is asked for. */
const views: Record<'selection' | 'page', (line: OverlayLine) => Promise<OverlayView>> = {
  selection: async (line) => (await import('./selection')).selectionBubble(line),
  page: async () => (await import('./page')).PageBar,
};

// Without a request of its own the page stays empty: whoever put it into theirs gets nothing.
const line = await joinOverlay();
const load = line && views[line.request.view];
const root = document.getElementById('root');
if (line && load && root) {
  const [View] = await Promise.all([load(line), applyPreferences(), sayAlso('overlay')]);
  onDeleteEverything({ done: () => line.send({ type: 'close' }) });
  createRoot(root).render(<View line={line} />);
}
