import type { PanelActions } from '@/components/panel/actions';
import { isPrivateWindow, openSettings } from '@/utils/browser/panel';
import { allFiles, everySite, originPattern, requestPermission } from '@/utils/browser/permissions';
import { showPassage } from '@/utils/browser/show-passage';
import { openTab, wakeTab } from '@/utils/browser/tabs';
import { settingsPlace } from '@/utils/store/settings-place';

const nothing = () => {};

/** Opens the settings, at a place of theirs where one is named. */
export function toSettings(place?: string): void {
  if (place) void settingsPlace.leave(place);
  void openSettings();
}

/** What notices of trouble in a frame may ask for. A frame reads no page by itself. */
export const panelActionsIn = ({ tabId, windowId }: { tabId: number; windowId: number }): PanelActions => ({
  isPrivate: isPrivateWindow(),
  openSettings: toSettings,
  // No await before the request: the browser asks only inside a click.
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
});
