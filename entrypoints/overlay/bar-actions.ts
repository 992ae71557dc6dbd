import type { BarActions } from '@/components/overlay/bar-actions';
import type { PanelActions } from '@/components/panel/actions';
import type { OverlayLine } from '@/utils/browser/overlay';
import { zoomOf } from '@/utils/browser/overlay';
import { openPanel, openPanelInTab } from '@/utils/browser/panel';
import { panelActionsIn, toSettings } from './panel-actions';

/** What the bar may ask of the browser, and what notices of trouble in it may. */
export function barActionsOf({ request: { tabId, windowId } }: OverlayLine): {
  bar: BarActions;
  panel: PanelActions;
} {
  const bar: BarActions = {
    // First of all, or the browser takes it for something that nobody asked for.
    openGlossary: () => void openPanel(windowId).catch(() => openPanelInTab(tabId, windowId)),
    openSettings: toSettings,
    zoom: () => zoomOf(tabId),
  };
  return { bar, panel: panelActionsIn({ tabId, windowId }) };
}
