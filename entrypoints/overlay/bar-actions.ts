import type { BarActions } from '@/components/overlay/bar-actions';
import type { PanelActions } from '@/components/panel/actions';
import type { OverlayLine } from '@/utils/browser/overlay';
import { zoomOf } from '@/utils/browser/overlay';
import { isPrivateWindow, openPanel, openPanelInTab, openSettings } from '@/utils/browser/panel';
import { allFiles, everySite, originPattern, requestPermission } from '@/utils/browser/permissions';
import { showPassage } from '@/utils/browser/show-passage';
import { openTab, wakeTab } from '@/utils/browser/tabs';
import { settingsPlace } from '@/utils/store/settings-place';

const nothing = () => {};

/** What the bar may ask of the browser, and what notices of trouble in it may. */
export function barActionsOf({ request: { tabId, windowId } }: OverlayLine): {
  bar: BarActions;
  panel: PanelActions;
} {
  const toSettings = (place?: string) => {
    if (place) void settingsPlace.leave(place);
    void openSettings();
  };
  const bar: BarActions = {
    // First of all, or the browser takes it for something that nobody asked for.
    openGlossary: () => void openPanel(windowId).catch(() => openPanelInTab(tabId, windowId)),
    openSettings: toSettings,
    zoom: () => zoomOf(tabId),
  };
  const panel: PanelActions = {
    isPrivate: isPrivateWindow(),
    openSettings: toSettings,
    allow: (...addresses) => requestPermission(addresses.flatMap((url) => originPattern(url) ?? [])),
    allowEverySite: () => requestPermission(everySite),
    allowFiles: () => requestPermission(allFiles),
    showPassage: (passage) => showPassage(windowId, passage),
    openLink: (url) => void openTab(url),
    wakeTab: () => void wakeTab(tabId),
    showTab: nothing,
    readPage: nothing,
    readNow: nothing,
    readAs: nothing,
    takeNewer: nothing,
    readRemovals: async () => [],
    readWithPassword: nothing,
    stopReading: nothing,
    usePart: nothing,
    listCommands: async () => [],
  };
  return { bar, panel };
}
